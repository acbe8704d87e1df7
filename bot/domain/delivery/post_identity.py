"""What a chapter's message tells of itself in Discord, whatever the database knows of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_FIRST = 1 << 30
_ROOM = 1 << 30


@dataclass(frozen=True, slots=True)
class PostIdentity:
    """A message of the bot's own with a chapter in it, as it stands in a channel; a forum's post by its first message.

    `chapter` is its `chapter_mark`; posts from before there were such marks have none, and tell their story's and
    their chapter's title in `heading`. `delivery` is the ledger row that it was made for, in the database of that
    time. `published`: it was handed on to the channel's followers.
    """

    message_id: int
    delivery: int
    chapter: int | None = None
    heading: tuple[str, str] | None = None
    published: bool = False


def chapter_mark(story: str, chapter: str, part: int) -> int:
    """A number for that part of that chapter (by slug and key), the same in every database: 2**30 to 2**31 - 1."""
    digest = hashlib.blake2b(f"{story}\0{chapter}\0{part}".encode(errors="replace"), digest_size=8)
    return _FIRST + int.from_bytes(digest.digest()) % _ROOM


def is_chapter_mark(number: int) -> bool:
    """Whether it may be one: ledger rows have lower numbers."""
    return _FIRST <= number < _FIRST + _ROOM


def is_same_title(shown: str, title: str) -> bool:
    """Whether a title as it is shown, with its marks escaped, is that title."""
    return _bare(shown) == _bare(title) != ""


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
