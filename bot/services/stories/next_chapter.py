"""The continuation after a chapter: the next chapter, or the time when it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.releases.release import Release
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.story import Story
from bot.domain.subscriptions.pace import parse_pace, upcoming_slots
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class NextChapter:
    """The next chapter that can be read, or its time; neither where it is unknown or must not be told there."""

    succeeding: Release | None = None
    next_at: datetime | None = None


async def next_in_story(
    tx: Transaction, upcoming: UpcomingReleases, record: StoryRecord, release: Release, now: datetime
) -> NextChapter:
    """Return the continuation in the story at large."""
    succeeding = await find_succeeding(tx, release)
    return (
        NextChapter(succeeding)
        if succeeding is not None
        else NextChapter(None, upcoming.next_at(record, now))
    )


async def find_succeeding(tx: Transaction, release: Release) -> Release | None:
    """Return the first readable chapter after that one. Usually it is the next number, which the read cache holds."""
    following = await tx.releases.get_by_number(release.story, release.number + 1)
    if following is None or not following.is_withdrawn:
        return following
    return await tx.releases.find_first_readable(release.story, following.number)


async def next_on_own_schedule(
    tx: Transaction,
    upcoming: UpcomingReleases,
    record: StoryRecord,
    release: Release,
    subscription: Subscription,
    now: datetime,
) -> NextChapter:
    """Return the continuation in a channel with its own schedule, limited to chapters that the channel has had."""
    had = await tx.deliveries.find_sent_after(subscription.id, release.number)
    if had is not None:
        return NextChapter(had)
    if release.number > subscription.place or subscription.state is not SubscriptionState.ACTIVE:
        return NextChapter()
    planned = await tx.releases.find_first_readable(release.story, release.number)
    if planned is not None and planned.number <= subscription.place:
        # It is on its way: there is no date to wait for.
        return NextChapter()
    story_next = None if planned is not None else upcoming.next_at(record, now)
    if planned is None and story_next is None:
        return NextChapter()
    return NextChapter(None, _slot(subscription, record.story, max(now, story_next or now)))


def _slot(subscription: Subscription, story: Story, after: datetime) -> datetime | None:
    """Return the channel's first slot after that moment."""
    pacing, pace = subscription.pace_state, subscription.options.pace
    if pacing is None or pace is None:
        return None
    try:
        schedule = parse_pace(pace)
    except ScheduleError:
        return None
    return next(
        iter(upcoming_slots(pacing, schedule, zone=story.release_rules.zone, now=after, count=1)), None
    )
