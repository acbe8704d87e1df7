"""Rows of posts, of posts found in Discord, and the location of a post."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.subscriptions.release_styles import MessageForm


@dataclass(frozen=True, slots=True)
class Post:
    """A message of a chapter in Discord. `page` counts from 1; `delivery_id` is None once the ledger has forgotten it.
    Only a `PAGES` post has more than one page to turn; `part` is the page that a `PART` shows."""

    message_id: int
    channel_id: int
    guild_id: int | None
    release_id: int
    delivery_id: int | None
    page: int
    page_count: int
    revision: int
    decorated: bool
    restored: bool = False
    shape: MessageForm = MessageForm.PAGES
    part: int = 0


@dataclass(frozen=True, slots=True)
class AdoptedPost:
    """A post that stands in Discord and that the ledger lacks. `rest`: more belongs to it than the message, which is
    still to be done."""

    release_id: int
    part: int
    message_id: int
    nonce: str
    thread_id: int | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class PostLocation:
    """A message in Discord; `guild_id` is None in direct messages."""

    guild_id: int | None
    channel_id: int
    message_id: int
