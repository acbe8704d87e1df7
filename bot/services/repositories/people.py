"""What people asked of the bot, and the language they use Discord in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the bot writes to. `locale` is as Discord last told it. `told`: news of their ideas comes by direct
    message; `digest`: they want a daily summary of new ideas, and had the last at `digested_at`."""

    user_id: int
    locale: str | None = None
    told: bool = True
    digest: bool = False
    digested_at: datetime | None = None


class People(Protocol):
    """People; whoever is not known is as `Person(user_id)`, with everything left as it comes."""

    async def get(self, user_id: int) -> Person: ...

    async def speaks(self, user_id: int, locale: str) -> bool:
        """Note the language that somebody uses Discord in; False if that is no news."""
        ...

    async def tell(self, user_id: int, told: bool) -> None:
        """Whether news of their ideas comes to them by direct message."""
        ...

    async def digest(self, user_id: int, digest: bool) -> None:
        """Whether they want a daily summary."""
        ...

    async def digests_due(self, before: datetime) -> list[Person]:
        """Those who want a summary and had none since that moment, the longest without one first."""
        ...

    async def next_digest(self) -> Person | None:
        """The one whose summary comes next: they had none yet, or the last one longest ago."""
        ...

    async def digested(self, user_id: int, now: datetime, last: datetime | None) -> bool:
        """Note that they had their summary; False if it is not `last` any more when they had the one before."""
        ...
