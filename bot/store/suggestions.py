"""The queue of readers' ideas, and the record of what was decided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.suggestion import Suggestion, SuggestionState
from bot.services.storage import Change, NewSuggestion
from bot.store.tables import suggestion, suggestion_change, supporter

_supporters = (
    select(func.count())
    .where(supporter.c.suggestion == suggestion.c.number)
    .scalar_subquery()
    .label("supporters")
)


class SqlSuggestions:
    """The queue; see `bot.services.storage.Suggestions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: NewSuggestion) -> Suggestion:
        """Queue it under the bot's next number, with the first entry of its record."""
        made = await self._connection.execute(
            insert(suggestion)
            .values(
                story=new.story,
                chapter=new.chapter,
                idea=new.idea,
                folded=new.idea.casefold(),
                support=0,
                held=False,
                maker=new.maker,
                maker_name=new.maker_name,
                anonymous=new.anonymous,
                name_me=new.name_me,
                state=SuggestionState.NEW.value,
                created_at=new.created_at,
                guild_id=new.guild_id,
                channel_id=new.channel_id,
            )
            .returning(suggestion.c.number)
        )
        number = int(made.scalar_one())
        await self._record(number, was=None, became=SuggestionState.NEW, by=new.maker, at=new.created_at)
        found = await self._select(suggestion.c.number == number)
        return found[0]

    async def get(self, number: int) -> Suggestion | None:
        """The suggestion of that number."""
        found = await self._select(suggestion.c.number == number)
        return found[0] if found else None

    async def of_maker(self, user_id: int) -> list[Suggestion]:
        """Everything one reader made, newest first."""
        return await self._select(suggestion.c.maker == user_id)

    async def queue(
        self,
        stories: Collection[str] | None,
        state: SuggestionState | None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Suggestion]:
        """The queue of these stories (None: all), newest first, in that state (None: any)."""
        return await self._select(*_filter(stories, state), offset=offset, limit=limit)

    async def count(self, stories: Collection[str] | None, state: SuggestionState | None) -> int:
        """How long that queue is."""
        return await self._count(*_filter(stories, state))

    async def undecided_by(self, user_id: int, story: str) -> int:
        """How many of a reader's ideas for a story wait for their decision."""
        undecided = [state.value for state in SuggestionState if state.undecided]
        return await self._count(
            suggestion.c.maker == user_id, suggestion.c.story == story, suggestion.c.state.in_(undecided)
        )

    async def last_made(self, user_id: int) -> datetime | None:
        """When a reader last suggested something."""
        latest = select(func.max(suggestion.c.created_at)).where(suggestion.c.maker == user_id)
        moment: datetime | None = (await self._connection.execute(latest)).scalar_one()
        return moment

    async def decide(
        self,
        number: int,
        *,
        was: SuggestionState,
        to: SuggestionState,
        by: int,
        at: datetime,
        reason: str | None = None,
        into: int | None = None,
        used_in: str | None = None,
    ) -> bool:
        """One update that names the old state, plus the entry in the record; False if somebody was first."""
        decided = await self._connection.execute(
            update(suggestion)
            .where(suggestion.c.number == number, suggestion.c.state == was.value)
            .values(state=to.value, decided_by=by, decided_at=at, reason=reason, into=into, used_in=used_in)
        )
        if decided.rowcount != 1:
            return False
        await self._record(number, was=was, became=to, by=by, at=at, reason=reason)
        return True

    async def history(self, number: int) -> list[Change]:
        """The record of a suggestion, from its making on."""
        rows = await self._connection.execute(
            select(suggestion_change)
            .where(suggestion_change.c.suggestion == number)
            .order_by(suggestion_change.c.id)
        )
        return [
            Change(
                was=SuggestionState(row.was) if row.was is not None else None,
                became=SuggestionState(row.became),
                by=row.by,
                at=row.at,
                reason=row.reason,
            )
            for row in rows
        ]

    async def _record(
        self,
        number: int,
        *,
        was: SuggestionState | None,
        became: SuggestionState,
        by: int,
        at: datetime,
        reason: str | None = None,
    ) -> None:
        await self._connection.execute(
            insert(suggestion_change).values(
                suggestion=number,
                was=was.value if was else None,
                became=became.value,
                by=by,
                at=at,
                reason=reason,
            )
        )

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(suggestion).where(*conditions)
        return int((await self._connection.execute(counted)).scalar_one())

    async def _select(
        self, *conditions: ColumnElement[bool], offset: int = 0, limit: int | None = None
    ) -> list[Suggestion]:
        wanted = select(suggestion, _supporters).where(*conditions).order_by(suggestion.c.number.desc())
        rows = await self._connection.execute(wanted.offset(offset).limit(limit))
        return [_read(row) for row in rows]


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
        idea=row.idea,
        maker=row.maker,
        maker_name=row.maker_name,
        anonymous=row.anonymous,
        name_me=row.name_me,
        state=SuggestionState(row.state),
        created_at=row.created_at,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        supporters=row.supporters,
        into=row.into,
        used_in=row.used_in,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )
