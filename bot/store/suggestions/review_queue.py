"""The authors' review queue: the neighbours of a suggestion in a chosen order, and search."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from bot.domain.suggestions.panel_contents import QueueOrder
from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.engine.column_types import Words
from bot.store.suggestions.review_queue_records import QueueEntry, QueueQuery
from bot.store.tables import release, suggestion

_beginning = func.substr(suggestion.c.idea, 1, 80).label("beginning")

_OFFERED = (suggestion.c.number, _beginning, suggestion.c.story, suggestion.c.state)

_NO_CHAPTER = 2**31
"""Suggestions made under no chapter come after all chapters."""

_DIGITS = 18
"""Digits of any number that a suggestion may have: more do not fit into 64 bits."""

_Step = tuple[ColumnElement[Any], bool]

_rank = func.coalesce(release.c.number, _NO_CHAPTER)
_ORDERS: dict[QueueOrder, tuple[_Step, ...]] = {
    QueueOrder.NEWEST: ((suggestion.c.number, True),),
    QueueOrder.SUPPORTED: ((suggestion.c.support, True), (suggestion.c.number, True)),
    QueueOrder.CHAPTER: ((suggestion.c.story, False), (_rank, False), (suggestion.c.number, True)),
}
"""The sort keys of each order, each with whether the largest comes first; the number, which is last, makes it total."""


class ReviewQueueRepository:
    """Queries of the review queue.

    A suggestion's neighbours are its present ones, even if it does not match the query itself any more.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def contains(self, wanted: QueueQuery, number: int) -> bool:
        """Return whether the suggestion matches the query."""
        found = _among(select(suggestion.c.number), wanted).where(suggestion.c.number == number)
        return (await self._connection.execute(found)).one_or_none() is not None

    async def locate(self, wanted: QueueQuery, number: int) -> tuple[int, int]:
        """Return how many matches come before the suggestion (0 if it is gone), and how many there are."""
        place = await self._place(wanted.order, number)
        before = _beyond(wanted.order, place, back=True) if place is not None else false()
        # One pass for both: a search reads every text.
        ahead = func.coalesce(func.sum(case((before, 1), else_=0)), 0)
        row = (await self._connection.execute(_among(select(func.count(), ahead), wanted))).one()
        return int(row[1]), int(row[0])

    async def list_numbers(self, wanted: QueueQuery, *, offset: int, limit: int) -> list[int]:
        """List the numbers of some matches, in order."""
        ordered = _among(select(suggestion.c.number), wanted).order_by(
            *(column.desc() if largest else column.asc() for column, largest in _ORDERS[wanted.order])
        )
        return list((await self._connection.execute(ordered.offset(offset).limit(limit))).scalars())

    async def find_first(self, wanted: QueueQuery) -> int | None:
        """Return the first match."""
        return await self._next(wanted, None)

    async def find_next(self, wanted: QueueQuery, number: int) -> int | None:
        """Return the match after the suggestion; the first one if it is gone."""
        place = await self._place(wanted.order, number)
        return await self._next(wanted, _beyond(wanted.order, place) if place is not None else None)

    async def find_previous(self, wanted: QueueQuery, number: int) -> int | None:
        """Return the match before the suggestion; None if it is gone."""
        place = await self._place(wanted.order, number)
        if place is None:
            return None
        return await self._next(wanted, _beyond(wanted.order, place, back=True), back=True)

    async def search(
        self, stories: Collection[str], states: Collection[SuggestionState], typed: str, limit: int
    ) -> list[QueueEntry]:
        """List suggestions whose number begins with the typed text, or whose folded text contains it, newest first."""
        found = (
            select(*_OFFERED)
            .where(
                suggestion.c.story.in_(stories),
                suggestion.c.state.in_([state.value for state in states]),
                _mentions(typed) if typed else literal(True),
            )
            .order_by(suggestion.c.number.desc())
            .limit(limit)
        )
        exact = found.where(suggestion.c.number == _whole(typed))
        rows = {
            row.number: row for wanted in (exact, found) for row in await self._connection.execute(wanted)
        }
        return [_offered(row) for row in rows.values()][:limit]

    async def summarize_new(self, story: str, since: datetime, limit: int) -> tuple[int, list[QueueEntry]]:
        """Count a story's undecided suggestions since then, and list the most supported ones."""
        new = (
            suggestion.c.story == story,
            suggestion.c.state == SuggestionState.NEW.value,
            suggestion.c.created_at > since,
        )
        count = await self._connection.execute(select(func.count()).where(*new))
        best = await self._connection.execute(
            select(*_OFFERED)
            .where(*new)
            .order_by(suggestion.c.support.desc(), suggestion.c.number.desc())
            .limit(limit)
        )
        return int(count.scalar_one()), [_offered(row) for row in best]

    async def _place(self, order: QueueOrder, number: int) -> Sequence[Any] | None:
        """Return a suggestion's sort key in that order; None if there is no such suggestion."""
        columns = [column for column, _ in _ORDERS[order]]
        found = _joined(select(*columns), order).where(suggestion.c.number == number)
        place: Sequence[Any] | None = (await self._connection.execute(found)).one_or_none()
        return place

    async def _next(
        self, wanted: QueueQuery, condition: ColumnElement[bool] | None, *, back: bool = False
    ) -> int | None:
        steps = _ORDERS[wanted.order]
        best = _among(select(suggestion.c.number), wanted).order_by(
            *(column.desc() if largest != back else column.asc() for column, largest in steps)
        )
        if condition is not None:
            best = best.where(condition)
        number: int | None = (await self._connection.execute(best.limit(1))).scalar_one_or_none()
        return number


def _offered(row: Any) -> QueueEntry:
    return QueueEntry(row.number, row.beginning, row.story, SuggestionState(row.state))


def _joined(what: Select[Any], order: QueueOrder, *, chapters: bool = False) -> Select[Any]:
    what = what.select_from(suggestion)
    if order is not QueueOrder.CHAPTER and not chapters:
        return what
    same = and_(release.c.story == suggestion.c.story, release.c.chapter == suggestion.c.chapter)
    return what.outerjoin(release, same)


def _among(what: Select[Any], wanted: QueueQuery) -> Select[Any]:
    """Restrict a selection to the suggestions that match the query."""
    found = _joined(what, wanted.order, chapters=bool(wanted.chapter))
    found = found.where(suggestion.c.story.in_(wanted.stories))
    if wanted.state is not None:
        found = found.where(suggestion.c.state == wanted.state.value)
    if wanted.chapter is not None:
        of_it = release.c.number == wanted.chapter if wanted.chapter else suggestion.c.chapter.is_(None)
        found = found.where(of_it)
    if wanted.held:
        found = found.where(suggestion.c.held.is_(True))
    if wanted.search:
        found = found.where(_has(wanted.search))
    return found


def _has(search: str) -> ColumnElement[bool]:
    number = _whole(search)
    text = _within(suggestion.c.folded, search)
    return or_(suggestion.c.number == number, text) if number is not None else text


def _mentions(typed: str) -> ColumnElement[bool]:
    """Match suggestions whose number begins with the typed text, or whose text contains it."""
    text, number = _within(suggestion.c.folded, typed), _whole(typed)
    if not number:
        return text
    begun = (
        and_(suggestion.c.number >= number * 10**more, suggestion.c.number < (number + 1) * 10**more)
        for more in range(_DIGITS - len(str(number)))
    )
    return or_(*begun, text)


class _Position(GenericFunction[int]):
    """The position of one text in another, counted from 1; 0 if it is not contained.

    Unlike LIKE it has no special characters and ignores case rules, which makes it several times as fast.
    """

    type = Integer()
    inherit_cache = True
    name = "position_in"


@compiles(_Position, "sqlite")
def _on_sqlite(element: _Position, compiler: SQLCompiler, **more: Any) -> str:
    return f"instr({compiler.process(element.clauses, **more)})"


@compiles(_Position, "postgresql")
def _on_postgresql(element: _Position, compiler: SQLCompiler, **more: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **more)})"


def _within(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    return _Position(column, literal(text, Words)) > 0


def _whole(typed: str) -> int | None:
    """Return the typed number, if it is one that a suggestion may have."""
    digits = typed.removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS else None


def _beyond(order: QueueOrder, place: Sequence[Any], *, back: bool = False) -> ColumnElement[bool]:
    """Match suggestions after that sort key, or before it when going back."""
    steps = _ORDERS[order]
    if all(largest for _, largest in steps):
        # A comparison of rows, where all go the same way, is what an index can answer.
        columns, here = tuple_(*(column for column, _ in steps)), tuple_(*place)
        return columns > here if back else columns < here
    beyond: ColumnElement[bool] = false()
    for (column, largest), value in reversed(list(zip(steps, place, strict=True))):
        further = column > value if largest == back else column < value
        beyond = or_(further, and_(column == value, beyond))
    return beyond
