"""The demo that the desk starts as a program of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.clock import ManualClock
from bot.desk.demo_process import DemoFailure, DemoProcess
from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer

from .conftest import NOW, DeskClient

READY = """
import os, sys, time
with open(sys.argv[1], "a") as file:
    print(os.getpid(), *sys.argv[2:], file=file)
print("One moment.")
print("Fascicle is ready at http://127.0.0.1:4242", flush=True)
print("x" * 1_000_000, flush=True)
print("y" * 1_000_000, file=sys.stderr, flush=True)
time.sleep(60)
"""


def demo_of(tmp_path: Path, program: str, patience: float = 20) -> DemoProcess:
    """A demo that is another program; it notes its starts in the file `starts`."""
    command = (sys.executable, "-c", program, str(tmp_path / "starts"))
    return DemoProcess(tmp_path / "content", command, patience=patience)


def starts(tmp_path: Path) -> list[str]:
    return (tmp_path / "starts").read_text().splitlines()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_pressed_twice_it_is_one_demo_and_it_ends_with_the_desk(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    desk = Desk.open(tmp_path / "content", ManualClock(NOW), page_length=3200)
    desk = replace(desk, demo=demo_of(tmp_path, READY))
    async with DeskServer(desk, port=0) as server, ClientSession() as session:
        client = DeskClient(server.url, session)
        await client.open()
        both = await asyncio.gather(*(client.ask("POST", "/api/demo") for _ in range(2)))
        again = await client.ask("POST", "/api/demo")
        assert [*both, again] == [{"url": "http://127.0.0.1:4242"}] * 3
        (started,) = starts(tmp_path)
        pid, *options = started.split()
        content = str((tmp_path / "content").resolve())
        assert options == ["--content", content, "--no-browser", "--port", "0"]
        assert is_running(int(pid))
    assert not is_running(int(pid))


async def test_nobody_without_the_key_starts_it(client: DeskClient) -> None:
    client.key = "wrong"
    refused = await client.ask("POST", "/api/demo", status=403)
    assert refused["error"] == "The desk was started anew. Reload the page."


async def test_what_it_complains_of_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    desk = Desk.open(tmp_path / "content", ManualClock(NOW), page_length=3200)
    async with DeskServer(desk, port=0) as server, ClientSession() as session:
        client = DeskClient(server.url, session)
        await client.open()
        # The demo itself, with a folder without stories.
        refused = await client.ask("POST", "/api/demo", status=502)
    assert refused["error"].startswith("The demo did not start.")
    assert "content" in refused["error"]


async def test_one_that_never_gets_ready_is_ended(tmp_path: Path) -> None:
    slow = READY.replace("Fascicle is ready at http", "Not yet")
    demo = demo_of(tmp_path, slow, patience=1)
    with pytest.raises(DemoFailure, match="too long"):
        await demo.start()
    (started,) = starts(tmp_path)
    assert not is_running(int(started.split()[0]))
    await demo.close()


async def test_one_that_has_ended_is_started_anew(tmp_path: Path) -> None:
    demo = demo_of(tmp_path, READY.replace("time.sleep(60)", ""))
    try:
        for _ in range(500):
            await demo.start()
            if len(starts(tmp_path)) > 1:
                break
            # The end of the first is heard of a moment later.
            await asyncio.sleep(0.02)
        assert len(starts(tmp_path)) == 2
    finally:
        await demo.close()


async def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    demo = DemoProcess(tmp_path, (str(tmp_path / "none"),))
    with pytest.raises(DemoFailure, match="cannot be started"):
        await demo.start()
    await demo.close()
