"""The cost of sending without a bot around it: discord.py posting to one channel after another.

`python -m benchmarks._bare_client API_URL TOKEN` reads channel ids from stdin and writes the CPU seconds of its sends.
"""

from __future__ import annotations

import asyncio
import sys
import time

import discord
from discord import ui
from discord.http import Route


class Page(ui.LayoutView):
    """A page made of the same components as the bot's own posts."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        buttons: ui.ActionRow[Page] = ui.ActionRow(
            ui.Button(label="Read", emoji="📖", custom_id="read:1"),
            ui.Button(label="Suggest", emoji="💡", custom_id="suggest:1"),
        )
        texts: tuple[ui.TextDisplay[Page], ...] = tuple(
            ui.TextDisplay(part) for part in ("-# The Lamp", text, "-# Page 1 of 3")
        )
        self.add_item(ui.Container(*texts, buttons))
        self.stop()


async def send(channels: list[int], text: str) -> float:
    """Send to all channels. Return the CPU seconds per post."""
    client = discord.Client(intents=discord.Intents.none(), max_messages=None)
    async with client:
        await client.login(sys.argv[2])
        await client.get_partial_messageable(channels[0]).send(view=Page(text))
        started = time.process_time()
        for channel in channels[1:]:
            await client.get_partial_messageable(channel).send(view=Page(text))
        return (time.process_time() - started) / (len(channels) - 1)


if __name__ == "__main__":
    Route.BASE = sys.argv[1]
    numbers, page = sys.stdin.read().split("\n", 1)
    print(asyncio.run(send([int(number) for number in numbers.split()], page)))
