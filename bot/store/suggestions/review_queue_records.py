"""Rows and queries of the review queue."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.suggestions.panel_views import QueueOrder
from bot.domain.suggestions.suggestion import SuggestionState


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which ideas are looked at, and in which order.

    `stories` are slugs. `state` is None for any. `chapter` is the number of the release under which they were made;
    0 for those made under none, None for any. `held` leaves only those that wait to be seen by an author. `search` is
    looked for in their text, folded as that is.
    """

    stories: tuple[str, ...]
    state: SuggestionState | None = None
    order: QueueOrder = QueueOrder.NEWEST
    chapter: int | None = None
    held: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """An idea to pick by its number: `beginning` is how its text begins."""

    number: int
    beginning: str
    story: str
    state: SuggestionState
