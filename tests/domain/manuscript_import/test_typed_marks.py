"""Hyphens that are dashes, and straight quotation marks among curly ones."""

from __future__ import annotations

import pytest

from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.manuscript_import.source_document import BlockKind, Source, SourceBlock, SourceDocument


def _story(
    *texts: str, kind: BlockKind = BlockKind.PARAGRAPH, refused: frozenset[str] = frozenset()
) -> ImportedStory:
    blocks = tuple(
        SourceBlock(text, kind, line=number, line_count=text.count("\n") + 1)
        for number, text in enumerate(texts, 1)
    )
    lines = tuple(line for text in texts for line in text.split("\n"))
    return import_source(Source("-", (SourceDocument("-", blocks, lines),)), refused=refused)


def _body(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> str:
    return _story(*texts, kind=kind).chapters[0].body


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("He came -- late.", "He came — late."),
        ("He came--late.", "He came—late."),
        ("He came --- late.", "He came — late."),
        ("“Wait--” he said.", "“Wait—” he said."),
        ("“Wait--”--he said--“no.”", "“Wait—”—he said—“no.”"),
        ("-- Et qui ?", "— Et qui ?"),
        ("*Wait*--*now*.", "*Wait*—*now*."),
        ("He was--", "He was—"),
        ("Pages 3--5 were gone.", "Pages 3–5 were gone."),
        ("He – she said – came -- late.", "He – she said – came – late."),
    ],
)
def test_hyphens_that_are_dashes(typed: str, meant: str) -> None:
    assert _body(typed) == f"{meant}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Type `git --help` or `a--b`.",
        "Type git --help now.",
        "See https://example.com/a--b for it.",
        "See [the page](/a--b) for it.",
        "Write to a--b@example.com for it.",
        "It ends with --> and begins with <!-- here.",
        ".- -... -- was what he sent.",
        "The word was ---- and nobody said it.",
    ],
)
def test_hyphens_that_stay(text: str) -> None:
    assert _story(text).decisions == ()


@pytest.mark.parametrize("kind", [BlockKind.CODE, BlockKind.TABLE])
def test_code_and_tables_keep_their_hyphens(kind: BlockKind) -> None:
    text = "```\na -- b\n```" if kind is BlockKind.CODE else "| a | b |\n| -- | -- |\n| c -- d | e |"
    assert _story("The list was short.", text, kind=kind).decisions == ()


def test_a_document_has_one_decision_and_stays_as_it_was_if_that_is_refused() -> None:
    texts = ("He came -- late.", "She -- never.")
    (decision,) = _story(*texts).decisions
    assert (decision.reason, decision.passage.line) == ("hyphens that are dashes, in 2 places", 1)
    refused = _story(*texts, refused=frozenset((decision.id,)))
    assert refused.chapters[0].body == "He came -- late.\n\nShe -- never.\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('“One,” he said. "Two."', "“One,” he said. “Two.”"),
        ('“One.” “And.” *"Two"*--"no--"', "“One.” “And.” *“Two”*—“no—”"),
        ("“One,” he said. “It’s Tom’s,” and it wasn't.", "“One,” he said. “It’s Tom’s,” and it wasn’t."),
    ],
)
def test_straight_marks_among_curly_ones_are_like_those(typed: str, meant: str) -> None:
    assert _body(typed) == f"{meant}\n"


@pytest.mark.parametrize(
    "text",
    [
        '"One," he said. "It\'s Tom\'s."',
        '"One," he said. "Two." “Three.” "Four."',
        "“One,” he said, “and two,” of the board of 5' 6\" length.",
        '„Eins“, sagte er. „Zwei“ und "drei".',
        '“One” was `a = "b"` in “two”.',
    ],
)
def test_marks_that_stay(text: str) -> None:
    assert _story(text).decisions == ()
