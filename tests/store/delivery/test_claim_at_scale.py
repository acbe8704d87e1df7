"""The claim stays quick when everything around it is large."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, text

from bot.store.database import Database
from bot.store.delivery.ledger import _claimable
from bot.store.tables import delivery, subscription
from tests.store.samples import MINUTE, NOW, add_story
from tests.support.databases import fresh_store

STORIES, SUBSCRIPTIONS, UNSETTLED = 20, 4_000, 800
"""Enough for the planner's statistics to say something; how long it takes at a hundred thousand is in `make bench`."""


async def fill(store: Database) -> None:
    """A subscription in 200 channels of each story, every fifth served once and owed the next chapter."""
    async with store.begin() as tx:
        connection = tx.deliveries._connection
        out = [await add_story(tx, f"s{n:03}", chapters=["one", "two"]) for n in range(STORIES)]
        common = {"guild_id": 1, "created_by": 1, "created_at": NOW, "place": 2, "state": "active"}
        await connection.execute(
            insert(subscription),
            [
                common
                | {
                    "id": n,
                    "story": f"s{n % STORIES:03}",
                    "channel_id": n,
                    "style": "pages",
                    "publish": False,
                }
                for n in range(1, SUBSCRIPTIONS + 1)
            ],
        )
        row = {"part": 0, "due_at": NOW, "mention": False, "attempts": 0, "skipped": ()}
        await connection.execute(
            insert(delivery),
            [
                row
                | {
                    "subscription_id": n,
                    "release_id": out[n % STORIES][number - 1].id,
                    "number": number,
                    "nonce": f"{n}-{number}",
                    "state": "due" if number == 2 else "sent",
                    "wake_at": NOW if number == 2 else None,
                }
                for n in range(1, SUBSCRIPTIONS + 1, SUBSCRIPTIONS // UNSETTLED)
                for number in (1, 2)
            ],
        )
        await connection.execute(text("ANALYZE"))


async def test_claiming_among_many(store: Database) -> None:
    await fill(store)
    claimed: set[int] = set()
    for _ in range(3):
        async with store.begin() as tx:
            jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 40, avoid=range(1, 100))
        claimed |= {job.subscription.channel_id for job in jobs}
    assert len(claimed) == 120
    assert claimed.isdisjoint(range(1, 100))
    async with store.read() as tx:
        assert await tx.deliveries.find_next_due() == NOW


@pytest.mark.parametrize("filled", [False, True])
async def test_nothing_is_scanned_to_find_what_is_due(tmp_path: Path, filled: bool) -> None:
    """On SQLite, whose plan must not depend on statistics: with those of an empty database, and of a full one."""
    async with fresh_store(tmp_path, "sqlite") as store:
        if filled:
            await fill(store)
        plan = await plan_of_claiming(store)
    assert plan[0] == "SEARCH delivery USING INDEX ix_delivery_unsettled (wake_at>? AND wake_at<?)"
    assert "SEARCH earlier USING INDEX ix_delivery_order (subscription_id=? AND number<?)" in plan
    assert not any(word in step for step in plan for word in ("SCAN", "TEMP B-TREE"))


async def plan_of_claiming(store: Database) -> list[str]:
    """How SQLite means to find what is due, step by step."""
    async with store.read() as tx:
        connection = tx.deliveries._connection
        wanted = _claimable.where(delivery.c.wake_at <= NOW, subscription.c.channel_id.not_in([1, 2])).limit(
            9
        )
        query = wanted.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        return [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
