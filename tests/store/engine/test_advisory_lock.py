"""What only PostgreSQL can do to us: end the connection that holds the lock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Database
from bot.store.engine import locks
from bot.store.engine.errors import DatabaseBusy
from tests.support.databases import fresh_database

KILL = text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[str]:
    async with fresh_database(tmp_path, "postgresql") as url:
        yield url


async def end_lock(url: str) -> None:
    """End the session that holds the lock, as a restarting server does."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        assert (await connection.execute(KILL)).scalars().all() == [True]
    await engine.dispose()


async def until_lost(store: Database) -> None:
    async with asyncio.timeout(5):
        while store.is_held():  # noqa: ASYNC110 - a reading, not an event
            await asyncio.sleep(0.01)


async def test_a_lost_lock_is_noticed_and_taken_again(server: str) -> None:
    store = await Database.open(server)
    for _ in range(2):
        await end_lock(server)
        await until_lost(store)
        async with store.begin() as tx:
            await tx.key_values.set("a", "b")
        assert store.is_held()
    await store.close()
    assert not store.is_held()


async def test_a_lost_lock_that_another_took_stops_all_writing(server: str) -> None:
    first = await Database.open(server)
    await end_lock(server)
    await until_lost(first)
    second = await Database.open(server)
    with pytest.raises(DatabaseBusy):
        async with first.begin():
            pass
    async with second.begin() as tx:
        await tx.key_values.set("a", "b")
    await second.close()
    await first.close()


async def test_a_silent_connection_is_found_out_by_its_heartbeat(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_HEARTBEAT", 0.05)
    store = await Database.open(server)
    await asyncio.sleep(0.3)
    assert store.is_held()
    monkeypatch.setattr(locks, "_PATIENCE", 0.3)
    monkeypatch.setattr(locks, "_PING", text("SELECT pg_sleep(30)"))
    await until_lost(store)
    monkeypatch.setattr(locks, "_PING", text("SELECT 1"))
    async with store.begin() as tx:
        assert await tx.key_values.get("a") is None
    assert store.is_held()
    await store.close()
