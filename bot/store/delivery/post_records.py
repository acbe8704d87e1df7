"""Rows of posts, of posts found in Discord, and the location of a post."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.subscriptions.release_styles import MessageForm


@dataclass(frozen=True, slots=True)
class Post:
    """A message of a chapter in Discord."""

    message_id: int
    channel_id: int
    guild_id: int | None
    release_id: int
    delivery_id: int | None
    """None once the ledger has forgotten the delivery."""
    page: int
    """The page shown, counted from 1."""
    page_count: int
    """More than 1 only for `MessageForm.PAGES`."""
    revision: int
    decorated: bool
    """Whether the post has its reactions."""
    restored: bool = False
    """Whether reactions removed by a moderator were restored before."""
    shape: MessageForm = MessageForm.PAGES
    part: int = 0
    """The page that a `MessageForm.PART` shows."""


@dataclass(frozen=True, slots=True)
class AdoptedPost:
    """A post found in Discord that the ledger does not know."""

    release_id: int
    part: int
    message_id: int
    nonce: str
    thread_id: int | None = None
    rest: bool = False
    """Whether more than the message belongs to it, which is still to be done."""


@dataclass(frozen=True, slots=True)
class PostLocation:
    """The location of a message in Discord."""

    guild_id: int | None
    """None in direct messages."""
    channel_id: int
    message_id: int
