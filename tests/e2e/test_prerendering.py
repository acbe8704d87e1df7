"""The running bot makes pages ahead, in processes for a long story, and leaves nothing running behind."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import psutil
import pytest

from tests.e2e.processes import Stage, becomes, long_text
from tests.e2e.programs import Program

pytestmark = pytest.mark.slow

CHAPTERS = 70
WORDS = 2000


async def kept(stage: Stage) -> int:
    """How many chapters have pages in the cache."""
    file = stage.content.parent / "cache" / "fascicle" / "pages-1.sqlite3"
    return await asyncio.to_thread(_count, file)


def _count(file: Path) -> int:
    if not file.exists():
        return 0
    connection = sqlite3.connect(file, timeout=10)
    try:
        (count,) = connection.execute("SELECT count(*) FROM page").fetchone()
    except sqlite3.OperationalError:  # Its table is about to be made.
        return 0
    finally:
        connection.close()
    return int(count)


def workers() -> list[psutil.Process]:
    """Every worker process below this one, however deep."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "bot.content.prerender.worker" in child.cmdline():
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def long_story(stage: Stage) -> Path:
    return stage.story("the-lamp", *(f"{n}. {long_text(WORDS)}" for n in range(CHAPTERS)))


async def said(program: Program, words: str) -> int:
    """How often the bot has logged that."""
    return program.err.count(words)


async def test_every_chapter_is_paged_and_a_changed_one_again(stage: Stage) -> None:
    folder = long_story(stage)
    async with stage.running() as program:
        await becomes(lambda: kept(stage), CHAPTERS)
        (folder / "chapters" / "001.md").write_text("Another text.\n", encoding="utf-8")
        await becomes(lambda: kept(stage), CHAPTERS + 1)
        await becomes(lambda: said(program, "paged ahead: 1,"), 1)
    assert not workers()
    async with stage.running() as program:
        (folder / "chapters" / "002.md").write_text("One more.\n", encoding="utf-8")
        await becomes(lambda: kept(stage), CHAPTERS + 2)
        await becomes(lambda: said(program, "paged ahead: 1,"), 1)
        assert await said(program, "paged ahead") == 1


async def test_a_bot_that_is_killed_takes_its_workers_with_it(stage: Stage) -> None:
    long_story(stage)
    program = await stage.begin()
    found: list[psutil.Process] = []
    while program.running and not found:
        await asyncio.sleep(0.005)
        found = workers()
    await program.kill()
    assert found
    _, alive = await asyncio.to_thread(psutil.wait_procs, found, 10)
    assert not alive
