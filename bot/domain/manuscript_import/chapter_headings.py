"""Choice of the headings that begin chapters, and of those that begin parts, among all that may be headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.manuscript_import.heading_candidates import (
    HeadingCandidate,
    HeadingSort,
    find_candidates,
    may_be_text,
)
from bot.domain.manuscript_import.imported_titles import compare_key
from bot.domain.manuscript_import.source_document import BlockKind, SourceBlock

_LIST_RUN = 3
"""Headings in a row without text between them that are a table of contents."""

_OWN_TEXT = 30
"""Words below a heading, before the next below it, from which on it has a text of its own."""

_SOME_TEXT = 6
"""Words below most headings of a level from which on these are no mere titles of parts."""


@dataclass(frozen=True, slots=True)
class ChosenHeadings:
    """The headings by which a document is divided."""

    chapters: tuple[HeadingCandidate, ...] = ()
    parts: tuple[HeadingCandidate, ...] = ()
    contents: frozenset[int] = frozenset()
    """Indices of the blocks of a table of contents."""
    part_titles: Mapping[int, str] = field(default_factory=dict)
    """By the index of a chapter's heading: the part that the source's table of contents puts it in."""


def choose_headings(blocks: Sequence[SourceBlock], *, one_chapter: bool = False) -> ChosenHeadings:
    """Return the headings that begin chapters and parts.

    Args:
        blocks: The blocks of a document.
        one_chapter: Whether the document is one chapter unless it plainly holds several.
    """
    found = find_candidates(blocks)
    words = _WordCounts(blocks)
    contents = _find_contents(found, words)
    found = [each for each in found if each.index not in contents]
    parts = tuple(each for each in found if each.sort is HeadingSort.PART)
    others = [each for each in found if each.sort is not HeadingSort.PART]
    chapters = _by_numbers(others, words) or ([] if one_chapter else _by_style(others, parts, words))
    if not chapters and not one_chapter:
        chapters = _by_look(others, words)
    if one_chapter and len([each for each in chapters if each.sort is HeadingSort.NUMBERED]) < 2:
        return ChosenHeadings((), parts, contents)
    if not chapters and len(parts) > 1:
        return ChosenHeadings(parts, (), contents)
    above = _parts_by_style(others, chapters)
    both = sorted((*parts, *above), key=lambda each: each.index)
    chosen = {each.index for each in both}
    return ChosenHeadings(tuple(each for each in chapters if each.index not in chosen), tuple(both), contents)


class _WordCounts:
    """Words of text between blocks; headings do not count."""

    def __init__(self, blocks: Sequence[SourceBlock]) -> None:
        self._sums = [0]
        for block in blocks:
            counts = may_be_text(block) and block.kind not in (BlockKind.HEADING, BlockKind.SCENE_BREAK)
            self._sums.append(self._sums[-1] + (len(block.text.split()) if counts else 0))

    def between(self, first: int, last: int) -> int:
        """Return the words of the blocks after one and before another."""
        return self._sums[last] - self._sums[min(first + 1, last)]

    @property
    def end(self) -> int:
        """Number of blocks."""
        return len(self._sums) - 1


def _find_contents(found: Sequence[HeadingCandidate], words: _WordCounts) -> frozenset[int]:
    """Return the entries of a table of contents: headings in a row, each of which stands again further down."""
    keys = Counter(compare_key(each.text) for each in found)
    taken: set[int] = set()
    run: list[HeadingCandidate] = []
    for each in found:
        if run and each.index - run[-1].index > 2:
            break
        run.append(each)
    again = [each for each in run if keys[compare_key(each.text)] > 1 or _is_named_later(each, found)]
    if len(again) >= _LIST_RUN and words.between(-1, again[-1].index) < 40 * len(again):
        later = {compare_key(each.text): each.index for each in found}
        taken.update(each.index for each in again if later[compare_key(each.text)] != each.index or each.name)
    return frozenset(taken)


def _is_named_later(entry: HeadingCandidate, found: Sequence[HeadingCandidate]) -> bool:
    if entry.number is None or entry.name is None:
        return False
    number = compare_key(entry.number)
    return any(
        each.index > entry.index and each.number and compare_key(each.number) == number for each in found
    )


def _by_numbers(found: Sequence[HeadingCandidate], words: _WordCounts) -> list[HeadingCandidate]:
    """Return the headings with numbers or names such as “Prologue”, and others of the same level."""
    numbered = [each for each in found if each.sort is HeadingSort.NUMBERED]
    if not numbered:
        only = [each for each in found if each.sort is HeadingSort.ONLY_NUMBER]
        counts = _is_count(only)
        numbered = only if counts else []
    named = [each for each in found if each.sort is HeadingSort.NAMED]
    if not numbered and not named:
        return []
    if not numbered and sum(each.sort is HeadingSort.STYLED for each in found) > len(named):
        return []
    levels = Counter(each.level for each in numbered or named)
    level = max(levels, key=lambda each: (levels[each], -each))
    # A heading of the same level is a chapter without a number, unless it only names the one above it.
    starts = {each.index for each in (*numbered, *named) if each.level in (level, 0) or each.level <= level}
    for each in found:
        if each.sort is HeadingSort.STYLED and level and each.level == level:
            before = max((start for start in starts if start < each.index), default=None)
            if before is None or words.between(before, each.index) > 0:
                starts.add(each.index)
    chapters = [each for each in found if each.index in starts]
    if level and chapters and chapters[0].sort is HeadingSort.STYLED:
        after = chapters[1].index if len(chapters) > 1 else words.end
        if words.between(chapters[0].index, after) < _OWN_TEXT:
            chapters = chapters[1:]
    return chapters


def _is_count(found: Sequence[HeadingCandidate]) -> bool:
    """Return whether lone numbers count up from one."""
    if len(found) < 2:
        return False
    return compare_key(found[0].text) in ("1", "i", "一") and compare_key(found[1].text) in ("2", "ii", "二")


def _by_style(
    found: Sequence[HeadingCandidate], parts: Sequence[HeadingCandidate], words: _WordCounts
) -> list[HeadingCandidate]:
    """Return the headings of the level that chapters have."""
    styled = [each for each in found if each.level]
    levels = sorted({each.level for each in styled})
    lowest = min((each.level for each in parts if each.level), default=0)
    for level in levels:
        same = [each for each in styled if each.level == level]
        if parts and lowest and level < lowest:
            continue
        inner = [each for each in styled if each.level > level]
        named = [each for each in styled if each.sort is HeadingSort.NAMED and each.level < level]
        if len(same) == 1 and not inner:
            return sorted([*named, *same], key=lambda each: each.index)
        if len(same) == 1:
            own = words.between(same[0].index, inner[0].index) if inner[0].index > same[0].index else 0
            if own < _OWN_TEXT and len(inner) > 1:
                continue
            return same
        if len(inner) >= len(same) and not _has_own_text(same, styled, words):
            continue
        return sorted([*named, *same], key=lambda each: each.index)
    return []


def _has_own_text(
    same: Sequence[HeadingCandidate], styled: Sequence[HeadingCandidate], words: _WordCounts
) -> bool:
    """Return whether most headings of a level have text before the next heading of any level."""
    indices = [each.index for each in styled]
    own = 0
    for each in same:
        following = next((index for index in indices if index > each.index), words.end)
        own += words.between(each.index, following) >= _SOME_TEXT
    return 2 * own >= len(same)


def _by_look(found: Sequence[HeadingCandidate], words: _WordCounts) -> list[HeadingCandidate]:
    """Return bold, centred or capital lines, if there are several with text below them."""
    looks = [each for each in found if each.sort is HeadingSort.LOOK]
    ends = [*(each.index for each in looks[1:]), *([words.end] if looks else [])]
    with_text = [
        each for each, end in zip(looks, ends, strict=True) if words.between(each.index, end) >= _OWN_TEXT
    ]
    return with_text if len(with_text) > 1 else []


def _parts_by_style(
    found: Sequence[HeadingCandidate], chapters: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """Return the headings above the chapters' level, if there are several: each begins a part."""
    level = max((each.level for each in chapters), default=0)
    starts = {each.index for each in chapters}
    above = [
        each
        for each in found
        if 0 < each.level < level and each.index not in starts and each.sort is HeadingSort.STYLED
    ]
    return above if len(above) > 1 else []
