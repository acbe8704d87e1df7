"""The people behind a suggestion: its suggester, its supporters, and those of suggestions merged into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import CTE, delete, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.engine import upsert
from bot.store.suggestions.suggestion_records import Involvement
from bot.store.tables import story, suggestion, supporter

_DEEPEST = 1000
"""Merges upon merges that are followed; there is no cycle among them, and a limit makes sure of an end."""


def merged_tree(number: int) -> CTE:
    """Select the suggestion and all that was merged into it, at any depth."""
    what = suggestion.c.number, suggestion.c.maker, suggestion.c.anonymous
    found = select(*what).where(suggestion.c.number == number).cte("tree", recursive=True)
    merged = select(*what).join(found, suggestion.c.into == found.c.number)
    return found.union(merged.where(suggestion.c.state == SuggestionState.MERGED.value))


class Supporters:
    """Supporters, and the supporter count stored with every suggestion."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock_stories(self, stories: Iterable[str]) -> None:
        """Lock these stories' suggestions on PostgreSQL; SQLite has one writer anyway."""
        locked = select(story.c.slug).where(story.c.slug.in_(list(stories))).order_by(story.c.slug)
        await self._connection.execute(locked.with_for_update(key_share=True))

    async def add(self, number: int, user_id: int, at: datetime) -> bool:
        """Add a supporter; False if they were one."""
        await self._lock_story_of(number)
        added = await self._connection.execute(
            upsert.insert(self._connection, supporter)
            .values(suggestion=number, user_id=user_id, at=at)
            .on_conflict_do_nothing(index_elements=["suggestion", "user_id"])
        )
        if added.rowcount != 1:
            return False
        await self.recount(number)
        return True

    async def remove(self, number: int, user_id: int) -> bool:
        """Remove a supporter; False if they were none."""
        await self._lock_story_of(number)
        taken = await self._connection.execute(
            delete(supporter).where(supporter.c.suggestion == number, supporter.c.user_id == user_id)
        )
        if taken.rowcount != 1:
            return False
        await self.recount(number)
        return True

    async def filter_supported(self, user_id: int, numbers: Collection[int]) -> set[int]:
        """Return those of these suggestions that somebody supports."""
        rows = await self._connection.execute(
            select(supporter.c.suggestion).where(
                supporter.c.user_id == user_id, supporter.c.suggestion.in_(numbers)
            )
        )
        return set(rows.scalars())

    async def recount(self, number: int | None) -> None:
        """Recount the people behind a suggestion and behind those it was merged into."""
        for _ in range(_DEEPEST):
            if number is None:
                return
            counted = await self._connection.execute(
                update(suggestion)
                .where(suggestion.c.number == number)
                .values(support=await self._count(number))
                .returning(suggestion.c.into)
            )
            number = counted.scalar_one_or_none()

    async def list_involved(self, number: int) -> list[Involvement]:
        """List everybody involved: the suggester, the suggesters of merged suggestions, then all supporters."""
        merged = merged_tree(number)
        suggesters = await self._connection.execute(
            select(merged.c.number, merged.c.maker)
            .where(merged.c.maker.is_not(None))
            .order_by(merged.c.number != number, merged.c.number)
        )
        found: dict[int, Involvement] = {}
        for row in suggesters:
            found.setdefault(row.maker, Involvement(row.maker, row.number, made=True))
        supporters = await self._connection.execute(
            select(supporter.c.suggestion, supporter.c.user_id)
            .join(merged, merged.c.number == supporter.c.suggestion)
            .order_by(merged.c.number != number, merged.c.number, supporter.c.at, supporter.c.user_id)
        )
        for row in supporters:
            found.setdefault(row.user_id, Involvement(row.user_id, row.suggestion, made=False))
        return list(found.values())

    async def _count(self, number: int) -> int:
        """Count the people behind a suggestion, each once.

        The exception are suggesters of anonymous suggestions: each merged anonymous suggestion counts as one more
        person. Otherwise a merge that adds nobody would tell an author whose suggestion it is.
        """
        merged = merged_tree(number)
        joined, named = merged.c.number != number, merged.c.anonymous.is_(False)
        supporting = select(supporter.c.user_id).join(merged, merged.c.number == supporter.c.suggestion)
        suggesting = select(merged.c.maker).where(joined, named, merged.c.maker.is_not(None))
        people = union(supporting, suggesting).subquery()
        own = select(merged.c.maker).where(merged.c.number == number, named).scalar_subquery()
        known = select(func.count()).select_from(people).where(people.c.user_id.is_distinct_from(own))
        unknown = select(func.count()).select_from(merged).where(joined, merged.c.anonymous.is_(True))
        row = await self._connection.execute(select(known.scalar_subquery() + unknown.scalar_subquery()))
        return int(row.scalar_one())

    async def _lock_story_of(self, number: int) -> None:
        found = await self._connection.execute(
            select(suggestion.c.story).where(suggestion.c.number == number)
        )
        await self.lock_stories(found.scalars())
