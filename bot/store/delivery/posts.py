"""Chapter posts in Discord, by message id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.message_ids import MAX_ID_GAP
from bot.domain.releases.release import Release
from bot.domain.subscriptions.release_styles import MessageForm
from bot.store.delivery.post_records import Post
from bot.store.engine import upsert
from bot.store.releases.release_queries import read_release
from bot.store.tables import delivery, page_in_thread, post, release, subscription

# Made once: an alias copies every column of its table, which costs more than the query it is used in.
_this = delivery.alias()
_other = delivery.alias()


class PostRepository:
    """Chapter posts by message id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: Post) -> None:
        """Enter a post; entering the same message again changes nothing."""
        await self.add_all([new])

    async def add_all(self, news: Sequence[Post]) -> None:
        """Enter several posts."""
        if not news:
            return
        current = {
            release_id: await self._current_revision(release.c.id == release_id)
            for release_id in sorted({new.release_id for new in news})
        }
        await self._connection.execute(
            upsert.insert(self._connection, post).on_conflict_do_nothing(index_elements=["message_id"]),
            [
                {
                    "message_id": new.message_id,
                    "channel_id": new.channel_id,
                    "guild_id": new.guild_id,
                    "release_id": new.release_id,
                    "delivery_id": new.delivery_id,
                    "page": new.page,
                    "page_count": new.page_count,
                    "revision": new.revision,
                    "decorated": new.decorated,
                    "restored": new.restored,
                    "shape": new.shape.value,
                    "part": new.part,
                    "stale": new.revision < current[new.release_id],
                }
                for new in news
            ],
        )
        await self._link(news)
        for new in news:
            if new.delivery_id is not None and new.part == 0:
                await self._outdate(new.delivery_id)

    async def get(self, message_id: int) -> Post | None:
        """Return the post of that message."""
        return await self._first(post.c.message_id == message_id)

    async def get_many(self, message_ids: Collection[int]) -> dict[int, Post]:
        """Return those of these messages that are posts, by message id."""
        found: dict[int, Post] = {}
        for some in upsert.lists(message_ids):
            rows = await self._connection.execute(select(post).where(post.c.message_id.in_(some)))
            found |= {row.message_id: read_post(row) for row in rows}
        return found

    async def find_release(self, id_: int) -> Release | None:
        """Return the chapter that a message shows or that a thread belongs to.

        A thread belongs to a chapter if it hangs under the chapter's post or contains its pages.
        """
        # A thread shares the id of the message that it hangs under (docs: topics/threads); that may be deleted.
        for here in (post.c.message_id == id_, and_(post.c.channel_id == id_, page_in_thread)):
            found = await self._connection.execute(
                select(release).join(post, post.c.release_id == release.c.id).where(here).limit(1)
            )
            row = found.mappings().one_or_none()
            if row is not None:
                return read_release(row)
        return None

    async def find_next_part(self, of: Post) -> Post | None:
        """Return the message with the next page of a chapter posted into a thread."""
        next_one = select(_other.c.id).where(
            _this.c.id == of.delivery_id,
            _other.c.subscription_id == _this.c.subscription_id,
            _other.c.release_id == _this.c.release_id,
            _other.c.part == _this.c.part + 1,
        )
        return await self._first(post.c.delivery_id.in_(next_one))

    async def find_latest_in(self, channel_id: int, release_id: int, *, after: int) -> Post | None:
        """Return the newest post of a chapter in a channel whose message id is higher than `after`."""
        return await self._first(
            and_(post.c.channel_id == channel_id, post.c.release_id == release_id, post.c.message_id > after)
        )

    async def _link(self, news: Sequence[Post]) -> None:
        """Mark pages of a thread whose next page has just been posted as stale: they link to it."""
        for new in news:
            if new.shape is not MessageForm.PART or new.part <= 1 or new.delivery_id is None:
                continue
            one_before = select(_other.c.id).where(
                _this.c.id == new.delivery_id,
                _other.c.subscription_id == _this.c.subscription_id,
                _other.c.release_id == _this.c.release_id,
                _other.c.part == _this.c.part - 1,
            )
            await self._connection.execute(
                update(post)
                .where(post.c.delivery_id.in_(one_before), post.c.message_id < new.message_id - MAX_ID_GAP)
                .values(stale=True)
            )

    async def _outdate(self, delivery_id: int) -> None:
        """Mark the subscription's previous chapter as stale, once, where it announces when the next one comes.

        A chapter that was already released when its predecessor was sent is named there already.
        """
        found = await self._connection.execute(
            select(
                _other.c.subscription_id,
                _other.c.release_id,
                _other.c.sent_at,
                release.c.released_at,
                subscription.c.pace,
            )
            .join(_other, _other.c.subscription_id == _this.c.subscription_id)
            .join(release, release.c.id == _this.c.release_id)
            .join(subscription, subscription.c.id == _this.c.subscription_id)
            .where(
                _this.c.id == delivery_id,
                _other.c.part == 0,
                _other.c.release_id < _this.c.release_id,
            )
            .order_by(_other.c.release_id.desc())
            .limit(1)
        )
        before = found.one_or_none()
        if before is None or before.sent_at is None:
            return
        if before.pace is None and before.sent_at >= before.released_at:
            return
        of_it = (
            delivery.c.subscription_id == before.subscription_id,
            delivery.c.release_id == before.release_id,
        )
        last_part = select(func.max(delivery.c.part)).where(*of_it).scalar_subquery()
        await self._connection.execute(
            update(post)
            .where(
                post.c.delivery_id.in_(select(delivery.c.id).where(*of_it)),
                or_(
                    and_(post.c.shape == MessageForm.PAGES.value, post.c.page == post.c.page_count),
                    and_(post.c.shape == MessageForm.PART.value, post.c.part == last_part),
                    post.c.shape.in_(
                        [MessageForm.CARD.value, MessageForm.OPENING.value, MessageForm.STARTER.value]
                    ),
                ),
            )
            .values(stale=True)
        )

    async def record_page(self, message_id: int, page: int, page_count: int, revision: int) -> None:
        """Record the page and revision that a post shows now.

        A post that gets pages to turn for the first time needs its controls again.
        """
        of_post = select(post.c.release_id).where(post.c.message_id == message_id).scalar_subquery()
        current = await self._current_revision(release.c.id == of_post)
        grown = and_(post.c.page_count == 1, literal(page_count) > 1)
        await self._set(
            message_id,
            page=page,
            page_count=page_count,
            revision=revision,
            stale=revision < current,
            decorated=case((grown, False), else_=post.c.decorated),
        )

    async def list_stale(self, limit: int, avoid: Collection[int] = ()) -> list[Post]:
        """List posts that show an old revision or old credits, newest first, without the messages `avoid`."""
        rows = await self._connection.execute(
            select(post)
            .where(post.c.stale.is_(True), post.c.message_id.not_in(avoid))
            .order_by(post.c.message_id.desc())
            .limit(limit)
        )
        return [read_post(row) for row in rows]

    async def clear_stale(self, message_id: int, revision: int) -> None:
        """Accept that a post cannot show that revision: it is not stale until the next one."""
        of_post = select(post.c.release_id).where(post.c.message_id == message_id).scalar_subquery()
        if await self._current_revision(release.c.id == of_post) <= revision:
            await self._set(message_id, stale=False)

    async def list_undecorated(self, limit: int) -> list[Post]:
        """List posts that still need their reactions, newest first."""
        rows = await self._connection.execute(
            select(post).where(post.c.decorated.is_(False)).order_by(post.c.message_id.desc()).limit(limit)
        )
        return [read_post(row) for row in rows]

    async def mark_decorated(self, message_id: int) -> None:
        """Record that a post has its reactions."""
        await self._set(message_id, decorated=True)

    async def mark_stripped(self, message_id: int) -> bool:
        """Schedule the reactions that a moderator removed to be added again; False if that was done before."""
        bared = await self._connection.execute(
            update(post)
            .where(post.c.message_id == message_id, post.c.restored.is_(False))
            .values(restored=True, decorated=False)
        )
        return bared.rowcount == 1

    async def delete(self, message_id: int) -> None:
        """Delete a post whose message is gone from Discord."""
        await self._connection.execute(delete(post).where(post.c.message_id == message_id))

    async def _current_revision(self, of_release: ColumnElement[bool]) -> int:
        """Return a release's revision and lock it until this transaction ends; 0 if there is no release.

        Without the lock a revision made meanwhile on PostgreSQL would miss the post that is entered here.
        """
        found = await self._connection.execute(
            select(release.c.revision).where(of_release).with_for_update(read=True)
        )
        return found.scalar_one_or_none() or 0

    async def _set(self, message_id: int, **values: object) -> None:
        await self._connection.execute(update(post).where(post.c.message_id == message_id).values(**values))

    async def _first(self, condition: ColumnElement[bool]) -> Post | None:
        row = (
            await self._connection.execute(
                select(post).where(condition).order_by(post.c.message_id.desc()).limit(1)
            )
        ).one_or_none()
        return None if row is None else read_post(row)


def read_post(row: Row[Any]) -> Post:
    """Convert a row of the table."""
    return Post(
        message_id=row.message_id,
        channel_id=row.channel_id,
        guild_id=row.guild_id,
        release_id=row.release_id,
        delivery_id=row.delivery_id,
        page=row.page,
        page_count=row.page_count,
        revision=row.revision,
        decorated=row.decorated,
        restored=row.restored,
        shape=MessageForm(row.shape),
        part=row.part,
    )
