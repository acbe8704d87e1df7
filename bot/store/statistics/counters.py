"""Counts of readers, votes and comments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.statistics.counters import Counters
from bot.domain.subscriptions.release_styles import MessageForm
from bot.store.delivery.post_records import Post
from bot.store.delivery.posts import read_post
from bot.store.engine import upsert
from bot.store.statistics.counter_records import DropOffRow, ThreadCommentCount
from bot.store.statistics.recent_growth import record_growth
from bot.store.tables import chapter_read, comments, edition, post, release, vote

_IN_CHANNELS = (MessageForm.PAGES.value, MessageForm.CARD.value)
_WITH_THREADS = (MessageForm.OPENING.value, MessageForm.STARTER.value)


class CounterRepository:
    """Counts of readers, votes and comments, and their corrections."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count_by_release(self, release_ids: Collection[int]) -> dict[int, Counters]:
        """Return the counters of each release.

        The queries read runs of primary keys and of an index, never a whole table.
        """
        wanted = list(dict.fromkeys(release_ids))
        reads = await self._per_release(chapter_read.c.release_id, func.count(), wanted)
        votes = await self._per_release(vote.c.release_id, func.count(vote.c.user_id.distinct()), wanted)
        said = await self._per_release(comments.c.release_id, func.sum(comments.c.count), wanted)
        return {each: Counters(reads.get(each, 0), votes.get(each, 0), said.get(each, 0)) for each in wanted}

    async def count_continued(self, story: str) -> Mapping[int, int]:
        """Return how many readers of each release also read the one before it, by release number."""
        before, earlier = release.alias(), chapter_read.alias()
        rows = await self._connection.execute(
            select(release.c.number, func.count().label("people"))
            .join(before, and_(before.c.story == release.c.story, before.c.number == release.c.number - 1))
            .join(chapter_read, chapter_read.c.release_id == release.c.id)
            .join(
                earlier,
                and_(earlier.c.release_id == before.c.id, earlier.c.user_id == chapter_read.c.user_id),
            )
            .where(release.c.story == story)
            .group_by(release.c.number)
        )
        return {row.number: row.people for row in rows}

    async def list_drop_offs(self, story: str) -> list[DropOffRow]:
        """List the positions at which people stopped reading a story in private readers."""
        places = (
            select(
                chapter_read.c.release_id,
                chapter_read.c.revision,
                chapter_read.c.furthest,
                func.count().label("people"),
            )
            .join(release, release.c.id == chapter_read.c.release_id)
            .where(release.c.story == story, chapter_read.c.furthest.is_not(None))
            .group_by(chapter_read.c.release_id, chapter_read.c.revision, chapter_read.c.furthest)
        )
        found = (await self._connection.execute(places)).all()
        read = {(row.release_id, row.revision) for row in found}
        lengths = await self._lengths(story, read)
        return [
            DropOffRow(row.release_id, row.furthest, length, row.people)
            for row in found
            if (length := lengths.get((row.release_id, row.revision), 0))
        ]

    async def _lengths(self, story: str, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
        if not wanted:
            return {}
        rows = await self._connection.execute(
            select(edition.c.release_id, edition.c.revision, func.length(edition.c.text).label("length"))
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.story == story)
        )
        known = {(row.release_id, row.revision): row.length for row in rows}
        return {each: known[each] for each in wanted if each in known}

    async def list_star_owners(self, message_id: int) -> set[int]:
        """Return the people whose star on that message is counted."""
        known = select(vote.c.user_id).where(vote.c.message_id == message_id)
        return set((await self._connection.execute(known)).scalars())

    async def correct_stars(
        self,
        release_id: int,
        message_id: int,
        *,
        missing: Collection[int],
        gone: Collection[int],
        now: datetime,
    ) -> None:
        """Correct the stars on a message.

        People with missing stars also count as readers of the chapter.
        """
        for some in upsert.chunks(list(gone)):
            await self._connection.execute(
                delete(vote).where(
                    vote.c.release_id == release_id,
                    vote.c.message_id == message_id,
                    vote.c.user_id.in_(some),
                )
            )
        if not missing:
            return
        people = [{"release_id": release_id, "user_id": each, "at": now} for each in missing]
        await self._connection.execute(
            upsert.insert(self._connection, vote).on_conflict_do_nothing(
                index_elements=["release_id", "user_id", "message_id"]
            ),
            [person | {"message_id": message_id} for person in people],
        )
        await self._connection.execute(
            upsert.insert(self._connection, chapter_read).on_conflict_do_nothing(
                index_elements=["release_id", "user_id"]
            ),
            people,
        )

    async def list_posts_between(self, *, above: int, below: int, limit: int) -> list[Post]:
        """List posts that may have stars, with ids between these two, newest first."""
        return await self._posts(post.c.message_id > above, post.c.message_id < below, limit=limit)

    async def list_posts_by_release(self, release_id: int) -> list[Post]:
        """List the posts of a chapter in channels that show its counters, newest first."""
        return await self._posts(post.c.release_id == release_id, post.c.shape.in_(_IN_CHANNELS))

    async def list_posts_by_threads(self, thread_ids: Collection[int]) -> list[Post]:
        """List the chapter posts that these threads hang under, or that opened them in a forum."""
        found: list[Post] = []
        for some in upsert.lists(thread_ids):
            found += await self._posts(post.c.message_id.in_(some), post.c.shape != MessageForm.PART.value)
        return found

    async def count_own_messages(self, thread_id: int) -> int:
        """Count the bot's messages in a thread, without the one that opened it."""
        guild_id = select(post.c.guild_id).where(post.c.message_id == thread_id).scalar_subquery()
        own = select(func.count()).where(
            post.c.guild_id == guild_id, post.c.channel_id == thread_id, post.c.message_id != thread_id
        )
        return int((await self._connection.execute(own)).scalar_one())

    async def save_comment_count(self, thread: ThreadCommentCount) -> None:
        """Store the comment count of a thread, and by how much it grew."""
        before = select(comments.c.count).where(comments.c.thread_id == thread.thread_id)
        known: int | None = (await self._connection.execute(before)).scalar_one_or_none()
        new = upsert.insert(self._connection, comments).values(
            thread_id=thread.thread_id,
            release_id=thread.release_id,
            guild_id=thread.guild_id,
            count=thread.count,
            counted_at=thread.counted_at,
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["thread_id"],
                set_={"count": new.excluded.count, "counted_at": new.excluded.counted_at},
            )
        )
        await record_growth(self._connection, thread, known)

    async def clear_comment_count(self, thread_id: int) -> None:
        """Set the comment count of a deleted thread to zero."""
        # The row stays: it says that there is nothing to look for.
        await self._connection.execute(
            update(comments).where(comments.c.thread_id == thread_id).values(count=0)
        )

    async def list_uncounted_posts(self, *, above: int, limit: int) -> list[Post]:
        """List posts with ids above `above` whose own threads were never counted, newest first."""
        counted = exists().where(comments.c.thread_id == post.c.message_id)
        return await self._posts(
            post.c.message_id > above, post.c.shape.in_(_WITH_THREADS), ~counted, limit=limit
        )

    async def list_recent_releases(self, since: datetime) -> list[int]:
        """List the ids of releases since then that are not withdrawn, newest first."""
        rows = await self._connection.execute(
            select(release.c.id)
            .where(release.c.released_at >= since, release.c.withdrawn_at.is_(None))
            .order_by(release.c.id.desc())
        )
        return list(rows.scalars())

    async def list_due_threads(
        self, bands: Sequence[tuple[int, datetime]], *, limit: int
    ) -> list[ThreadCommentCount]:
        """List threads to be counted again, longest uncounted first.

        Each band is an id and a moment: threads above that id are due if they were last counted before that moment.
        """
        due = [
            and_(comments.c.thread_id > above, comments.c.counted_at < counted_before)
            for above, counted_before in bands
        ]
        rows = await self._connection.execute(
            select(comments).where(or_(*due)).order_by(comments.c.counted_at).limit(limit)
        )
        return [ThreadCommentCount(**row) for row in rows.mappings()]

    async def _per_release(
        self, key: ColumnElement[int], counted: ColumnElement[int], wanted: Sequence[int]
    ) -> dict[int, int]:
        found: dict[int, int] = {}
        for some in upsert.chunks(wanted):
            rows = await self._connection.execute(select(key, counted).where(key.in_(some)).group_by(key))
            found |= {row[0]: int(row[1]) for row in rows}
        return found

    async def _posts(self, *conditions: ColumnElement[bool], limit: int | None = None) -> list[Post]:
        rows = await self._connection.execute(
            select(post).where(*conditions).order_by(post.c.message_id.desc()).limit(limit)
        )
        return [read_post(row) for row in rows]
