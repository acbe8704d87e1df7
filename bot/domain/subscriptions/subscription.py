"""Subscriptions: a destination's standing order for a story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.message_templates import Reason
from bot.domain.subscriptions.pace import PaceState
from bot.domain.subscriptions.release_styles import ReleaseStyle

NOBODY = 0
"""Id in place of a subscription's creator whose data was erased; Discord gives it to nobody."""


class Start(StrEnum):
    """Starting point of a new subscription."""

    NEXT = "next"
    LATEST = "latest"
    BEGINNING = "beginning"

    def last_delivered(self, released: int) -> int:
        """Return the number of the last release that counts as delivered, when `released` are out."""
        if self is Start.BEGINNING:
            return 0
        return released if self is Start.NEXT else max(0, released - 1)

    def last_requested(self, released: int) -> int:
        """Return the number of the last release to be posted however many there are; 0 for none."""
        return released if self is Start.BEGINNING else 0


class SubscriptionState(StrEnum):
    """State of a subscription."""

    ACTIVE = "active"
    PAUSED = "paused"
    PARKED = "parked"
    """The destination refused for good; it resumes from its place once the cause is gone."""
    ENDED = "ended"


class MentionReach(StrEnum):
    """Effect of mentioning a role in a channel."""

    OPEN = "open"
    """Everybody may mention it."""
    GRANTED = "granted"
    """The bot may mention it."""
    UNHEARD = "unheard"
    """Nobody would be notified."""
    GONE = "gone"
    """There is no such role."""

    @property
    def is_unheard(self) -> bool:
        """Return whether a mention would reach nobody."""
        return self in (MentionReach.UNHEARD, MentionReach.GONE)


@dataclass(frozen=True, slots=True)
class SubscriptionOptions:
    """An admin's options for a subscription."""

    style: ReleaseStyle = ReleaseStyle.PAGES
    mention: int | None = None
    """Id of a role."""
    pace: str | None = None
    """A schedule."""
    publish: bool = False
    tag: int | None = None
    """Id of a forum tag."""


@dataclass(frozen=True, slots=True)
class DeliveryFault:
    """A destination's last failure."""

    code: str
    """A stable code."""
    reason: Reason
    """Words for the destination's admin."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """One destination's standing order for one story."""

    id: int
    story: str
    guild_id: int | None
    """None for a reader's own subscription by direct message."""
    channel_id: int
    """For a reader's own subscription, the channel of their direct messages."""
    user_id: int | None
    """The reader of a subscription by direct message."""
    created_by: int
    created_at: datetime
    place: int
    """The number of the last release planned for it; it only grows."""
    state: SubscriptionState = SubscriptionState.ACTIVE
    options: SubscriptionOptions = field(default_factory=SubscriptionOptions)
    fault: DeliveryFault | None = None
    forum: bool = False
    """Set if the channel is a forum."""
    pace_state: PaceState | None = None
    """Kept where the options name a pace."""
    start: Start | None = None
    """Its starting point; None where that was not recorded."""
    mention_fault: MentionReach | None = None
    """The reason why its role is not mentioned though the options name one."""
    wished: int = 0
    """Releases up to this number were asked for, so no rule for missed slots leaves them out."""
    unsure_since: datetime | None = None
    """Set while there may be posts, made since then, that the database does not know."""
