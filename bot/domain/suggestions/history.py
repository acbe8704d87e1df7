"""One recorded change of a suggestion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.suggestions.suggestion import SuggestionState


@dataclass(frozen=True, slots=True)
class SuggestionChange:
    """One entry of a suggestion's record. `by` is None once that person was erased."""

    was: SuggestionState | None
    became: SuggestionState
    by: int | None
    at: datetime
    reason: str | None
