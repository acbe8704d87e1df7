"""The ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

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
class Job:
    """A claimed delivery with what it belongs to. `resumed`: an earlier claim ran out, its outcome is unknown."""

    delivery: Delivery
    subscription: Subscription
    release: Release
    resumed: bool = False


class Deliveries(Protocol):
    """The ledger."""

    async def add(self, rows: Sequence[NewDelivery]) -> int:
        """Enter rows; those that exist already are left as they are. Returns how many are new."""
        ...

    async def claim(
        self, now: datetime, until: datetime, limit: int, avoid: Collection[int] = ()
    ) -> list[Job]:
        """Claim up to `limit` deliveries that are due, oldest first, by compare-and-set.

        Only the earliest unsettled delivery (by release number, then part) of a subscription qualifies, only of active
        subscriptions, at most one of a channel, none of the channels `avoid`. A claim that ran out qualifies too.
        `first_tried_at` and `attempts` are set, so the attempt is on record before it is made.
        """
        ...

    async def get(self, delivery_id: int) -> Delivery | None: ...

    async def sent_after(self, subscription_id: int, number: int) -> Release | None:
        """The first chapter after that number that the subscription has been sent and that can be read."""
        ...

    async def made(self, delivery_id: int, message_id: int) -> bool:
        """The message of a claimed one exists; what else belongs to it is still to be done, so it stays claimed."""
        ...

    async def sent(self, delivery_id: int, message_id: int | None, now: datetime) -> bool:
        """Settle a claimed one as sent."""
        ...

    async def among(self, delivery_ids: Collection[int]) -> set[int]:
        """Those of these that the ledger still has: what is planned anew is forgotten first."""
        ...

    async def sent_all(self, message_ids: Mapping[int, int | None], now: datetime) -> None:
        """Settle claimed ones as sent: the message of each, by delivery."""
        ...

    async def again(self, delivery_id: int, due_at: datetime, reason: str, *, fresh: bool) -> bool:
        """Release a claim: it is due again later. `fresh`: it surely was not sent, so the next attempt starts anew."""
        ...

    async def park(self, delivery_id: int, reason: str, *, fresh: bool = False) -> bool:
        """Settle a claimed one as parked. `fresh`: it surely was not sent, so once unparked it starts anew."""
        ...

    async def skip(self, delivery_id: int, reason: str) -> bool:
        """Settle a claimed one as skipped."""
        ...

    async def renew(self, row: NewDelivery) -> bool:
        """Enter a row, also where one was skipped; False if there is one that was sent or will be."""
        ...

    async def forget(self, delivery_id: int) -> None:
        """Its message was deleted because nobody is to have it any more."""
        ...

    async def reclaim(self, now: datetime, but: Collection[int] = ()) -> int:
        """Have every claim run out now, whoever made it, without those of the deliveries `but`; returns how many. What
        was tried stays on record."""
        ...

    async def set_right(self, now: datetime, longest: timedelta) -> int:
        """Bring forward what waits for a moment that only a wrong clock can have named: the next post of a destination
        is never more than `longest` ahead. What follows it comes as far behind it as before. Returns for how many
        destinations."""
        ...

    async def unpark(self, subscription_id: int, due_at: datetime) -> int:
        """Make the parked ones of a subscription due again; returns how many."""
        ...

    async def withdraw(self, subscription_id: int) -> int | None:
        """Take back what is planned after the last post that was tried, sent or given up; returns the number of the
        first release that is no longer planned, None if nothing was taken back."""
        ...

    async def cancel(self, subscription_id: int, reason: str) -> int:
        """Skip everything of a subscription that is due or parked and has not been tried; returns how many."""
        ...

    async def last_due(self, subscription_ids: Collection[int]) -> dict[int, datetime]:
        """For each of them that has unsettled deliveries, when the last is due."""
        ...

    async def overdue(self, now: datetime) -> dict[int, list[tuple[int, datetime]]]:
        """The posts of running subscriptions that have not been tried and of which several are overdue: by
        subscription, in the order of posting, each with when it is due."""
        ...

    async def put_off(self, moments: Mapping[int, datetime]) -> None:
        """Have these be due at those moments, unless they have been claimed since."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next delivery is due or the next claim runs out."""
        ...

    async def unsettled(self, subscription_id: int) -> int:
        """How many are still to be sent."""
        ...
