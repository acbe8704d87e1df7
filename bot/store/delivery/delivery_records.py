"""Rows of the delivery ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.delivery.delivery import Delivery
from bot.domain.releases.release import Release
from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery to be entered; (subscription, release, part) is unique in the schema."""

    subscription_id: int
    release_id: int
    part: int
    due_at: datetime
    nonce: str
    mention: bool
    skipped: tuple[int, ...] = ()
    """The numbers of releases that the post only names instead of posting them."""
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A claimed delivery with its subscription and release."""

    delivery: Delivery
    subscription: Subscription
    release: Release
    resumed: bool = False
    """Whether an earlier claim ran out, so that the outcome of its attempt is unknown."""
