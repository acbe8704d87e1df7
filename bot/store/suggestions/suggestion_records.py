"""Rows of suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.suggestions.suggestion import SuggestionState


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """A suggestion to be entered."""

    story: str
    chapter: str | None
    text: str
    suggester: int
    suggester_name: str
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
    undo_until: datetime | None = None
    """When people are told; until then it can be undone. None for what cannot."""


@dataclass(frozen=True, slots=True)
class Involvement:
    """A person's part in a suggestion, each person once.

    Making a suggestion goes before supporting it, and the suggestion itself before those merged into it.
    """

    user_id: int
    number: int
    """The suggestion itself or one merged into it."""
    made: bool
    """Whether they made that one; otherwise they support it."""


@dataclass(frozen=True, slots=True)
class ComparableSuggestion:
    """The part of a suggestion that is needed to find similar ones."""

    number: int
    folded: str
    """Its text, normalized for comparison."""
    public: bool
    """Whether readers see it now."""
