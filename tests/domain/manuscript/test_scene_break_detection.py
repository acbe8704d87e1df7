"""Scene breaks in their surroundings: in quotes, at the ends of a text, between tildes, and as they are reported."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.pages import SceneBreak, paginate
from tests.domain.manuscript.samples import BREAK, shown

SENTENCES = [
    "She left before the bell rang.",
    "Der Regen hörte auf.",
    "Elle n’a rien dit.",
    "Дождь кончился.",
    "Η βροχή σταμάτησε.",
    "توقف المطر.",
    "बारिश रुक गई।",
    "雨停了。",
    "雨が止んだ。",
    "비가 그쳤다.",
]


def readings(text: str) -> list[str]:
    return [f"{one.line}: {one.what}" for one in read_manuscript(text).readings if "scene break" in one.what]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("form", ["***", "---", "⁂", "* * *", "◇ ◇ ◇"])
def test_a_break_between_lines_of_a_quote_parts_it(sentence: str, form: str) -> None:
    wanted = f"> {sentence}\n\n{BREAK}\n\n> {sentence}"
    assert shown(f"> {sentence}\n>\n> {form}\n>\n> {sentence}") == wanted
    assert shown(f"> {sentence}\n> {form}\n> {sentence}") == wanted


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("form", ["***", "---", "⁂", "&nbsp;", "## ***", "~~~"])
def test_one_before_or_after_all_text_is_not_shown_and_said_so(sentence: str, form: str) -> None:
    text = f"{form}\n\n{sentence}\n\n⁂\n\n{sentence}\n\n{form}\n\n{form}\n"
    assert shown(text) == f"{sentence}\n\n{BREAK}\n\n{sentence}"
    assert readings(text) == [
        f"1: a scene break before any text, written {form}, not shown",
        "5: a scene break, written ⁂",
        f"9: a scene break after the last text, written {form}, not shown",
        f"11: a scene break after the last text, written {form}, not shown",
    ]


def test_it_is_said_too_where_the_text_needs_no_change() -> None:
    assert readings("***\n\nOne.\n\n***\n\nTwo.\n\n* * *") == [
        "1: a scene break before any text, written ***, not shown",
        "5: a scene break, written ***",
        "9: a scene break after the last text, written * * *, not shown",
    ]


def test_kisses_at_the_end_stay_though_they_part_scenes_elsewhere() -> None:
    text = "One.\n\nxxx\n\nTwo.\n\nxxx\n\nThree.\n\nMum\n\nxxx"
    assert shown(text) == f"One.\n\n{BREAK}\n\nTwo.\n\n{BREAK}\n\nThree.\n\nMum\n\nxxx"


def test_a_form_that_occurs_often_is_reported_once_with_its_number() -> None:
    text = "\n\n".join(["One.\n\n⁂"] * 6 + ["Two.\n\n-x-"] * 5 + ["Three."])
    assert readings(text) == [
        "3: a scene break, written ⁂, as in 5 more places",
        *(f"{line}: a scene break, written -x-" for line in range(27, 44, 4)),
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("form", ["~~~", "~~~~", "~~~~~~~~", "~~~ "])
def test_tildes_around_prose_part_scenes_however_tight(sentence: str, form: str) -> None:
    wanted = f"One.\n\n{BREAK}\n\n{sentence}\n\n{sentence}\n\n{BREAK}\n\nTwo."
    assert shown(f"One.\n\n{form}\n{sentence}\n\n{sentence}\n{form}\n\nTwo.") == wanted
    assert shown(f"One.\n{form}\n{sentence}\n\n{sentence}\n{form}\nTwo.") == wanted
    assert shown(f"One.\n\n{form}\n\n{sentence}\n\n{sentence}\n\n~~~\n\nTwo.") == wanted


@pytest.mark.parametrize(
    "code", ["x = 1\n\ny = 2", "if a:\n    b()", "<b>bold</b>", "10 GOTO 20", "a\n```\nb"]
)
def test_tildes_around_code_fence_it(code: str) -> None:
    assert shown(f"One.\n\n~~~\n{code}\n~~~\n\nTwo.").startswith("One.\n\n```")


def test_colons_part_scenes_only_where_no_division_is_opened() -> None:
    assert shown("One.\n\n:::\n\nTwo.\n\n::::\n\nThree.").count(BREAK) == 2
    assert shown("One.\n\n::: {.letter}\nDear.\n:::\n\nTwo.") == "One.\n\nDear.\n\nTwo."


@given(
    st.lists(
        st.sampled_from(["***", "⁂", "> ---", "xxx", "🌙", "One.", "> Two.", "", "~~~"]), max_size=14
    ).map("\n".join)
)
def test_no_page_of_a_text_begins_or_ends_its_chapter_with_a_break(text: str) -> None:
    blocks = [block for page in paginate(read_manuscript(text).text) for block in page.blocks]
    if any(not isinstance(block, SceneBreak) for block in blocks):
        assert not isinstance(blocks[0], SceneBreak)
        assert not isinstance(blocks[-1], SceneBreak)
    assert all(not isinstance(one, SceneBreak) or one != two for one, two in pairwise(blocks))
