"""Role mentions that reach nobody: chapters are posted without them, and the subscription's creator is told once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.subscriptions.subscription import MentionReach, Subscription
from bot.kit.message_nonces import new_nonce
from bot.kit.rate_limiter import RateLimiter
from bot.services.guilds.channel_survey import ChannelSurveyor
from bot.store.database import Database

_log = logging.getLogger(__name__)

LOST = "mention-lost"
"""The kind of the notice that a role is no longer mentioned."""

_KNOWN_FOR = timedelta(seconds=30)
"""How long an answer is cached: many channels of a guild may mention the same role for one chapter."""

_ANSWERS = 4096


class RoleMentions:
    """Checks before a post whether its role can be mentioned, and records the result with the subscription."""

    def __init__(
        self, store: Database, messenger: ChannelSurveyor, clock: Clock, *, limiter: RateLimiter
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._limiter = limiter
        self._answers: LRUCache[tuple[int, int], tuple[MentionReach, datetime]] = LRUCache(_ANSWERS)

    async def reaches_role(self, subscription: Subscription) -> bool:
        """Return whether the subscription's role is to be mentioned; it is where Discord does not say."""
        role_id = subscription.options.mention
        if role_id is None or subscription.guild_id is None:
            return role_id is not None
        hearing = await self._ask(subscription.guild_id, subscription.channel_id, role_id)
        if hearing is None:
            return True
        await self.record_reach(subscription, hearing)
        return not hearing.is_unheard

    async def record_reach(self, subscription: Subscription, hearing: MentionReach | None) -> None:
        """Record the reach of the subscription's mention; its creator is told when it is lost."""
        fault = hearing if hearing is not None and hearing.is_unheard else None
        role_id = subscription.options.mention
        if hearing is None or role_id is None or subscription.mention_fault == fault:
            return
        now = self._clock.now()
        async with self._store.begin() as tx:
            if not await tx.subscriptions.set_mention_fault(subscription.id, role_id, fault) or fault is None:
                return
            record = await tx.stories.get(subscription.story)
            await tx.notices.add(
                subscription.created_by,
                LOST,
                {
                    "guild": str(subscription.guild_id),
                    "channel": str(subscription.channel_id),
                    "story": record.story.title if record is not None else "",
                    "why": fault.value,
                },
                key=f"{LOST}:{subscription.id}:{role_id}:{int(now.timestamp())}",
                nonce=new_nonce(),
                now=now,
            )
        _log.warning(
            "the role of subscription %d is mentioned no more: %s",
            subscription.id,
            fault.value,
            extra={"action": "mention_lost", "subscription": subscription.id},
        )

    async def _ask(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach | None:
        now = self._clock.now()
        hearing, until = self._answers.get((channel_id, role_id), (None, now))
        if hearing is not None and until > now:
            return hearing
        await self._limiter.acquire()
        answer = await self._messenger.get_mention_reach(guild_id, channel_id, role_id)
        if answer is not None:
            self._answers[channel_id, role_id] = answer, now + _KNOWN_FOR
        return answer
