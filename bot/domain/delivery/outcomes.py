"""Outcomes of an attempt to send a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.domain.message_templates import Reason
from bot.domain.subscriptions.subscription import DeliveryFault


@dataclass(frozen=True, slots=True)
class Sent:
    """The message exists."""

    code: ClassVar[str] = "sent"
    message_id: int | None
    """None if Discord says that the message was posted and has been deleted since."""
    found: bool = False
    """Set if the message existed before this attempt without the database knowing it, so it may show anything."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The destination takes no posts until somebody changes something: park it."""

    code: ClassVar[str] = "refused"
    fault: DeliveryFault
    until: datetime | None = None
    """When the refusal ends by itself, if it does."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """The content of this one post is at fault, not the destination: skip the post and tell the operator."""

    code: ClassVar[str] = "unfit"
    fault: DeliveryFault


@dataclass(frozen=True, slots=True)
class Delayed:
    """The message was not sent and may succeed later."""

    code: ClassVar[str] = "delayed"
    reason: Reason
    wait: timedelta | None = None
    """The wait that Discord asked for, if it named one."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The message may or may not have been sent: look for it before sending again."""

    code: ClassVar[str] = "unknown"
    reason: str


Outcome = Sent | Refused | Unfit | Delayed | Unknown


@dataclass(frozen=True, slots=True)
class Dropped:
    """There is nothing left to send: a revision removed the page, or somebody deleted the thread."""

    code: ClassVar[str] = "dropped"
    reason: str


def describe_outcome(outcome: Outcome) -> str:
    """Describe an outcome for the log.

    The wording of a fault is left out because Discord's may quote the message, and with it readers' suggestions.
    """
    match outcome:
        case Refused(fault) | Unfit(fault):
            return f"{outcome.code} ({fault.code})"
        case Sent() | Delayed() | Unknown():
            return str(outcome)
