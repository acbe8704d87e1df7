"""Rows that are work, looked at through the outbox: claimed oldest first, by one claimer each, and due again later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.store.database import Database
from bot.store.notifications.notice_records import NewNotice, PendingNotice

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def enter(store: Database, *due: datetime) -> None:
    async with store.begin() as tx:
        for number, moment in enumerate(due):
            await tx.notices.add_all(
                [NewNotice(number, "dry", {}, f"k{number}", f"n{number}")], now=NOW, due=moment
            )


async def claim(store: Database, now: datetime, limit: int = 10) -> list[PendingNotice]:
    async with store.begin() as tx:
        return await tx.notices.claim(now, now + MINUTE, limit)


async def test_what_is_due_is_claimed_oldest_first_and_once(store: Database) -> None:
    await enter(store, NOW, NOW - 2 * MINUTE, NOW + MINUTE, NOW - MINUTE)
    assert [each.user_id for each in await claim(store, NOW, limit=2)] == [1, 3]
    assert [(each.user_id, each.attempts) for each in await claim(store, NOW)] == [(0, 1)]
    assert await claim(store, NOW) == []


async def test_a_claim_that_ran_out_is_made_again_and_counted(store: Database) -> None:
    await enter(store, NOW)
    await claim(store, NOW)
    assert await claim(store, NOW + MINUTE / 2) == []
    assert [each.attempts for each in await claim(store, NOW + MINUTE)] == [2]


async def test_the_next_moment_is_the_earliest_of_those_that_wake(store: Database) -> None:
    await enter(store, NOW + MINUTE, NOW + 3 * MINUTE)
    async with store.begin() as tx:
        assert await tx.notices.find_next_due() == NOW + MINUTE
        (first,) = await tx.notices.claim(NOW + MINUTE, NOW + 2 * MINUTE, 10)
        await tx.notices.mark_told(first.id, NOW)
        assert await tx.notices.find_next_due() == NOW + 3 * MINUTE


async def test_a_far_moment_is_brought_back_and_the_others_stay(store: Database) -> None:
    await enter(store, NOW + 90 * MINUTE, NOW + MINUTE)
    async with store.begin() as tx:
        await tx.notices.clamp_due_times(NOW, NOW + 60 * MINUTE)
    assert [each.user_id for each in await claim(store, NOW)] == [0]


@pytest.mark.parametrize("dialect", ["postgresql"])  # SQLite has one writer, so no two claim at once.
async def test_two_at_once_never_claim_the_same(store: Database) -> None:
    await enter(store, *[NOW] * 4)
    async with store.begin() as one, store.begin() as other:
        ours = await one.notices.claim(NOW, NOW + MINUTE, 2)
        theirs = await other.notices.claim(NOW, NOW + MINUTE, 4)
    assert len(ours) == len(theirs) == 2
    assert not {each.id for each in ours} & {each.id for each in theirs}


async def test_a_claim_that_would_have_run_out_is_refused(store: Database) -> None:
    async with store.begin() as tx:
        with pytest.raises(ValueError, match="future"):
            await tx.notices.claim(NOW, NOW, 1)
