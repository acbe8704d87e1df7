"""Readers' places and votes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reader import Bookmark, Place
from bot.store import upsert
from bot.store.tables import bookmark, vote


class SqlReaders:
    """Places and votes of people; see `bot.services.storage.Readers`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def bookmark(self, user_id: int, story: str) -> Bookmark | None:
        """A reader's place in a story."""
        row = (
            await self._connection.execute(
                select(bookmark).where(bookmark.c.user_id == user_id, bookmark.c.story == story)
            )
        ).one_or_none()
        return None if row is None else _read(row)

    async def bookmarks(self, user_id: int) -> list[Bookmark]:
        """All of a reader, the most recently read first."""
        rows = await self._connection.execute(
            select(bookmark)
            .where(bookmark.c.user_id == user_id)
            .order_by(bookmark.c.seen_at.desc(), bookmark.c.story)
        )
        return [_read(row) for row in rows]

    async def keep(self, kept: Bookmark) -> None:
        """Insert or replace; the furthest place never goes back."""
        new = upsert.insert(self._connection, bookmark).values(
            user_id=kept.user_id,
            story=kept.story,
            last_number=kept.last.number,
            last_offset=kept.last.offset,
            last_revision=kept.last.revision,
            furthest_number=kept.furthest.number,
            furthest_offset=kept.furthest.offset,
            furthest_revision=kept.furthest.revision,
            seen_at=kept.seen_at,
        )
        # A place in a newer revision's text takes over from what it was carried from.
        order = (bookmark.c.furthest_number, bookmark.c.furthest_revision, bookmark.c.furthest_offset)
        further = tuple_(*(new.excluded[column.name] for column in order)) > tuple_(*order)
        furthest = {column.name: case((further, new.excluded[column.name]), else_=column) for column in order}
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["user_id", "story"],
                set_={
                    "last_number": new.excluded.last_number,
                    "last_offset": new.excluded.last_offset,
                    "last_revision": new.excluded.last_revision,
                    "seen_at": new.excluded.seen_at,
                    **furthest,
                },
            )
        )

    async def vote(self, release_id: int, user_id: int, now: datetime) -> bool:
        """Count a vote; False if it was there."""
        counted = await self._connection.execute(
            upsert.insert(self._connection, vote)
            .values(release_id=release_id, user_id=user_id, message_id=0, at=now)
            .on_conflict_do_nothing(index_elements=["release_id", "user_id", "message_id"])
        )
        return counted.rowcount == 1

    async def unvote(self, release_id: int, user_id: int) -> bool:
        """Take a vote back; False if there was none."""
        taken = await self._connection.execute(
            delete(vote).where(vote.c.release_id == release_id, vote.c.user_id == user_id)
        )
        return taken.rowcount == 1

    async def votes(self, release_id: int) -> int:
        """How many votes a release has."""
        counted = select(func.count()).where(vote.c.release_id == release_id)
        return int((await self._connection.execute(counted)).scalar_one())


def _read(row: Row[Any]) -> Bookmark:
    return Bookmark(
        user_id=row.user_id,
        story=row.story,
        last=Place(row.last_number, row.last_offset, row.last_revision),
        furthest=Place(row.furthest_number, row.furthest_offset, row.furthest_revision),
        seen_at=row.seen_at,
    )
