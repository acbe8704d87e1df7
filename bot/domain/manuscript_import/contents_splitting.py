"""Chapters by the source's own table of contents, such as an EPUB's."""

from __future__ import annotations

from bot.domain.manuscript_import.chapter_headings import ChosenHeadings
from bot.domain.manuscript_import.heading_candidates import (
    HeadingCandidate,
    HeadingSort,
    may_be_text,
    read_heading,
    show_plain,
)
from bot.domain.manuscript_import.imported_titles import compare_key, is_same_text
from bot.domain.manuscript_import.source_document import ContentsEntry, Source

_FEW_WORDS = 60
"""Words between an entry and the first below it that are a part's title page."""

_NO_CHAPTERS = frozenset(
    compare_key(name)
    for name in """
        cover|title page|titlepage|copyright|copyright page|contents|table of contents
        dedication|imprint|colophon|titelseite|inhalt|inhaltsverzeichnis|impressum|widmung
        couverture|sommaire|table des matières|index|about the author|also by the author
        the full project gutenberg license|about this book|landmarks
        """.replace("\n", "|").split("|")
)


def find_contents_starts(source: Source) -> dict[int, ChosenHeadings]:
    """Return where chapters and parts begin by the table of contents, by document; nothing if it names none."""
    entries = [each for each in source.contents if each.document < len(source.documents)]
    parts = [at for at, each in enumerate(entries) if _is_part(source, entries, at)]
    chapters = [
        at
        for at, each in enumerate(entries)
        if at not in parts
        and compare_key(each.title) not in _NO_CHAPTERS
        and not _is_inner(entries, at, parts)
    ]
    chapters = _without_book_title(source, entries, chapters)
    if not chapters:
        return {}
    starts: dict[int, tuple[list[HeadingCandidate], list[HeadingCandidate]]] = {}
    for at, entry in enumerate(entries):
        if at in parts or at in chapters:
            sort = HeadingSort.PART if at in parts else HeadingSort.STYLED
            starts.setdefault(entry.document, ([], []))[at in parts].append(_candidate(entry, source, sort))
    return {
        number: ChosenHeadings(tuple(_ordered(both[0])), tuple(_ordered(both[1])))
        for number, both in starts.items()
    }


def _ordered(found: list[HeadingCandidate]) -> list[HeadingCandidate]:
    by_index = {each.index: each for each in found}
    return [by_index[index] for index in sorted(by_index)]


def _is_part(source: Source, entries: list[ContentsEntry], at: int) -> bool:
    """Return whether an entry has others below it and no text of its own."""
    entry = entries[at]
    following = entries[at + 1] if at + 1 < len(entries) else None
    if following is None or following.level <= entry.level:
        return False
    words = 0
    for number in range(entry.document, following.document + 1):
        blocks = source.documents[number].blocks
        first = entry.block if number == entry.document else 0
        last = following.block if number == following.document else len(blocks)
        words += sum(len(block.text.split()) for block in blocks[first:last] if may_be_text(block))
    return words < _FEW_WORDS


def _is_inner(entries: list[ContentsEntry], at: int, parts: list[int]) -> bool:
    """Return whether an entry is a section of the chapter above it."""
    for above in range(at - 1, -1, -1):
        if entries[above].level < entries[at].level:
            return above not in parts
    return False


def _without_book_title(source: Source, entries: list[ContentsEntry], chapters: list[int]) -> list[int]:
    """Return the chapters without an entry for the title page, which has the book's title."""
    title = source.title or ""
    first = chapters[0] if chapters else 0
    if len(chapters) > 2 and is_same_text(entries[first].title, title):
        return chapters[1:]
    return chapters


def _candidate(entry: ContentsEntry, source: Source, sort: HeadingSort) -> HeadingCandidate:
    """Return the entry as a heading: the block itself, if it has the words of the entry."""
    blocks = source.documents[entry.document].blocks
    said = read_heading(" ".join(entry.title.split()))
    number, name = (said[1], said[2]) if said else (None, None)
    if said is not None and sort is not HeadingSort.PART:
        sort = said[0]
    index = entry.block
    if index < len(blocks):
        shown = show_plain(blocks[index].text)
        is_heading = bool(shown) and compare_key(shown) in compare_key(entry.title)
        index = index if is_heading else index - 1
    return HeadingCandidate(index, " ".join(entry.title.split()), sort, 0, number, name)
