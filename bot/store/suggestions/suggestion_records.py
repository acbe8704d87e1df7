"""Rows of suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.suggestions.suggestion import SuggestionState


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
    held: bool = False


@dataclass(frozen=True, slots=True)
class StateChange:
    """A change of a suggestion's state, and the person who decided it."""

    was: SuggestionState
    """The state the decision was based on; if the suggestion has left it, nothing changes."""
    to: SuggestionState
    by: int | None
    """None for a change that the bot makes on its own."""
    at: datetime
    reason: str | None = None
    into: int | None = None
    """The suggestion that it is merged into."""
    used_in: str | None = None
    """The key of the chapter that uses it."""


@dataclass(frozen=True, slots=True)
class Involvement:
    """What somebody has to do with an idea, each person once. `number` is the idea itself or one merged into it, and
    `made` says whether they made that one or support it; making goes before supporting, the idea itself before others.
    """

    user_id: int
    number: int
    made: bool


@dataclass(frozen=True, slots=True)
class ComparableSuggestion:
    """What is needed of an idea to find others that are alike. `public` is whether readers see it now."""

    number: int
    folded: str
    public: bool
