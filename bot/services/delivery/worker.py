"""Worker that claims, sends and settles the deliveries in the ledger, so that a crash loses and doubles nothing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from datetime import datetime, timedelta

from bot.domain.delivery.outcomes import Delayed, Dropped, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.retry import LEASE, backoff
from bot.domain.message_templates import Reason
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.kit.callback_list import CallbackList
from bot.observability.outage_log import OutageLog
from bot.services.delivery.attempt import DeliveryAttempt, SettleDestination
from bot.services.delivery.delivery_dependencies import DeliveryDependencies
from bot.services.delivery.parking import park
from bot.services.delivery.settlement import SentDeliveries
from bot.services.guilds.guild_members import GuildMembers
from bot.services.transaction_retry import commit_with_retry
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.engine.errors import DatabaseAway
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

IN_FLIGHT = 128
"""Deliveries under way at once: enough that a few slow channels leave room for the rest."""

_AT_ONCE = 32
"""Deliveries claimed in one transaction while many are due; claimed singly, they would cost more than sending."""

_PATIENCE = 0.25
"""Seconds to wait for room for so many; after that any room will do, since the others may be slow channels."""

DATABASE_AWAY = "the database is away"
_FAULT = "posting"
"""The kind of fault that `OutageLog` records while Discord takes no posts."""

_LONGEST_ATTEMPT = LEASE * 0.75
"""An attempt ends well before its claim expires, so that nobody else claims the row meanwhile."""


class DeliveryWorker:
    """Works through the ledger with at most one delivery per channel at a time."""

    def __init__(
        self,
        dependencies: DeliveryDependencies,
        *,
        members: GuildMembers,
        settle: SettleDestination | None = None,
        outages: OutageLog | None = None,
    ) -> None:
        self._store = dependencies.store
        self._clock = dependencies.clock
        self._outages = outages or OutageLog()
        self._posting = DeliveryAttempt(dependencies, members=members, settle=settle)
        self._sent = SentDeliveries(dependencies.store, dependencies.composer)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._at_work: set[int] = set()
        self._strayed = False
        self._room = asyncio.Event()
        self.on_settled = CallbackList()
        """Called after every attempt: its channel may have more due, and its post may need its controls."""

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is under way."""
        return not self._busy

    async def reclaim_abandoned(self) -> None:
        """Reclaim the deliveries that a process had claimed when it died; to be called before the first sweep.

        Only one process uses the database, so every claim in it is a predecessor's and need not expire first.
        """
        async with self._store.begin() as tx:
            left = await tx.deliveries.expire_claims(self._clock.now())
        if left:
            _log.info("%d posts were under way when the bot ended", left, extra={"action": "taken_over"})

    async def sweep(self) -> datetime | None:
        """Start everything that is due. Return when the next delivery is, if one is known.

        It returns once everything due has been started; `drain` waits for the end.
        """
        while True:
            room = IN_FLIGHT - len(self._busy)
            if room < _AT_ONCE:
                room = await self._wait_for_room()
            now = self._clock.now()
            jobs = await self._claim(now, room)
            for job in jobs:
                self._start(job, now)
            if not jobs:
                break
        async with self._store.read() as tx:
            return await tx.deliveries.find_next_due()

    async def _claim(self, now: datetime, room: int) -> list[ClaimedDelivery]:
        """Claim what is due.

        A claim whose commit got no answer may exist with nobody working on it; the next call reclaims it at once, as a
        restart would.
        """
        try:
            async with self._store.begin() as tx:
                if self._strayed:
                    await tx.deliveries.expire_claims(now, but=self._at_work)
                jobs = await tx.deliveries.claim(now, now + LEASE, room, avoid=tuple(self._busy))
        except BaseException:
            self._strayed = True
            raise
        self._strayed = False
        return jobs

    async def drain(self) -> None:
        """Wait until nothing is under way."""
        while self._busy:
            await asyncio.wait(list(self._busy.values()))

    async def _wait_for_room(self) -> int:
        """Wait until there is room for a claim that is worth its transaction, or, after a while, for any."""
        room = 0
        while room <= 0:
            self._room.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await self._room.wait()
            room = IN_FLIGHT - len(self._busy)
        return room

    def _start(self, job: ClaimedDelivery, claimed_at: datetime) -> None:
        channel = job.subscription.channel_id
        task = asyncio.create_task(self._deliver(job, claimed_at), name=f"delivery {job.delivery.id}")
        self._busy[channel] = task
        self._at_work.add(job.delivery.id)

        def ended(done: asyncio.Task[None]) -> None:
            self._busy.pop(channel, None)
            self._at_work.discard(job.delivery.id)
            # It did not come to be settled: its claim stands, and nobody is at work on it.
            self._strayed = self._strayed or done.cancelled() or done.exception() is not None
            if IN_FLIGHT - len(self._busy) >= _AT_ONCE:
                self._room.set()
            self.on_settled()

        task.add_done_callback(ended)

    async def _deliver(self, job: ClaimedDelivery, claimed_at: datetime) -> None:
        outcome: Outcome | Dropped
        try:
            async with asyncio.timeout(_LONGEST_ATTEMPT.total_seconds()):
                outcome = await self._posting.attempt(job, claimed_at)
        except TimeoutError:
            outcome = Unknown("Discord took too long")
        except DatabaseAway:
            # It is read before a message is made, and what is written after one is written until it is.
            outcome = Delayed(DATABASE_AWAY)
        except Exception as error:
            # The claim must not be left to run out over a fault of ours; whether it was sent, nobody knows.
            _log.exception("delivery %d failed", job.delivery.id, extra={"action": "delivery_crashed"})
            outcome = Unknown(f"an error of ours ({type(error).__name__})")
        await self._settle(job, await self._posting.explain_refusal(job, outcome), claimed_at)

    async def _settle(self, job: ClaimedDelivery, outcome: Outcome | Dropped, claimed_at: datetime) -> None:
        delivery, now = job.delivery, self._clock.now()
        # Surely unsent only if this attempt failed for sure and none before it ended in the dark.
        first = delivery.first_tried_at == claimed_at
        match outcome:
            case Sent(message_id, found=True):
                # Its buttons may name what has another number now: it is edited, as if it were the oldest revision.
                await self._sent.record(job, message_id, now, revision=0)
            case Sent(message_id):
                # After an attempt in the dark the message may be that one's, and older than the present text.
                revision = job.release.revision if first else 1
                await self._sent.record(job, message_id, now, revision)
            case Delayed(reason, wait):
                pause = max(wait or timedelta(0), backoff(delivery.attempts, random.random()))
                await self._again(job, now + pause, reason, fresh=first)
            case Unknown(reason):
                pause = backoff(delivery.attempts, random.random())
                await self._again(job, now + pause, reason, fresh=False)
            case Refused(fault, until):
                await self._settle_refused(job, fault, now, fresh=first, until=until)
            case Unfit(fault):
                await self._settle_refused(job, fault, now, fresh=first)
            case Dropped(reason):
                await commit_with_retry(self._store, lambda tx: tx.deliveries.skip(delivery.id, reason))
        self._report(job, outcome)

    async def _again(self, job: ClaimedDelivery, due_at: datetime, reason: Reason, *, fresh: bool) -> None:
        delivery_id = job.delivery.id
        await commit_with_retry(
            self._store, lambda tx: tx.deliveries.postpone(delivery_id, due_at, reason, fresh=fresh)
        )

    def _report(self, job: ClaimedDelivery, outcome: Outcome | Dropped) -> None:
        """Log the outcome. A lasting failure is logged when it begins and when it ends."""
        level = logging.INFO
        if isinstance(outcome, Sent):
            self._outages.over(_FAULT)
        elif isinstance(outcome, (Delayed, Unknown)):
            level = logging.DEBUG
            if outcome.reason != DATABASE_AWAY:
                self._outages.happened(_FAULT, str(outcome.reason))
        _log.log(
            level,
            "delivery %d to channel %d: %s",
            job.delivery.id,
            job.subscription.channel_id,
            outcome,
            extra={"action": f"delivery_{outcome.code}", "delivery": job.delivery.id},
        )

    async def _settle_refused(
        self,
        job: ClaimedDelivery,
        fault: DeliveryFault,
        now: datetime,
        *,
        fresh: bool,
        until: datetime | None = None,
    ) -> None:
        """Park the destination with its place kept, and plan a notice to its admin."""
        subscription = job.subscription

        async def refuse(tx: Transaction) -> None:
            # In one transaction: a delivery is parked exactly as long as its subscription, and both resume together.
            await tx.deliveries.park(job.delivery.id, fault.reason, fresh=fresh)
            record = await tx.stories.get(subscription.story)
            title = record.story.title if record is not None else subscription.story
            await park(tx, subscription, fault, now, title=title, until=until)

        await commit_with_retry(self._store, refuse)
