"""Rows of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One trouble. `kind` names its words and `facts` fill them; `story` is the one whose authors hear of it.

    `tell_at` is when somebody is to be told next (None: not again), `told_at` when somebody last was. It is over since
    `ended_at`, and remembered for a while after that.
    """

    key: str
    kind: str
    began_at: datetime
    tell_at: datetime | None
    facts: Mapping[str, str] = field(default_factory=dict)
    story: str | None = None
    told_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def was_told(self) -> bool:
        """Whether somebody heard of it since it (last) began."""
        return self.told_at is not None and self.told_at >= self.began_at
