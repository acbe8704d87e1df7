"""Guilds that the bot is or was in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.tables import comments, guild, panel, poll, post, review_channel, subscription


class GuildRepository:
    """Records when the bot joined and left guilds, and erases the data of guilds it left."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def reconcile(self, guild_ids: Collection[int], now: datetime) -> set[int]:
        """Record that the bot is in exactly these guilds.

        Others are marked as left at `now` unless they were marked before; returns those newly marked.
        """
        here = set(guild_ids)
        known = dict((await self._connection.execute(select(guild.c.id, guild.c.left_at))).all())
        subscribed = select(subscription.c.guild_id).where(subscription.c.guild_id.is_not(None)).distinct()
        strangers = set((await self._connection.execute(subscribed)).scalars()) - known.keys()
        await self._mark([id_ for id_ in here if known.get(id_, now) is not None], None)
        gone = {id_ for id_, left_at in known.items() if left_at is None and id_ not in here} | (
            strangers - here
        )
        await self._mark(gone, now)
        return gone

    async def record_join(self, guild_id: int) -> None:
        """Record that the bot is in that guild."""
        await self._mark([guild_id], None)

    async def record_leave(self, guild_id: int, now: datetime) -> None:
        """Record that the bot was removed from that guild; an earlier date is kept."""
        await self._connection.execute(
            upsert.insert(self._connection, guild).values(id=guild_id).on_conflict_do_nothing()
        )
        await self._connection.execute(
            update(guild).where(guild.c.id == guild_id, guild.c.left_at.is_(None)).values(left_at=now)
        )

    async def _mark(self, guild_ids: Collection[int], left_at: datetime | None) -> None:
        if not guild_ids:
            return
        mark = upsert.insert(self._connection, guild)
        await self._connection.execute(
            mark.on_conflict_do_update(index_elements=["id"], set_={"left_at": mark.excluded.left_at}),
            [{"id": guild_id, "left_at": left_at} for guild_id in guild_ids],
        )

    async def erase_left_before(self, moment: datetime) -> int:
        """Erase the data of guilds that the bot left before that moment; return the number of guilds.

        This deletes their subscriptions with the deliveries, posts, panels, polls, review channels, and comment
        counts.
        """
        left = select(guild.c.id).where(guild.c.left_at < moment)
        await self._connection.execute(delete(post).where(post.c.guild_id.in_(left)))
        for table in (subscription, panel, poll, comments, review_channel):
            await self._connection.execute(delete(table).where(table.c.guild_id.in_(left)))
        erased = await self._connection.execute(delete(guild).where(guild.c.left_at < moment))
        return erased.rowcount
