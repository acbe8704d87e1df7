"""Readers’ ideas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.suggestion import Suggestion, SuggestionState


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """An idea to be queued."""

    story: str
    chapter: str | None
    idea: str
    maker: int
    maker_name: str
    anonymous: bool
    name_me: bool
    created_at: datetime
    guild_id: int | None
    channel_id: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a suggestion's record. `by` is None once that person was erased."""

    was: SuggestionState | None
    became: SuggestionState
    by: int | None
    at: datetime
    reason: str | None


class Suggestions(Protocol):
    """The queue."""

    async def add(self, new: NewSuggestion) -> Suggestion:
        """Queue it under the bot's next number, with the first entry of its record."""
        ...

    async def get(self, number: int) -> Suggestion | None: ...

    async def of_maker(self, user_id: int) -> list[Suggestion]:
        """Everything one reader made, newest first."""
        ...

    async def queue(
        self,
        stories: Collection[str] | None,
        state: SuggestionState | None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Suggestion]:
        """The queue of these stories (None: all), newest first, in that state (None: any)."""
        ...

    async def count(self, stories: Collection[str] | None, state: SuggestionState | None) -> int: ...

    async def undecided_by(self, user_id: int, story: str) -> int: ...

    async def last_made(self, user_id: int) -> datetime | None: ...

    async def decide(
        self,
        number: int,
        *,
        was: SuggestionState,
        to: SuggestionState,
        by: int,
        at: datetime,
        reason: str | None = None,
        into: int | None = None,
        used_in: str | None = None,
    ) -> bool:
        """One update that names the old state, plus the entry in the record; False if somebody was first."""
        ...

    async def history(self, number: int) -> list[Change]: ...
