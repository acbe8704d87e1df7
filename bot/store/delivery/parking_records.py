"""Rows of parked subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class ParkedSubscription:
    """A parked subscription and when it is looked at. `looks` counts those since a post last arrived there."""

    subscription: Subscription
    looks: int
    """The number of looks since a post last arrived there."""
    looked_at: datetime | None
    look_at: datetime | None
    """When it is looked at next."""
