"""Rows of posts."""

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
