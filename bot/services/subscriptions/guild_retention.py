"""Retention of what guilds set up, after the bot was removed from them."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery.fault_messages import BOT_REMOVED
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionState
from bot.services.delivery.parking import park, recheck_soon
from bot.services.transaction_retry import commit_with_retry, retry_until_available
from bot.store.database import Database
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

GUILD_RETENTION = timedelta(days=90)
"""Long enough for a kick by mistake, and for an outage that looks like one."""


SENT_NOTICE_RETENTION = timedelta(days=30)
"""Sent notices are kept for as long as something might plan the same again."""

UNSENT_NOTICE_RETENTION = timedelta(days=90)
"""How long notices wait for somebody who takes no DMs and uses no command."""

REMOVED = BOT_REMOVED.code
"""The fault code of destinations in guilds that the bot has left."""


class GuildRetention:
    """Records the guilds that the bot is in, and erases the data of guilds it left long ago."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def sync_guilds(self, guild_ids: Collection[int]) -> None:
        """Record the complete list of the bot's guilds; it was removed from all others, perhaps while offline."""

        async def note(tx: Transaction) -> None:
            for guild_id in await tx.guilds.reconcile(guild_ids, self._clock.now()):
                await self._park(tx, guild_id)
            await self._hasten(tx, guild_ids)

        await commit_with_retry(self._store, note)

    async def record_join(self, guild_id: int) -> None:
        """Record that the bot joined a guild, which cancels a pending deletion."""

        async def note(tx: Transaction) -> None:
            await tx.guilds.record_join(guild_id)
            await self._hasten(tx, [guild_id])

        await commit_with_retry(self._store, note)

    async def record_departure(self, guild_id: int) -> None:
        """Record that the bot was removed from a guild (not an outage)."""
        left_at = self._clock.now()

        async def note(tx: Transaction) -> None:
            await tx.guilds.record_leave(guild_id, left_at)
            await self._park(tx, guild_id)

        await commit_with_retry(self._store, note)

    async def recheck_parked(self, *guild_ids: int) -> bool:
        """Schedule a check of parked destinations after a change in their guilds. Return whether there are any."""

        async def parked() -> bool:
            async with self._store.read() as tx:
                return bool(await tx.parking.list_by_guilds(guild_ids))

        if not await retry_until_available(parked):
            return False
        await commit_with_retry(self._store, lambda tx: self._hasten(tx, guild_ids))
        return True

    async def _hasten(self, tx: Transaction, guild_ids: Collection[int]) -> None:
        now = self._clock.now()
        for parked in await tx.parking.list_by_guilds(guild_ids):
            await recheck_soon(tx, parked, now)

    async def _park(self, tx: Transaction, guild_id: int) -> None:
        """Park the guild's subscriptions. Nobody is told: the person who removed the bot knows."""
        now = self._clock.now()
        for subscription in await tx.subscriptions.list_by_guild(guild_id):
            if subscription.state is SubscriptionState.ACTIVE:
                await park(tx, subscription, DeliveryFault(REMOVED, BOT_REMOVED(), now), now, title=None)

    async def purge_expired(self) -> int:
        """Erase the data of guilds that were left `GUILD_RETENTION` ago, and expired notices.

        Return the number of guilds.
        """
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
