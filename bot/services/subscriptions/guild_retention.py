"""Servers the bot is in, and how long what they set up is kept after it was removed."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

from bot.clock import Clock
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionState
from bot.services.delivery.parking import park, recheck_soon
from bot.services.transaction_retry import commit_with_retry, retry_until_available
from bot.store.database import Database
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

GUILD_RETENTION = timedelta(days=90)
"""A kick may be a mistake and an outage looks like one, so nothing is erased sooner."""


SENT_NOTICE_RETENTION = timedelta(days=30)
"""How long what somebody was told is kept: as long as something might owe them the same again."""

UNSENT_NOTICE_RETENTION = timedelta(days=90)
"""How long news wait for somebody who takes no direct messages and uses no command."""

REMOVED = "removed"
"""The code of a destination whose server the bot is not in."""

_REMOVED_WORDS = "I was removed from this server. Invite me again, and I go on by myself."


class GuildRetention:
    """Notes where the bot is and where something changed, and erases what belongs to servers it left long ago."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def sync_guilds(self, guild_ids: Collection[int]) -> None:
        """Discord has told all the servers the bot is in: it was removed from the others, perhaps while away."""

        async def note(tx: Transaction) -> None:
            for guild_id in await tx.guilds.reconcile(guild_ids, self._clock.now()):
                await self._park(tx, guild_id)
            await self._hasten(tx, guild_ids)

        await commit_with_retry(self._store, note)

    async def record_join(self, guild_id: int) -> None:
        """The bot was added to a server, or added again: its retention clock stops."""

        async def note(tx: Transaction) -> None:
            await tx.guilds.record_join(guild_id)
            await self._hasten(tx, [guild_id])

        await commit_with_retry(self._store, note)

    async def record_departure(self, guild_id: int) -> None:
        """The bot was removed from a server (not an outage)."""
        left_at = self._clock.now()

        async def note(tx: Transaction) -> None:
            await tx.guilds.record_leave(guild_id, left_at)
            await self._park(tx, guild_id)

        await commit_with_retry(self._store, note)

    async def recheck_parked(self, *guild_ids: int) -> bool:
        """Something that may have kept posts out has changed in servers; returns whether anything is parked there."""

        async def parked() -> bool:
            async with self._store.read() as tx:
                return bool(await tx.parking.list_by_guilds(guild_ids))

        if not await retry_until_available(parked):
            return False
        await commit_with_retry(self._store, lambda tx: self._hasten(tx, guild_ids))
        return True

    async def _hasten(self, tx: Transaction, guild_ids: Collection[int]) -> None:
        """Have the parked destinations there looked at soon."""
        now = self._clock.now()
        for parked in await tx.parking.list_by_guilds(guild_ids):
            await recheck_soon(tx, parked, now)

    async def _park(self, tx: Transaction, guild_id: int) -> None:
        """Nothing can be posted there, so nothing is tried. Nobody is told: whoever removed the bot knows."""
        now = self._clock.now()
        for subscription in await tx.subscriptions.list_by_guild(guild_id):
            if subscription.state is SubscriptionState.ACTIVE:
                await park(tx, subscription, DeliveryFault(REMOVED, _REMOVED_WORDS, now), now, title=None)

    async def purge_expired(self) -> int:
        """Erase what servers set up that removed the bot `GUILD_RETENTION` ago, and news that have had their time;
        returns how many servers."""
        now = self._clock.now()
        async with self._store.begin() as tx:
            erased = await tx.guilds.erase_left_before(now - GUILD_RETENTION)
            await tx.notices.delete_old(
                told_before=now - SENT_NOTICE_RETENTION, owed_before=now - UNSENT_NOTICE_RETENTION
            )
        if erased:
            _log.info(
                "erased the settings of %d servers left long ago", erased, extra={"action": "guilds_erased"}
            )
        return erased
