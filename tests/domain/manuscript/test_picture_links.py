"""A picture stands by itself, whatever is written around it."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import remarks, shown

P = "![a](images/x.png)"
SEEN = "[a: images/x.png]"
WEB = "a picture from the web cannot be shown"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (f"[{P}](https://a.b)", SEEN),
        (f"[{P}](images/x.png)", SEEN),
        (f"*{P}*", SEEN),
        (f"**{P}** __{P}__", f"{SEEN}\n\n{SEEN}"),
        (f"***[{P}](https://a.b)***", SEEN),
        (f"# {P}", SEEN),
        (f"## Das Tor {P}", f"## Das Tor\n\n{SEEN}"),
        (f"- {P}\n- соль", f"{SEEN}\n\n- соль"),
        (f"> *{P}*\n> слова", f"{SEEN}\n\n> слова"),
        (f"*Elle vit {P} ici*", f"*Elle vit*\n\n{SEEN}\n\n*ici*"),
        (f"**她 *看 {P} 见* 了**", f"**她 *看***\n\n{SEEN}\n\n***见* 了**"),
        (f"[voir {P} ceci](https://a.b)", f"[voir](https://a.b)\n\n{SEEN}\n\n[ceci](https://a.b)"),
        (f"|ا|ب|\n|-|-|\n|{P}|ج|", f"**ا · ب**\n\n{SEEN}\n\nج"),
        ("|क|ख|\n|-|-|\n|x|*![a|300](images/x.png)*|", f"**क · ख**\nx\n\n{SEEN}"),
        (f"{P} | {P}", f"{SEEN}\n\n{SEEN}"),
        (f"*그는* {P} *ไป*", f"*그는*\n\n{SEEN}\n\n*ไป*"),
        (f"`{P}`", f"`{P}`"),
    ],
)
def test_marks_and_links_around_a_picture(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "alt"),
    [
        ("![Karte|300](images/w.png)", "Karte"),
        ("![300](images/w.png)", ""),
        ("![карта|300x200](images/w.png)", "карта"),
        ("![χάρτης](images/w.png){width=50%}", "χάρτης"),
        ("![地図](images/w.png){ width=50% .centre }", "地図"),
        ("![خريطة](images/w.png =300x200)", "خريطة"),
        ("![नक्शा](images/w.png \"title\")", "नक्शा"),
        ("![แผนที่](<images/w.png> 'title')", "แผนที่"),
        ("![a *b* [c] d](images/w.png)", "a b [c] d"),
        (r"![a \*b\* \[c](images/w.png)", "a *b* [c"),
        ("![지도\n도시](images/w.png)", "지도 도시"),
        ("![a [link](x.md) `c`](images/w.png)", "a link c"),
        ("![the year 1984](images/w.png)", "the year 1984"),
    ],
)  # fmt: skip
def test_descriptions(written: str, alt: str) -> None:
    assert shown(written) == f"[{alt}: images/w.png]"


@pytest.mark.parametrize(
    ("written", "seen", "place"),
    [
        ("Eins.\n\n![a](https://x.org/a.png)\n\nZwei.", "Eins.\n\nZwei.", "3:1"),
        ("Un ![a](http://x.org/a.png) deux", "Un deux", "1:4"),
        ("> ![a](data:image/png;base64,AAAA)\n\n三", "三", "1:3"),
        ("*![a](//x.org/a.png)* слово", "слово", "1:2"),
        ("x [![a](https://x.org/a.png)](https://x.org) y", "x y", "1:4"),
        ("*λέξη ![a](https://x.org/a.png)*", "*λέξη*", "1:7"),
        ("# ![a](HTTPS://x.org/a.png)\n\nคำ", "คำ", "1:3"),
    ],
)
def test_pictures_from_the_web_are_left_out(written: str, seen: str, place: str) -> None:
    assert " ".join(shown(written).split(" ")).replace(" *", "*") == seen
    assert remarks(written) == [f"{place} {WEB}"]


def test_the_path_is_looked_up() -> None:
    paths = {"../b.png": "b (1).png", "d e.png": "d e.png"}
    read = read_manuscript("*![a](../b.png)* ![c](<d e.png>)", picture_path=paths.__getitem__)
    assert read.text == "![a](<b (1).png>) ![c](<d e.png>)"
