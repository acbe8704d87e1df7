"""Requests about channel subscriptions, and their results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Start, Subscription, SubscriptionOptions
from bot.services.stories.upcoming import ContentHitch
from bot.store.delivery.crosspost_records import PendingCrosspost


@dataclass(frozen=True, slots=True)
class SubscribeRequest:
    """An admin's request to subscribe a channel or to change its subscription."""

    options: SubscriptionOptions
    start: Start | None = None
    """Where to begin; None keeps the place of an earlier subscription."""
    given: Collection[str] | None = None
    """Names of the options that were given. The others stay as they are, or get their defaults at first; None means
    that all were given."""
    tag: str | None = None
    """A forum's tag as it was typed or picked."""


@dataclass(frozen=True, slots=True)
class SubscribeResult:
    """A subscription after a command."""

    subscription: Subscription
    story: Story
    created: bool
    posts_due: int
    """Posts that are on their way because of the command."""
    next_at: datetime | None
    """When the next chapter comes."""
    slots: tuple[datetime, ...] = ()
    """The next slots of the channel's own schedule, if it has one."""


@dataclass(frozen=True, slots=True)
class ListedSubscription:
    """A line in the list of a guild's subscriptions."""

    subscription: Subscription
    story: Story
    next_number: int | None
    """Number of the next chapter, where its time is known."""
    next_at: datetime | None
    waiting: int
    """Posts that are planned and not yet sent."""
    revived_at: datetime | None = None
    """When the subscription resumed by itself after a fault, if that was recently."""
    unpublished: PendingCrosspost | None = None
    """Posts that wait to be crossposted."""
    hitch: ContentHitch | None = None
    """The problem in the story's files that the author has to fix."""
