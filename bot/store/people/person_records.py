"""Rows of people's preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A person and their preferences."""

    user_id: int
    locale: str | None = None
    """The language as Discord last reported it."""
    told: bool = True
    """Whether news of their suggestions comes by direct message."""
    digest: bool = False
    """Whether they want the morning card."""
    digested_at: datetime | None = None
    """Up to when they know what is new."""
