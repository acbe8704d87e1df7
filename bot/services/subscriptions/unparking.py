"""Automatic recovery of parked destinations whose fault is gone."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.domain.errors import DiscordSlow, Refusal
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import MembersOnly, ServerNotAllowed
from bot.domain.subscriptions.channel_refusals import ChannelInvisible, TimedOut
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.domain.subscriptions.subscription_refusals import MaybePosted
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.eligibility import ineligibility
from bot.services.delivery.parking import (
    AUDIENCE_FAULTS,
    MAYBE_POSTED,
    fault_from,
    park,
    recheck_delay,
    recheck_soon,
)
from bot.services.delivery.refusal_causes import RETRY_AFTER_TIME_OUT
from bot.services.guilds.channel_survey import ChannelSurveyor
from bot.services.guilds.guild_members import GuildMembers, MembershipStatus
from bot.services.subscriptions.channel_subscriptions import ChannelSubscriptions
from bot.store.database import Database
from bot.store.delivery.parking_records import ParkedSubscription

_log = logging.getLogger(__name__)

_BATCH = 50
_UNANSWERED = timedelta(minutes=5)
"""Delay after Discord did not answer a check."""


class ParkedRecovery:
    """Checks parked destinations.

    Soon after a change in their guild (see `GuildRetention.recheck_parked`), else ever more rarely.
    """

    def __init__(
        self,
        store: Database,
        messenger: ChannelSurveyor,
        subscribing: ChannelSubscriptions,
        clock: Clock,
        *,
        limiter: RateLimiter,
        members: GuildMembers,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._subscribing = subscribing
        self._clock = clock
        self._limiter = limiter
        self._members = members
        self._audiences: dict[str, tuple[frozenset[int] | None, bool]] = {}

    async def sweep(self) -> datetime | None:
        """Check all destinations that are due. Return when the next one is."""
        await self._review_all()
        seen: set[int] = set()
        while True:
            async with self._store.read() as tx:
                due = [
                    parked
                    for parked in await tx.parking.list_due(self._clock.now(), _BATCH)
                    if parked.subscription.id not in seen
                ]
            if not due:
                break
            for parked in due:
                seen.add(parked.subscription.id)
                await self._look(parked)
        async with self._store.read() as tx:
            return await tx.parking.find_next_look()

    async def _look(self, parked: ParkedSubscription) -> None:
        subscription = parked.subscription
        async with self._store.read() as tx:
            record = await tx.stories.get(subscription.story)
        if record is None:
            return
        try:
            found = await self._obstacle(subscription, record.story)
        except Refusal:
            # Discord does not say.
            now = self._clock.now()
            async with self._store.begin() as tx:
                await tx.parking.record_look(parked, looks=parked.looks, now=now, look_at=now + _UNANSWERED)
            return
        if found is None:
            await self._revive(parked, record.story)
        else:
            await self._leave(parked, found)

    async def _obstacle(self, subscription: Subscription, story: Story) -> Refusal | None:
        """Return the fault that can be seen. Only an attempt shows whether somebody takes DMs.

        Raises:
            Refusal: Discord does not say.
        """
        if subscription.fault is not None and subscription.fault.code == MAYBE_POSTED:
            return MaybePosted()  # Only somebody who looks there can tell.
        if subscription.guild_id is None:
            return await self._strange(subscription.user_id, story)
        if not story.allows_guild(subscription.guild_id):
            return ServerNotAllowed(story=story.title)
        await self._limiter.acquire()
        survey = await self._messenger.survey(subscription.channel_id, subscription.options)
        return ineligibility(
            story, subscription.guild_id, subscription.channel_id, subscription.options, survey
        )

    async def _strange(self, user_id: int | None, story: Story) -> Refusal | None:
        """Return a refusal if a reader is in none of the story's guilds."""
        membership = (
            await self._members.membership_status(user_id, story)
            if user_id is not None
            else MembershipStatus.MEMBER
        )
        if membership is MembershipStatus.UNSURE:
            raise DiscordSlow
        return MembersOnly(story=story.title) if membership is MembershipStatus.STRANGER else None

    async def _revive(self, parked: ParkedSubscription, story: Story) -> None:
        subscription, now = parked.subscription, self._clock.now()
        async with self._store.begin() as tx:
            current = await tx.subscriptions.get(subscription.id)
            if current is None or current.state is not SubscriptionState.PARKED:
                return
            posting = await self._subscribing.reactivate(tx, story, current, was=[SubscriptionState.PARKED])
            await tx.parking.record_revival(subscription.id, looks=parked.looks + 1, now=now)
        _log.info(
            "%s goes on in channel %d; %d posts on their way",
            story.slug,
            subscription.channel_id,
            posting,
            extra={"action": "revived", "subscription": subscription.id},
        )

    async def _leave(self, parked: ParkedSubscription, found: Refusal) -> None:
        """Keep it parked and record a fault that has changed.

        Not seeing the channel says less than Discord's answer at the time of parking, so it replaces no fault.
        """
        subscription, now = parked.subscription, self._clock.now()
        fault = fault_from(found, now)
        async with self._store.begin() as tx:
            look_at = now + recheck_delay(parked.looks + 1)
            if isinstance(found, TimedOut):
                look_at = datetime.fromtimestamp(found.facts["at"], UTC) + RETRY_AFTER_TIME_OUT
            await tx.parking.record_look(parked, looks=parked.looks + 1, now=now, look_at=look_at)
            known = subscription.fault
            if known is None or (not isinstance(found, ChannelInvisible) and fault.reason != known.reason):
                await tx.subscriptions.transition(
                    subscription.id, SubscriptionState.PARKED, was=[SubscriptionState.PARKED], fault=fault
                )

    async def _review_all(self) -> None:
        """Apply changes of the audience that authors allow; at the first run all stories count as changed."""
        async with self._store.read() as tx:
            records = await tx.stories.list_all()
        for story in (record.story for record in records):
            audience = story.guilds, story.rating.age_restricted
            if self._audiences.get(story.slug) != audience:
                await self._review(story)
                self._audiences[story.slug] = audience

    async def _review(self, story: Story) -> None:
        now = self._clock.now()
        fault = fault_from(ServerNotAllowed(story=story.title), now)
        async with self._store.begin() as tx:
            if story.guilds is not None:
                for running in await tx.subscriptions.list_by_story(story.slug):
                    if running.guild_id is not None and running.guild_id not in story.guilds:
                        await park(tx, running, fault, now, title=story.title)
            for parked in await tx.parking.list_by_story(story.slug):
                refused = parked.subscription.fault
                if refused is not None and refused.code in AUDIENCE_FAULTS:
                    await recheck_soon(tx, parked, now)
