"""Checks just before a post is sent or edited: whether the story may be shown there now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import AgeRestricted, MembersOnly, ServerNotAllowed
from bot.domain.subscriptions.subscription import Subscription
from bot.domain.subscriptions.subscription_refusals import FollowRestricted
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.parking import fault_from, park
from bot.services.delivery.post_messenger import DeliveryMessenger
from bot.services.guilds.guild_members import GuildMembers, MembershipStatus
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.transaction import Transaction

OUTAGE_WAIT = timedelta(seconds=30)
"""Shortest delay of posts to a guild with an outage."""

AGE_KNOWN_FOR = timedelta(seconds=30)
"""How long a channel's age restriction is cached: readers turn pages faster than admins change it."""

_CHANNELS = 4096


class DestinationCheck:
    """Keeps posts out of places where the story may no longer be posted.

    These are guilds that the authors excluded and, for adult stories, channels that are no longer age-restricted. The
    restriction is requested before each such post, since an event about it may be late or lost.
    """

    def __init__(
        self, messenger: DeliveryMessenger, members: GuildMembers, clock: Clock, *, limiter: RateLimiter
    ) -> None:
        self._messenger = messenger
        self._members = members
        self._clock = clock
        self._limiter = limiter

    def check_outage(self, subscription: Subscription) -> Outcome | None:
        """Defer posts to a guild with an outage, which refuses everything as if the bot had been removed."""
        if subscription.guild_id is not None and self._messenger.has_outage(subscription.guild_id):
            return Delayed("the server has an outage", OUTAGE_WAIT)
        return None

    async def reason_not_to_post(self, subscription: Subscription, story: Story) -> Outcome | None:
        """Return the reason that the story must not be posted there now; None if it may."""
        if subscription.guild_id is None:
            if not story.rating.age_restricted:
                return await reason_not_member(self._members, subscription.user_id, story, self._clock.now())
            # Its rating was another when the reader began to follow it.
            refusal = FollowRestricted(story=story.title, rating=story.rating.value)
            return Refused(fault_from(refusal, self._clock.now()))
        if not story.allows_guild(subscription.guild_id):
            return Refused(fault_from(ServerNotAllowed(story=story.title), self._clock.now()))
        if not story.rating.age_restricted:
            return None
        await self._limiter.acquire()
        restricted = await self._messenger.is_age_restricted(subscription.channel_id)
        if restricted is True:
            return None
        if restricted is False:
            restriction = AgeRestricted(story=story.title, rating=story.rating.value)
            return Refused(fault_from(restriction, self._clock.now()))
        return restricted


async def reason_not_member(
    members: GuildMembers, user_id: int | None, story: Story, now: datetime
) -> Outcome | None:
    """Return the reason that the user may not have the story in DMs now; None if they may."""
    if story.guilds is None:
        return None
    membership = (
        MembershipStatus.UNSURE if user_id is None else await members.membership_status(user_id, story)
    )
    match membership:
        case MembershipStatus.MEMBER:
            return None
        case MembershipStatus.STRANGER:
            return Refused(fault_from(MembersOnly(story=story.title), now))
        case MembershipStatus.UNSURE:
            return Delayed("Discord does not say whether they are a member of the story's servers")


class AgeGate:
    """Keeps sent posts from showing anything new where the story may no longer be shown.

    It applies to adult stories, and in DMs to stories for the members of chosen guilds.
    """

    def __init__(
        self, store: Database, messenger: DeliveryMessenger, members: GuildMembers, clock: Clock
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._members = members
        self._clock = clock
        self._known: LRUCache[int, datetime] = LRUCache(_CHANNELS)

    async def reason_not_to_show(
        self, post: Post, story: Story, readers: Collection[int] = ()
    ) -> Outcome | None:
        """Return the reason that the post must not show another page now; None if it may.

        Stories for everybody cost nothing. Others may not be shown in DMs, and in channels only where Discord says that
        the channel is age-restricted. Where it says the opposite, the subscription is parked, which tells its admin
        once. `readers` are the people who turned the page, if anybody did.
        """
        now = self._clock.now()
        if not story.rating.age_restricted:
            if post.guild_id is not None or story.guilds is None:
                return None
            reader = next(iter(readers), None) or await self._messenger.find_dm_user(post.channel_id)
            return await reason_not_member(self._members, reader, story, now)
        if post.guild_id is None:
            return Refused(fault_from(FollowRestricted(story=story.title, rating=story.rating.value), now))
        if self._known.get(post.channel_id, now) > now:
            return None
        restricted = await self._messenger.is_age_restricted(post.channel_id)
        if restricted is True:
            self._known[post.channel_id] = now + AGE_KNOWN_FOR
            return None
        if restricted is False:
            fault = fault_from(AgeRestricted(story=story.title, rating=story.rating.value), now)
            await self._close(post, story, Refused(fault))
            return Refused(fault)
        return restricted

    async def _close(self, post: Post, story: Story, refused: Refused) -> None:
        async def close(tx: Transaction) -> None:
            # By the ledger: a page in a thread belongs to the subscription of the channel around it.
            delivery = await tx.deliveries.get(post.delivery_id) if post.delivery_id is not None else None
            subscription = await tx.subscriptions.get(delivery.subscription_id) if delivery else None
            if subscription is not None:
                await park(tx, subscription, refused.fault, now, title=story.title)

        now = self._clock.now()
        await commit_with_retry(self._store, close)
