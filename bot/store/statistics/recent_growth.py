"""New readers of a story since a moment, with new votes and new comments in its threads.

Reads and votes have a time. Comments are only counted, so each growth of a count is kept for some weeks.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.message_ids import posted_at
from bot.store.engine import upsert
from bot.store.statistics.counter_records import GrowingThread, StoryGrowth, ThreadCommentCount
from bot.store.tables import chapter_read, comment_growth, comments, release, vote

_YOUNG = timedelta(days=1)
"""The greatest age of a thread whose first count is news: an older one may have been talked in for long."""


async def record_growth(connection: AsyncConnection, thread: ThreadCommentCount, known: int | None) -> None:
    """Record that a thread has more comments than the `known` ones; None: it was never counted."""
    if known is None and thread.counted_at - posted_at(thread.thread_id) > _YOUNG:
        return
    grown = thread.count - (known or 0)
    if grown <= 0:
        return
    new = upsert.insert(connection, comment_growth).values(
        thread_id=thread.thread_id,
        at=thread.counted_at,
        release_id=thread.release_id,
        grown=grown,
    )
    await connection.execute(
        new.on_conflict_do_update(
            index_elements=["thread_id", "at"],
            set_={"grown": comment_growth.c.grown + new.excluded.grown},
        )
    )


class RecentGrowthRepository:
    """Sums of what is new. Every query reads runs of indices by chapter and time, however old a story is."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def summarize(self, story: str, since: datetime) -> StoryGrowth:
        """Return what a story has won since then."""
        fresh = (
            select(chapter_read.c.user_id, func.count().label("reads"))
            .join(release, release.c.id == chapter_read.c.release_id)
            .where(release.c.story == story, chapter_read.c.at > since)
            .group_by(chapter_read.c.user_id)
            .subquery()
        )
        read_before = chapter_read.alias()
        chapters = release.alias()
        known = exists(
            select(read_before.c.user_id)
            .join(chapters, chapters.c.id == read_before.c.release_id)
            .where(
                read_before.c.user_id == fresh.c.user_id,
                read_before.c.at <= since,
                chapters.c.story == story,
            )
        )
        readers = select(func.count()).select_from(fresh).where(~known)
        reads = select(func.coalesce(func.sum(fresh.c.reads), 0))
        return StoryGrowth(
            readers=await self._number(readers.scalar_subquery()),
            reads=await self._number(reads.scalar_subquery()),
            votes=await self._number(_votes(story, since)),
        )

    async def list_growing_threads(self, story: str, since: datetime, limit: int) -> list[GrowingThread]:
        """List the threads with most comments since then, and of equals those of later chapters first."""
        grown = func.sum(comment_growth.c.grown).label("grown")
        rows = await self._connection.execute(
            select(comment_growth.c.thread_id, comments.c.guild_id, release.c.number, grown)
            .join(release, release.c.id == comment_growth.c.release_id)
            .join(comments, comments.c.thread_id == comment_growth.c.thread_id)
            .where(release.c.story == story, comment_growth.c.at > since)
            .group_by(comment_growth.c.thread_id, comments.c.guild_id, release.c.number)
            .order_by(grown.desc(), release.c.number.desc(), comment_growth.c.thread_id)
            .limit(limit)
        )
        return [GrowingThread(row.thread_id, row.guild_id, row.number, int(row.grown)) for row in rows]

    async def count_comments(self, story: str, since: datetime) -> int:
        """Count the comments in all threads of a story since then."""
        return await self._number(
            select(func.coalesce(func.sum(comment_growth.c.grown), 0))
            .join(release, release.c.id == comment_growth.c.release_id)
            .where(release.c.story == story, comment_growth.c.at > since)
            .scalar_subquery()
        )

    async def purge(self, before: datetime) -> None:
        """Forget by how much threads grew before then."""
        await self._connection.execute(delete(comment_growth).where(comment_growth.c.at < before))

    async def _number(self, wanted: ColumnElement[int]) -> int:
        return int((await self._connection.execute(select(wanted))).scalar_one())


def _votes(story: str, since: datetime) -> ColumnElement[int]:
    """Count who starred a chapter since then and had no star on it before, once for each chapter."""
    before = vote.alias()
    had = exists().where(
        before.c.release_id == vote.c.release_id, before.c.user_id == vote.c.user_id, before.c.at <= since
    )
    fresh = (
        select(vote.c.release_id, vote.c.user_id)
        .join(release, release.c.id == vote.c.release_id)
        .where(release.c.story == story, vote.c.at > since, ~had)
        .distinct()
        .subquery()
    )
    return select(func.count()).select_from(fresh).scalar_subquery()
