"""Posts of announcement channels that are still to be handed on to the channels' followers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Publication:
    """A post that is out and not yet published; `tries` counts the attempts to."""

    delivery_id: int
    subscription: Subscription
    message_id: int
    sent_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Unpublished:
    """How many posts of a subscription wait to be published, when the first is tried, and what was refused, if it
    was."""

    count: int
    next_at: datetime
    reason: str | None


class Publications(Protocol):
    """What the ledger knows of publishing: a row that is sent, and published later."""

    async def owe(self, delivery_ids: Collection[int], now: datetime) -> None:
        """These were just sent, and are to be published."""
        ...

    async def due(self, now: datetime, limit: int) -> list[Publication]:
        """Those to be published now, oldest first, of subscriptions that run or are paused and still wish it."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next one is."""
        ...

    async def again(self, delivery_id: int, at: datetime, reason: str | None) -> None:
        """It was tried in vain: once more then."""
        ...

    async def rest(self, channel_id: int, until: datetime) -> None:
        """Nothing more of that channel can be published before then."""
        ...

    async def set_right(self, now: datetime, latest: datetime) -> None:
        """What waits for a moment after `latest`, which only a wrong clock can have named, is due now."""
        ...

    async def done(self, delivery_id: int, reason: str | None = None) -> None:
        """It is published; with a reason, it never will be."""
        ...

    async def drop(self, subscription_id: int) -> None:
        """Nothing of that subscription is to be published any more."""
        ...

    async def waiting(self, subscription_ids: Collection[int]) -> dict[int, Unpublished]:
        """What waits for each of them that has any."""
        ...
