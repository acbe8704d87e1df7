"""Credits of chapters, and the posts in which the credited people find them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, and_, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.suggestions.credits import Contributor
from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.delivery.post_records import PostLocation
from bot.store.tables import delivery, post, release, subscription, suggestion

_USED = suggestion.c.state == SuggestionState.USED.value


class CreditRepository:
    """Credits of chapters, and the posts in which the credited people find them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_contributors(self, story: str, chapter: str) -> list[Contributor]:
        """List the suggesters of the suggestions a chapter used, and of those merged into them, by number."""
        tree = _with_merged(_of_chapter(story, chapter))
        rows = await self._connection.execute(
            select(suggestion.c.maker, suggestion.c.maker_name, suggestion.c.name_me, suggestion.c.anonymous)
            .join(tree, tree.c.number == suggestion.c.number)
            .order_by(suggestion.c.number)
        )
        # Nothing may show whether an anonymous suggester is one of the others.
        return [
            Contributor(None, None, named=False)
            if row.anonymous
            else Contributor(row.maker, row.maker_name, row.name_me)
            for row in rows
        ]

    async def mark_stale(self, numbers: Collection[int]) -> None:
        """Mark posts as stale whose credits name these suggestions, or ones they were merged into."""
        if not numbers:
            return
        chapters = select(release.c.id).join(
            suggestion, and_(suggestion.c.story == release.c.story, suggestion.c.used_in == release.c.chapter)
        )
        above = _with_above(suggestion.c.number.in_(numbers))
        used = chapters.where(_USED, suggestion.c.number.in_(select(above.c.number)))
        await self._connection.execute(
            update(post)
            .where(post.c.release_id.in_(used), post.c.page == post.c.page_count)
            .values(stale=True)
        )

    async def find_post(
        self, release_id: int, user_id: int, *, guild_id: int | None, channel_id: int | None
    ) -> PostLocation | None:
        """Find a chapter's first post in that guild, preferably that channel, or in the reader's direct messages."""
        own = select(subscription.c.channel_id).where(subscription.c.user_id == user_id)
        direct = and_(post.c.guild_id.is_(None), post.c.channel_id.in_(own))
        there = post.c.guild_id == guild_id if guild_id is not None else None
        rows = await self._connection.execute(
            select(post.c.guild_id, post.c.channel_id, post.c.message_id)
            .where(post.c.release_id == release_id, direct if there is None else or_(there, direct))
            .order_by(post.c.message_id)
        )
        places = [PostLocation(row.guild_id, row.channel_id, row.message_id) for row in rows]
        ranked = sorted(places, key=lambda place: (place.channel_id != channel_id, place.guild_id is None))
        return ranked[0] if ranked else None

    async def is_planned(self, release_id: int, guild_id: int, *, by: datetime) -> bool:
        """Return whether a post of that chapter is due in that guild by then."""
        planned = (
            select(delivery.c.id)
            .join(subscription, subscription.c.id == delivery.c.subscription_id)
            .where(
                delivery.c.release_id == release_id,
                delivery.c.wake_at <= by,
                subscription.c.guild_id == guild_id,
            )
        )
        return (await self._connection.execute(planned.limit(1))).first() is not None


def _of_chapter(story: str, chapter: str) -> ColumnElement[bool]:
    return and_(suggestion.c.story == story, suggestion.c.used_in == chapter, _USED)


def _with_merged(condition: ColumnElement[bool]) -> CTE:
    """Select these suggestions and all that were merged into them, at any depth."""
    tree = select(suggestion.c.number.label("number")).where(condition).cte("credited", recursive=True)
    below = suggestion.alias()
    merged = select(below.c.number).join(tree, below.c.into == tree.c.number)
    return tree.union(merged.where(below.c.state == literal(SuggestionState.MERGED.value)))


def _with_above(condition: ColumnElement[bool]) -> CTE:
    """Select these suggestions and all that they were merged into, at any height."""
    tree = (
        select(suggestion.c.number.label("number"), suggestion.c.into.label("into"))
        .where(condition)
        .cte("above", recursive=True)
    )
    target = suggestion.alias()
    return tree.union(select(target.c.number, target.c.into).join(tree, target.c.number == tree.c.into))
