"""Links show as Discord can show them: those to web addresses as links, all others as their text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("She read [the second chapter](02-next.md).", "She read the second chapter."),
        ('Sie las [das *zweite* Kapitel](../a/b.html "Titel").', "Sie las das *zweite* Kapitel."),
        ("Elle lut [le mot](/a/b) et [l’autre](#haut).", "Elle lut le mot et l’autre."),
        ("Escribe a [Ada](mailto:a@b.c), o [llama](tel:+34123).", "Escribe a Ada, o llama."),
        ("Она читала [письмо](письмо.md)[.](x.md)", "Она читала письмо."),
        ("Διάβασε [το γράμμα](<το γράμμα.md>).", "Διάβασε το γράμμα."),
        ("قرأت [الرسالة](obsidian://open?vault=a).", "قرأت الرسالة."),
        ("उसने [चिट्ठी](file:///home/a.md) पढ़ी।", "उसने चिट्ठी पढ़ी।"),
        ("เธออ่าน[จดหมาย](./b.md)แล้ว", "เธออ่านจดหมายแล้ว"),
        ("她读了[信](信.md)，笑了。", "她读了信，笑了。"),
        ("彼女は[手紙](javascript:void(0))を読んだ。", "彼女は手紙を読んだ。"),
        ("그녀는 [편지](my letter two.md)를 읽었다.", "그녀는 편지를 읽었다."),
        ("[x]() and [word](word) and [[1]](#n1)", "x and word and [1]"),
        (r"[a\_b **c** `d`](x.md)", r"a\_b **c** `d`"),
        ("[siehe [das Tor](a.md) dort] und [hier](b.md)", "[siehe das Tor dort] und hier"),
        ("[看[门](a.md)]\n\n[信](b.md)", "[看门]\n\n信"),
        ("[1. The Gate](1.md)", r"1\. The Gate"),
        ("[# 3](3.md)\n\n> [- 4](4.md)", "\\# 3\n\n> \\- 4"),
        ("《[红楼梦](红楼梦.md)》", "《红楼梦》"),
        ("«[Ворота](a.md)»", "«Ворота»"),
        ("[*a*](x.md)*b* un[link](y.md)ed", "*a*\u200b*b* unlinked"),
        ("[](a.md)gone", "gone"),
    ],
)
def test_a_link_that_leads_to_no_address_is_its_text(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        "[He laughed.] (quietly)",
        "[Он засмеялся.] (тихо)",
        "Es war [1](eins) oder f[0](x).",
        "f[0]() and [wait](…) and [so](she said it)",
        "[TK] and [他笑了] and [그가]",
        r"\[no](a.md)",
    ],
)
def test_brackets_that_are_no_link_stay(text: str) -> None:
    assert shown(text).replace("]\\(", "](").replace("\\[", "[") == text.replace("\\[", "[")
    assert [remark for remark in remarks(text) if "link" in remark] == []


def test_code_stays() -> None:
    text = "`[x](y.md)`\n\n```\n[Next](x.md)\n![a](https://x.org/a.png)\n[1]: https://x.org\n```"
    assert read_manuscript(text).text == text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("See [the map](https://x.org/a).", "See [the map](https://x.org/a)."),
        ("[https://x.org](https://x.org)", "https://x.org"),
        (
            "[x.org](https://x.org/) and [**https://x.de/a**](https://x.de/a)",
            "https://x.org/ and https://x.de/a",
        ),
        ("看[x.org](https://x.org)网", "看<https://x.org>网"),
        ("[see https://x.org](https://x.org/b)", "see https://x.org (<https://x.org/b>)"),
        ("[Node.js](https://nodejs.org)", "[Node.js](https://nodejs.org)"),
        (
            r"[t](https://x.org/a\_b) [u](<https://x.org/a b>)",
            "[t](https://x.org/a_b) [u](https://x.org/a%20b)",
        ),
        (r"[a \[b\]](https://x.org)", r"a \[b\] (<https://x.org>)"),
        ("[сайт](www.x.ru) [地図](//x.jp/a)", "[сайт](https://www.x.ru) [地図](https://x.jp/a)"),
        ("> [two\n> words](https://x.org)", "> [two words](https://x.org)"),
        ("[ ](https://x.org)", "https://x.org"),
        (
            "[a](https://x.org/b_(c)) [d](<https://x.org/(e>)",
            "[a](https://x.org/b_(c)) [d](https://x.org/%28e)",
        ),
    ],
)
def test_links_to_addresses(written: str, seen: str) -> None:
    assert shown(written) == seen
    assert remarks(written) == []


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Write to <mailto:a@b.de> or <a.b@c.fr>.", "Write to a@b.de or a.b@c.fr."),
        ("<https://x.org/a> <ftp://x.org>", "<https://x.org/a> ftp://x.org"),
        (r"https://x.org/a\-b\_c да", "https://x.org/a-b_c да"),
        (r"<https://x.org/a\_b>", "<https://x.org/a_b>"),
        (r"見る https://x.jp/a\%20b\&c\=d。", "見る <https://x.jp/a%20b&c=d>。"),
        (r"https://x.org/\*a\* und \_https://x.de\_", r"<https://x.org/%2Aa>\* und \_<https://x.de>\_"),
        ("<System:Online> <t:1:R> <@1>", "<System:Online> \\<t:1:R> \\<@1>"),
    ],
)
def test_addresses_in_the_text(written: str, seen: str) -> None:
    assert shown(written) == seen


DEFINED = '\n\n[1]: https://a.b/c\n[Die Karte]: <https://a.b/karte>\n   \'Titel\'\n[gone]: ../x.md "T"\n[μ]: https://a.b/μ\n\t"t"'


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("[text][1]", "[text](https://a.b/c)"),
        ("[die karte] [DIE  KARTE][]", "[die karte](https://a.b/karte) [DIE  KARTE](https://a.b/karte)"),
        ("[*слово*][gone], [gone]", "*слово*, gone"),
        ("[Μ]", "[Μ](https://a.b/μ)"),
        ("[文][nowhere] [TK] [中][1]", "[文][nowhere] [TK] [中](https://a.b/c)"),
        ("- [x] done\n- [1]", "- done\n- [1](https://a.b/c)"),
    ],
)
def test_references(written: str, seen: str) -> None:
    assert shown(written + DEFINED) == seen


@pytest.mark.parametrize(
    "text",
    ["[Mara]: Yes", "[Ада]: Привет.", "[马拉]: 好", "[HP]: 10/100", "[Mara]: Hello there."],
)
def test_a_line_of_dialogue_is_no_definition(text: str) -> None:
    assert shown(f"[Mara] spoke.\n\n{text}") == f"[Mara] spoke.\n\n{text}"


def test_pictures_by_reference() -> None:
    text = "![Die Karte][m]\n\n![map]\n\n[m]: images/m.png 'T'\n[MAP]: <images/a b.png>"
    assert shown(text) == "[Die Karte: images/m.png]\n\n[map: images/a b.png]"


def test_lost_links_are_told_of_once() -> None:
    text = "One.\n\nSee [a](a.md), [b](#b).\n\n[c](../c.md) [d](https://x.org) more"
    assert remarks(text) == [
        "3:5 this link leads to “a.md”, where readers cannot follow; its text stays (and 2 more like it)"
    ]
    assert remarks("[a]()") == ["1:1 this link leads nowhere; its text stays"]


def test_links_of_html_are_told_of_as_well() -> None:
    assert shown('<a href="two.html">Deux</a> mots') == "Deux mots"
    assert remarks('<a href="two.html">Deux</a> mots') == [
        "1:20 this link leads to “two.html”, where readers cannot follow; its text stays"
    ]


MARKS = "[ ](a.md) ](https://x.org) ]( ) ![ ](x.png) ][1] [1]: * ** \\ ` <a@b.c> Next | word 字"
PIECES = st.sampled_from([*MARKS.split(), "[1]: https://x.org", "\n", "\n\n", " ", "· "])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_word_is_lost(text: str) -> None:
    read = read_manuscript(text).text
    if "![" not in text and "Next" not in text and "[1]:" not in text:
        assert read.count("word") == text.count("word")
        assert read.count("字") == text.count("字")
