"""Sending of notices of changed calendars to channels, each at most once, whatever becomes of the answers."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.delivery.fault_messages import MESSAGE_DELETED
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown, describe_outcome
from bot.domain.delivery.retry import backoff
from bot.domain.releases.calendar_news import CalendarNotice, CalendarNoticeState, NewsKind
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.idempotent_send import SendAttempt, send_once
from bot.services.delivery.post_messenger import Destination
from bot.services.delivery.preconditions import DestinationCheck
from bot.services.delivery.refusal_causes import explain_time_out
from bot.services.guilds.guild_members import GuildMembers
from bot.services.leased_work_queue import LeasedWorkQueue
from bot.services.releases.calendar_notice_messenger import CalendarNoticeMessenger, CalendarNoticePost
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_BATCH = 20


class CalendarNoticeSender:
    """Sends the notices that are due."""

    def __init__(
        self,
        store: Database,
        messenger: CalendarNoticeMessenger,
        clock: Clock,
        *,
        limiter: RateLimiter,
        members: GuildMembers,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._limiter = limiter
        self._check = DestinationCheck(messenger, members, clock, limiter=limiter)
        self._work = LeasedWorkQueue(store, clock, lambda tx: tx.calendar_notices, _BATCH, reclaim_first=True)
        self._sweeping = asyncio.Lock()

    async def sweep(self) -> datetime | None:
        """Send what is due. Return when there will be more, if that is known."""
        # The background job and an author's press may come together.
        async with self._sweeping:
            return await self._work.sweep(self._process_all)

    async def _process_all(self, notices: Sequence[CalendarNotice], now: datetime) -> None:
        for notice in notices:
            try:
                outcome = await self._attempt(notice, now)
            except DatabaseAway:
                # It is read before anything is sent, and what is written after that is written until it is.
                outcome = Delayed("the database is away")
            except Exception:
                _log.exception(
                    "calendar notice %d failed", notice.id, extra={"action": "calendar_notice_crashed"}
                )
                outcome = Unknown("it broke")
            await self._settle(notice, outcome, now)

    async def _attempt(self, notice: CalendarNotice, now: datetime) -> Outcome | None:
        """Send one notice; None if it is no longer true or nobody wants it there any more."""
        async with self._store.read() as tx:
            record = await tx.stories.get(notice.story)
            subscription = await tx.subscriptions.get(notice.subscription_id)
        if record is None or subscription is None or subscription.state is not SubscriptionState.ACTIVE:
            return None
        if notice.news.kind is not NewsKind.NOTE and record.hold_changes != notice.change:
            return None
        objection = await self._check.reason_not_to_post(subscription, record.story)
        if objection is not None:
            return objection
        to = Destination(notice.channel_id, subscription.guild_id)
        post = CalendarNoticePost(record.story, notice.news, notice.marker)
        find = partial(self._messenger.find, to, notice.marker)
        attempt = SendAttempt(to, find, _first_tried(notice, subscription, now), now)
        send = partial(self._messenger.post_calendar_notice, to, post, notice.nonce)
        outcome = await send_once(self._messenger, self._limiter, attempt, send)
        return await explain_time_out(self._messenger, subscription.guild_id, outcome, self._clock.now())

    async def _settle(self, notice: CalendarNotice, outcome: Outcome | None, claimed_at: datetime) -> None:
        now = self._clock.now()
        pause = backoff(notice.attempts, random.random())

        async def settle(tx: Transaction) -> None:
            repository, states = tx.calendar_notices, CalendarNoticeState
            match outcome:
                case None:
                    await repository.settle(notice, states.OUTDATED)
                case Sent(int(message_id)):
                    await repository.settle(notice, states.SENT, message_id=message_id)
                case Sent():
                    await repository.settle(notice, states.REFUSED, fault=MESSAGE_DELETED())
                case Refused(fault) | Unfit(fault):
                    await repository.settle(notice, states.REFUSED, fault=fault.reason)
                case Delayed(reason, wait):
                    at = now + max(pause, wait or timedelta(0))
                    fresh = notice.first_tried_at == claimed_at
                    await repository.postpone(notice, at, reason, fresh=fresh)
                case Unknown(reason):
                    await repository.postpone(notice, now + pause, reason, fresh=False)

        await commit_with_retry(self._store, settle)
        _log.info(
            "calendar notice %d to channel %d: %s",
            notice.id,
            notice.channel_id,
            describe_outcome(outcome) if outcome is not None else "outdated",
            extra={"action": f"calendar_notice_{outcome.code if outcome is not None else 'outdated'}"},
        )


def _first_tried(notice: CalendarNotice, subscription: Subscription, now: datetime) -> datetime:
    """Return since when the message may exist: in a database from a backup, since that backup."""
    tried = notice.first_tried_at or now
    return min(tried, subscription.unsure_since) if subscription.unsure_since is not None else tried
