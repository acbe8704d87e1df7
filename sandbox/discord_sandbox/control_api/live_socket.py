"""WebSocket that sends a page all changes one person can see."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from discord_sandbox import viewer_payloads
from discord_sandbox.control_api import snapshot
from discord_sandbox.discord_objects import Channel, Json, Message
from discord_sandbox.events import Event, compact
from discord_sandbox.people.person import Person
from discord_sandbox.permissions import P
from discord_sandbox.sandbox_state import SandboxState
from discord_sandbox.trace import Record

TRACE_EVERY = 0.25
"""Seconds between batches of the trace."""
_EDITS = frozenset({"MESSAGE_UPDATE", "MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"})
_CHANNELS = frozenset({"CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_MEMBERS_UPDATE",
                       "CHANNEL_PINS_UPDATE", "SANDBOX_CHANNEL"})  # fmt: skip
_ANEW = ("GUILD_", "SANDBOX_STATE")
Frame = tuple[str, Any]


class LiveSocket:
    """WebSocket of one page.

    Frames are queued, so that a slow page delays nobody.
    """

    def __init__(
        self, state: SandboxState, person: Person, socket: web.WebSocketResponse, *, trace: bool
    ) -> None:
        self._state = state
        self._world = state.world
        self._person = person
        self._socket = socket
        self._queue: asyncio.Queue[Frame] = asyncio.Queue()
        self._records: list[Record] = []
        self._trace = trace
        self._snapshot_queued = False

    async def serve(self) -> None:
        """Send frames until the page disconnects."""
        stops = [self._world.bus.listen(self._on_event)]
        if self._trace:
            stops.append(self._state.trace.listen(self._records.append))
        self._queue_snapshot()
        tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._write_trace())]
        try:
            async for message in self._socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            for stop in stops:
                stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _on_event(self, event: Event) -> None:
        if event.user_id not in (None, self._person.id):
            return
        if event.name.startswith(_ANEW):
            self._queue_snapshot()
            return
        for frame in self._frames(event):
            self._queue.put_nowait(frame)

    def _queue_snapshot(self) -> None:
        """Queue a snapshot; several changes before it is sent share one."""
        if not self._snapshot_queued:
            self._snapshot_queued = True
            self._queue.put_nowait(("state", None))

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                kind, data = await self._queue.get()
                if kind == "state":
                    self._snapshot_queued = False
                    data = snapshot.snapshot(self._state, self._person.id)
                await self._send(kind, data)

    async def _write_trace(self) -> None:
        with suppress(ConnectionError):
            while True:
                await asyncio.sleep(TRACE_EVERY)
                if self._records:
                    batch, self._records[:] = [each.to_json() for each in self._records], []
                    await self._send("trace", batch)

    async def _send(self, kind: str, data: Any) -> None:
        text = compact({"type": kind, "data": data})
        await self._socket.send_str(text.replace(f"{self._state.url}/attachments/", "/attachments/"))

    # --- from events to frames ---------------------------------------------------------------------------------------

    def _frames(self, event: Event) -> Iterator[Frame]:
        name = event.name
        if name == "MESSAGE_CREATE":
            yield from self._message_frames("message", event)
        elif name in _EDITS or name.startswith("MESSAGE_REACTION_"):
            yield from self._message_frames("message_edit", event)
        elif name == "MESSAGE_DELETE":
            yield from self._delete_frames(event, [event.data["id"]])
        elif name == "MESSAGE_DELETE_BULK":
            yield from self._delete_frames(event, event.data["ids"])
        elif name in _CHANNELS:
            yield from self._channel_frames(event)
        elif name in ("CHANNEL_DELETE", "THREAD_DELETE"):
            yield "channel_delete", {key: event.data.get(key) for key in ("id", "guild_id", "parent_id")}
        elif name == "TYPING_START" and self._sees(event.channel_id):
            yield "typing", {"channel_id": event.data["channel_id"], "user_id": event.data["user_id"]}
        elif name.startswith("SANDBOX_"):
            yield from self._sandbox_frames(event)

    def _sandbox_frames(self, event: Event) -> Iterator[Frame]:
        if event.name == "SANDBOX_INTERACTION":
            if event.data["kind"] != "autocomplete":
                yield "interaction", event.data
        elif event.name == "SANDBOX_COMMANDS":
            yield "commands", {}
        elif event.name == "SANDBOX_BOT":
            yield "bot", event.data
        elif event.name == "SANDBOX_FAULTS":
            yield "faults", event.data["active"]

    def _sees(self, channel_id: int | None) -> bool:
        channel = self._world.channels.get(channel_id or 0)
        return channel is not None and self._world.may(self._person.id, channel, P.VIEW_CHANNEL)

    def _message_frames(self, kind: str, event: Event) -> Iterator[Frame]:
        if self._sees(event.channel_id):
            channel = self._world.channels[event.channel_id or 0]
            found: Message | None = event.message or channel.messages.get(event.message_id or 0)
            if found is not None:
                yield kind, viewer_payloads.message(self._world, found, self._person.id)
            if kind == "message" and channel.guild_id is None and len(channel.messages) == 1:
                # Nobody is told of a DM before something is said in it.
                yield "channel", viewer_payloads.channel(self._world, channel, self._person.id)

    def _delete_frames(self, event: Event, ids: list[str]) -> Iterator[Frame]:
        if event.user_id is not None or self._sees(event.channel_id):
            for each in ids:
                yield "message_delete", {"channel_id": str(event.channel_id), "id": each}

    def _channel_frames(self, event: Event) -> Iterator[Frame]:
        channel: Channel | None = self._world.channels.get(event.channel_id or 0)
        if channel is None:
            return
        if viewer_payloads.visible(self._world, channel, self._person.id):
            told: Json = viewer_payloads.channel(self._world, channel, self._person.id)
            yield "channel", told
        else:
            gone = {"id": str(channel.id), "guild_id": str(channel.guild_id), "parent_id": None}
            yield "channel_delete", gone
