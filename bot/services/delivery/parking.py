"""Parking of destinations that refuse permanently: they keep their place, and their admin is told once."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.errors import Refusal
from bot.domain.message_json import encode
from bot.domain.subscriptions.subscription import DeliveryFault, Subscription, SubscriptionState
from bot.kit.message_nonces import new_nonce
from bot.store.delivery.parking_records import ParkedSubscription
from bot.store.transaction import Transaction

MEMBERS_ONLY = "members-only"
"""The fault code of a reader who is in none of the story's guilds."""

AUDIENCE_FAULTS = frozenset({"server-not-allowed", "age-restricted", "follow-restricted", MEMBERS_ONLY})
"""The fault codes of destinations outside the audience that the author allows, or allowed."""

MAYBE_POSTED = "maybe-posted"
"""The fault code of destinations whose admin is asked whether the chapters were posted."""

_FIRST_LOOK = timedelta(hours=1)
_LONGEST_LOOK = timedelta(days=1)
_FIRST_LOOK_DIRECT = timedelta(days=1)
_LONGEST_LOOK_DIRECT = timedelta(days=16)
"""A check of a DM is an attempt to write to somebody who does not want it, so there are few."""

_SOONEST_LOOK = timedelta(seconds=15)
_LONGEST_SOONEST = timedelta(hours=1)
_QUIET = timedelta(seconds=40)
"""Time without changes after which a repair counts as finished."""

_SEEN = frozenset({"discord-50001", "discord-10003"})
"""Discord's codes for a channel that cannot be seen, which a check finds too."""

_SAME_TROUBLE = timedelta(hours=1)
"""A refusal this soon after an automatic recovery is not news to the admin."""


def fault_from(refusal: Refusal, now: datetime) -> DeliveryFault:
    """Build the fault that a refusal stands for, worded for the list of subscriptions and the admin."""
    return DeliveryFault(refusal.code, refusal.fault_reason, now)


def recheck_delay(looks: int, *, direct: bool = False) -> timedelta:
    """Return the delay after that many checks of a parked destination: an hour, doubling to a day.

    Every refusal counts against the bot (docs: topics/rate-limits, Invalid Request Limit).
    """
    first, longest = (_FIRST_LOOK_DIRECT, _LONGEST_LOOK_DIRECT) if direct else (_FIRST_LOOK, _LONGEST_LOOK)
    return min(longest, first * (1 << min(looks, 10)))


async def recheck_soon(tx: Transaction, parked: ParkedSubscription, now: datetime) -> None:
    """Schedule a check after a change in the guild of a parked destination.

    The check is due now, or, where changes are frequent, after waits that double to an hour. A repair in many steps is
    finished when nothing changes any more. So where a check can see the fault, another is scheduled for the moment when
    it has been quiet for a while; each further change postpones that.
    """
    if parked.looked_at is None:
        await tx.parking.hasten_look(parked.subscription.id, now, now)
        return
    often = parked.looked_at + min(_LONGEST_SOONEST, _SOONEST_LOOK * (1 << min(parked.looks, 10)))
    seen = _shows(parked.subscription.fault)
    look_at = max(now, min(often, now + _QUIET) if seen else often)
    await tx.parking.hasten_look(parked.subscription.id, now, look_at, anyway=seen)


def _shows(fault: DeliveryFault | None) -> bool:
    """Return whether a check can see the fault, unlike one that only an attempt shows."""
    return fault is not None and (not fault.code.startswith("discord-") or fault.code in _SEEN)


async def park(
    tx: Transaction,
    subscription: Subscription,
    fault: DeliveryFault,
    now: datetime,
    *,
    title: str | None,
    until: datetime | None = None,
) -> bool:
    """Park a running subscription and notify its admin. Return whether it was running.

    The admin is not told if the subscription resumed by itself only recently and fails again.

    Args:
        tx: The transaction to write in.
        subscription: The subscription to park.
        fault: The reason, for the admin and the list of subscriptions.
        now: The time to record.
        title: The story's title for the notice; None sends no notice.
        until: When the fault ends by itself, if that is known.
    """
    parked = await tx.subscriptions.transition(
        subscription.id, SubscriptionState.PARKED, was=[SubscriptionState.ACTIVE], fault=fault
    )
    if not parked:
        return False
    direct = subscription.guild_id is None
    looks = await tx.parking.count_looks(subscription.id, since=now - _SAME_TROUBLE)
    # Whether somebody is a member can be asked without writing to them.
    rarely = direct and fault.code != MEMBERS_ONLY
    look_at = until or now + recheck_delay(looks, direct=rarely)
    await tx.parking.schedule_look(subscription.id, looks=looks, look_at=look_at)
    if title is not None and not direct and not looks:
        await tx.notices.add(
            subscription.created_by,
            "subscription-parked",
            {
                "guild": str(subscription.guild_id),
                "channel": str(subscription.channel_id),
                "story": title,
                "reason": encode(fault.reason),
            },
            key=f"parked:{subscription.id}:{int(now.timestamp())}",
            nonce=new_nonce(),
            now=now,
        )
    return True
