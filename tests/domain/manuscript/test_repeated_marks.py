"""A chapter of nothing but one sign, thousands of times, is read at once."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript

SIGNS = [
    *(
        "{%",
        "{{",
        "{{<",
        "{#",
        "<% ",
        "[i]",
        "[i]a[/i]",
        "[/i]",
        "[quote]",
        "[list][*]",
        "［＃",
        "［＃「a」に傍点］",
    ),
    *(
        "\\emph{",
        "\\emph{a} ",
        "``",
        "''",
        "--- ---\n",
        "--- ---\na  b\n",
        "+---+\n|a|\n",
        "^2",
        "~2",
        "==a",
        "++a",
    ),
    *(
        ":::tip\n",
        "!!! note\n    a\n\n\n",
        "> [!a]\n",
        ">a\n",
        "[1] ",
        "[1] a\n",
        "<p id=a>",
        "<a href=#a>1</a>",
    ),
    *(
        "<A>\n",
        "<A b='c'>",
        "<![CDATA[",
        "[//]: # (a\n",
        "[a]: # (b\n",
        "#a ",
        "a:: b\n",
        "a\n---\n",
        "a\n==\n",
    ),
    *("a\n: b\n", "||a", "[TK", "[?", "<@1>", "_ _\n", "\u200b", "<i>a<b>b</i>", "[[rb:a", "{>>", "/*}", " "),
]


@pytest.mark.parametrize("sign", SIGNS)
def test_the_time_grows_with_the_length(sign: str) -> None:
    def seconds(length: int) -> float:
        start = process_time()
        read_manuscript(sign * (length // len(sign)))
        return process_time() - start

    assert min(seconds(20_000), seconds(20_000)) < 8


@given(st.lists(st.sampled_from([*SIGNS, "word", "\n", "\n\n", "`", ")", "]", "}"]), max_size=12))
def test_any_mixture_is_read(parts: list[str]) -> None:
    text = "".join(parts)
    manuscript = read_manuscript(text)
    assert manuscript.text.count("word") <= text.count("word")
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines and one.column >= 1 for one in manuscript.remarks)
    assert all(1 <= one.line <= lines and one.column >= 1 for one in manuscript.readings)
