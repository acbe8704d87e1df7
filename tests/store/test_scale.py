"""The claim stays quick when everything around it is large."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, text

from bot.clock import stopwatch
from bot.store.deliveries import _claimable
from bot.store.engine import SqlStore
from bot.store.tables import delivery, subscription
from tests.store.samples import MINUTE, NOW, add_story
from tests.support.databases import fresh_store

STORIES, SUBSCRIPTIONS, UNSETTLED = 200, 100_000, 20_000


async def fill(store: SqlStore) -> None:
    """A subscription in 500 channels of each story, every fifth served once and owed the next chapter."""
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


async def test_claiming_among_a_hundred_thousand(store: SqlStore) -> None:
    await fill(store)
    taken: list[float] = []
    for _ in range(10):
        start = stopwatch()
        async with store.begin() as tx:
            jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 40, avoid=range(1, 100))
        taken.append(stopwatch() - start)
        assert len(jobs) == 40
    start = stopwatch()
    async with store.read() as tx:
        assert await tx.deliveries.next_due() == NOW
    print(f"claim {sorted(taken)[5] * 1000:.1f} ms, next_due {(stopwatch() - start) * 1000:.1f} ms")  # noqa: T201
    assert min(taken) < 0.05


async def test_nothing_is_scanned_to_find_what_is_due(tmp_path: Path) -> None:
    """On SQLite, with the statistics of an empty database: as a plan that must not depend on them."""
    async with fresh_store(tmp_path, "sqlite") as store, store.read() as tx:
        connection = tx.deliveries._connection
        wanted = _claimable.where(delivery.c.wake_at <= NOW, subscription.c.channel_id.not_in([1, 2])).limit(
            9
        )
        query = wanted.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert plan[0] == "SEARCH delivery USING INDEX ix_delivery_unsettled (wake_at>? AND wake_at<?)"
    assert "SEARCH earlier USING INDEX ix_delivery_order (subscription_id=? AND number<?)" in plan
    assert not any(word in step for step in plan for word in ("SCAN", "TEMP B-TREE"))
