"""The command `discord-sandbox`."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp
from discord_sandbox.server import Sandbox

PROJECT = Path(__file__).parents[1]


async def started(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "discord_sandbox", *arguments, cwd=PROJECT, stdout=PIPE, stderr=PIPE
    )


async def test_it_prints_its_addresses_serves_the_page_and_stops_in_order(
    session: aiohttp.ClientSession,
) -> None:
    process = await started("--port", "0")
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().split() for _ in range(5)]
    printed = {line[0]: line[1] for line in lines[:4]}
    assert printed.keys() == {"page", "API", "gateway", "token"}
    async with session.get(printed["page"]) as response:
        assert response.status == 200
    headers = {"Authorization": f"Bot {printed['token']}"}
    async with session.get(f"{printed['API']}/users/@me", headers=headers) as response:
        assert (await response.json())["bot"] is True
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


async def test_a_taken_port_is_one_line_and_exit_code_2(sandbox: Sandbox) -> None:
    process = await started("--port", str(sandbox.port))
    output, errors = await process.communicate()
    assert (process.returncode, output) == (2, b"")
    assert errors.decode().startswith(f"Port {sandbox.port} cannot be had: ")
    assert len(errors.decode().splitlines()) == 1
