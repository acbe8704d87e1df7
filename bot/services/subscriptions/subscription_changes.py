"""Changes and restarts of subscriptions inside a caller's transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.stories.story import Story
from bot.domain.subscriptions.pace import PaceState, first_slot_from, parse_pace, start_pace, upcoming_slots
from bot.domain.subscriptions.subscription import Start, Subscription, SubscriptionOptions, SubscriptionState
from bot.services.delivery.delivery_planning import plan_deliveries, plan_own_schedule_deliveries
from bot.store.transaction import Transaction

RESUMABLE_STATES = (SubscriptionState.PAUSED, SubscriptionState.PARKED)
"""States from which a subscription continues at its place."""

_TIMES_SHOWN = 3


class SubscriptionRenewal:
    """Brings a subscription's options, place, schedule and planned deliveries up to date."""

    def __init__(self, clock: Clock, *, catch_up_gap: timedelta) -> None:
        self._catch_up_gap = catch_up_gap
        self._clock = clock

    async def reactivate(
        self,
        tx: Transaction,
        story: Story,
        subscription: Subscription,
        *,
        was: Collection[SubscriptionState] = RESUMABLE_STATES,
    ) -> int:
        """Activate a paused or parked subscription inside the caller's transaction. Return the number of posts due."""
        now = self._clock.now()
        turned = await tx.subscriptions.transition(
            subscription.id,
            SubscriptionState.ACTIVE,
            was=was,
        )
        if not turned:
            return 0
        parked = await self._replan(tx, subscription.id, now)
        current = await tx.subscriptions.get(subscription.id)
        if current is None:
            return parked
        # What its pace had called for before is owed still, whatever its next slot is.
        again = max(0, subscription.place - current.place)
        return parked + await self.plan_missing(tx, story, current, now, again)

    async def _replan(self, tx: Transaction, subscription_id: int, now: datetime) -> int:
        """Cancel unsent planned deliveries and reschedule those that may have been sent. Return the number rescheduled.

        Their times, mentions and summaries are outdated.
        """
        first = await tx.delivery_plans.withdraw(subscription_id)
        if first is not None:
            await tx.subscriptions.rewind(subscription_id, first - 1)
        return await tx.delivery_plans.unpark(subscription_id, now)

    async def change(
        self,
        tx: Transaction,
        story: Story,
        found: Subscription,
        start: Start | None,
        options: SubscriptionOptions,
    ) -> int:
        """Change an existing subscription; one that had ended is activated. Return the number of posts due.

        Chapters released while it was ended are not delivered, and an own schedule continues where it stopped, unless a
        start is given.
        """
        now, ended = self._clock.now(), found.state is SubscriptionState.ENDED
        begins = (start or (None if options.pace else Start.NEXT)) if ended else None
        await tx.subscriptions.set_options(found.id, options, begins)
        if not options.publish:
            await tx.crossposts.cancel(found.id)
        if ended:
            released = await tx.releases.count(story.slug)
            stopped = min(found.place, released) if options.pace else released
            await tx.subscriptions.rewind(
                found.id, start.last_delivered(released) if start is not None else stopped
            )
            if start is not None:
                await tx.subscriptions.request_through(found.id, start.last_requested(released))
        if ended or options.pace != found.options.pace:
            await tx.subscriptions.set_pacings({found.id: start_own_schedule(options, story, now)})
        await tx.subscriptions.transition(
            found.id, SubscriptionState.ACTIVE, was=[SubscriptionState.ENDED, SubscriptionState.PARKED]
        )
        again_due = 0
        if found.state is SubscriptionState.PARKED or options.pace != found.options.pace:
            again_due = await self._replan(tx, found.id, now)
        renewed = await tx.subscriptions.get(found.id)
        if renewed is None:
            return again_due
        same_pace = not ended and options.pace == found.options.pace
        again = max(0, found.place - renewed.place) if same_pace else 0
        return again_due + await self.plan_missing(tx, story, renewed, now, again)

    async def end(self, tx: Transaction, subscription: Subscription, reason: str) -> None:
        """Drop deliveries that were planned and not yet tried. An own schedule returns to them if it continues."""
        if subscription.options.pace is not None:
            first = await tx.delivery_plans.withdraw(subscription.id)
            if first is not None:
                await tx.subscriptions.rewind(subscription.id, first - 1)
        await tx.delivery_plans.cancel(subscription.id, reason)
        await tx.crossposts.cancel(subscription.id)

    async def plan_missing(
        self, tx: Transaction, story: Story, subscription: Subscription, now: datetime, again: int = 0
    ) -> int:
        """Plan the deliveries that a running subscription lacks. Return their number.

        `again` counts the chapters that its own schedule had called for and that were cancelled.
        """
        if subscription.state is not SubscriptionState.ACTIVE:
            return 0
        gap = story.release_rules.catch_up_gap(now, longest=self._catch_up_gap)
        if subscription.options.pace is not None:
            return await plan_own_schedule_deliveries(
                tx, story, [subscription], now, gap=gap, again={subscription.id: again}
            )
        return await plan_deliveries(tx, story, [subscription], now, gap=gap)


def start_own_schedule(options: SubscriptionOptions, story: Story, now: datetime) -> PaceState | None:
    """Start the schedule that the options name, if they name one."""
    if options.pace is None:
        return None
    return start_pace(parse_pace(options.pace), zone=story.release_rules.zone, now=now)


def list_slots(subscription: Subscription, story: Story, now: datetime) -> tuple[datetime, ...]:
    """Return the next slots of a subscription's own schedule."""
    pacing, pace = subscription.pace_state, subscription.options.pace
    if pacing is None or pace is None:
        return ()
    return upcoming_slots(
        pacing, parse_pace(pace), zone=story.release_rules.zone, now=now, count=_TIMES_SHOWN
    )


def first_own_slot(subscription: Subscription, story: Story, moment: datetime) -> datetime | None:
    """Return the first slot of a subscription's own schedule at or after that moment."""
    pacing, pace = subscription.pace_state, subscription.options.pace
    if pacing is None or pace is None:
        return None
    return first_slot_from(pacing, parse_pace(pace), zone=story.release_rules.zone, moment=moment)
