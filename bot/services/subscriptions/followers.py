"""Followers: readers' own subscriptions, whose chapters come by DM."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_see
from bot.domain.delivery.outcomes import Refused, Sent, Unfit
from bot.domain.errors import DiscordSlow
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Start, Subscription, SubscriptionOptions, SubscriptionState
from bot.domain.subscriptions.subscription_refusals import FollowRestricted, MessagesClosed, NotFollowed
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.delivery_planning import plan_deliveries
from bot.services.delivery.restore_recovery import mark_uncertain
from bot.services.notifications.notice_messenger import Notice, NoticeMessenger
from bot.services.people.dm_channels import DmChannels
from bot.services.stories.autocomplete_choices import Choice, match_choices
from bot.services.stories.story_lookup import find_story, is_following, matches_story, story_display_name
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.subscriptions.subscription_records import NewSubscription
from bot.store.transaction import Transaction

_LIVE = (SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.PARKED)

GREETING = "following"
"""The kind of the message that opens a reader's DMs and so shows that they can be reached."""


@dataclass(frozen=True, slots=True)
class FollowResult:
    """A reader's subscription after a command."""

    story: Story
    created: bool
    """Set if the command changed it."""
    next_at: datetime | None


class FollowerMessenger(DmChannels, NoticeMessenger, Protocol):
    """Everything that following a story by DM asks of Discord."""


class Followers:
    """Manages readers' own subscriptions, which catch up with every chapter whatever the story's rule."""

    def __init__(
        self,
        store: Database,
        messenger: FollowerMessenger,
        upcoming: UpcomingReleases,
        clock: Clock,
        *,
        catch_up_gap: timedelta,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._upcoming = upcoming
        self._catch_up_gap = catch_up_gap
        self._clock = clock

    async def follow(self, viewer: Viewer, story: str) -> FollowResult:
        """Send the story's new chapters to the reader by DM.

        1. Refuse stories that may not be shown in DMs.
        2. Return early if the reader follows the story already.
        3. Greet the reader: only an attempt shows whether Discord lets the bot write to them.
        4. Add the subscription, or continue one that had ended or was parked.

        Raises:
            Refusal: They cannot be shown the story, or cannot be written to; nothing is stored then.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            known = await _own(tx, viewer.user_id, record.story.slug)
        about = record.story
        if about.rating.age_restricted:
            raise FollowRestricted(story=about.title, rating=about.rating.value)
        if known is not None and known.state is SubscriptionState.ACTIVE:
            return self._answer(record, news=False)
        channel_id = await self._reach(viewer, about)
        now = self._clock.now()
        async with self._store.begin() as tx:
            released = await tx.releases.count(about.slug)
            added = await tx.subscriptions.add(
                NewSubscription(
                    story=about.slug,
                    guild_id=None,
                    channel_id=channel_id,
                    user_id=viewer.user_id,
                    created_by=viewer.user_id,
                    created_at=now,
                    place=Start.NEXT.last_delivered(released),
                    options=SubscriptionOptions(),
                )
            )
            if added is None:
                await self._go_on(tx, about, channel_id, released, now)
            else:
                await mark_uncertain(tx, added)
        return self._answer(record, news=True)

    async def unfollow(self, viewer: Viewer, story: str) -> FollowResult:
        """End the reader's subscription and drop deliveries that were planned and not yet tried.

        Raises:
            NotFollowed: They do not follow it.
        """
        async with self._store.begin() as tx:
            for own in await tx.subscriptions.list_by_reader(viewer.user_id):
                record = await tx.stories.get(own.story)
                if record is not None and matches_story(record.story, story):
                    await tx.subscriptions.transition(own.id, SubscriptionState.ENDED, was=_LIVE)
                    await tx.delivery_plans.cancel(own.id, "unfollowed")
                    return self._answer(record, news=True)
            name = await story_display_name(tx, viewer, story)
        raise NotFollowed(story=name)

    async def set_following(self, viewer: Viewer, slug: str, *, on: bool) -> None:
        """Follow a story or end that, for a button that says which; what is so already stays.

        Raises:
            Refusal: They cannot be shown the story, or cannot be written to.
        """
        if on:
            await self.follow(viewer, slug)
            return
        with suppress(NotFollowed):
            await self.unfollow(viewer, slug)

    async def is_following(self, viewer: Viewer, slug: str) -> bool:
        """Return whether the reader gets the story's chapters by DM."""
        async with self._store.read() as tx:
            return await is_following(tx, viewer.user_id, slug)

    async def story_choices(self, viewer: Viewer, typed: str) -> list[Choice]:
        """Return the stories they follow, to pick from; adult ones only where they may be shown."""
        async with self._store.read() as tx:
            own = [each.story for each in await tx.subscriptions.list_by_reader(viewer.user_id)]
            stories = [story for slug in own if (story := await tx.stories.get_description(slug)) is not None]
        return match_choices(((each.title, each.slug) for each in stories if may_see(each, viewer)), typed)

    async def _reach(self, viewer: Viewer, story: Story) -> int:
        """Greet the reader and return their DM channel."""
        channel_id = await self._messenger.find_dm_channel(viewer.user_id)
        greeted = channel_id
        if isinstance(channel_id, int):
            greeting = Notice(viewer.user_id, GREETING, {"story": story.title}, new_nonce())
            greeted = await self._messenger.notify(greeting)
            if isinstance(greeted, Sent):
                return channel_id
        if isinstance(greeted, (Refused, Unfit)):
            raise MessagesClosed(story=story.title)
        raise DiscordSlow

    async def _go_on(
        self, tx: Transaction, story: Story, channel_id: int, released: int, now: datetime
    ) -> None:
        """Continue the reader's earlier subscription: from now on if it had ended, otherwise from its place."""
        found = await tx.subscriptions.find(channel_id, story.slug)
        if found is None or found.state is SubscriptionState.ACTIVE:
            return
        if found.state is SubscriptionState.ENDED:
            await tx.subscriptions.rewind(found.id, released)
        else:
            await tx.delivery_plans.unpark(found.id, now)
        await tx.subscriptions.transition(found.id, SubscriptionState.ACTIVE, was=[found.state])
        current = await tx.subscriptions.get(found.id)
        if current is not None:
            await plan_deliveries(
                tx,
                story,
                [current],
                now,
                gap=story.release_rules.catch_up_gap(now, longest=self._catch_up_gap),
            )

    def _answer(self, record: StoryRecord, *, news: bool) -> FollowResult:
        return FollowResult(record.story, news, self._upcoming.next_at(record, self._clock.now()))


async def _own(tx: Transaction, user_id: int, slug: str) -> Subscription | None:
    own = await tx.subscriptions.list_by_reader(user_id)
    return next((each for each in own if each.story == slug), None)
