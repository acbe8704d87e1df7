"""Rows of subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.subscriptions.pace import PaceState
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription to be entered as active."""

    story: str
    guild_id: int | None
    """None for a reader's own subscription in direct messages."""
    channel_id: int
    user_id: int | None
    """The reader whose own subscription it is; None for a guild channel."""
    created_by: int
    created_at: datetime
    place: int
    """The number of the last release that counts as delivered."""
    options: SubscriptionOptions
    forum: bool = False
    pacing: PaceState | None = None
    wished: int = 0
    """The releases up to this number were asked for; 0 if none were."""
    start: Start | None = None
