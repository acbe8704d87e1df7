"""A line alone that parts scenes is a scene break, in whatever signs; silence, kisses and faces are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.lines.line_breaks import arrange_lines
from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.pages import SceneBreak, paginate
from tests.domain.manuscript.samples import BREAK, shown

FORMS = [
    *(
        "***",
        "* * *",
        "*   *   *",
        "---",
        "- - -",
        "___",
        "~~~",
        "~ ~ ~",
        "~~~~~~",
        "#",
        "##",
        "###",
        "# # #",
        "####",
    ),
    *(
        "⁂",
        "❖",
        "❦",
        "☙",
        "✦",
        "◆ ◆ ◆",
        "◇◆◇",
        "★",
        "☆☆☆",
        "※※※",
        "＊＊＊",
        "＊　＊　＊",
        "＊",
        "§",
        "● ● ●",
        "■",
    ),
    *(
        "• • •",
        "· · ·",
        ". . .",
        ". . . . .",
        "=====",
        "+++",
        "+ + +",
        "———",
        "——",
        "–",
        "—",
        "⸻",
        "────────",
        "━━━",
    ),
    *(
        "oOo",
        "oOoOo",
        "OoO",
        "xXx",
        "o O o",
        "-x-",
        "-o-",
        "~x~",
        "~*~",
        "-=-=-",
        "<~*~>",
        "--*--",
        "~oOo~",
        "-0-",
    ),
    *("/////", "-", ".", "*", "**", "~", "+", "\\", "--", "&nbsp;"),
    *(r"\*\*\*", r"\* \* \*", r"\#", r"\-\-\-", r"\~", "*\xa0*\xa0*", "\u3000◆\u3000", "  ***  ", "\t* * *"),
    *(
        "**⁂**",
        "*~ ~ ~*",
        "**\\*\\*\\***",
        "_◆_",
        "[scene break]",
        "[Scene Break]",
        "{pagebreak}",
        "-> *** <-",
    ),
    *(
        "［＃改ページ］",
        "\\newpage",
        "<center>* * *</center>",
        "<hr>",
        '<p align="center">⁂</p>',
        "<hr />",
        "&#8258;",
    ),
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_one_scene_break(form: str) -> None:
    assert shown(f"Sie ging.\n\n{form}\n\nEr blieb.") == f"Sie ging.\n\n{BREAK}\n\nEr blieb."


@pytest.mark.parametrize("form", ["xxx", "XXX", "ooo", "o o o", "x x x"])
def test_kisses_end_a_letter_and_part_scenes_only_where_they_stand_twice(form: str) -> None:
    assert shown(f"Come home.\n\nMum\n\n{form}\n\nShe folded it.").count(BREAK) == 0
    assert shown(f"One.\n\n{form}\n\nTwo.\n\n{form}\n\nThree.").count(BREAK) == 2


@pytest.mark.parametrize(
    "line",
    [
        *(
            "...",
            "…",
            "......",
            "!!!",
            "???",
            "?!?",
            '"..."',
            "“…”",
            "– – Nein",
            "— Да.",
            "- item",
            "1.",
            "12",
            "I",
            "x",
        ),
        *(
            "o",
            "ooh",
            "xoxo",
            "-_-",
            "^_^",
            "o_o",
            ">.<",
            ">_<",
            "T_T",
            ":)",
            "<3",
            "-.-",
            "=_=",
            "._.",
            "X_X",
            "*waves*",
        ),
        *(
            "😂😂😂",
            "。",
            "「」",
            "…。",
            "|---|---|",
            "a-b-a",
            "[TODO]",
            "[x]",
            "0",
            "000",
            "*x*",
            "***x***",
            "--no--",
            "#tag",
        ),
    ],
)
def test_what_is_none_stays(line: str) -> None:
    assert classify_scene_break(line) is None


@pytest.mark.parametrize("form", ["-", ".", "#", "+", "~", "\\", "—"])
def test_what_is_unsure_needs_a_paragraph_to_itself(form: str) -> None:
    text = f"One\n{form}\ntwo.\n\nThree.\n\nFour.\n\nFive."
    assert not any(
        isinstance(block, SceneBreak) for page in paginate(arrange_lines(text).text) for block in page.blocks
    )


@pytest.mark.parametrize("form", ["◆ ◆ ◆", "***", "#", "~", "-x-", "—"])
def test_a_text_without_blank_lines_has_scenes_too(form: str) -> None:
    lines = ["She left before the bell, and nobody on the quay counted the lamps."] * 8
    assert shown("\n".join([*lines, form, *lines])).count(BREAK) == 1


def test_several_in_a_row_are_one() -> None:
    assert shown("One.\n\n&nbsp;\n\n***\n\n&nbsp;\n\nTwo.") == f"One.\n\n{BREAK}\n\nTwo."


def test_the_underline_of_a_heading_is_none() -> None:
    assert BREAK not in shown("The Gate\n========\n\nText.")


def test_tildes_around_code_fence_it_and_others_part_scenes() -> None:
    assert shown("~~~\nx = *1*\n~~~") == "```\nx = *1*\n```"
    assert shown("~~~python\n\nx = 1\n\n~~~\n\nText.") == "```python\nx = 1\n```\n\nText."
    assert (
        shown("One.\n\n~~~\n\n<i>Two.</i>\n\n~~~\n\nThree.")
        == f"One.\n\n{BREAK}\n\n*Two.*\n\n{BREAK}\n\nThree."
    )
    assert shown("~~~\na\n```\nb\n~~~").startswith("```")


def test_code_has_no_scenes() -> None:
    text = "```\none\n\n***\n\n#\n\ntwo\n```"
    assert arrange_lines(text).text == text


def test_how_they_were_written_can_be_asked_for() -> None:
    arranged = arrange_lines("a\n\n⁂\n\nb\n\n-x-\n\nc")
    assert [(one.line, one.form) for one in arranged.breaks] == [(3, "⁂"), (7, "-x-")]


@given(st.lists(st.sampled_from([*FORMS[:60], "Text.", "日本語。", "", "```"]), max_size=12).map("\n".join))
def test_to_arrange_again_changes_nothing(text: str) -> None:
    once = arrange_lines(text).text
    assert paginate(arrange_lines(once).text) == paginate(once)
