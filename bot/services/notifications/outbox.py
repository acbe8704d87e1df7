"""The outbox of notices, sent by direct message or shown with the next command where DMs are closed."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.retry import backoff
from bot.domain.releases.calendar_news import CALENDAR_NEWS
from bot.domain.subscriptions.subscription import NOBODY, DeliveryFault
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.role_mentions import LOST
from bot.services.guilds.guild_members import GuildMembers, MembershipStatus
from bot.services.leased_work_queue import LeasedWorkQueue
from bot.services.notifications.notice_messenger import Notice, NoticeMessenger
from bot.services.suggestions.credits import USED, NoticeFacts, add_chapter_link
from bot.services.suggestions.decision_notices import SUGGESTION_NOTICE_PREFIX
from bot.services.suggestions.notice_redaction import redact_quotes
from bot.services.transaction_retry import commit_with_retry, retry_until_available
from bot.store.database import Database
from bot.store.notifications.notice_records import PendingNotice
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_BATCH = 20

IN_SERVER = frozenset({"subscription-parked", LOST})
"""Kinds of notices for managers of a guild. If a manager takes no direct messages, the guild's notice
channel is used instead."""

_MEMBER = MembershipStatus.MEMBER

_NOBODY_THERE = Refused(
    DeliveryFault("erased", "they had their data erased", datetime.min.replace(tzinfo=UTC))
)


class NotificationOutbox:
    """Sends due notices, and hands out undelivered ones."""

    def __init__(
        self,
        store: Database,
        messenger: NoticeMessenger,
        clock: Clock,
        *,
        limiter: RateLimiter,
        members: GuildMembers,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._members = members
        self._clock = clock
        self._limiter = limiter
        self._work = LeasedWorkQueue(store, clock, lambda tx: tx.notices, _BATCH, reclaim_first=True)

    async def sweep(self) -> datetime | None:
        """Send what is due. Return when there will be more, if that is known."""
        return await self._work.sweep(self._tell_all)

    async def _tell_all(self, pending: Sequence[PendingNotice], _: datetime) -> None:
        for notice in pending:
            await self._tell(notice)

    async def take_undelivered(self, viewer: Viewer) -> list[Notice]:
        """Return the notices that could not be sent to the viewer; they count as delivered from now on."""
        now = self._clock.now()
        async with self._store.begin() as tx:
            waiting = await tx.notices.take_waiting(viewer.user_id, now)
        theirs = [each for each in waiting if await self._check_membership(each) is MembershipStatus.MEMBER]
        here = viewer.age_restricted
        return [
            _notice(pending, (await self._found(pending, now, age_restricted=here)).facts)
            for pending in theirs
        ]

    async def _found(
        self, pending: PendingNotice, now: datetime, *, age_restricted: bool = False
    ) -> NoticeFacts:
        """Return the facts with what is known only when sent, and without what may not be shown there."""
        async with self._store.read() as tx:
            found = (
                await add_chapter_link(tx, pending, now)
                if pending.kind == USED
                else NoticeFacts(pending.facts)
            )
            return replace(found, facts=await redact_quotes(tx, found.facts, age_restricted=age_restricted))

    async def _check_membership(self, pending: PendingNotice) -> MembershipStatus:
        """Return whether the viewer may still know the story of a notice about a suggestion or a calendar."""
        if pending.kind == CALENDAR_NEWS:
            async with self._store.read() as tx:
                told_of = await tx.stories.get_description(pending.facts["slug"])
            return await self._members.membership_status(pending.user_id, told_of) if told_of else _MEMBER
        number = pending.facts.get("number", "") if pending.kind.startswith(SUGGESTION_NOTICE_PREFIX) else ""
        if not number.isdecimal():
            return _MEMBER
        async with self._store.read() as tx:
            suggestion = await tx.suggestions.get(int(number))
            story = await tx.stories.get_description(suggestion.story) if suggestion is not None else None
        return await self._members.membership_status(pending.user_id, story) if story is not None else _MEMBER

    async def _tell(self, pending: PendingNotice) -> None:
        found = await retry_until_available(lambda: self._found(pending, self._clock.now()))
        again_at = found.retry_at
        if again_at is not None:
            await commit_with_retry(self._store, lambda tx: tx.notices.postpone(pending.id, again_at))
            return
        membership = await self._check_membership(pending)
        if membership is MembershipStatus.STRANGER:
            # For them there is no such story any more, so there is no news of it either.
            await commit_with_retry(
                self._store, lambda tx: tx.notices.mark_told(pending.id, self._clock.now())
            )
            return
        outcome: Outcome = _NOBODY_THERE
        if membership is MembershipStatus.UNSURE:
            outcome = Delayed("Discord does not say whether it is for them")
        elif pending.user_id != NOBODY and await retry_until_available(lambda: self._wanted(pending)):
            await self._limiter.acquire()
            outcome = await self._messenger.notify(_notice(pending, found.facts))
        if isinstance(outcome, Refused) and pending.kind in IN_SERVER:
            outcome = await self._tell_server(pending)
        await self._settle(pending, outcome)
        _log.info(
            "notice %d (%s): %s",
            pending.id,
            pending.kind,
            outcome.code,
            extra={"action": f"notice_{outcome.code}", "notice": pending.id},
        )

    async def _settle(self, pending: PendingNotice, outcome: Outcome) -> None:
        now = self._clock.now()
        pause = backoff(pending.attempts, random.random())
        if isinstance(outcome, Delayed) and outcome.wait is not None:
            pause = max(pause, outcome.wait)

        async def settle(tx: Transaction) -> None:
            match outcome:
                case Sent():
                    await tx.notices.mark_told(pending.id, now)
                case Delayed() | Unknown():
                    await tx.notices.postpone(pending.id, now + pause)
                case Refused() | Unfit():
                    await tx.notices.mark_waiting(pending.id)

        await commit_with_retry(self._store, settle)

    async def _wanted(self, pending: PendingNotice) -> bool:
        """Return whether the notice is to be sent. Those about suggestions can be turned off."""
        if not pending.kind.startswith(SUGGESTION_NOTICE_PREFIX):
            return True
        async with self._store.read() as tx:
            return (await tx.preferences.get(pending.user_id)).told

    async def _tell_server(self, pending: PendingNotice) -> Outcome:
        await self._limiter.acquire()
        notice = _notice(pending, pending.facts)
        return await self._messenger.notify_guild(int(pending.facts["guild"]), notice)


def _notice(pending: PendingNotice, facts: dict[str, str]) -> Notice:
    return Notice(pending.user_id, pending.kind, facts, pending.nonce)
