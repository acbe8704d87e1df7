"""Runs of text are written as Markdown that means the same to Fascicle and to Discord."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.source_formats.inline_markdown import InlineRun, has_throughout, write_inline
from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.plain_text import visible
from tests.domain.pages.discord_renderer import read

_SIGNS = "*_~|`\\[](){}<>#+-=.!:;@$%^&/\"'“”—…1a Zé\u200b"
_TEXTS = st.text(_SIGNS + "\xa0\n", min_size=1, max_size=12)
_RUNS = st.lists(
    st.builds(
        InlineRun,
        _TEXTS,
        bold=st.booleans(),
        italic=st.booleans(),
        strike=st.booleans(),
        underline=st.booleans(),
    ),
    max_size=5,
)


def _letters(text: str) -> str:
    """Return what is visible of a text, apart from blanks, which Markdown may join."""
    return "".join(text.replace("\u200b", "").split())


def _on_discord(markdown: str) -> str:
    return "\n".join(read(run.text).text for run in parse_markdown(markdown, 1 << 30))


@settings(max_examples=300, deadline=None)
@given(_RUNS)
def test_any_text_is_shown_as_it_was(runs: list[InlineRun]) -> None:
    # Line ends are two blanks for the renderer of chapters, which writes them.
    markdown = write_inline(runs).replace("\n", "  \n")
    expected = _letters("".join(run.text for run in runs))
    assert _letters(visible(markdown)) == expected
    assert _letters(_on_discord(markdown)) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.builds(InlineRun, st.text(_SIGNS, min_size=1, max_size=12), italic=st.booleans()), max_size=3)
)
def test_any_text_survives_the_reading_of_manuscripts(runs: list[InlineRun]) -> None:
    runs = [InlineRun("Anna said "), *runs, InlineRun(" and went away.")]
    read_again = read_manuscript(write_inline(runs)).text
    assert _letters(visible(read_again)) == _letters("".join(run.text for run in runs))


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        ([InlineRun("He"), InlineRun(" said ", italic=True), InlineRun("no")], "He *said* no"),
        ([InlineRun("a", italic=True), InlineRun("b", italic=True)], "*ab*"),
        ([InlineRun("a", bold=True), InlineRun(" "), InlineRun("b", bold=True)], "**a b**"),
        ([InlineRun("a ", italic=True), InlineRun("b", italic=True, bold=True)], "*a **b***"),
        ([InlineRun("one\ntwo ", italic=True)], "*one*\n*two*"),
        ([InlineRun("wait"), InlineRun("—no", italic=True)], "wait—*no*"),
        ([InlineRun("“Stop,”", italic=True), InlineRun(" he said")], "*“Stop,”* he said"),
        ([InlineRun("un"), InlineRun("believ", italic=True), InlineRun("able")], "un*believ*able"),
        ([InlineRun(" ", italic=True), InlineRun("x")], "x"),
        ([InlineRun("see", link="https://a.b/c_d")], "[see](https://a.b/c_d)"),
        ([InlineRun("see", link="javascript:x()")], "see"),
        ([InlineRun("x = `y`", code=True)], r"x = \`y\`"),
        ([InlineRun("x*y", code=True)], "`x*y`"),
        ([InlineRun("1. x")], r"1\. x"),
        ([InlineRun("- x")], r"\- x"),
        ([InlineRun("# x\n> y")], "\\# x\n\\> y"),
        (
            [InlineRun("@everyone a_b <b> &amp; [x](y) ||z||")],
            r"\@everyone a_b \<b> \&amp; \[x\](y) \|\|z\|\|",
        ),
        ([InlineRun("[Skill] <3 5 < 6 A&B a-b #1")], "[Skill] <3 5 < 6 A&B a-b #1"),
        ([InlineRun("see https://a.example/b_c_d, ok")], "see https://a.example/b_c_d, ok"),
        ([InlineRun("Once"), InlineRun("[^1]", is_markdown=True), InlineRun(".")], "Once[^1]."),
        ([InlineRun("a\x00b\r\nc\u2028d")], "ab\nc\nd"),
    ],
)
def test_marks_and_escapes(runs: list[InlineRun], markdown: str) -> None:
    assert write_inline(runs) == markdown


def test_marks_side_by_side_stay_apart() -> None:
    runs = [InlineRun("a", italic=True), InlineRun("b", italic=True, bold=True), InlineRun("c", bold=True)]
    (run,) = parse_markdown(write_inline(runs), 1 << 30)
    shown = {
        char: {mark.open.replace("_", "*") for mark in piece.marks}
        for piece in run.inline.pieces
        for char in run.content[piece.start : piece.end]
    }
    assert (shown["a"], shown["b"], shown["c"]) == ({"*"}, {"*", "**"}, {"**"})


def test_a_mark_throughout() -> None:
    assert has_throughout([InlineRun("a", bold=True), InlineRun(" "), InlineRun("b", bold=True)], "bold")
    assert not has_throughout([InlineRun("a", bold=True), InlineRun("b")], "bold")
    assert not has_throughout([InlineRun(" ")], "bold")


@pytest.mark.parametrize("text", ["[a", "*a*", " \xa0", "https://", "~~|", "_a", "@everyone"])
def test_long_texts_take_linear_time(text: str) -> None:
    start = time.perf_counter()
    write_inline([InlineRun(text * 30_000, bold=True), InlineRun("x")])
    assert time.perf_counter() - start < 5
