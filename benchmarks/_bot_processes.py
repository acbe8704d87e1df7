"""The bots to be measured, each in a process of its own: Fascicle, and a bare discord.py client."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord_sandbox.server import Sandbox
from yarl import URL

ROOT = Path(__file__).parents[1]

FASCICLE = """
import gc, signal
signal.signal(signal.SIGUSR1, lambda *_: gc.collect())
from bot.cli import main
main()
"""
"""`run_fascicle`, which also collects its garbage on SIGUSR1."""

READY = "ready"
"""The bare client's presence once it is ready."""


@contextlib.asynccontextmanager
async def run_python(
    *arguments: str, folder: Path, **environ: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run Python with these arguments until the context ends. Its log goes to a file in `folder`.

    Raises:
        RuntimeError: The process ended by itself; the message is its log.
    """
    log = folder / "log.txt"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FASCICLE_", "DISCORD_"))}
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder,
            env=kept | {"PYTHONPATH": str(ROOT), **environ},
            stderr=said,
            stdout=said,
        )
        try:
            yield process
            if process.returncode is not None:
                raise RuntimeError(log.read_text(encoding="utf-8"))
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def is_ready(port: int) -> bool:
    """Return whether the bot with that health port serves."""
    try:
        async with aiohttp.request("GET", f"http://127.0.0.1:{port}/readyz") as response:
            return response.status == HTTPStatus.OK
    except aiohttp.ClientError:
        return False


@contextlib.asynccontextmanager
async def run_fascicle(
    sandbox: Sandbox, folder: Path, *, port: int = 0
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `fascicle run` with the stories in `folder/content` and that health port; it need not be ready yet."""
    (folder / "content").mkdir(exist_ok=True)
    settings = {
        "FASCICLE_DISCORD__API_URL": sandbox.api_url,
        "FASCICLE_HTTP__PORT": str(port),
        "FASCICLE_LOG__LEVEL": "warning",
        "DISCORD_TOKEN": sandbox.bot_token,
    }
    async with run_python("-c", FASCICLE, "run", folder=folder, **settings) as process:
        yield process


@contextlib.asynccontextmanager
async def run_bare_client(
    sandbox: Sandbox, folder: Path, **task: Any
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a discord.py client with its defaults; `task` holds the arguments of `BareMenu`. It need not be ready yet."""
    told = json.dumps({"api": sandbox.api_url, "gateway": sandbox.gateway_url, **task})
    async with run_python(
        "-m", "benchmarks._bot_processes", told, folder=folder, DISCORD_TOKEN=sandbox.bot_token
    ) as process:
        yield process


class BareMenu(discord.AutoShardedClient):
    """The smallest page turner: pages in memory, forgotten at the next start, and edits on reactions.

    It posts the first of `pages` in each of `channels`.
    """

    def __init__(self, channels: list[int], pages: list[str]) -> None:
        super().__init__(intents=discord.Intents.default())
        self._channels = channels
        self._pages = pages
        self._shown: dict[int, int] = {}

    async def on_ready(self) -> None:
        """Set the presence, then post the first page everywhere."""
        await self.change_presence(activity=discord.CustomActivity(READY))
        for number in self._channels:
            channel = self.get_partial_messageable(number)
            message = await channel.send(embed=self._page(0))
            self._shown[message.id] = 0
            for emoji in ("◀️", "▶️"):
                await message.add_reaction(emoji)

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Turn the page and remove the reaction."""
        if event.message_id not in self._shown or self.user is None or event.user_id == self.user.id:
            return
        step = 1 if str(event.emoji) == "▶️" else -1
        page = (self._shown[event.message_id] + step) % len(self._pages)
        self._shown[event.message_id] = page
        message = self.get_partial_messageable(event.channel_id).get_partial_message(event.message_id)
        await message.edit(embed=self._page(page))
        await message.remove_reaction(event.emoji, discord.Object(event.user_id))

    def _page(self, number: int) -> discord.Embed:
        return discord.Embed(description=self._pages[number])


def main() -> None:
    """Run the bare client."""
    signal.signal(signal.SIGUSR1, lambda *_: gc.collect())
    task = json.loads(sys.argv[1])
    Route.BASE = task["api"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(task["gateway"])
    client = BareMenu(task.get("channels", []), task.get("pages", []))
    client.run(os.environ["DISCORD_TOKEN"], log_level=40)


if __name__ == "__main__":
    main()
