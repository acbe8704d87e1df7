"""Readers' bookmarks, their votes, and the chapters they read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, delete, func, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reading.bookmark import Bookmark, TextPosition
from bot.store.engine import upsert
from bot.store.reading.chapter_read_records import ChapterRead
from bot.store.tables import bookmark, chapter_read, release, vote


class BookmarkRepository:
    """Readers' bookmarks, their votes, and the chapters they read."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, user_id: int, story: str) -> Bookmark | None:
        """Return a reader's bookmark in a story."""
        row = (
            await self._connection.execute(
                select(bookmark).where(bookmark.c.user_id == user_id, bookmark.c.story == story)
            )
        ).one_or_none()
        return None if row is None else _read(row)

    async def list_by_reader(self, user_id: int) -> list[Bookmark]:
        """List a reader's bookmarks, most recently read first."""
        rows = await self._connection.execute(
            select(bookmark)
            .where(bookmark.c.user_id == user_id)
            .order_by(bookmark.c.seen_at.desc(), bookmark.c.story)
        )
        return [_read(row) for row in rows]

    async def save(self, kept: Bookmark, *, settle: bool = False) -> None:
        """Insert or replace a bookmark.

        The furthest position never moves back, and the reading place moves back only with `settle`.
        """
        new = upsert.insert(self._connection, bookmark).values(
            user_id=kept.user_id,
            story=kept.story,
            last_number=kept.last.number,
            last_offset=kept.last.offset,
            last_revision=kept.last.revision,
            furthest_number=kept.furthest.number,
            furthest_offset=kept.furthest.offset,
            furthest_revision=kept.furthest.revision,
            place_number=kept.stay.number if kept.stay is not None else None,
            place_offset=kept.stay.offset if kept.stay is not None else None,
            place_revision=kept.stay.revision if kept.stay is not None else None,
            seen_at=kept.seen_at,
        )
        # A place in a newer revision's text takes over from what it was carried from.
        order = (bookmark.c.furthest_number, bookmark.c.furthest_revision, bookmark.c.furthest_offset)
        further = tuple_(*(new.excluded[column.name] for column in order)) > tuple_(*order)
        furthest = {column.name: case((further, new.excluded[column.name]), else_=column) for column in order}
        place = (bookmark.c.place_number, bookmark.c.place_revision, bookmark.c.place_offset)
        known = [func.coalesce(*pair) for pair in zip(place, order, strict=True)]
        onward = tuple_(*(new.excluded[column.name] for column in place)) > tuple_(*known)
        moves = true() if settle else onward
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["user_id", "story"],
                set_={
                    "last_number": new.excluded.last_number,
                    "last_offset": new.excluded.last_offset,
                    "last_revision": new.excluded.last_revision,
                    "seen_at": new.excluded.seen_at,
                    **furthest,
                    **{
                        column.name: case(
                            (new.excluded.place_number.is_(None), column),
                            (moves, new.excluded[column.name]),
                            else_=before,
                        )
                        for column, before in zip(place, known, strict=True)
                    },
                },
            )
        )

    async def add_vote(self, release_id: int, user_id: int, message_id: int, now: datetime) -> bool:
        """Record a star on a message of the chapter; False if it was recorded before.

        The message is `PRIVATE_READER` for a star from a private reader. Stars on several messages are one vote.
        """
        counted = await self._connection.execute(
            upsert.insert(self._connection, vote)
            .values(release_id=release_id, user_id=user_id, message_id=message_id, at=now)
            .on_conflict_do_nothing(index_elements=["release_id", "user_id", "message_id"])
        )
        return counted.rowcount == 1

    async def remove_vote(self, release_id: int, user_id: int, message_id: int) -> bool:
        """Remove one star; False if there was none."""
        taken = await self._connection.execute(
            delete(vote).where(
                vote.c.release_id == release_id,
                vote.c.user_id == user_id,
                vote.c.message_id == message_id,
            )
        )
        return taken.rowcount == 1

    async def has_voted(self, release_id: int, user_id: int) -> bool:
        """Return whether a person starred the chapter anywhere."""
        theirs = select(vote.c.message_id).where(vote.c.release_id == release_id, vote.c.user_id == user_id)
        return (await self._connection.execute(theirs.limit(1))).one_or_none() is not None

    async def record_read(
        self, release_id: int, user_id: int, now: datetime, *, furthest: int, revision: int
    ) -> None:
        """Record how far somebody read in a private reader.

        `furthest` is the end of the page as an offset in that revision's text. It never moves back, but starts again
        with a newer revision.
        """
        new = upsert.insert(self._connection, chapter_read).values(
            release_id=release_id, user_id=user_id, at=now, furthest=furthest, revision=revision
        )
        known = chapter_read.c
        # A row compared with NULLs is neither smaller nor greater: those of public posts are named apart.
        further = or_(
            known.furthest.is_(None),
            tuple_(new.excluded.revision, new.excluded.furthest) > tuple_(known.revision, known.furthest),
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["release_id", "user_id"],
                set_={"furthest": new.excluded.furthest, "revision": new.excluded.revision},
                where=further,
            )
        )

    async def record_reads(self, reads: Sequence[ChapterRead]) -> None:
        """Record people who turned or starred a post of a chapter; known readers stay as they are."""
        if not reads:
            return
        wanted = {one.release_id for one in reads}
        there = select(release.c.id).where(release.c.id.in_(wanted))
        known = set((await self._connection.execute(there)).scalars())
        rows = [
            {"release_id": one.release_id, "user_id": one.user_id, "at": one.at}
            for one in reads
            if one.release_id in known
        ]
        if rows:
            await self._connection.execute(
                upsert.insert(self._connection, chapter_read).on_conflict_do_nothing(
                    index_elements=["release_id", "user_id"]
                ),
                rows,
            )


def _read(row: Row[Any]) -> Bookmark:
    return Bookmark(
        user_id=row.user_id,
        story=row.story,
        last=TextPosition(row.last_number, row.last_offset, row.last_revision),
        furthest=TextPosition(row.furthest_number, row.furthest_offset, row.furthest_revision),
        seen_at=row.seen_at,
        stay=None
        if row.place_number is None
        else TextPosition(row.place_number, row.place_offset, row.place_revision),
    )
