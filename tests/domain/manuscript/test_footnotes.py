"""Footnotes of HTML exports and numbered notes at a text's end are footnotes."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (
            'Tor<sup><a href="#fn1">1</a></sup>.\n\n<ol><li id="fn1">Eisen. <a href="#ref1">↩</a></li></ol>',
            "Tor¹.\n\n-# ¹ Eisen.",
        ),
        (
            """Дом<sup id="r1"><a href="#fn:1">1</a></sup>.

<section class="footnotes"><hr><ol>
<li id="fn:1"><p>Старый.&nbsp;<a href="#r1">↩</a></p><p>Очень.</p></li>
</ol></section>""",
            "Дом¹.\n\n-# ¹ Старый.\n-# Очень.",
        ),
        (
            '門<a href="#n2"><sup>2</sup></a>と<a href="#n1">[1]</a>\n\n<p id="n1"><i>木</i></p>\n<p id="n2">石</p>',
            "門¹と²\n\n-# ¹ 石\n-# ² *木*",
        ),
        (
            "Uno [1] y dos [2].\n\n[1] Primera.\n\n[2] Segunda.",
            "Uno¹ y dos².\n\n-# ¹ Primera.\n-# ² Segunda.",
        ),
        ("Text\\[1\\].\n\n\\[1\\] Note.", "Text¹.\n\n-# ¹ Note."),
        ("글[^주] x[^주].\n\n[^주]: 하나\n\n    둘", "글¹ x¹.\n\n-# ¹ 하나\n-# 둘"),
        (
            "Он^[См. [карту](https://k.example) и *дом*.] ушёл.^[[a] и [b](b.md)]",
            "Он¹ ушёл.²\n\n-# ¹ См. [карту](https://k.example) и *дом*.\n-# ² [a] и b",
        ),
        (
            "She^[so [this](a.md)] left[^1].\n\n[^1]: [Map](b.md)",
            "She¹ left².\n\n-# ¹ so this\n-# ² Map",
        ),
        (
            'Parti<sup><a href="notes.xhtml#n1">[1]</a></sup>.\n\n<p id="n1"><a href="ch1.xhtml#r1">[1]</a> Fin.</p>',
            "Parti¹.\n\n-# ¹ Fin.",
        ),
        ("So[^1]: eins\n\n[^1]: Note", "So¹: eins\n\n-# ¹ Note"),
        ("> ขอ[^a]\n\n*x[^b]*\n\n[^a]: ก\n[^b]: ข", "> ขอ¹\n\n*x²*\n\n-# ¹ ก\n-# ² ข"),
    ],
)
def test_notes(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        "[1] Sword\n[2] Shield",
        "He chose [1] or [1].\n\n[1] Sword",
        "He chose [2].\n\n[1] Sword",
        'See <a href="#gate">the gate</a>.\n\n<p id="gate">Here it stood.</p>',
    ],
)
def test_other_numbers_in_brackets_stay(text: str) -> None:
    assert "-# " not in shown(text)


def test_a_note_written_twice_is_told_of() -> None:
    text = "One[^1].\n\n[^1]: eins\n[^1]: zwei"
    assert shown(text) == "One¹.\n\n-# ¹ eins"
    assert remarks(text) == ["4:1 the footnote “1” is written twice, and this one is left out"]
