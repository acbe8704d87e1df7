"""Planning of deliveries: the released chapters that subscriptions lack are entered in the ledger."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.releases.release import Release
from bot.domain.schedule.catch_up import CatchUp, PlannedPost, plan_posts
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.story import Story
from bot.domain.subscriptions.pace import PaceState, parse_pace, settle_slots
from bot.domain.subscriptions.subscription import Subscription
from bot.kit.message_nonces import new_nonce
from bot.store.delivery.delivery_records import NewDelivery
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)


async def plan_deliveries(
    tx: Transaction,
    story: Story,
    subscriptions: Sequence[Subscription],
    now: datetime,
    *,
    gap: timedelta,
    most: int = 1,
) -> int:
    """Enter deliveries of released chapters that the subscriptions lack, and advance their places.

    Subscriptions with their own schedule are not for this function; see `plan_own_schedule_deliveries`.

    Args:
        tx: The transaction to write in.
        story: The story of all the subscriptions.
        subscriptions: The subscriptions to bring up to date.
        now: The present time.
        gap: The time between late posts.
        most: How many chapters were just released, which the rule `ONE` lets through together.

    Returns:
        The number of deliveries entered.
    """
    last_due = await tx.delivery_plans.find_last_due([subscription.id for subscription in subscriptions])
    groups: dict[tuple[int, int, datetime | None, CatchUp], list[Subscription]] = defaultdict(list)
    for subscription in subscriptions:
        catch_up = catch_up_rule(subscription, story)
        wished = subscription.wished if subscription.wished > subscription.place else 0
        groups[subscription.place, wished, last_due.get(subscription.id), catch_up].append(subscription)
    entered = 0
    for (place, wished, busy_until, catch_up), members in groups.items():
        released = {release.number: release for release in await tx.releases.list_after(story.slug, place)}
        posts = plan_posts(
            sorted(released),
            rule=catch_up,
            gap=gap,
            first_due=max(now, busy_until or now),
            most=most,
            wished=wished,
        )
        if not posts:
            continue
        entered += await tx.delivery_plans.add(
            [_row(subscription, released[post.number], post) for subscription in members for post in posts]
        )
        await tx.subscriptions.advance([subscription.id for subscription in members], posts[-1].number)
    return entered


async def plan_own_schedule_deliveries(
    tx: Transaction,
    story: Story,
    subscriptions: Sequence[Subscription],
    now: datetime,
    *,
    gap: timedelta,
    again: Mapping[int, int] | None = None,
) -> int:
    """Enter one delivery for each slot that has come in the subscriptions' own schedules since the last time.

    A slot for which no chapter is left passes. For missed slots the story's rule applies, but `LATEST` does not skip
    chapters of a requested beginning. `again` counts, by subscription, chapters that were planned once and cancelled.

    Returns:
        The number of deliveries entered.
    """
    if not subscriptions:
        return 0
    last_due = await tx.delivery_plans.find_last_due([subscription.id for subscription in subscriptions])
    released = await tx.releases.list_after(
        story.slug, min(subscription.place for subscription in subscriptions)
    )
    numbers = [release.number for release in released]
    rows: list[NewDelivery] = []
    moved: dict[int, list[int]] = defaultdict(list)
    pacings: dict[int, PaceState | None] = {}
    for subscription in subscriptions:
        ahead = bisect_right(numbers, subscription.place)
        count, pacing, own_gap = _slots_of(subscription, story, now, most=len(numbers) - ahead)
        pacings[subscription.id] = pacing
        count += (again or {}).get(subscription.id, 0)
        rule = catch_up_rule(subscription, story)
        posts = plan_posts(
            numbers[ahead : ahead + count],
            rule=rule,
            gap=min(gap, own_gap),
            first_due=max(now, last_due.get(subscription.id) or now),
            wished=subscription.wished if rule is CatchUp.LATEST else 0,
        )
        rows += [_row(subscription, released[bisect_right(numbers, post.number) - 1], post) for post in posts]
        if posts:
            moved[posts[-1].number].append(subscription.id)
    entered = await tx.delivery_plans.add(rows)
    for place, ids in moved.items():
        await tx.subscriptions.advance(ids, place)
    await tx.subscriptions.set_pacings(pacings)
    return entered


async def space_out_overdue(tx: Transaction, now: datetime, gap_of: Callable[[Story], timedelta]) -> int:
    """Postpone deliveries that became overdue together, so that they keep their planned gap. Return how many.

    The first delivery of each destination stays due now.
    """
    moments: dict[int, datetime] = {}
    for subscription_id, waiting in (await tx.delivery_plans.list_overdue(now)).items():
        subscription = await tx.subscriptions.get(subscription_id)
        story = None if subscription is None else await tx.stories.get_description(subscription.story)
        if subscription is None or story is None:
            continue
        gap, earliest = min(gap_of(story), _own_gap(subscription, story)), now
        for delivery_id, due_at in waiting[1:]:
            earliest += gap
            if earliest <= due_at:
                break
            moments[delivery_id] = earliest
    await tx.delivery_plans.reschedule(moments)
    return len(moments)


def catch_up_rule(subscription: Subscription, story: Story) -> CatchUp:
    """Return the catch-up rule of a destination: `ALL` for a reader, and for a channel the story's rule.

    Without a schedule there are no slots in which `ONE` could catch up, so `ALL` replaces it.
    """
    if subscription.user_id is not None:
        return CatchUp.ALL
    rule = story.release_rules.catch_up
    slots = story.release_rules.schedule is not None or subscription.pace_state is not None
    return CatchUp.ALL if rule is CatchUp.ONE and not slots else rule


def _slots_of(
    subscription: Subscription, story: Story, now: datetime, *, most: int
) -> tuple[int, PaceState | None, timedelta]:
    """Return the number of slots that came, the schedule's state after them, and the gap between its late posts."""
    pacing, zone = subscription.pace_state, story.release_rules.zone
    if pacing is None or subscription.options.pace is None:
        return 0, None, timedelta.max
    try:
        schedule = parse_pace(subscription.options.pace)
    except ScheduleError:
        _log.exception(
            "the pace of subscription %d cannot be read", subscription.id, extra={"action": "pace_unreadable"}
        )
        return 0, replace(pacing, next_at=None), timedelta.max
    count, after = settle_slots(pacing, schedule, zone=zone, now=now, most=most)
    return count, after, schedule.interval(zone=zone, anchor=pacing.since) / 10


def _own_gap(subscription: Subscription, story: Story) -> timedelta:
    """Return a tenth of the interval of its own schedule; without one, no limit."""
    pacing, pace = subscription.pace_state, subscription.options.pace
    if pacing is None or pace is None:
        return timedelta.max
    try:
        return parse_pace(pace).interval(zone=story.release_rules.zone, anchor=pacing.since) / 10
    except ScheduleError:
        return timedelta.max


def _row(subscription: Subscription, release: Release, post: PlannedPost) -> NewDelivery:
    return NewDelivery(
        subscription_id=subscription.id,
        release_id=release.id,
        part=0,
        due_at=post.due_at,
        nonce=new_nonce(),
        mention=post.mention,
        skipped=post.skipped,
    )
