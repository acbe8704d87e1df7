"""Private messages that people are owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PendingNotice:
    """A private message that somebody is owed. `facts` fill its words when it is sent."""

    id: int
    user_id: int
    kind: str
    facts: dict[str, str]
    nonce: str
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A private message to be owed; `key` is unique, so the same news twice is owed once."""

    user_id: int
    kind: str
    facts: dict[str, str]
    key: str
    nonce: str


class Notices(Protocol):
    """The outbox of private messages: told once, whatever happens in between."""

    async def add(
        self, user_id: int, kind: str, facts: dict[str, str], *, key: str, nonce: str, now: datetime
    ) -> bool:
        """Owe somebody a message; `key` is unique, so the same news twice is owed once."""
        ...

    async def add_all(self, news: Sequence[NewNotice], *, now: datetime, due: datetime | None = None) -> None:
        """Owe these messages, due then or at once; what is owed or told already stays as it is."""
        ...

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[PendingNotice]:
        """Claim by compare-and-set those that are due or whose claim ran out, oldest first."""
        ...

    async def reclaim(self, now: datetime) -> None:
        """What is claimed, and nobody is telling any more, is due now."""
        ...

    async def set_right(self, now: datetime, latest: datetime) -> None:
        """What waits for a moment after `latest`, which only a wrong clock can have named, is due now."""
        ...

    async def told(self, notice_id: int, now: datetime) -> None: ...

    async def again(self, notice_id: int, due_at: datetime) -> None: ...

    async def refused(self, notice_id: int) -> None:
        """They take no DMs: it waits until they next use a command."""
        ...

    async def take_waiting(self, user_id: int, now: datetime) -> list[PendingNotice]:
        """What could not be told by DM; they count as told from now on."""
        ...

    async def recall(self, start: str) -> set[int]:
        """Forget what is owed and not yet told under keys that begin so; returns who was told (or is being told) others
        of them."""
        ...

    async def tidy(self, *, told_before: datetime, owed_before: datetime) -> int:
        """Forget what was told before a moment, and what could not be told since another; returns how many."""
        ...

    async def next_due(self) -> datetime | None: ...
