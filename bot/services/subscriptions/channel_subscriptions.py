"""Subscriptions of channels and the commands of admins on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_manager
from bot.domain.stories.story import Story
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import Start, Subscription, SubscriptionOptions, SubscriptionState
from bot.domain.subscriptions.subscription_refusals import AlreadyPaused, NotPaused, NotSubscribed
from bot.services.delivery.eligibility import ineligibility
from bot.services.delivery.parking import MAYBE_POSTED
from bot.services.delivery.restore_recovery import mark_uncertain
from bot.services.guilds.channel_permissions import ChannelTask, require_permissions, task_for_style
from bot.services.guilds.channel_survey import ChannelKind, ChannelSurveyor
from bot.services.stories.autocomplete_choices import Choice
from bot.services.stories.story_lookup import find_story, fold, story_display_name
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.subscriptions.subscription_changes import (
    RESUMABLE_STATES,
    SubscriptionRenewal,
    first_own_slot,
    list_slots,
    start_own_schedule,
)
from bot.services.subscriptions.subscription_options import request_options, resolve_options, tag_choices
from bot.services.subscriptions.subscription_requests import (
    ListedSubscription,
    SubscribeRequest,
    SubscribeResult,
)
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.subscriptions.subscription_records import NewSubscription
from bot.store.transaction import Transaction

_LIVE = (SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.PARKED)

_NEWS = timedelta(days=7)


class ChannelSubscriptions:
    """Manages the subscriptions of a guild. Every method first checks that the viewer may manage the guild."""

    def __init__(
        self,
        store: Database,
        messenger: ChannelSurveyor,
        upcoming: UpcomingReleases,
        clock: Clock,
        *,
        catch_up_gap: timedelta,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._upcoming = upcoming
        self._renewing = SubscriptionRenewal(clock, catch_up_gap=catch_up_gap)
        self._clock = clock

    async def subscribe(
        self,
        viewer: Viewer,
        story: str,
        channel_id: int,
        request: SubscribeRequest,
    ) -> SubscribeResult:
        """Subscribe a channel, or change the options of its subscription and keep its place.

        After `/unsubscribe` the old place counts unless a start is requested, so that nothing is posted again.

        Raises:
            Refusal: The channel, its rating, the role, or the viewer's or the bot's permissions there do not allow it;
                nothing is stored then.
        """
        guild_id = require_manager(viewer)
        async with self._store.read() as tx:
            record = await self._find(tx, viewer, story)
            known = await tx.subscriptions.find(channel_id, record.story.slug)
        requested = request_options(known, request)
        wanted, survey = await resolve_options(self._messenger, viewer, record.story, channel_id, requested)
        now = self._clock.now()
        begins = request.start or (Start.BEGINNING if wanted.pace else Start.NEXT)
        async with self._store.begin() as tx:
            released = await tx.releases.count(record.story.slug)
            new = NewSubscription(
                story=record.story.slug,
                guild_id=guild_id,
                channel_id=channel_id,
                user_id=None,
                created_by=viewer.user_id,
                created_at=now,
                place=begins.last_delivered(released),
                wished=begins.last_requested(released),
                start=begins,
                options=wanted,
                forum=survey is not None and survey.kind is ChannelKind.FORUM,
                pacing=start_own_schedule(wanted, record.story, now),
            )
            subscription = await tx.subscriptions.add(new)
            if subscription is None:
                subscription, created, posting = await self._change(
                    tx, record.story, channel_id, request, wanted
                )
            else:
                created = True
                await mark_uncertain(tx, subscription)
                posting = await self._renewing.plan_missing(tx, record.story, subscription, now)
        return await self._answer(record, subscription, posting, created=created)

    async def _change(
        self,
        tx: Transaction,
        story: Story,
        channel_id: int,
        request: SubscribeRequest,
        wanted: SubscriptionOptions,
    ) -> tuple[Subscription, bool, int]:
        """Change an existing subscription. Return it, whether it had ended, and the number of posts due."""
        found = await tx.subscriptions.find(channel_id, story.slug)
        if found is None:
            raise LookupError(f"the subscription of channel {channel_id}")
        await self._take_word(tx, found)
        posting = await self._renewing.change(tx, story, found, request.start, wanted)
        return found, found.state is SubscriptionState.ENDED, posting

    async def tag_choices(self, viewer: Viewer, channel_id: int, typed: str) -> list[Choice]:
        """Return the tags of a forum to pick from.

        Raises:
            Refusal: The viewer may not manage the guild, or Discord did not answer.
        """
        guild_id = require_manager(viewer)
        await require_permissions(self._messenger, viewer, channel_id, ChannelTask.SETTLE)
        survey = await self._messenger.survey(channel_id, SubscriptionOptions(style=ReleaseStyle.THREAD))
        return tag_choices(survey, typed) if survey is not None and survey.guild_id == guild_id else []

    async def unsubscribe(self, viewer: Viewer, story: str, channel_id: int) -> SubscribeResult:
        """End a subscription. Deliveries not yet tried are dropped; the place is kept.

        Raises:
            NotSubscribed: There is none.
            MissingRights: It is in a channel that they cannot see.
        """
        await self._require_seen(viewer, channel_id)
        async with self._store.begin() as tx:
            record, subscription = await self._existing(tx, viewer, story, channel_id)
            await self._take_word(tx, subscription)
            await tx.subscriptions.transition(subscription.id, SubscriptionState.ENDED, was=_LIVE)
            await self._renewing.end(tx, subscription, "unsubscribed")
        return await self._answer(record, subscription, 0)

    async def pause(self, viewer: Viewer, story: str, channel_id: int) -> SubscribeResult:
        """Stop a subscription and keep its place.

        Raises:
            NotSubscribed: There is none.
            AlreadyPaused: It is paused.
            MissingRights: It is in a channel that they cannot see.
        """
        await self._require_seen(viewer, channel_id)
        async with self._store.begin() as tx:
            record, subscription = await self._existing(tx, viewer, story, channel_id)
            paused = await tx.subscriptions.transition(
                subscription.id,
                SubscriptionState.PAUSED,
                was=[SubscriptionState.ACTIVE, SubscriptionState.PARKED],
                fault=subscription.fault,
            )
            if not paused:
                raise AlreadyPaused(story=record.story.title, channel=channel_id)
        return await self._answer(record, subscription, 0)

    async def resume(self, viewer: Viewer, story: str, channel_id: int) -> SubscribeResult:
        """Continue a paused or parked subscription from its place, by the story's rule for missed slots.

        Raises:
            NotSubscribed: There is none.
            NotPaused: It is running.
            Refusal: The fault that parked it remains.
        """
        guild_id = require_manager(viewer)
        await self._require_seen(viewer, channel_id)
        async with self._store.read() as tx:
            record, subscription = await self._existing(tx, viewer, story, channel_id)
        if subscription.state is SubscriptionState.ACTIVE:
            raise NotPaused(story=record.story.title, channel=channel_id)
        errand = task_for_style(subscription.options.style)
        await require_permissions(self._messenger, viewer, channel_id, errand)
        survey = await self._messenger.survey(channel_id, subscription.options)
        refusal = ineligibility(record.story, guild_id, channel_id, subscription.options, survey)
        if refusal is not None:
            raise refusal
        async with self._store.begin() as tx:
            await self._take_word(tx, subscription)
            posting = await self.reactivate(tx, record.story, subscription)
        return await self._answer(record, subscription, posting)

    async def _take_word(self, tx: Transaction, subscription: Subscription) -> None:
        """Clear the doubt about earlier posts: an admin has looked at the channel and decides what is posted there."""
        if subscription.fault is not None and subscription.fault.code == MAYBE_POSTED:
            await tx.restore_recovery.clear_doubt([subscription.id])

    async def reactivate(
        self,
        tx: Transaction,
        story: Story,
        subscription: Subscription,
        *,
        was: Collection[SubscriptionState] = RESUMABLE_STATES,
    ) -> int:
        """Activate a paused or parked subscription inside the caller's transaction. Return the number of posts due."""
        return await self._renewing.reactivate(tx, story, subscription, was=was)

    async def list_subscriptions(self, viewer: Viewer) -> list[ListedSubscription]:
        """Return every subscription of the viewer's guild that has not ended."""
        guild_id = require_manager(viewer)
        now = self._clock.now()
        lines = []
        async with self._store.read() as tx:
            subscriptions = await tx.subscriptions.list_by_guild(guild_id)
            unpublished = await tx.crossposts.summarize_pending([each.id for each in subscriptions])
            revived = await tx.parking.list_revived_after(guild_id, now - _NEWS)
            for subscription in subscriptions:
                record = await tx.stories.get(subscription.story)
                if record is None:
                    continue
                number, next_at = await self._next(tx, record, subscription, now)
                lines.append(
                    ListedSubscription(
                        subscription=subscription,
                        story=record.story,
                        next_number=number if next_at else None,
                        next_at=next_at,
                        waiting=await tx.delivery_plans.count_unsettled(subscription.id),
                        revived_at=revived.get(subscription.id),
                        unpublished=unpublished.get(subscription.id),
                        hitch=self._upcoming.content_hitch(record),
                    )
                )
        return lines

    async def _next(
        self, tx: Transaction, record: StoryRecord, subscription: Subscription, now: datetime
    ) -> tuple[int, datetime | None]:
        """Return the number and time of the next chapter in the channel.

        With an own schedule it comes at the next slot, or where nothing is left at the first slot after the story's
        next release; otherwise as in the story's calendar.
        """
        released = await tx.releases.count(subscription.story)
        comes = self._upcoming.next_at(record, now)
        if subscription.pace_state is None:
            return released + 1, comes
        if subscription.place < released:
            return subscription.place + 1, subscription.pace_state.next_at
        return released + 1, first_own_slot(subscription, record.story, comes) if comes is not None else None

    async def _find(self, tx: Transaction, viewer: Viewer, typed: str) -> StoryRecord:
        """Find the story whatever its rating: the channel it goes to decides about that, not this one."""
        return await find_story(tx, replace(viewer, age_restricted=True), typed)

    async def _require_seen(self, viewer: Viewer, channel_id: int) -> None:
        """Refuse a channel that they cannot see, before the answer reveals anything about it."""
        require_manager(viewer)
        if channel_id != viewer.channel_id:
            await require_permissions(self._messenger, viewer, channel_id, ChannelTask.SETTLE)

    async def _existing(
        self, tx: Transaction, viewer: Viewer, typed: str, channel_id: int
    ) -> tuple[StoryRecord, Subscription]:
        guild_id = require_manager(viewer)
        wanted = fold(typed)
        for subscription in await tx.subscriptions.list_by_channel(channel_id):
            record = await tx.stories.get(subscription.story)
            if record is None or subscription.guild_id != guild_id:
                continue
            if wanted in (fold(record.story.slug), fold(record.story.title)):
                return record, subscription
        raise NotSubscribed(story=await story_display_name(tx, viewer, typed), channel=channel_id)

    async def _answer(
        self, record: StoryRecord, subscription: Subscription, posting: int, *, created: bool = False
    ) -> SubscribeResult:
        async with self._store.read() as tx:
            current = await tx.subscriptions.get(subscription.id) or subscription
        now, story = self._clock.now(), record.story
        return SubscribeResult(
            subscription=current,
            story=story,
            created=created,
            posts_due=posting,
            next_at=self._upcoming.next_at(record, now)
            if current.pace_state is None
            else current.pace_state.next_at,
            slots=list_slots(current, story, now),
        )
