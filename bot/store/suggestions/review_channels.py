"""Channels in which new suggestions are posted for review."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.suggestions.review_channel_records import EVERY_STORY, ReviewChannel
from bot.store.tables import review_channel

_KEY = ("story", "channel_id")


class ReviewChannelRepository:
    """Review channels, one row for each story and channel."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_by_story(self, story: str) -> list[ReviewChannel]:
        """List the channels of a story and those for every story, last accepted first."""
        return await self._select(review_channel.c.story.in_([story, EVERY_STORY]))

    async def list_all(self) -> list[ReviewChannel]:
        """List all channels."""
        return await self._select()

    async def add(self, story: str, channel_id: int) -> bool:
        """Enter a channel that a file names; False if it was known."""
        made = await self._connection.execute(
            upsert.insert(self._connection, review_channel)
            .values(story=story, channel_id=channel_id)
            .on_conflict_do_nothing(index_elements=_KEY)
        )
        return made.rowcount == 1

    async def request(self, story: str, channel_id: int, *, guild_id: int, by: int) -> None:
        """Record that an author asks for a channel."""
        await self._put(story, channel_id, guild_id=guild_id, asked_by=by)

    async def accept(
        self, story: str, channel_id: int, *, guild_id: int, by: int, now: datetime, asked_by: int | None
    ) -> None:
        """Record that a channel was accepted; `asked_by` is the author who requested it by accepting."""
        asked = {} if asked_by is None else {"asked_by": asked_by}
        await self._put(story, channel_id, guild_id=guild_id, accepted_by=by, accepted_at=now, **asked)

    async def revoke(
        self, story: str, *, guild_id: int | None = None, channels: Collection[int] | None = None
    ) -> int:
        """Clear requests and acceptances, optionally only of one guild or of these channels.

        Channels named by a file stay known. Returns the number changed.
        """
        c = review_channel.c
        theirs = [c.story == story, or_(c.asked_by.is_not(None), c.accepted_at.is_not(None))]
        if guild_id is not None:
            theirs.append(c.guild_id == guild_id)
        if channels is not None:
            theirs.append(c.channel_id.in_(channels))
        taken = await self._connection.execute(
            update(review_channel)
            .where(*theirs)
            .values(asked_by=null(), accepted_by=null(), accepted_at=null())
        )
        return taken.rowcount

    async def _put(self, story: str, channel_id: int, **values: object) -> None:
        new = upsert.insert(self._connection, review_channel).values(
            story=story, channel_id=channel_id, **values
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=_KEY, set_={column: new.excluded[column] for column in values}
            )
        )

    async def _select(self, *conditions: ColumnElement[bool]) -> list[ReviewChannel]:
        c = review_channel.c
        rows = await self._connection.execute(
            select(review_channel)
            .where(*conditions)
            .order_by(c.accepted_at.desc().nulls_last(), c.channel_id)
        )
        return [
            ReviewChannel(
                story=row.story,
                channel_id=row.channel_id,
                guild_id=row.guild_id,
                asked=row.asked_by is not None,
                accepted_at=row.accepted_at,
            )
            for row in rows
        ]
