"""Queries over suggestions; nothing here changes them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.suggestions.suggestion import OPEN_STATES, Suggestion, SuggestionChange, SuggestionState
from bot.domain.text.normalization import fold
from bot.store.engine import upsert
from bot.store.suggestions.suggestion_records import ComparableSuggestion, Involvement
from bot.store.suggestions.supporters import Supporters, merged_tree
from bot.store.tables import suggestion, suggestion_change

_BEYOND = 2**63
"""The first number that fits into no database's integers."""

_OPEN = [state.value for state in OPEN_STATES]
_UNDECIDED = [state.value for state in SuggestionState if state.is_undecided]
_public = and_(suggestion.c.state.in_(_OPEN), suggestion.c.held.is_(False))


class SuggestionQueries:
    """Queries over suggestions; `SuggestionRepository` adds what changes them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._supporters = Supporters(connection)

    async def get(self, number: int) -> Suggestion | None:
        """Return the suggestion with that number, which may be any number that somebody typed."""
        if not 0 < number < _BEYOND:
            return None
        found = await self._select(suggestion.c.number == number)
        return found[0] if found else None

    async def list_by_suggester(self, user_id: int) -> list[Suggestion]:
        """List everything one reader suggested, newest first."""
        return await self._select(suggestion.c.maker == user_id)

    async def list_all(
        self,
        stories: Collection[str] | None,
        state: SuggestionState | None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Suggestion]:
        """List suggestions, newest first, of these stories and in that state (None: any)."""
        return await self._select(*_filter(stories, state), offset=offset, limit=limit)

    async def count_undecided_by(self, user_id: int, hashed: str, story: str) -> int:
        """Count somebody's undecided suggestions for a story, including those from before an erasure."""
        return await self._count(
            is_made_by(user_id, hashed),
            suggestion.c.story == story,
            suggestion.c.state.in_(_UNDECIDED),
        )

    async def count_undecided(self, story: str) -> int:
        """Count a story's undecided suggestions."""
        return await self._count(suggestion.c.story == story, suggestion.c.state.in_(_UNDECIDED))

    async def find_last_submission(self, user_id: int, hashed: str) -> datetime | None:
        """Return when somebody last suggested something, including before an erasure."""
        latest = select(func.max(suggestion.c.created_at)).where(is_made_by(user_id, hashed))
        moment: datetime | None = (await self._connection.execute(latest)).scalar_one()
        return moment

    async def list_changes(self, number: int) -> list[SuggestionChange]:
        """List the record of a suggestion from its beginning, without what was undone."""
        rows = await self._connection.execute(
            select(suggestion_change)
            .where(suggestion_change.c.suggestion == number, suggestion_change.c.undone_at.is_(None))
            .order_by(suggestion_change.c.id)
        )
        return [_read_change(row) for row in rows]

    async def find_changed(self, change_id: int) -> int | None:
        """Return the number of the suggestion that a change is about, also if it was undone."""
        found = select(suggestion_change.c.suggestion).where(suggestion_change.c.id == change_id)
        number: int | None = (await self._connection.execute(found)).scalar_one_or_none()
        return number

    async def get_many(self, numbers: Collection[int]) -> dict[int, Suggestion]:
        """Return the existing suggestions among these numbers."""
        found: dict[int, Suggestion] = {}
        for some in upsert.chunks([number for number in numbers if 0 < number < _BEYOND]):
            found |= {one.number: one for one in await self._select(suggestion.c.number.in_(some))}
        return found

    async def list_used_in(self, story: str, chapter: str) -> list[Suggestion]:
        """List the used suggestions that name that chapter, by number."""
        used = suggestion.c.state == SuggestionState.USED.value
        found = await self._select(suggestion.c.story == story, suggestion.c.used_in == chapter, used)
        return found[::-1]

    async def list_merged_into(self, number: int) -> list[Suggestion]:
        """List the suggestions merged into this one, at any depth, by number."""
        within = suggestion.c.number.in_(select(merged_tree(number).c.number))
        return (await self._select(within, suggestion.c.number != number))[::-1]

    async def list_involved(self, number: int) -> list[Involvement]:
        """List everybody to be notified: the suggester, the suggesters of merged ones, then all supporters.

        Nobody is listed twice, and nobody who was erased.
        """
        return await self._supporters.list_involved(number)

    async def filter_supported(self, user_id: int, numbers: Collection[int]) -> set[int]:
        """Return those of these suggestions that somebody supports directly."""
        return await self._supporters.filter_supported(user_id, numbers)

    async def list_top(self, story: str, *, offset: int = 0, limit: int | None = None) -> list[Suggestion]:
        """List a story's open, publicly visible suggestions, most supported first, then oldest first."""
        # Two steps, so that the first one reads an index alone however many there are.
        best = (
            select(suggestion.c.number)
            .where(
                suggestion.c.story == story,
                suggestion.c.state.in_(_OPEN),
                suggestion.c.number.not_in(_held_of(story)),
            )
            .order_by(suggestion.c.support.desc(), suggestion.c.number)
        )
        numbers = list((await self._connection.execute(best.offset(offset).limit(limit))).scalars())
        found = await self.get_many(numbers)
        return [found[number] for number in numbers]

    async def count_public(self, story: str) -> int:
        """Count a story's open, publicly visible suggestions."""
        held = select(func.count()).select_from(_held_of(story).subquery())
        counted = await self._count(suggestion.c.story == story, suggestion.c.state.in_(_OPEN))
        return counted - int((await self._connection.execute(held)).scalar_one())

    async def find_duplicate(self, story: str, suggester: int, text: str) -> int | None:
        """Return the person's newest suggestion for the story with the same folded text, unless withdrawn."""
        c, folded = suggestion.c, fold(text)
        found = await self._connection.execute(
            select(func.max(c.number)).where(
                c.maker == suggester,
                c.story == story,
                c.state != SuggestionState.WITHDRAWN.value,
                # What is nothing but signs folds to nothing.
                c.folded == folded if folded else c.idea == text,
            )
        )
        number: int | None = found.scalar_one()
        return number

    async def get_last_change(self) -> int:
        """Return a mark that grows with every change of any suggestion."""
        latest = select(func.coalesce(func.max(suggestion_change.c.id), 0))
        return int((await self._connection.execute(latest)).scalar_one())

    async def list_comparable(self, story: str, *, limit: int) -> list[ComparableSuggestion]:
        """List a story's newest publicly visible suggestions."""
        rows = await self._connection.execute(
            select(suggestion.c.number, suggestion.c.folded)
            .where(suggestion.c.story == story, _public)
            .order_by(suggestion.c.number.desc())
            .limit(limit)
        )
        return [ComparableSuggestion(row.number, row.folded, public=True) for row in rows]

    async def list_comparable_since(
        self, story: str, mark: int, *, limit: int
    ) -> list[ComparableSuggestion] | None:
        """List a story's suggestions changed after the mark; None if there are more than `limit` changes."""
        changed = select(suggestion_change.c.suggestion).where(suggestion_change.c.id > mark).limit(limit + 1)
        numbers = list((await self._connection.execute(changed)).scalars())
        if len(numbers) > limit:
            return None
        found = await self.get_many(set(numbers))
        return [
            ComparableSuggestion(one.number, fold(one.text), one.is_public)
            for one in found.values()
            if one.story == story
        ]

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(suggestion).where(*conditions)
        return int((await self._connection.execute(counted)).scalar_one())

    async def _select(
        self, *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None
    ) -> list[Suggestion]:
        wanted = select(suggestion).where(*conditions).order_by(suggestion.c.number.desc())
        rows = await self._connection.execute(wanted.offset(offset).limit(limit))
        return [_read(row) for row in rows]


def is_made_by(user_id: int, hashed: str) -> ColumnElement[bool]:
    """Match suggestions of a person, by id or by the hash kept after an erasure."""
    return or_(suggestion.c.maker == user_id, suggestion.c.maker_hash == hashed)


def _held_of(story: str) -> Select[tuple[int]]:
    """Select the numbers of a story's open suggestions that readers do not see."""
    return select(suggestion.c.number).where(
        suggestion.c.story == story, suggestion.c.state.in_(_OPEN), suggestion.c.held.is_(True)
    )


def _filter(stories: Collection[str] | None, state: SuggestionState | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if stories is not None:
        conditions.append(suggestion.c.story.in_(stories))
    if state is not None:
        conditions.append(suggestion.c.state == state.value)
    return conditions


def _read(row: Row[Any]) -> Suggestion:
    return Suggestion(
        number=row.number,
        story=row.story,
        chapter=row.chapter,
        text=row.idea,
        suggester=row.maker,
        suggester_name=row.maker_name,
        anonymous=row.anonymous,
        name_me=row.name_me,
        state=SuggestionState(row.state),
        created_at=row.created_at,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        supporters=row.support,
        merged_into=row.into,
        used_in=row.used_in,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
        held=row.held,
        suggester_hash=row.maker_hash,
    )


def _read_change(row: Row[Any]) -> SuggestionChange:
    return SuggestionChange(
        was=SuggestionState(row.was) if row.was is not None else None,
        became=SuggestionState(row.became),
        by=row.by,
        at=row.at,
        reason=row.reason,
        id=row.id,
        undo_until=row.undo_until,
        was_into=row.was_into,
        was_held=bool(row.was_held),
    )
