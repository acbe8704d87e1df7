"""The authors' queue of ideas, looked at by the idea on show and never by position."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.suggestions.queue_order import Order
from bot.domain.suggestions.suggestion import SuggestionState


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ideas are looked at, and in which order.

    `stories` are slugs. `state` is None for any. `chapter` is the number of the release under which they were made;
    0 for those made under none, None for any. `held` leaves only those that wait to be seen by an author. `search` is
    looked for in their text, folded as that is.
    """

    stories: tuple[str, ...]
    state: SuggestionState | None = None
    order: Order = Order.NEWEST
    chapter: int | None = None
    held: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """An idea to pick by its number: `beginning` is how its text begins."""

    number: int
    beginning: str
    story: str
    state: SuggestionState


class Queue(Protocol):
    """Looks into the queue. An idea's neighbours are those it has now, whether or not it is still wanted itself."""

    async def holds(self, wanted: Wanted, number: int) -> bool: ...

    async def standing(self, wanted: Wanted, number: int) -> tuple[int, int]:
        """How many of the wanted come before that idea, and how many there are."""
        ...

    async def first(self, wanted: Wanted) -> int | None: ...

    async def after(self, wanted: Wanted, number: int) -> int | None:
        """The next one after that idea."""
        ...

    async def before(self, wanted: Wanted, number: int) -> int | None:
        """The last one before that idea."""
        ...

    async def offered(
        self, stories: Collection[str], states: Collection[SuggestionState], typed: str, limit: int
    ) -> list[Offered]:
        """Ideas whose number begins with what was typed, or whose text (folded) has it; newest first."""
        ...

    async def fresh(self, story: str, since: datetime, limit: int) -> tuple[int, list[Offered]]:
        """How many undecided ideas a story got after that moment, and the most supported of them."""
        ...
