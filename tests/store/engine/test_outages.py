"""A database that goes away and comes back: who finds out, how often it is told, and what is refused meanwhile."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.services.transaction_retry import commit_with_retry
from bot.store.availability_monitor import monitor
from bot.store.database import Database
from bot.store.engine import circuit_breaker, locks, sqlite
from bot.store.engine.errors import DatabaseAway, DatabaseLost
from tests.support.databases import fresh_store
from tests.support.servers import Server, server  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    monkeypatch.setattr(circuit_breaker, "REST", 0.02)
    monkeypatch.setattr(locks, "_BETWEEN_TRIES", 0.01)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, and takes its time."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def write(store: Database, key: str = "a", value: str = "b") -> None:
    async with store.begin() as tx:
        await tx.key_values.set(key, value)


async def kept(store: Database, key: str = "a") -> str | None:
    async with store.read() as tx:
        return await tx.key_values.get(key)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The actions of all that is in the log above what is told of every job."""
    return [
        getattr(each, "action", each.getMessage()) for each in caplog.records if each.levelno > logging.INFO
    ]


async def test_a_lock_is_two_lines_however_many_wait_for_it(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = await Database.open(f"sqlite:///{file}")
    back: list[None] = []
    store.on_back.subscribe(lambda: back.append(None))
    with locked(file):
        for _ in range(20):
            with pytest.raises(DatabaseAway, match="locked by another program"):
                await write(store)
        assert "locked" in (store.find_trouble() or "")
        assert await kept(store) is None, "reading goes on"
    await asyncio.sleep(0.05)
    await write(store)
    assert store.find_trouble() is None
    assert told(caplog) == ["fault_begins", "fault_ends"]
    assert back == [None]
    await store.close()


async def test_nobody_waits_behind_somebody_who_waits_in_vain(file: Path) -> None:
    """Those that queue for the connection are turned away with whoever had it, instead of waiting each in turn."""
    store = await Database.open(f"sqlite:///{file}")
    with locked(file):
        async with asyncio.timeout(1):
            outcomes = await asyncio.gather(*(write(store) for _ in range(50)), return_exceptions=True)
    assert {type(each) for each in outcomes} <= {DatabaseAway, circuit_breaker._TurnedAway}
    await store.close()


async def test_what_happened_is_written_once_the_lock_is_gone(file: Path) -> None:
    store = await Database.open(f"sqlite:///{file}")
    with locked(file):
        waiting = asyncio.create_task(commit_with_retry(store, lambda tx: tx.key_values.set("a", "b")))
        await asyncio.sleep(0.3)
        assert not waiting.done()
    await waiting
    assert await kept(store) == "b"
    await store.close()


async def test_a_full_disk_is_found_by_its_next_write_and_waited_out(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = await Database.open(f"sqlite:///{file}")
    async with store._backend.writing.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(DatabaseAway, match="no space"):
        await write(store, value="x" * 100_000)
    assert "no space" in (store.find_trouble() or "")
    waiting = asyncio.create_task(commit_with_retry(store, lambda tx: tx.key_values.set("a", "x" * 100_000)))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await _give_room(store)
    await waiting
    assert await kept(store) == "x" * 100_000
    assert store.find_trouble() is None
    assert told(caplog) == ["fault_begins", "fault_ends"]
    await store.close()


async def _give_room(store: Database) -> None:
    async with store._backend.writing.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")


async def test_an_idle_bot_finds_out_too(file: Path) -> None:
    store = await Database.open(f"sqlite:///{file}")
    watching = asyncio.create_task(monitor(store, every=0.05, look=0.02))
    with locked(file):
        await until(lambda: store.find_trouble())
    await until(lambda: store.find_trouble() is None)
    assert not watching.done(), "it goes on watching"
    await write(store)
    assert await kept(store) == "b"
    watching.cancel()
    await store.close()


async def test_a_database_that_hangs_is_known_to(store: Database) -> None:
    """It answers nothing, not even that it fails: the watch says so, and nobody else waits for it."""
    release = asyncio.Event()

    async def hang() -> None:
        await release.wait()

    probe = store.probe
    store.probe = hang  # type: ignore[method-assign]
    watching = asyncio.create_task(monitor(store, every=0, look=0.01, patience=0.05))
    await until(lambda: store.find_trouble())
    with pytest.raises(DatabaseAway):
        await write(store)
    store.probe = probe  # type: ignore[method-assign]
    release.set()
    await until(lambda: store.find_trouble() is None)
    watching.cancel()


async def test_a_fault_of_ours_is_no_trouble_of_the_database(store: Database) -> None:
    await write(store)

    @event.listens_for(store._backend.writing.sync_engine, "before_execute")
    def break_it(*_: object) -> None:
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        await write(store)
    event.remove(store._backend.writing.sync_engine, "before_execute", break_it)
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.releases._connection.exec_driver_sql(  # type: ignore[attr-defined]
                "INSERT INTO setting (key) VALUES ('half')"
            )
    assert store.find_trouble() is None
    with pytest.raises(TimeoutError):
        async with store.begin():
            raise TimeoutError("whatever was done within took too long")
    assert store.find_trouble() is None


async def test_a_deleted_file_ends_the_bot_before_it_believes_in_it(file: Path) -> None:
    store = await Database.open(f"sqlite:///{file}")
    await write(store)
    await asyncio.to_thread(file.unlink)
    with pytest.raises(DatabaseLost, match="deleted, moved or replaced"):
        await write(store)
    with pytest.raises(DatabaseLost):
        await kept(store)
    lost = await asyncio.wait_for(store.wait_until_lost(), 1)
    assert "\n" not in str(lost)
    await store.close()


async def test_a_file_put_in_its_place_does_too(file: Path, tmp_path: Path) -> None:
    store = await Database.open(f"sqlite:///{file}")
    await write(store)
    other = await Database.open(f"sqlite:///{tmp_path / 'b.db'}")
    await other.close()
    (tmp_path / "b.db").replace(file)
    with pytest.raises(DatabaseLost, match="replaced"):
        await commit_with_retry(store, lambda tx: tx.key_values.set("a", "c"))
    await store.close()


@pytest.mark.parametrize("with_index", [False, True])
async def test_what_a_deleted_log_held_is_saved(file: Path, *, with_index: bool) -> None:
    store = await Database.open(f"sqlite:///{file}")
    await write(store)
    file.with_name("a.db-wal").unlink()
    if with_index:
        file.with_name("a.db-shm").unlink()
    with pytest.raises(DatabaseLost, match="What it held is in the database now"):
        await write(store, value="c")
    await store.close()
    again = await Database.open(f"sqlite:///{file}")
    assert await kept(again) == "b"
    await again.close()


async def test_files_that_nobody_touched_are_never_missed(file: Path) -> None:
    """SQLite makes its log anew when all connections were closed: that is its own doing."""
    store = await Database.open(f"sqlite:///{file}")
    for _ in range(3):
        await write(store)
        await kept(store)
        await store._backend.reading.dispose()
        await store._backend.writing.dispose()
    assert store.find_trouble() is None
    await store.close()


async def test_a_lock_file_that_was_deleted_is_made_anew(file: Path) -> None:
    store = await Database.open(f"sqlite:///{file}")
    file.with_name("a.db.lock").unlink()
    assert not store.is_held()
    await write(store)
    assert store.is_held()
    await store.close()


async def test_a_lock_file_that_another_made_meanwhile_ends_the_bot(file: Path) -> None:
    store = await Database.open(f"sqlite:///{file}")
    file.with_name("a.db.lock").unlink()
    second = await Database.open(f"sqlite:///{file}")
    with pytest.raises(DatabaseLost, match="Another fascicle has taken over"):
        await write(store)
    await asyncio.wait_for(store.wait_until_lost(), 1)
    await write(second)
    await second.close()
    await store.close()


async def test_a_server_that_restarts_is_retaken_quietly(
    server: Server,  # noqa: F811 - a fixture
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = await Database.open(server.url)
    watching = asyncio.create_task(monitor(store, every=0.2, look=0.05))
    await write(store)
    server.stop()
    waiting = [
        asyncio.create_task(commit_with_retry(store, lambda tx: tx.key_values.set("a", "c")))
        for _ in range(100)
    ]
    await until(lambda: store.find_trouble())
    for _ in range(200):
        with pytest.raises(DatabaseAway):
            await kept(store)
    assert told(caplog) == ["fault_begins"]
    server.start()
    await asyncio.gather(*waiting)
    await until(lambda: store.find_trouble() is None and store.is_held())
    assert await kept(store) == "c"
    assert told(caplog) == ["fault_begins", "fault_ends"]
    watching.cancel()
    await store.close()


async def test_our_own_lost_session_is_nobody_else(dialect: str, tmp_path: Path) -> None:
    """The network was cut: the server still has the lock with a session that nobody is at the end of."""
    if dialect == "sqlite":
        pytest.skip("its lock goes with the process")
    async with fresh_store(tmp_path, dialect) as store:
        lock = store._backend.lock
        assert isinstance(lock, locks.AdvisoryLock)
        lost = lock._connection
        assert lost is not None
        lock._connection = None
        assert not store.is_held()
        await write(store)
        assert store.is_held()
        assert lock._connection is not lost


async def until(met: object, seconds: float = 10.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not met():  # type: ignore[operator]  # noqa: ASYNC110
            await asyncio.sleep(0.01)
