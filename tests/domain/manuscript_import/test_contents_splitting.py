"""Chapters of a book by its own table of contents, with parts on pages of their own."""

from __future__ import annotations

from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    ContentsEntry,
    Source,
    SourceBlock,
    SourceDocument,
)

_PROSE = "It rained on the roof and on the road and on the man who mended both of them."


def _page(name: str, heading: str, *paragraphs: str) -> SourceDocument:
    blocks = (
        SourceBlock(heading, BlockKind.HEADING, 1),
        *(SourceBlock(text, line=number) for number, text in enumerate(paragraphs, 2)),
    )
    return SourceDocument(name, blocks, tuple(block.text for block in blocks))


def _book() -> Source:
    pages = (
        _page("p1", "Part One: Ebb"),
        _page("c1", "The Gauge", _PROSE),
        _page("p2", "Part Two: Flood", "“Low, low.”"),
        _page("c2", "The Almanac", _PROSE),
        _page("c3", "The Bill", _PROSE),
        _page("e", "Epilogue", _PROSE),
    )
    levels = (1, 2, 1, 2, 2, 1)
    entries = tuple(
        ContentsEntry(page.blocks[0].text, number, 0, level)
        for number, (page, level) in enumerate(zip(pages, levels, strict=True))
    )
    return Source("book.epub", pages, entries)


def test_a_part_on_a_page_of_its_own_is_the_part_of_the_chapters_below_it() -> None:
    story = import_source(_book())
    assert [(chapter.part, chapter.title) for chapter in story.chapters] == [
        ("Ebb", "The Gauge"),
        ("Flood", "The Almanac"),
        ("Flood", "The Bill"),
        (None, "Epilogue"),
    ]
    assert all(chapter.body == f"{_PROSE}\n" for chapter in story.chapters)


def test_the_words_on_a_parts_page_go_before_its_first_chapter_and_can_be_kept() -> None:
    story = import_source(_book())
    (moved,) = story.decisions
    assert (moved.passage.text, moved.place) == ("“Low, low.”", "note_before")
    assert [each.note_before for each in story.chapters] == [None, "“Low, low.”", None, None]
    kept = import_source(_book(), refused={moved.id}).chapters[1]
    assert kept.body.startswith("“Low, low.”\n\n")
