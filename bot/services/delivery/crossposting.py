"""Publishing: posts of announcement channels are handed on to the channels' followers, once they are out and as often
as Discord allows. No post waits for another's publication."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.clock import Clock
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.retry import backoff
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.kit.nonces import new_nonce
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.parking import recheck_delay
from bot.services.delivery.post_messenger import PostMessenger
from bot.services.delivery.preconditions import OUTAGE_WAIT
from bot.store.database import Database
from bot.store.delivery.crosspost_records import Crosspost

_log = logging.getLogger(__name__)

UNPUBLISHED = "publication-refused"
"""The kind of the news that a post could not be published."""

GIVE_UP_AFTER = timedelta(days=3)
"""How long after a post its publication is still tried where Discord refuses it: by then nobody takes it for news."""

_BATCH = 100

_FOR_GOOD = frozenset({"discord-50024", "discord-10003"})
"""The channel has no followers any more, or is none: no waiting mends that."""


class Crossposter:
    """Works off what is to be published. Doing it twice is harmless: Discord says that it was done before."""

    def __init__(self, store: Database, messenger: PostMessenger, clock: Clock, *, pace: RateLimiter) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._pace = pace

    async def sweep(self) -> datetime | None:
        """Publish what is due; returns when there will be more, if that is known."""
        while True:
            async with self._store.read() as tx:
                due = await tx.crossposts.list_due(self._clock.now(), _BATCH)
            if not due:
                break
            channels = groupby(sorted(due, key=_channel), key=_channel)
            async with asyncio.TaskGroup() as group:
                for _, some in channels:
                    group.create_task(self._publish_in_turn(list(some)))
        async with self._store.read() as tx:
            return await tx.crossposts.find_next_due()

    async def _publish_in_turn(self, some: Sequence[Crosspost]) -> None:
        """Publish a channel's posts in the order in which they came, as far as Discord lets it."""
        for publication in some:
            if not await self._settle(publication, await self._attempt(publication)):
                return

    async def _attempt(self, publication: Crosspost) -> Outcome:
        subscription = publication.subscription
        if subscription.guild_id is not None and self._messenger.has_outage(subscription.guild_id):
            return Delayed("the server has an outage", OUTAGE_WAIT)
        await self._pace.acquire()
        try:
            return await self._messenger.publish(subscription.channel_id, publication.message_id)
        except Exception as error:
            _log.exception(
                "delivery %d could not be published",
                publication.delivery_id,
                extra={"action": "publication_crashed", "delivery": publication.delivery_id},
            )
            return Unknown(f"{type(error).__name__}: {error}")

    async def _settle(self, publication: Crosspost, outcome: Outcome) -> bool:
        """Put on record what an attempt came to; whether the channel's next may be tried at once."""
        now, goes_on = self._clock.now(), False
        async with self._store.begin() as tx:
            match outcome:
                case Sent():
                    await tx.crossposts.settle(publication.delivery_id)
                    goes_on = True
                case Delayed() | Unknown():
                    pause = backoff(publication.tries + 1, random.random())
                    if isinstance(outcome, Delayed) and outcome.wait is not None:
                        pause = max(pause, outcome.wait)
                    await tx.crossposts.postpone(publication.delivery_id, now + pause, None)
                    await tx.crossposts.pause_channel(publication.subscription.channel_id, now + pause)
                case Unfit(fault):
                    await tx.crossposts.settle(publication.delivery_id, fault.reason)
                    goes_on = True
                case Refused(fault):
                    lasting = fault.code in _FOR_GOOD or now - publication.sent_at >= GIVE_UP_AFTER
                    again_at = now + recheck_delay(publication.tries)
                    if lasting:
                        await tx.crossposts.settle(publication.delivery_id, fault.reason)
                    else:
                        await tx.crossposts.postpone(publication.delivery_id, again_at, fault.reason)
                        await tx.crossposts.pause_channel(publication.subscription.channel_id, again_at)
                    goes_on = lasting
        if isinstance(outcome, (Refused, Unfit)):
            await self._tell(publication, outcome.fault, now)
        _log.info(
            "publication of delivery %d: %s",
            publication.delivery_id,
            outcome,
            extra={
                "action": f"publication_{type(outcome).__name__.lower()}",
                "delivery": publication.delivery_id,
            },
        )
        return goes_on

    async def _tell(self, publication: Crosspost, fault: DeliveryFault, now: datetime) -> None:
        """Owe the admin word of it, once a day at most."""
        subscription = publication.subscription
        async with self._store.begin() as tx:
            record = await tx.stories.get(subscription.story)
            await tx.notices.add(
                subscription.created_by,
                UNPUBLISHED,
                {
                    "guild": str(subscription.guild_id),
                    "channel": str(subscription.channel_id),
                    "story": record.story.title if record is not None else subscription.story,
                    "reason": fault.reason,
                },
                key=f"unpublished:{subscription.id}:{fault.code}:{now.date().isoformat()}",
                nonce=new_nonce(),
                now=now,
            )


def _channel(publication: Crosspost) -> int:
    return publication.subscription.channel_id
