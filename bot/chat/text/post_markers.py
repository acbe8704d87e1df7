"""Markers by which the bot finds its own posts again.

The numeric id of a post's container identifies the ledger row it was made for, that of the container's first component
the chapter. Plain messages carry both in a line of small print. A poll, whose every line people read, carries nothing:
`poll_view.is_poll_about` knows it by its answers.

A component's id is a 32-bit integer that the bot may choose; those that it leaves out Discord numbers from 1 (docs:
components/reference, Anatomy of a Component). A message has at most 40 components, so ids from `_BASE` on are the
bot's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from discord import ui

from bot.domain.delivery.post_identity import PostIdentity, chapter_mark, is_chapter_mark
from bot.services.delivery.post_messenger import ChapterPost

_BASE = 1_000
_ROOM = 2**31 - _BASE
_CONTAINER = 17
_TEXT = 10
_PUBLISHED = 1
_LINE = "-# ⁂ "
_PRINT = re.compile(rf"(?:^|\n){_LINE}(?P<marker>[0-9a-z]+)(?: (?P<chapter>[0-9a-z]+))?$")
_HEADING = re.compile(r"^-# (?P<story>.+)\n#{2,3} (?P<chapter>.+)$", re.MULTILINE)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def container_id(marker: int) -> int | None:
    """Return the container's id for a marker; None for marker 0, which stands for a post that is never searched for."""
    return _BASE + marker % _ROOM if marker else None


def small_print(marker: int, chapter: int | None = None) -> str:
    """Return the line that marks a plain message; empty for marker 0. `chapter` is the chapter's own mark."""
    if not marker:
        return ""
    return f"{_LINE}{_base36(marker)}" + (f" {_base36(chapter)}" if chapter is not None else "")


def mark_of(post: ChapterPost) -> int | None:
    """Return the mark of the chapter that a post shows; None for a post that is never searched for."""
    return chapter_mark(post.story.slug, post.release.chapter, post.part) if post.marker else None


def mark_first(parts: list[ui.Item[Any]], post: ChapterPost) -> None:
    """Set the chapter's mark as the numeric id of a container's first component."""
    if parts:
        parts[0].id = mark_of(post)


def is_marked(message: Mapping[str, Any], author_id: int, marker: int, chapter: int | None = None) -> bool:
    """Return whether a message from REST is the author's own with that marker and shows no other chapter."""
    if int(message["author"]["id"]) != author_id or not marker:
        return False
    printed = _printed(message)
    if printed is not None and printed["marker"] == _base36(marker):
        shown = int(printed["chapter"], 36) if printed["chapter"] else None
    else:
        box = next((each for each in _containers(message) if each.get("id") == container_id(marker)), None)
        if box is None:
            return False
        shown = _chapter_in(box)
    return chapter is None or shown in (None, chapter)


def trace_of(message: Mapping[str, Any], author_id: int) -> PostIdentity | None:
    """Return the identity of a message from REST if it is a chapter that the author posted for a ledger row."""
    if int(message["author"]["id"]) != author_id:
        return None
    printed = _printed(message)
    if printed is not None:
        delivery = int(printed["marker"], 36)
        chapter = int(printed["chapter"], 36) if printed["chapter"] else None
    else:
        box = next(_containers(message), None)
        delivery = (box or {}).get("id", 0) - _BASE
        chapter = _chapter_in(box or {})
    # Panels and polls have higher numbers; what somebody asked to be sent has none of the bot's.
    if delivery <= 0 or is_chapter_mark(delivery):
        return None
    return PostIdentity(
        int(message["id"]),
        delivery,
        chapter,
        _heading(message),
        bool(int(message.get("flags") or 0) & _PUBLISHED),
    )


def _printed(message: Mapping[str, Any]) -> re.Match[str] | None:
    return _PRINT.search(str(message.get("content") or "").rstrip())


def _containers(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in message.get("components") or () if each.get("type") == _CONTAINER)


def _chapter_in(box: Mapping[str, Any]) -> int | None:
    first: Mapping[str, Any] = next(iter(box.get("components") or ()), {})
    number = int(first.get("id") or 0)
    return number if is_chapter_mark(number) else None


def _heading(message: Mapping[str, Any]) -> tuple[str, str] | None:
    texts = [str(message.get("content") or "")]
    texts += [
        str(each.get("content"))
        for box in _containers(message)
        for each in box.get("components") or ()
        if each.get("type") == _TEXT
    ]
    found = next((match for text in texts if (match := _HEADING.search(text))), None)
    return (found["story"], found["chapter"]) if found is not None else None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
