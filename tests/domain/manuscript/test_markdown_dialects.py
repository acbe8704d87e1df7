"""What Obsidian, pandoc and novel sites show as formatting is shown in Discord."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("[[Mara]] came up the [[Harbour Road|road]].", "Mara came up the road."),
        ("[[people/Mara.md]], [[Gate#North|]], [[#Später]]", "Mara, Gate, Später"),
        ("See ==this== and ==das da==, but a == b.", "See this and das da, but a == b."),
        ("==Nothing== moved.{.small}", "Nothing moved."),
        ("{.centre}\nText here.{#id .a key=val}", "Text here."),
        ("[Ada]{.smallcaps} said.", "Ada said."),
        ("[]{#_Toc12 .anchor}Er ging.", "Er ging."),
        ("::: {.letter}\nDear you.\n:::", "Dear you."),
        ("- [ ] rewrite\n- [x] done", "- rewrite\n- done"),
        ("Lamp\n: a light\n\nGate\n: a door", "Lamp — a light\n\nGate — a door"),
        ("{x} and {12} and {no way} stay", "{x} and {12} and {no way} stay"),
        ("`[[code]]` and ``==x==``", "`[[code]]` and `==x==`"),
    ],
)
def test_marks_of_other_tools(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("東京《とうきょう》の夜。", "東京（とうきょう）の夜。"),
        ("｜古い灯《あかり》がともる。", "古い灯（あかり）がともる。"),
        ("|Lady《レディ》が来た。", "Lady（レディ）が来た。"),
        ("{漢字|かん|じ}と{街|まち}", "漢字（かんじ）と街（まち）"),
        ("それは《《強調》》だ。", "それは**強調**だ。"),
        ("｜強調《・・・・》と強調《・・》", "**強調**と**強調**"),
        ("人々《ひとびと》", "人々（ひとびと）"),
        ("他读《红楼梦》。", "他读《红楼梦》。"),
        ("{a|b} |x《y》", r"{a\|b} \|x《y》"),
    ],
)
def test_ruby(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (
            "Then the door.[^1]\n\n[^1]: The only one.\n\n### Part",
            "Then the door.¹\n\n### Part\n-# ¹ The only one.",
        ),
        ("B[^b] a[^a] b[^b].\n\n[^a]: eins\n[^b]: zwei", "B¹ a² b¹.\n\n-# ¹ zwei\n-# ² eins"),
        ("Inline.^[Une note.] End.", "Inline.¹ End.\n\n-# ¹ Une note."),
        (
            "Long.[^1]\n\n[^1]: One\n    two\n\n    Three.\n\nText.",
            "Long.¹\n\nText.\n\n-# ¹ One two\n-# Three.",
        ),
        ("[^1]: Zuerst *die* Note.\n\nText[^1].", "Text¹.\n\n-# ¹ Zuerst *die* Note."),
        ("`[^1]` is code, [1] a number", "`[^1]` is code, [1] a number"),
    ],
)
def test_footnotes(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_footnotes_without_a_partner_are_told_of() -> None:
    text = "One[^a] two.\n\n[^b]: spare"
    assert shown(text) == "One two."
    assert remarks(text) == [
        "1:4 there is no footnote “a”",
        "3:1 nothing points at the footnote “b”, so it is left out",
    ]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("| Name | Level |\n|---|---:|\n| Ada | 3 |\n| Ben | 12 |", "**Name · Level**\nAda · 3\nBen · 12"),
        ("Stärke | 3\n--- | ---\nMut | 4", "**Stärke · 3**\nMut · 4"),
        ("| | |\n|-|-|\n| HP | 10 |", "HP · 10"),
        ("either | or\n---\nnext", "either \\| or\n\n[break]\n\nnext"),
        ("||hidden||\nand more", "||hidden||\nand more"),
    ],
)
def test_tables(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_a_picture_of_a_vault_is_shown_where_it_is() -> None:
    pictures = {"map.png": "images/map.png", "two words.jpg": "images/two words.jpg"}
    text = "One.\n\n![[map.png|300]]\n\n![[two words.jpg|Zwei Wege]]\n\nTwo."
    assert shown(text, pictures=pictures) == (
        "One.\n\n[map: images/map.png]\n\n[Zwei Wege: images/two words.jpg]\n\nTwo."
    )


def test_what_cannot_be_put_in_is_told_of() -> None:
    text = "One.\n\n![[map.png]]\n\nsee ![[The Gate]]\n\nTwo."
    assert shown(text) == "One.\n\nsee\n\nTwo."
    assert remarks(text) == [
        "3:1 the picture “map.png” is not there, and is left out",
        "5:5 the page “The Gate” is put in here, which only Obsidian can do",
    ]


def test_places_are_those_in_the_authors_text() -> None:
    text = "%%a%% <i>x</i> &mdash;\n\n<b>y</b> [[z]] [^q] %%b%%"
    manuscript = read_manuscript(text)
    assert [(one.line, one.column) for one in manuscript.readings] == [(1, 1), (3, 21)]
    assert [(one.line, one.column) for one in manuscript.remarks] == [(3, 16)]
