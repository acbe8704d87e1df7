from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Database
from bot.store.database_inspection import describe_location
from bot.store.engine.errors import DatabaseBusy, DatabaseTooNew, DatabaseUnusable
from tests.store.samples import NOW, make_story
from tests.support.databases import fresh_store

HOLDER = """
import asyncio, sys
from bot.store.database import Database

async def main():
    store = await Database.open(sys.argv[1])
    print("held", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await store.close()

asyncio.run(main())
"""


@contextmanager
def another_process(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the database until its input ends."""
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


async def execute(url: str, *statements: str) -> None:
    """Run statements outside of the store."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def test_a_second_process_is_kept_out_until_the_first_is_killed(url: str) -> None:
    with another_process(url) as holder:
        with pytest.raises(DatabaseBusy, match="already running") as refusal:
            await Database.open(url)
        assert "\n" not in str(refusal.value)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        store = await Database.open(url)
        await store.close()


async def test_a_second_process_gets_in_after_an_orderly_end(url: str) -> None:
    with another_process(url) as holder:
        assert holder.stdin is not None
        holder.stdin.close()
        assert holder.wait() == 0
    store = await Database.open(url)
    await store.close()


async def test_two_stores_of_one_process_exclude_each_other_too(url: str) -> None:
    first = await Database.open(url)
    with pytest.raises(DatabaseBusy):
        await Database.open(url)
    await first.close()
    second = await Database.open(url)
    assert second.is_held()
    await second.close()


async def test_another_name_of_the_same_file_is_the_same_database(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "real")
    first = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/real/a.db")
    with pytest.raises(DatabaseBusy):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/alias/../alias/a.db")
    await first.close()


async def test_what_was_stored_is_there_after_reopening(url: str) -> None:
    for _ in range(2):
        store = await Database.open(url)
        async with store.begin() as tx:
            if await tx.stories.get("lamp") is None:
                await tx.stories.add(make_story(), first_seen=NOW, settled_until=NOW)
        await store.close()
    reader = await Database.open(url, read_only=True)
    async with reader.read() as tx:
        assert [record.story for record in await tx.stories.list_all()] == [make_story()]
    await reader.close()


async def test_a_newer_database_is_left_alone(url: str) -> None:
    await (await Database.open(url)).close()
    await execute(url, "UPDATE alembic_version SET version_num = '9999'")
    for read_only in (False, True):
        with pytest.raises(DatabaseTooNew, match=r"9999.*update fascicle"):
            await Database.open(url, read_only=read_only)


async def test_looking_on_needs_no_hold_and_changes_nothing(url: str) -> None:
    store = await Database.open(url)
    reader = await Database.open(url, read_only=True)
    for transaction in (reader.read, reader.begin):
        async with transaction() as tx:
            assert await tx.stories.list_all() == []
            with pytest.raises(DBAPIError):
                await tx.key_values.set("a", "b")
    await reader.close()
    async with store.begin() as tx:
        await tx.key_values.set("a", "c")
    await store.close()


async def test_read_refuses_to_change(store: Database) -> None:
    with pytest.raises(DBAPIError):
        async with store.read() as tx:
            await tx.key_values.set("a", "b")


async def test_looking_at_a_database_that_is_not_ready(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="fascicle run"):
        await Database.open(url, read_only=True)


async def test_a_read_sees_one_moment(store: Database) -> None:
    async with store.read() as before:
        assert await before.key_values.get("a") is None
        async with store.begin() as tx:
            await tx.key_values.set("a", "b")
        assert await before.key_values.get("a") is None
    async with store.read() as after:
        assert await after.key_values.get("a") == "b"


async def test_on_sqlite_reading_and_then_writing_loses_no_update(tmp_path: Path) -> None:
    async with fresh_store(tmp_path, "sqlite") as store:

        async def add_one() -> None:
            async with store.begin() as tx:
                await tx.key_values.set("n", str(int(await tx.key_values.get("n") or 0) + 1))

        await asyncio.gather(*(add_one() for _ in range(40)))
        async with store.read() as tx:
            assert await tx.key_values.get("n") == "40"


async def test_a_cancelled_transaction_is_rolled_back_and_frees_its_connection(store: Database) -> None:
    entered = asyncio.Event()

    async def hang() -> None:
        async with store.begin() as tx:
            await tx.key_values.set("a", "b")
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with store.begin() as tx:
        assert await tx.key_values.get("a") is None


async def test_folders_are_made(tmp_path: Path) -> None:
    store = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/data/deep/100% [odd] #name.db")
    await store.close()
    assert (tmp_path / "data" / "deep" / "100% [odd] #name.db").is_file()


async def test_an_unreadable_place_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DatabaseUnusable, match="folder cannot be made"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/file/a.db")
    with pytest.raises(DatabaseUnusable) as refusal:
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}")
    assert "\n" not in str(refusal.value)


async def test_a_broken_file_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    file.write_bytes(b"This is a letter, not a database. " * 100)
    before = file.read_bytes()
    with pytest.raises(DatabaseUnusable, match="file is not a database"):
        await Database.open(f"sqlite+aiosqlite:///{file}")
    assert file.read_bytes() == before


async def test_somebody_elses_tables_are_not_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE story (id INTEGER)")
    other.close()
    with pytest.raises(DatabaseUnusable, match="story"):
        await Database.open(f"sqlite+aiosqlite:///{file}")
    with sqlite3.connect(file) as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["story"]
    other.close()


@pytest.mark.parametrize(
    "url", ["mysql://root:hunter2@localhost/x", "nonsense", "sqlite:///file:x?mode=ro", ""]
)
async def test_urls_we_cannot_use(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match=r"sqlite\+aiosqlite:///") as refusal:
        await Database.open(url)
    assert "hunter2" not in str(refusal.value)


async def test_an_unreachable_server_is_one_clear_line_without_the_password() -> None:
    with pytest.raises(DatabaseUnusable) as refusal:
        await Database.open("postgresql+asyncpg://me:hunter2@127.0.0.1:1/none")
    assert "\n" not in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


async def test_in_memory() -> None:
    store = await Database.open("sqlite+aiosqlite://")
    async with store.begin() as tx:
        await tx.key_values.set("a", "b")
    async with store.read() as tx:
        assert await tx.key_values.get("a") == "b"
    await store.close()


@pytest.mark.parametrize(
    "query",
    [
        "password=hunter2",
        "PASSWORD=hunter2",
        "sslpassword=hunter2&ssl=require",
        "passfile=/home/me/hunter2",
        "auth_token=hunter2",
    ],
)
@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg", "mysql"])
def test_no_password_of_a_url_is_shown_wherever_it_stands(scheme: str, query: str) -> None:
    try:
        told = describe_location(f"{scheme}://me:hunter2@127.0.0.1:9/library?{query}")
    except DatabaseUnusable as error:
        told = str(error)
    assert "hunter2" not in told
    assert "127.0.0.1" in told
    assert query.split("=")[0] in told
