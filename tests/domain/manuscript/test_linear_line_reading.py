"""The reading of lines, lists and hyphens takes linear time, whatever a text repeats."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.pages import measure_length
from tests.domain.pages.test_linear_time import assert_linear

UNITS = [
    *("- a\n", "- a.\n", "1. a\n", "- a\n\n  b\n", "- a\n- b\n\n- c\n\n", "1. a\n\n 3. b\n", "- a\n  b\n"),
    *("“", '"', "'", "‘a’b", "«", "„", "״", "“字”\n", "— a.\n", "-- ", "'a,"),
    *("under-\n", "a-\n", "a-", "a\xad", "\xad\n", "¬\n", "ab\u2010\n"),
    *("\x0c", "\x0c \n", "\u2028", " ", "\t\n", "| a\n", "|\n", "| ", ">   a\n", "> \u3000a\n"),
    *(
        "\u3000字\n",
        "字\n",
        "字",
        "ก\n",
        "ก",
        "a  \n",
        "A: b\n",
        "(",
        "a b c d e f g h i j k l m n o p q r s t u\n",
        "> a b c d e f g h i j k l m n o p q r s t u\n",
        ">> a b c d e f g h i j k l m\n> a b c d e f g h i j k\n",
        "a\\\n",
        "a || ",
        ">>>a\n",
        "> a\\\n",
        "|---|\n",
        "|---|\n| a |\n",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_many_of_a_kind_are_read_in_linear_time(unit: str) -> None:
    for work in (read_manuscript, measure_length):
        assert_linear(work, lambda length: unit * (length // len(unit)), 20_000)
        assert_linear(work, lambda length: f"a{unit * (length // len(unit))}b", 20_000)
