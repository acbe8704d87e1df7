"""Rows of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """A lasting fault."""

    key: str
    kind: str
    """Selects the text of the alert."""
    began_at: datetime
    tell_at: datetime | None
    """When somebody is to be told next; None for never."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The values that fill the text."""
    story: str | None = None
    """The story whose authors are told."""
    told_at: datetime | None = None
    """When somebody was last told."""
    ended_at: datetime | None = None
    """When the fault was over; it stays on record for a while."""

    @property
    def was_told(self) -> bool:
        """True if somebody was told since the fault (last) began."""
        return self.told_at is not None and self.told_at >= self.began_at
