"""Rows and queries of the review queue."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.suggestions.panel_contents import QueueOrder
from bot.domain.suggestions.suggestion import SuggestionState


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """The suggestions to review, and their order."""

    stories: tuple[str, ...]
    """Slugs of the stories."""
    state: SuggestionState | None = None
    """None for any state."""
    order: QueueOrder = QueueOrder.NEWEST
    chapter: int | None = None
    """The number of the release they were made under; 0 for none, None for any."""
    held: bool = False
    """Only suggestions that an author has to see before readers do."""
    search: str = ""
    """Folded text to look for."""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A suggestion to choose by its number."""

    number: int
    beginning: str
    """The first words of its text."""
    story: str
    state: SuggestionState
