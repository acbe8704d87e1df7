"""Rows of crossposts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Crosspost:
    """A post that is out and not yet published; `tries` counts the attempts to."""

    delivery_id: int
    subscription: Subscription
    message_id: int
    sent_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class PendingCrosspost:
    """How many posts of a subscription wait to be published, when the first is tried, and what was refused, if it
    was."""

    count: int
    next_at: datetime
    reason: str | None
