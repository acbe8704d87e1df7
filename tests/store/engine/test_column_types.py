from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from bot.store.database import Database
from bot.store.engine.column_types import Instant
from tests.store.samples import NOW, add_story, make_story

DIALECT = sqlite.dialect()
instants = st.datetimes(timezones=st.timezones())


@given(instants, instants)
def test_instants_come_back_in_utc_and_sort_as_integers(one: datetime, other: datetime) -> None:
    column = Instant()
    try:
        stored = [column.process_bind_param(instant, DIALECT) for instant in (one, other)]
    except OverflowError:  # the first and last day of the calendar, seen from another zone
        return
    assert stored[0] is not None
    assert stored[1] is not None
    back = column.process_result_value(stored[0], DIALECT)
    assert back == one.astimezone(UTC)
    assert back.tzinfo is UTC
    assert (stored[0] < stored[1]) == (one.astimezone(UTC) < other.astimezone(UTC))


async def test_naive_instants_are_refused_everywhere(store: Database) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="no time zone"):
        async with store.begin() as tx:
            await tx.stories.add(make_story(), first_seen=naive, settled_until=NOW)
    with pytest.raises(StatementError, match="no time zone"):
        async with store.begin() as tx:
            await tx.deliveries.claim(naive, naive + timedelta(1), 1)


async def test_microseconds_and_offsets_survive_the_database(store: Database) -> None:
    odd = datetime(2026, 3, 1, 1, 2, 3, 456789, tzinfo=timezone(timedelta(hours=-9, minutes=-30)))
    async with store.begin() as tx:
        await add_story(tx)
        await tx.stories.set_delay("lamp", odd, None)
        record = await tx.stories.get("lamp")
    assert record is not None
    assert record.calendar.delayed_until == odd
