"""Labels of chapters in lists, and lookup of the chapter that a person picked or typed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.releases.release import Release
from bot.domain.stories.story import Chapter, Serial
from bot.domain.stories.story_refusals import ChapterUnclear
from bot.domain.text.fuzzy_search import SearchEntry, resolve_entry

SHOWN_TEXT = 80
"""Length to which refusals cut what somebody typed, in characters."""

_MARK = re.compile("[0-9a-f]{16}")

NAMED = 5
"""Number of chapters that a refusal names where several are possible."""


class ChapterLabel(Protocol):
    """Function that labels a chapter in the language of the viewer.

    `title` is None where it would be a spoiler; `coming` is set for a chapter that is not released yet.
    """

    def __call__(
        self, number: int, title: str | None, *, withdrawn: bool = False, coming: bool = False
    ) -> str: ...


def default_chapter_label(
    number: int, title: str | None, *, withdrawn: bool = False, coming: bool = False
) -> str:
    """Label a chapter in English, for callers without a viewer's language."""
    name = f"{number}. {title}" if title is not None else f"Chapter {number}"
    return f"{name} (withdrawn)" if withdrawn else f"{name} (to come)" if coming else name


@dataclass(frozen=True, slots=True)
class UpcomingChapter:
    """A chapter that is not released, with the number it will have if nothing is inserted before it."""

    number: int
    chapter: Chapter


T = TypeVar("T", bound=Release | UpcomingChapter)


def list_upcoming(serial: Serial, out: Collection[str]) -> list[UpcomingChapter]:
    """Return the unreleased chapters of a story in their order; `out` holds the keys of the released ones."""
    waiting = [each for each in serial.chapters if each.key not in out]
    return [UpcomingChapter(len(out) + place, each) for place, each in enumerate(waiting, 1)]


def released_entries(
    releases: Sequence[Release], label: ChapterLabel, told: int | None = None
) -> list[SearchEntry[Release]]:
    """Build search entries of released chapters, with titles up to the number `told` (None: all)."""
    entries = []
    for each in releases:
        shown = told is None or each.number <= told
        name = label(each.number, each.title if shown else None, withdrawn=each.is_withdrawn)
        entries.append(SearchEntry(each, name, (each.title, each.chapter), each.number, shown))
    return entries


def upcoming_entries(
    coming: Sequence[UpcomingChapter], label: ChapterLabel
) -> list[SearchEntry[UpcomingChapter]]:
    """Build search entries of unreleased chapters for the story's authors, who may see all titles."""
    return [
        SearchEntry(
            each,
            label(each.number, each.chapter.title, coming=True),
            (each.chapter.title, each.chapter.key),
            each.number,
        )
        for each in coming
    ]


def crediting_entries(
    serial: Serial | None, released: Sequence[Release], label: ChapterLabel
) -> list[SearchEntry[Release | UpcomingChapter]]:
    """Build search entries of the chapters that may use a suggestion.

    Unreleased ones come first, in their order, then the released ones, newest first.
    """
    out = {each.chapter for each in released}
    coming = list_upcoming(serial, out) if serial is not None else []
    return [*upcoming_entries(coming, label), *released_entries(released[::-1], label)]


def chapter_token(key: str) -> str:
    """Return a digest of a chapter's key, 16 hexadecimal digits.

    It identifies a chapter where the key must not be shown and the number may still change.
    """
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def is_chapter_token(typed: str) -> bool:
    """Return whether the text has the form of a token."""
    return _MARK.fullmatch(typed) is not None


def pick_one(entries: Sequence[SearchEntry[T]], typed: str, *, story: str) -> T | None:
    """Return the chapter that the text names; None if there is none. `story` is the title for the refusal.

    Raises:
        ChapterUnclear: Several have that name; the refusal gives their numbers.
    """
    if is_chapter_token(typed) and (
        marked := [each for each in entries if chapter_token(_key(each.item)) == typed]
    ):
        # A chapter to come that was picked may be out by now.
        return marked[0].item
    found = resolve_entry(entries, typed)
    if len(found) > 1:
        numbers = ", ".join(str(each.number) for each in found[:NAMED])
        more = ", …" if len(found) > NAMED else ""
        raise ChapterUnclear(story=story, chapter=typed[:SHOWN_TEXT], numbers=numbers + more)
    return found[0].item if found else None


def _key(of: Release | UpcomingChapter) -> str:
    return of.chapter.key if isinstance(of, UpcomingChapter) else of.chapter
