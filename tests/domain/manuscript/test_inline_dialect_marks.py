"""Small digits, insertions and highlights of other tools; and empty lines that only Discord knows."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("x^2^ und 10^-3^", "x² und 10⁻³"),
        ("le 1^er^, the 2^nd^", "le 1ᵉʳ, the 2ⁿᵈ"),
        ("H~2~O и CO~2~", "H₂O и CO₂"),
        ("x~i~ and word^foo^", "xi and wordfoo"),
        ("++nuevo++ texto", "nuevo texto"),
        ("^^गया^^ x", "गया x"),
        ("==重点\n部分==。", "重点\n部分。"),
        ("**==강조== 글**", "**강조 글**"),
        ("||секрет\n\nещё|| и ||x||", "||секрет||\n\n||ещё|| и ||x||"),
        ("[[x]{.a} y]{.b} [mot]{lang=fr}", "x y mot"),
        ("- [?] एक\n- [!] दो\n- [-] तीन", "- एक\n- दो\n- तीन"),
        ("Όρος\n: ένα\n: δύο\n\nΤέλος", "Όρος — ένα\n— δύο\n\nΤέλος"),
        ("Begriff\n\n:   eins\n    weiter\n\n:   zwei", "Begriff — eins weiter\n— zwei"),
    ],
)
def test_marks(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("~5 km oder ~6 km", "\\~5 km oder \\~6 km"),
        ("안녕~하세요~ 哈~好~", "안녕\\~하세요\\~ 哈\\~好\\~"),
        ("a~b~c", "a\\~b\\~c"),
        ("(^o^) x^o^ ^^", "(^o^) x^o^ ^^"),
        ("2^10 and 3^4", "2^10 and 3^4"),
        ("C++ and D++, i++", "C++ and D++, i++"),
        ("a == b, c == d", "a == b, c == d"),
        ("`x^2^ ==y==`", "`x^2^ ==y==`"),
    ],
)
def test_single_signs_are_text(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "line", ["_ _", "** **", "\u200b", "&#8203;", "&ZeroWidthSpace;", "\u2060", " \u200b \u200b"]
)
def test_a_line_of_nothing_is_a_blank_line(line: str) -> None:
    assert shown(f"一。\n\n{line}\n\nДва.") == "一。\n\nДва."
    assert shown(f"Uno.\n{line}\nDos.") == "Uno.\n\nDos."


def test_a_br_between_paragraphs_is_nothing() -> None:
    assert shown("Eins.\n\n<br>\n\nZwei.\n\n<br />\nDrei.") == "Eins.\n\nZwei.\n\nDrei."
