"""A bot without a library, for the page's tests: it answers interactions and reactions as a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from discord_sandbox import seed

from ..bare_client import Api, Gateway

Json = dict[str, Any]
Handler = Callable[[Json], Awaitable[Json | None]]

COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5
REPLY, UPDATE, CHOICES, MODAL = 4, 7, 8, 9
PRIVATE = 64
V2 = 1 << 15
_INTENTS = (1 << 0) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 13)


def reply(content: str, *, private: bool = False, **more: Any) -> Json:
    """An answer with a message."""
    return {"type": REPLY, "data": {"content": content, "flags": PRIVATE if private else 0, **more}}


def text_field(custom_id: str, label: str, **more: Any) -> Json:
    """A text field of a form, in its label."""
    field = {"type": 4, "custom_id": custom_id, "style": 2, "required": True, **more}
    return {"type": 18, "label": label, "component": field}


class RawBot:
    """Connected after `start`. `on[(kind, name)]` gives the answer to an interaction; None leaves it unanswered."""

    def __init__(self, api: Api, gateway: Gateway) -> None:
        self.api = api
        self._gateway = gateway
        self.on: dict[tuple[int, str], Handler] = {}
        self.on_reaction: Callable[[Json], Awaitable[None]] | None = None
        self.got: list[Json] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, commands: list[Json]) -> None:
        """Register the commands and connect."""
        answer = await self.api("PUT", f"/applications/{seed.BOT}/commands", commands)
        assert answer.status == 200, answer.body
        await self.connect()

    async def connect(self) -> None:
        """Connect to the gateway."""
        self.socket, _ = await self._gateway.identify(_INTENTS)
        self._spawn(self._listen())

    async def disconnect(self) -> None:
        """Leave, as a bot that is stopped does."""
        await self.socket.socket.close()
        for task in list(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def send(self, channel: int, body: Json, *reactions: str) -> Json:
        """Send a message and put reactions under it."""
        answer = await self.api.send(channel, body)
        assert answer.status == 200, answer.body
        for emoji in reactions:
            made = await self.api(
                "PUT", f"/channels/{channel}/messages/{answer.body['id']}/reactions/{emoji}/@me"
            )
            assert made.status == 204, made.body
        return dict(answer.body)

    async def edit(self, channel: int, message: str, body: Json) -> None:
        """Change a message."""
        answer = await self.api("PATCH", f"/channels/{channel}/messages/{message}", body)
        assert answer.status == 200, answer.body

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self) -> None:
        with suppress(ConnectionError, TimeoutError):
            while True:
                frame = await self.socket.frame(60)
                if frame["t"] == "INTERACTION_CREATE":
                    self._spawn(self._answer(frame["d"]))
                elif frame["t"] == "MESSAGE_REACTION_ADD" and self.on_reaction is not None:
                    self._spawn(self.on_reaction(frame["d"]))

    async def _answer(self, interaction: Json) -> None:
        self.got.append(interaction)
        data = interaction["data"]
        handler = self.on.get((interaction["type"], data.get("custom_id") or data["name"]))
        body = await handler(interaction) if handler is not None else None
        if body is None:
            return
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        answer = await self.api("POST", path, body)
        assert answer.status in (200, 204), answer.body
