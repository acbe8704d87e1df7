"""Rows of the delivery ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery.delivery import Delivery
from bot.domain.releases.release import Release
from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A ledger row to be made; (subscription, release, part) is unique in the schema."""

    subscription_id: int
    release_id: int
    part: int
    due_at: datetime
    nonce: str
    mention: bool
    skipped: tuple[int, ...] = ()
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A claimed delivery with what it belongs to. `resumed`: an earlier claim ran out, its outcome is unknown."""

    delivery: Delivery
    subscription: Subscription
    release: Release
    resumed: bool = False
