"""Messages of the bot's that show readers' ideas: boards, reviews, polls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EDIT_DELAY = timedelta(seconds=2)
"""How long messages that show ideas wait for more changes, so that many become one edit."""

REFUSAL_PAUSE = timedelta(hours=1)
"""How long one that Discord refused to edit rests before a change has it tried again: every refusal counts against the
bot (docs: topics/rate-limits, Invalid Request Limit)."""

POLL_ANSWERS = range(2, 11)
"""How many answers a poll of Discord's may have (docs: resources/poll); with one there is nothing to choose."""

LONGEST_POLL = timedelta(hours=768)
"""Discord's limit for a poll (docs: resources/poll, Poll Create Request Object)."""


class PanelKind(StrEnum):
    """Messages of the bot's that show ideas and are kept current: a story's best ones, or one for its author."""

    BOARD = "board"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Panel:
    """A message that is kept current. `suggestion` is the idea of a review. `wake_at` is when it is to be posted or
    edited, None while it is current (or `fault` says why it cannot be)."""

    id: int
    kind: PanelKind
    story: str
    suggestion: int | None
    guild_id: int | None
    channel_id: int
    message_id: int | None
    nonce: str
    made_by: int | None
    made_at: datetime
    first_tried_at: datetime | None = None
    attempts: int = 0
    wake_at: datetime | None = None
    fault: str | None = None

    @property
    def marker(self) -> int:
        """What the message is found by; apart from the markers of posts, which are ledger rows."""
        return (1 << 30) + self.id % (1 << 29)


class PollState(StrEnum):
    """Where a poll stands: to be posted, being voted on, counted, or never to be counted."""

    DUE = "due"
    OPEN = "open"
    COUNTED = "counted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll about ideas. `choices` are their numbers, by the answers as Discord counts them, from 1; one that
    was erased is missing."""

    id: int
    story: str
    guild_id: int | None
    channel_id: int
    message_id: int | None
    question: str
    choices: Mapping[int, int]
    nonce: str
    state: PollState
    made_by: int | None
    made_at: datetime
    ends_at: datetime
    first_tried_at: datetime | None = None
    attempts: int = 0
    wake_at: datetime | None = None
    fault: str | None = None

    @property
    def marker(self) -> int:
        """What the message is found by; apart from those of posts and panels."""
        return (3 << 29) + self.id % (1 << 28)
