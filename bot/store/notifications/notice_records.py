"""Rows of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PendingNotice:
    """A private message to be sent; `facts` fill its text."""

    id: int
    user_id: int
    kind: str
    facts: dict[str, str]
    nonce: str
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A private message to be entered; `key` is unique, so the same news is sent once."""

    user_id: int
    kind: str
    facts: dict[str, str]
    key: str
    nonce: str
