"""A database that is not there yet, goes away, fills up, or is lost: a few lines, and no chapter is."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from discord_sandbox.seed import ADMIN, CHAPTERS, READERS
from discord_sandbox.server import Sandbox
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Database
from tests.e2e.processes import Stage, chapter_posts, decorated, long_text
from tests.e2e.programs import Programs, answer, answers_200
from tests.e2e.test_shutdown import POSTING
from tests.store.engine.test_advisory_lock import KILL
from tests.support.servers import Server, server  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow

STORY = "the-lamp"
QUIET = {"level": "warning"}
AWAY = "I can’t reach my database right now"


async def ready_says(stage: Stage, wanted: str) -> None:
    """Wait until `/readyz` refuses with that reason."""

    async def refused() -> bool:
        status, reason = await answer(f"{stage.health}/readyz")
        return status == 503 and wanted in reason

    await until(refused)


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    """Wait until an answer is yes."""
    async with asyncio.timeout(30):
        while not await met():  # noqa: ASYNC110 - another process has no events
            await asyncio.sleep(0.1)


async def test_a_server_that_comes_later_restarts_and_is_taken_by_another(
    sandbox: Sandbox,
    programs: Programs,
    tmp_path: Path,
    server: Server,  # noqa: F811 - a fixture
) -> None:
    stage = Stage(sandbox, programs, tmp_path, server.url)
    stage.configure(log=QUIET)
    stage.story(STORY, long_text(50))
    admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
    server.stop()
    bot = await stage.begin()
    await bot.says("I go on trying")
    await ready_says(stage, "the database is not open yet")
    server.start()
    await answers_200(f"{stage.health}/readyz", bot)
    assert ["cannot be used" in bot.lines[0], "works again" in bot.lines[1], len(bot.lines)] == [
        True,
        True,
        2,
    ]

    # It goes while a post is under way: Discord has taken it, and it cannot be written down.
    await sandbox.until(lambda: list(sandbox.commands.everywhere()))
    sandbox.add_fault("delay_answer", seconds=2, **POSTING)
    await admin.invoke(CHAPTERS, "/subscribe", story=STORY, start="latest")
    await sandbox.until(lambda: chapter_posts(reader, CHAPTERS))
    server.stop()
    assert AWAY in (await reader.invoke(CHAPTERS, "/library")).text
    await ready_says(stage, "the database cannot be used")
    server.start()
    await decorated(reader, CHAPTERS, "The Lamp")
    await answers_200(f"{stage.health}/readyz", bot)
    (row,) = (await stage.rows("delivery"))["delivery"]
    assert (row.state, row.attempts) == ("sent", 1)
    assert len(chapter_posts(reader, CHAPTERS)) == 1
    assert len(bot.lines) <= 6

    # Its lock goes with its connection, and another is quicker.
    other = create_async_engine(server.url, isolation_level="AUTOCOMMIT")
    async with other.connect() as connection:
        await connection.execute(KILL)
        await connection.execute(
            text("SELECT pg_advisory_lock(1178686275, hashtext(coalesce(current_schema()::text, '')))")
        )
        assert await bot.ended() == 2
    await other.dispose()
    assert "Another fascicle has taken over" in bot.lines[-1]
    assert len(bot.lines) <= 7


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("a small disk can be mounted only by root, where that is allowed")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


async def test_a_disk_that_fills_up_and_a_log_that_is_deleted(
    sandbox: Sandbox, programs: Programs, tmp_path: Path, small_disk: Path
) -> None:
    database = small_disk / "fascicle.db"
    stage = Stage(sandbox, programs, tmp_path, f"sqlite+aiosqlite:///{database}")
    stage.configure(log=QUIET)
    stage.story(STORY, long_text(50))
    admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
    bot = await stage.start()
    filler = small_disk / "filler"
    _fill(filler)
    answered = ""
    for n in range(60):
        # Until SQLite needs more room than it has already.
        idea = f"{n} " + "A storm. " * 150
        answered = (await reader.invoke(CHAPTERS, "/suggest", idea=idea[:1400])).text
        if AWAY in answered:
            break
        reader = sandbox.person(READERS[n % len(READERS)])
    assert AWAY in answered
    await ready_says(stage, "no space is left")
    assert AWAY in (await admin.invoke(CHAPTERS, "/subscribe", story=STORY, start="latest")).text
    assert "The Lamp" in (await reader.invoke(CHAPTERS, "/library")).text, "what is there can be read"
    filler.unlink()
    await answers_200(f"{stage.health}/readyz", bot)
    await admin.invoke(CHAPTERS, "/subscribe", story=STORY, start="latest")
    await decorated(reader, CHAPTERS, "The Lamp")
    assert len(bot.lines) <= 4
    assert not [line for line in bot.lines if "Traceback" in line]

    database.with_name("fascicle.db-wal").unlink()
    assert await bot.ended() == 2
    assert "-wal file was deleted" in bot.lines[-1]
    store = await Database.open(stage.database)
    async with store.read() as tx:
        assert len(await tx.subscriptions.list_by_story(STORY)) == 1, "what its log held was saved"
    await store.close()


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            return
