"""Rows of people's preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the bot writes to. `locale` is as Discord last told it. `told`: news of their ideas comes by direct
    message; `digest`: they want a daily summary of new ideas, and had the last at `digested_at`."""

    user_id: int
    locale: str | None = None
    told: bool = True
    digest: bool = False
    digested_at: datetime | None = None
