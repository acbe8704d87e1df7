"""Chapters by the source's own table of contents, such as an EPUB's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.manuscript_import.chapter_headings import ChosenHeadings
from bot.domain.manuscript_import.heading_candidates import (
    HeadingCandidate,
    HeadingSort,
    may_be_text,
    read_heading,
    show_plain,
)
from bot.domain.manuscript_import.imported_titles import compare_key, is_same_text, lower_capitals
from bot.domain.manuscript_import.source_document import ContentsEntry, Source

_FEW_WORDS = 60
"""Words between an entry and the first below it that are a part's title page."""

_NUMBERED = re.compile(r"(?P<number>[IVXLC]{1,7}|\d{1,3})[:.]\s+(?P<name>\S.*)")
"""An entry such as `IV: The Rabbit`."""

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
    are_numbered = _are_numbered([entries[at] for at in chapters])
    starts: dict[int, tuple[list[HeadingCandidate], list[HeadingCandidate]]] = {}
    titles: dict[int, dict[int, str]] = {}
    for at, entry in enumerate(entries):
        if at in parts or at in chapters:
            sort = HeadingSort.PART if at in parts else HeadingSort.STYLED
            heading = _candidate(entry, source, sort, is_numbered=are_numbered)
            starts.setdefault(entry.document, ([], []))[at in parts].append(heading)
            if at in chapters and (part := _part_above(entries, at, parts)) is not None:
                found = _candidate(part, source, HeadingSort.PART, is_numbered=False)
                titles.setdefault(entry.document, {})[heading.index] = lower_capitals(
                    found.name or found.text
                )
    return {
        number: ChosenHeadings(
            tuple(_ordered(both[0])), tuple(_ordered(both[1])), part_titles=titles.get(number, {})
        )
        for number, both in starts.items()
    }


def _part_above(entries: list[ContentsEntry], at: int, parts: list[int]) -> ContentsEntry | None:
    """Return the part below which an entry stands in the table of contents."""
    level = entries[at].level
    for above in range(at - 1, -1, -1):
        if entries[above].level < level:
            if above in parts:
                return entries[above]
            level = entries[above].level
    return None


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


def _are_numbered(entries: Sequence[ContentsEntry]) -> bool:
    """Return whether most entries are counted, so that a letter before a full stop is a number."""
    return 2 * sum(_NUMBERED.fullmatch(each.title.strip()) is not None for each in entries) > len(entries)


def _candidate(
    entry: ContentsEntry, source: Source, sort: HeadingSort, *, is_numbered: bool
) -> HeadingCandidate:
    """Return the entry as a heading: the block itself, if it has the words of the entry."""
    blocks = source.documents[entry.document].blocks
    said = read_heading(" ".join(entry.title.split()))
    number, name = (said[1], said[2]) if said else (None, None)
    if said is not None and sort is not HeadingSort.PART:
        sort = said[0]
    if said is None and is_numbered and (counted := _NUMBERED.fullmatch(entry.title.strip())):
        number, name = counted["number"], counted["name"]
    index = entry.block
    if index < len(blocks):
        shown = show_plain(blocks[index].text)
        is_heading = bool(shown) and compare_key(shown) in compare_key(entry.title)
        index = index if is_heading else index - 1
    return HeadingCandidate(index, " ".join(entry.title.split()), sort, 0, number, name)
