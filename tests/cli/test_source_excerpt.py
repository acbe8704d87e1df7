"""The line of a fault as a terminal shows it, and the mark below the right cell of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.cli.source_excerpt import draw_excerpt

MARGIN = "    | "


@pytest.mark.parametrize(
    ("line", "sign", "cells"),
    [
        ("The lamp [x] went out.", "[", 9),
        ("Der Fährmann schläft [x]", "[", 21),
        ("Паромщик спит [x]", "[", 14),
        ("Ο βαρκάρης [x] κοιμάται", "[", 11),
        ("渡し守は[x]眠る", "[", 8),
        ("船夫睡了[x]。", "[", 8),
        ("뱃사공은 [x]", "[", 9),
        ("เขานอนอยู่ที่นี่[x]", "[", 10),
        ("नाविक सोता [x]", "[", None),
        ("\tThe lamp [x]", "[", 13),
        ("a\x07b [x]", "[", 7),
        ("a\u200bb [x]", "[", 9),
        ("e\u0323\u0302 [x]", "[", 2),
        ("👨\u200d👩\u200d👧 [x]", "[", None),
    ],
)
def test_the_mark_is_below_its_sign(line: str, sign: str, cells: int | None) -> None:
    text, mark = draw_excerpt(line, line.index(sign) + 1)
    before = text.removeprefix(MARGIN).partition(sign)[0]
    assert mark == f"{MARGIN}{' ' * cell_len(before)}^"
    assert cells is None or cell_len(before) == cells


@pytest.mark.parametrize(
    ("line", "word"),
    [("הספן ישן [x] כאן", "[x]"), ("نام الملاح [هنا] الليلة", "[هنا]"), ("The word שלום [x] here", "[x]")],
)
def test_text_from_right_to_left_has_the_word_at_the_mark_too(line: str, word: str) -> None:
    _, mark = draw_excerpt(line, line.index("[") + 1)
    assert mark.endswith(f"^ at “{word}”")


@pytest.mark.parametrize("letter", ["a", "字", "म", "ж", "é", "ก", "뱃", "\x01"])
@pytest.mark.parametrize("place", [0, 3, 400, 797])
def test_a_long_line_is_cut_around_its_mark(letter: str, place: int) -> None:
    line = letter * place + "[" + letter * (800 - place)
    text, mark = draw_excerpt(line, place + 1)
    assert cell_len(text) < 110
    assert cell_len(text.partition("[")[0]) == len(mark) - 1
    assert text.removeprefix(MARGIN).startswith("…") == (place > 100)
    assert text.endswith("…") == (place < 700)


def test_without_a_column_or_beyond_the_line_there_is_no_mark() -> None:
    assert draw_excerpt("titel: x") == [f"{MARGIN}titel: x"]
    assert draw_excerpt("abc", 9) == [f"{MARGIN}abc"]
    assert draw_excerpt("abc", 4) == [f"{MARGIN}abc", f"{MARGIN}   ^"]
    assert draw_excerpt("  \t") == []


@given(st.text(), st.integers(0, 80))
def test_any_line_is_shown_on_one_line_and_marked_inside(line: str, column: int) -> None:
    drawn = draw_excerpt(line, column)
    assert len(drawn) <= 2
    for each in drawn:
        assert len(each.splitlines()) == 1
        assert each.startswith(MARGIN)
        assert "\x1b" not in each
    if len(drawn) == 2:
        assert drawn[1].index("^") <= cell_len(drawn[0])
