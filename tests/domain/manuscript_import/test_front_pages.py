"""Tests of the author's words before the first chapter."""

from __future__ import annotations

import pytest

from bot.domain.manuscript_import.front_pages import find_front_texts
from bot.domain.manuscript_import.import_decisions import DecisionKind
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    ContentsEntry,
    Source,
    SourceBlock,
    SourceDocument,
)
from tests.domain.manuscript_import.pasted_chapters import blocks_of

PROSE = "It rained on the roof and on the road and on the man who mended both of them."
POEM = "The tide came up the stair\nand nobody was there\nto tell it of the time\nor give it back a rhyme"


def _book(front: str) -> Source:
    text = f"{front}\n\n# Chapter 1\n\n{PROSE}\n\n# Chapter 2\n\n{PROSE} Still."
    return Source("a.md", (SourceDocument("a.md", blocks_of(text), tuple(text.split("\n"))),))


@pytest.mark.parametrize(
    ("front", "note"),
    [
        ("# The Glass Ferry\n\nby Ana Lund\n\nFor Ben, who waited.", "For Ben, who waited."),
        (
            "# Dedication\n\nTo whoever is up.\n\n# Epigraph\n\nNo sea is wide.",
            "To whoever is up.\n\nNo sea is wide.",
        ),
        (
            "“The sea is a wall with doors in it.”\n\n— Ana Lund",
            "“The sea is a wall with doors in it.”\n\n— Ana Lund",
        ),
        (POEM, POEM),
        (f"{POEM}\n\nFor Ben.", f"{POEM}\n\nFor Ben."),
        ("# Widmung\n\nMeiner Mutter.", "Meiner Mutter."),
    ],
)
def test_they_are_the_note_before_the_first_chapter(front: str, note: str) -> None:
    story = import_source(_book(front))
    assert [(each.title, each.note_before) for each in story.chapters] == [
        ("Chapter 1", note),
        ("Chapter 2", None),
    ]
    moved = [each for each in story.decisions if each.kind is DecisionKind.MOVED]
    assert moved
    undone = import_source(_book(front), refused={each.id for each in moved})
    assert undone.chapters[0].note_before is None
    assert all(line.strip() in undone.chapters[0].body for line in note.split("\n"))


@pytest.mark.parametrize(
    "front",
    [
        "# The Glass Ferry\n\nby Ana Lund",
        "The Glass Ferry\nA novel\nby Ana Lund\nHarbour Press",
        "For more stories visit www.example.org",
        "Rating: Teen\nWords: 14000\nChapters: 2 of 20\nStatus: not complete yet",
        "Copyright © 2020 Ana Lund\nFirst published by Harbour Press\nAll rights reserved by us\nPrinted in the north",
        "Chapter 1 .... 3\nChapter 2 .... 12\nChapter 3 .... 20\nChapter 4 .... 31",
    ],
)
def test_title_pages_and_lists_are_none(front: str) -> None:
    assert find_front_texts(blocks_of(front)) == []
    assert import_source(_book(front)).chapters[0].note_before is None


def test_a_page_of_an_epub_that_holds_only_a_poem_is_kept_with_its_lines() -> None:
    mark = frozenset((BlockTrait.NAVIGATION,))
    pages = (
        [
            SourceBlock("The Glass Ferry", BlockKind.HEADING, 1, 1, 1, mark),
            SourceBlock("By Ana Lund", line=2, traits=mark),
        ],
        [SourceBlock(POEM, BlockKind.VERSE, 0, 1, 4, mark)],
        [SourceBlock("The Slip", BlockKind.HEADING, 1), SourceBlock(PROSE, line=2)],
        [
            SourceBlock("Colophon", BlockKind.HEADING, 1, 1, 1, mark),
            SourceBlock(POEM, BlockKind.VERSE, 0, 2, 4, mark),
        ],
    )
    documents = tuple(
        SourceDocument(
            f"{number}.xhtml", tuple(page), tuple("\n".join(each.text for each in page).split("\n"))
        )
        for number, page in enumerate(pages)
    )
    story = import_source(Source("a.epub", documents, (ContentsEntry("The Slip", 2, 0),)))
    assert [(each.title, each.note_before) for each in story.chapters] == [("The Slip", POEM)]
    assert [each.kind for each in story.decisions] == [
        DecisionKind.DROPPED,
        DecisionKind.MOVED,
        DecisionKind.DROPPED,
    ]
