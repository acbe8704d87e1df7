"""Rows of crossposts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.message_templates import Reason
from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Crosspost:
    """A sent post that is not yet crossposted; `tries` counts the attempts."""

    delivery_id: int
    subscription: Subscription
    message_id: int
    sent_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class PendingCrosspost:
    """The posts of a subscription that wait to be crossposted."""

    count: int
    next_at: datetime
    """When the first of them is tried next."""
    reason: Reason | None
    """Why Discord refused one of them, if it did."""
