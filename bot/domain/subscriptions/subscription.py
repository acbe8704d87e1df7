"""A subscription: a destination's standing order for a story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.subscriptions.pace import PaceState
from bot.domain.subscriptions.release_styles import ReleaseStyle

NOBODY = 0
"""Stands for whoever set a subscription up and had their data erased since; Discord gives nobody that id."""


class Start(StrEnum):
    """Where a new subscription begins."""

    NEXT = "next"
    LATEST = "latest"
    BEGINNING = "beginning"

    def place(self, released: int) -> int:
        """The number of the last release that counts as delivered, when `released` are out."""
        if self is Start.BEGINNING:
            return 0
        return released if self is Start.NEXT else max(0, released - 1)

    def wished(self, released: int) -> int:
        """The number of the last release that is asked for to be posted however many there are; 0 for none."""
        return released if self is Start.BEGINNING else 0


class SubscriptionState(StrEnum):
    """`PARKED`: the destination refused for good; it goes on from its place once the cause is gone."""

    ACTIVE = "active"
    PAUSED = "paused"
    PARKED = "parked"
    ENDED = "ended"


class MentionReach(StrEnum):
    """How a mention of a role by the bot fares in a channel: everybody may mention it; the bot may; nobody would be
    notified; there is no such role."""

    OPEN = "open"
    GRANTED = "granted"
    UNHEARD = "unheard"
    GONE = "gone"

    @property
    def dead(self) -> bool:
        """Whether it would reach nobody."""
        return self in (MentionReach.UNHEARD, MentionReach.GONE)


@dataclass(frozen=True, slots=True)
class SubscriptionOptions:
    """What an admin chose for a subscription. `mention` is a role id, `tag` a forum tag id, `pace` a schedule."""

    style: ReleaseStyle = ReleaseStyle.PAGES
    mention: int | None = None
    pace: str | None = None
    publish: bool = False
    tag: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFault:
    """Why a destination last failed: a stable code, words for its admin, and when."""

    code: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """One destination's standing order for one story.

    `guild_id` is None for a reader's own subscription by DM, where `channel_id` is the DM channel and `user_id` the
    reader. `place` is the number of the last release planned for it: it grows only. Releases up to `wished` are a
    beginning that was asked for, which no rule for missed slots cuts short. `forum` says that the channel is a forum;
    `pacing` is kept where the options name a pace. `start` is where it began, None where nobody remembers;
    `mention_fault` why its role is not mentioned though the options name one. `unsure_since` is set while posts may
    stand there, made since then, that the database does not know.
    """

    id: int
    story: str
    guild_id: int | None
    channel_id: int
    user_id: int | None
    created_by: int
    created_at: datetime
    place: int
    state: SubscriptionState = SubscriptionState.ACTIVE
    options: SubscriptionOptions = field(default_factory=SubscriptionOptions)
    fault: DeliveryFault | None = None
    forum: bool = False
    pacing: PaceState | None = None
    start: Start | None = None
    mention_fault: MentionReach | None = None
    wished: int = 0
    unsure_since: datetime | None = None
