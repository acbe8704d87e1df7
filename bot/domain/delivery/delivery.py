"""A delivery: one row of the delivery ledger, with its states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """State of a ledger row."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    PARKED = "parked"
    SKIPPED = "skipped"
    """Another post named the chapter instead, or the subscription ended."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of one release for one subscription."""

    id: int
    subscription_id: int
    release_id: int
    part: int
    state: DeliveryState
    due_at: datetime
    nonce: str
    """Fixed when the row is made, so that every attempt carries the same one."""
    mention: bool
    attempts: int = 0
    """Number of attempts, counted before each is made."""
    first_tried_at: datetime | None = None
    """Set before the first attempt is made."""
    claimed_until: datetime | None = None
    message_id: int | None = None
    """Known once the message exists, though its thread may still have to be opened."""
    skipped: tuple[int, ...] = ()
    """Numbers of the releases that this post names instead of posting them."""
    thread_id: int | None = None
    """The thread that a part after the first goes to."""
