"""`fascicle desk` as a program: where it is, and what it says if it cannot be there."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

from aiohttp import ClientSession

from bot.clock import ManualClock
from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer
from bot.desk.typed_words import count_typed_words
from bot.domain.pages import count_words
from bot.store.database import Database
from bot.store.releases.release_records import NewRelease

from .conftest import NOW, DeskClient


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("FASCICLE_")}


async def start(folder: Path, port: int) -> asyncio.subprocess.Process:
    path = os.pathsep.join(sys.path)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "desk", "--port", str(port), "--no-browser", "--content", "stories",
        cwd=folder, env={**clean(), "PYTHONPATH": path},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_it_says_where_it_is_and_ends_cleanly(tmp_path: Path) -> None:
    program = await start(tmp_path, 0)
    assert program.stdout is not None
    line = (await asyncio.wait_for(program.stdout.readline(), 60)).decode()
    assert re.search(r"ready at http://127\.0\.0\.1:\d+", line)
    assert (tmp_path / "stories").is_dir()
    program.send_signal(signal.SIGINT)
    _, said = await asyncio.wait_for(program.communicate(), 20)
    assert (program.returncode, said) == (0, b"")


async def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        program = await start(tmp_path, port)
        _, said = await asyncio.wait_for(program.communicate(), 60)
    assert program.returncode == 2
    assert said.decode().count("\n") == 1
    assert f"Port {port} cannot be had" in said.decode()
    assert f"fascicle desk --port {port + 1}" in said.decode()


async def test_a_database_that_is_not_there_leaves_the_calendar_of_the_files(
    content: Path, tmp_path: Path
) -> None:

    missing = f"sqlite+aiosqlite:///{tmp_path / 'none.db'}"
    desk = Desk.open(content, ManualClock(NOW), page_length=3200, database=missing)
    async with DeskServer(desk, port=0) as server, ClientSession() as session:
        client = DeskClient(server.url, session)
        await client.open()
        answer = await client.ask("GET", "/api/calendar")
    assert not answer["database"]
    assert "cannot be read" in answer["note"]
    assert len(answer["stories"][0]["releases"]) == 3
    assert not (tmp_path / "none.db").exists()


async def test_with_the_database_the_calendar_goes_on_from_what_is_out(content: Path, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    files = Desk.open(content, ManualClock(NOW), page_length=3200).content
    found = files.find("tides")
    assert found is not None
    assert found.serial is not None
    store = await Database.open(url)
    async with store.begin() as tx:
        await tx.stories.add(found.story, first_seen=NOW, settled_until=NOW)
        for chapter in found.serial.chapters[:2]:
            await tx.releases.add(
                NewRelease(story="tides", chapter=chapter, at=NOW, released_at=NOW, words=1)
            )
    await store.close()
    desk = Desk.open(content, ManualClock(NOW), page_length=3200, database=url)
    async with DeskServer(desk, port=0) as server, ClientSession() as session:
        client = DeskClient(server.url, session)
        await client.open()
        (story,) = (await client.ask("GET", "/api/calendar"))["stories"]
    assert [one["title"] for one in story["releases"]] == ["Spring Tide"]
    assert story["out"] == 2


def test_words_are_counted_as_everywhere() -> None:
    for text in (
        "", "One *two* three.\n\nFour [five](http://a.b/c).", "a\n\n```\nb\n\nc\n```\n\nd", "他们走了。\n\nOne two.",
        "<b>x</b> y\n\nz", "1. one\n2. two\n\n-# three", "他们走了。\n\n" * 5 + "two",
    ):  # fmt: skip
        assert count_typed_words(text) == count_words(text), text
