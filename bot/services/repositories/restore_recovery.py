"""Whether the database is the one that posted last, and what it takes in if it is an older one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.delivery.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Adopted:
    """A post that stands in Discord and that the ledger lacks. `rest`: more belongs to it than the message, which is
    still to be done."""

    release_id: int
    part: int
    message_id: int
    nonce: str
    thread_id: int | None = None
    rest: bool = False


class Lineage(Protocol):
    """What is asked when posts may stand in Discord that the database does not know."""

    async def last_known(self) -> int | None:
        """The highest id of a message that the database knows."""
        ...

    async def first_subscribed(self) -> datetime | None:
        """When the oldest subscription was made."""
        ...

    async def doubt(self, since: datetime, subscription_id: int | None = None) -> None:
        """Posts made since then may stand there (without a subscription: everywhere) that are not known here. Where
        that was so before, the earlier moment counts."""
        ...

    async def trust(self, subscription_ids: Collection[int]) -> None:
        """All posts there are known."""
        ...

    async def unsure_places(self) -> set[int]:
        """The channels of servers' subscriptions that are in doubt, and the threads in which posts are to follow."""
        ...

    async def held(self, fault_code: str) -> int:
        """How many subscriptions are parked for that fault."""
        ...

    async def unknown(self, message_ids: Collection[int]) -> set[int]:
        """Those of these that are no posts known here."""
        ...

    async def tried(self, delivery_ids: Collection[int], channel_id: int) -> set[int]:
        """Those of these that were tried for that channel before: a message of theirs proves nothing."""
        ...

    async def threads(self, subscription_id: int) -> dict[int, int]:
        """The threads in which posts of a subscription are still to follow, and the release of each."""
        ...

    async def adopt(
        self, subscription_id: int, posts: Sequence[Adopted], now: datetime
    ) -> list[tuple[Delivery, int]]:
        """Enter these as sent, whatever was planned of them; returns the rows, each with its message, without those
        that had been sent as another message."""
        ...

    async def pass_by(self, subscription_id: int, number: int, part: int, reason: str) -> int:
        """Skip what is to be sent of a subscription before that part of the release of that number and is not being
        sent now; returns how many."""
        ...

    async def narrow(self, delivery_id: int, skipped: Sequence[int]) -> None:
        """A post names only the releases of these numbers, instead of posting them."""
        ...

    async def leap(self) -> None:
        """Raise all numbers given from now on by a thousand: those after the backup were given to other things, which
        messages still name."""
        ...
