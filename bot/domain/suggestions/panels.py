"""Panels and polls: messages of the bot's that show suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.message_templates import Reason

EDIT_DELAY = timedelta(seconds=2)
"""How long an edit waits for more changes, so that many changes become one edit."""

REFUSAL_PAUSE = timedelta(hours=1)
"""How long a message that Discord refused to edit is left alone: every refusal counts against the bot (docs:
topics/rate-limits, Invalid Request Limit).
"""

POLL_ANSWERS = range(2, 11)
"""How many answers a poll may have (docs: resources/poll); with one there is nothing to choose."""

LONGEST_POLL = timedelta(hours=768)
"""Discord's limit for a poll (docs: resources/poll, Poll Create Request Object)."""


class PanelKind(StrEnum):
    """Kind of a panel: a story's best suggestions, or one suggestion for its author."""

    BOARD = "board"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Panel:
    """A message that shows suggestions and is kept current."""

    id: int
    kind: PanelKind
    story: str
    suggestion: int | None
    """The suggestion of a review."""
    guild_id: int | None
    channel_id: int
    message_id: int | None
    nonce: str
    created_by: int | None
    created_at: datetime
    first_tried_at: datetime | None = None
    attempts: int = 0
    wake_at: datetime | None = None
    """When it is to be posted or edited; None while it is current, or while `fault` prevents that."""
    fault: Reason | None = None

    @property
    def marker(self) -> int:
        """The number that identifies the message; it differs from those of posts, which are ledger rows."""
        return (1 << 30) + self.id % (1 << 29)


class PollState(StrEnum):
    """State of a poll: to be posted, open, counted, or never to be counted."""

    DUE = "due"
    OPEN = "open"
    COUNTED = "counted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll about suggestions."""

    id: int
    story: str
    guild_id: int | None
    channel_id: int
    message_id: int | None
    question: str
    choices: Mapping[int, int]
    """Numbers of the suggestions by answer, counted from 1 as Discord does; erased ones are missing."""
    nonce: str
    state: PollState
    created_by: int | None
    created_at: datetime
    ends_at: datetime
    first_tried_at: datetime | None = None
    attempts: int = 0
    wake_at: datetime | None = None
    fault: Reason | None = None
