"""A body that the import writes is read as it was meant: the same words in the same order, as the same kinds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.source_formats.block_writer import BlockWriter
from bot.content.source_formats.inline_markdown import InlineRun, write_inline
from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript_import.body_writing import BodyWriter, PicturePaths
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import BlockKind
from bot.domain.pages.inline_markup import PieceKind
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.text_runs import RunKind, TextRun

_Shown = list[tuple[str, list[tuple[str, frozenset[str]]]]]
"""Adjoining runs of one kind as one: the kind, and each letter with its marks."""

_SIGNS = "*_~|`\\[](){}<>#+-=.!:;@$%^&/\"'“”—…12ab Zé"
_PIECES = st.one_of(
    st.text(_SIGNS, min_size=1, max_size=8),
    st.sampled_from(
        [
            *(
                "1. ",
                "12) ",
                "- ",
                "* ",
                "+ ",
                "# ",
                "> ",
                "-# ",
                ">>> ",
                "***",
                "---",
                "___",
                "* * *",
                "===",
                "~~~",
                "```",
            ),
            *(
                "<b>",
                "</i>",
                "<!-- a -->",
                "<br>",
                "&amp;",
                "&nbsp;",
                "@everyone",
                "<@12>",
                "<#12>",
                "<:a:12>",
                "<t:12>",
            ),
            *(
                "[a](b)",
                "![a](b)",
                "[^1]",
                "[^1]: ",
                "[a]: b",
                "[[a]]",
                "%%a%%",
                "{{a}}",
                "{a}",
                "$a$",
                "==a==",
                "||a||",
            ),
            *(
                "\\",
                "\\\\",
                "[b]a[/b]",
                "[x] ",
                "| a | b |",
                ": a",
                "::: a",
                "a\\",
                "https://a.example/b_c ",
                "``a''",
                "^a^",
            ),
            *(
                "\\emph{a}",
                "#a",
                "H~2~O",
                "++a++",
                "+++",
                "%",
                "// a",
                "/* a */",
                "\xa0",
                "  ",
                "\t",
                "|: ",
                "《a》",
                "｜a",
            ),
        ]
    ),
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=4).map("".join)
_ANY_RUNS = st.lists(
    st.builds(InlineRun, _TEXTS, bold=st.booleans(), italic=st.booleans(), strike=st.booleans()),
    min_size=1,
    max_size=3,
)


@dataclass(frozen=True)
class _Element:
    kind: BlockKind
    lines: tuple[tuple[InlineRun, ...], ...]
    first: int | None = None
    """The first number of a list."""


def _with_a_word(runs: list[InlineRun]) -> tuple[InlineRun, ...]:
    """Return runs that show a letter, for a line of signs alone is a scene break or nothing."""
    return (*runs, InlineRun(" so"))


_LINES = _ANY_RUNS.map(_with_a_word)
_ELEMENTS = st.one_of(
    st.builds(_Element, st.just(BlockKind.PARAGRAPH), st.tuples(_LINES)),
    st.builds(_Element, st.just(BlockKind.HEADING), st.tuples(_LINES)),
    st.builds(_Element, st.just(BlockKind.VERSE), st.lists(_LINES, min_size=2, max_size=4).map(tuple)),
    st.builds(_Element, st.just(BlockKind.QUOTE), st.lists(_LINES, min_size=1, max_size=3).map(tuple)),
    st.builds(
        _Element,
        st.just(BlockKind.LIST),
        st.lists(_LINES, min_size=2, max_size=4).map(tuple),
        st.sampled_from([None, 1, 7]),
    ),
    st.just(_Element(BlockKind.SCENE_BREAK, ())),
    st.builds(
        _Element,
        st.just(BlockKind.CODE),
        st.tuples(st.tuples(st.builds(InlineRun, st.text("ab *_#<>1.\\-", min_size=1)))),
    ),
)


def _add(element: _Element, writer: BlockWriter) -> None:
    texts = [write_inline(runs, is_heading=element.kind is BlockKind.HEADING) for runs in element.lines]
    match element.kind:
        case BlockKind.SCENE_BREAK:
            writer.add("", ["***"], element.kind)
        case BlockKind.CODE:
            writer.add(f"```\n{element.lines[0][0].text}x\n```", ["code"], element.kind)
        case BlockKind.QUOTE:
            writer.open()
            for text in texts:
                writer.add(text, [text], BlockKind.PARAGRAPH)
            writer.add_quote(writer.close())
        case BlockKind.LIST:
            items = []
            for text in texts:
                writer.open()
                writer.add(text, [text], BlockKind.PARAGRAPH)
                items.append(writer.close())
            writer.add_list(items, element.first)
        case _:
            text = "\n".join(texts)
            writer.add(text, text.split("\n"), element.kind, level=int(element.kind is BlockKind.HEADING))


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


def _letters(text: str, marks: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """Return what shows of a text; punctuation may have lost its marks, for between two letters it cannot have them."""
    none = frozenset[str]()
    shown = (char for char in text.translate(_INVISIBLE) if not char.isspace())
    return [(char, marks if char.isalnum() else none) for char in shown]


def _meant(elements: list[_Element]) -> _Shown:
    shown: _Shown = []
    for element in elements:
        letters: list[tuple[str, frozenset[str]]] = []
        for runs in element.lines:
            for run in runs:
                marks = {
                    sign
                    for sign, is_set in (("**", run.bold), ("*", run.italic), ("~~", run.strike))
                    if is_set
                }
                text = f"{run.text}x" if element.kind is BlockKind.CODE else run.text
                letters += _letters(text, frozenset(marks))
        kind = "prose" if element.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE) else element.kind.value
        shown.append((kind, letters))
    return _joined(shown)


def _read(body: str) -> _Shown:
    runs = parse_markdown(read_manuscript(body).text, 1 << 30)
    return _joined([(_kind(run), _shown_letters(run)) for run in runs])


def _kind(run: TextRun) -> str:
    kinds = {
        RunKind.HEADING: "heading",
        RunKind.CODE: "code",
        RunKind.SCENE: "scene_break",
        RunKind.PICTURE: "picture",
    }
    if run.shape in kinds:
        return kinds[run.shape]
    sign = run.first.strip()
    return "prose" if not sign else "quote" if sign[0] == ">" else "list" if sign != "-#" else "small print"


def _shown_letters(run: TextRun) -> list[tuple[str, frozenset[str]]]:
    if run.is_break:
        return []
    letters: list[tuple[str, frozenset[str]]] = []
    for piece in run.inline.pieces:
        text = piece.shown if piece.kind is PieceKind.ATOM else run.content[piece.start : piece.end]
        marks = frozenset("*" if mark.open == "_" else mark.open for mark in piece.marks)
        letters += _letters(text, marks)
    return letters


def _joined(shown: _Shown) -> _Shown:
    """Return neighbours of one kind as one; scene breaks at the ends and doubled ones are not shown."""
    joined = [
        (kind, [letter for _, letters in group for letter in letters])
        for kind, group in groupby(shown, key=lambda each: each[0])
    ]
    while joined and joined[0][0] == "scene_break":
        del joined[0]
    while joined and joined[-1][0] == "scene_break":
        del joined[-1]
    return joined


def _written(elements: list[_Element]) -> str:
    writer = BlockWriter()
    for element in elements:
        _add(element, writer)
    return BodyWriter(ChapterDraft(0, tuple(writer.blocks)), PicturePaths()).write().text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(_ELEMENTS, min_size=1, max_size=5))
def test_a_body_reads_back_as_meant(elements: list[_Element]) -> None:
    assert _read(_written(elements)) == _meant(elements)


@pytest.mark.parametrize(
    "text",
    [
        "He typed <!-- a --> and left.",
        "It said {#a} there.",
        "Then |《a》 stood there.",
        "\xa0> so it said.",
        "\xa0# One",
    ],
)
def test_signs_that_mean_something_elsewhere_are_shown(text: str) -> None:
    element = _Element(BlockKind.PARAGRAPH, ((InlineRun(text),),))
    assert _read(_written([element])) == _meant([element])


def test_an_item_that_begins_with_a_no_break_blank_is_one() -> None:
    items = ((InlineRun("\xa0milk"),), (InlineRun("\xa0eggs"),))
    element = _Element(BlockKind.LIST, items)
    assert _read(_written([element])) == _meant([element])
