"""The identity that a chapter's message carries in Discord, independent of any database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_FIRST = 1 << 30
_ROOM = 1 << 30


@dataclass(frozen=True, slots=True)
class PostIdentity:
    """A message of the bot's own with a chapter in it; a forum post is identified by its first message."""

    message_id: int
    delivery: int
    """The ledger row that the message was made for, in the database of that time."""
    chapter: int | None = None
    """The chapter's `chapter_mark`; None in messages older than these marks."""
    heading: tuple[str, str] | None = None
    """The titles of story and chapter, where the message has no mark."""
    published: bool = False
    """Set if the message was published to the channel's followers."""


def chapter_mark(story: str, chapter: str, part: int) -> int:
    """Return a number for that part of that chapter (by slug and key), the same in every database.

    It is between 2**30 and 2**31 - 1.
    """
    digest = hashlib.blake2b(f"{story}\0{chapter}\0{part}".encode(errors="replace"), digest_size=8)
    return _FIRST + int.from_bytes(digest.digest()) % _ROOM


def is_chapter_mark(number: int) -> bool:
    """Return whether a number can be a chapter mark: ledger rows have lower numbers."""
    return _FIRST <= number < _FIRST + _ROOM


def is_same_title(shown: str, title: str) -> bool:
    """Return whether a displayed title, with its marks escaped, is that title."""
    return _bare(shown) == _bare(title) != ""


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
