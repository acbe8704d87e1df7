"""Crossposting of posts in announcement channels to the channels' followers, as often as Discord allows.

No post waits for the crosspost of another.
"""

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
from bot.domain.message_json import encode
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.kit.message_nonces import new_nonce
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.parking import recheck_delay
from bot.services.delivery.post_messenger import PostMessenger
from bot.services.delivery.preconditions import OUTAGE_WAIT
from bot.store.database import Database
from bot.store.delivery.crosspost_records import Crosspost

_log = logging.getLogger(__name__)

UNPUBLISHED = "publication-refused"
"""The kind of the notice that a post could not be crossposted."""

GIVE_UP_AFTER = timedelta(days=3)
"""Age of a post after which a refused crosspost is given up: by then it is no news to the followers."""

_BATCH = 100

_FOR_GOOD = frozenset({"discord-50024", "discord-10003"})
"""The channel has no followers any more, or is no announcement channel: waiting does not help."""


class Crossposter:
    """Works through the pending crossposts. Repeating one is harmless: Discord answers that it was done before."""

    def __init__(
        self, store: Database, messenger: PostMessenger, clock: Clock, *, limiter: RateLimiter
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._limiter = limiter

    async def sweep(self) -> datetime | None:
        """Crosspost what is due. Return when more is due, if that is known."""
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
        """Crosspost a channel's posts in their order, until Discord defers one."""
        for publication in some:
            if not await self._settle(publication, await self._attempt(publication)):
                return

    async def _attempt(self, publication: Crosspost) -> Outcome:
        subscription = publication.subscription
        if subscription.guild_id is not None and self._messenger.has_outage(subscription.guild_id):
            return Delayed("the server has an outage", OUTAGE_WAIT)
        await self._limiter.acquire()
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
        """Record the outcome of an attempt. Return whether the channel's next post may be tried at once."""
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
                "action": f"publication_{outcome.code}",
                "delivery": publication.delivery_id,
            },
        )
        return goes_on

    async def _tell(self, publication: Crosspost, fault: DeliveryFault, now: datetime) -> None:
        """Plan a notice to the admin, once a day at most."""
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
                    "reason": encode(fault.reason),
                },
                key=f"unpublished:{subscription.id}:{fault.code}:{now.date().isoformat()}",
                nonce=new_nonce(),
                now=now,
            )


def _channel(publication: Crosspost) -> int:
    return publication.subscription.channel_id
