"""Chapters as lists name them, and the one that somebody means by what they picked or typed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.errors import ChapterUnclear
from bot.domain.releases.release import Release
from bot.domain.stories.story import Chapter, Serial
from bot.domain.text.fuzzy_search import SearchEntry, resolve_entry

SHOWN_TEXT = 80
"""How much of what somebody typed a refusal repeats, in characters."""

_MARK = re.compile("[0-9a-f]{16}")

NAMED = 5
"""Chapters named where several could be meant."""


class ChapterLabel(Protocol):
    """How a chapter is called in a list, in the words of whoever looks at it. `title` is None where it would give
    something away; `coming` says that the chapter is not out yet."""

    def __call__(
        self, number: int, title: str | None, *, withdrawn: bool = False, coming: bool = False
    ) -> str: ...


def default_chapter_label(
    number: int, title: str | None, *, withdrawn: bool = False, coming: bool = False
) -> str:
    """How a chapter is called where nobody's words are at hand."""
    name = f"{number}. {title}" if title is not None else f"Chapter {number}"
    return f"{name} (withdrawn)" if withdrawn else f"{name} (to come)" if coming else name


@dataclass(frozen=True, slots=True)
class UpcomingChapter:
    """A chapter that is not out, with the number it will have if nothing is put before it."""

    number: int
    chapter: Chapter


T = TypeVar("T", bound=Release | UpcomingChapter)


def list_upcoming(serial: Serial, out: Collection[str]) -> list[UpcomingChapter]:
    """The chapters of a story that are not out, in the order in which they are to come; `out` are the others' keys."""
    waiting = [each for each in serial.chapters if each.key not in out]
    return [UpcomingChapter(len(out) + place, each) for place, each in enumerate(waiting, 1)]


def released_entries(
    releases: Sequence[Release], label: ChapterLabel, told: int | None = None
) -> list[SearchEntry[Release]]:
    """Released chapters as a list shows them to somebody who may be told titles up to the number `told` (None: all)."""
    entries = []
    for each in releases:
        shown = told is None or each.number <= told
        name = label(each.number, each.title if shown else None, withdrawn=each.is_withdrawn)
        entries.append(SearchEntry(each, name, (each.title, each.chapter), each.number, shown))
    return entries


def upcoming_entries(
    coming: Sequence[UpcomingChapter], label: ChapterLabel
) -> list[SearchEntry[UpcomingChapter]]:
    """Chapters to come as a list shows them to the story's authors, who know them all."""
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
    """The chapters that may have used an idea: those to come, next first, then those that are out, newest first."""
    out = {each.chapter for each in released}
    coming = list_upcoming(serial, out) if serial is not None else []
    return [*upcoming_entries(coming, label), *released_entries(released[::-1], label)]


def chapter_token(key: str) -> str:
    """What stands for a chapter where its key may not, and its number may change before it is out: a digest of it, of
    16 hexadecimal digits."""
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def is_chapter_token(typed: str) -> bool:
    """Whether it is one."""
    return _MARK.fullmatch(typed) is not None


def pick_one(entries: Sequence[SearchEntry[T]], typed: str, *, story: str) -> T | None:
    """What somebody means by that; None where there is no such. `story` is the title.

    Raises:
        ChapterUnclear: several could be meant; it gives their numbers.
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
