"""WebSocket connection of the gateway: handshake, heartbeats and closing."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from discord_sandbox.clock import stopwatch
from discord_sandbox.discord_objects import Json
from discord_sandbox.events import compact
from discord_sandbox.gateway import intents as table
from discord_sandbox.gateway.compression import Compress, choose_compressor
from discord_sandbox.gateway.gateway_payloads import ready, send_members
from discord_sandbox.gateway.hub import Hub
from discord_sandbox.gateway.session import Frame, Session

LONGEST = 4096
SENDS, PER = 120, 60.0
MOST_GUILDS = 2500

UNKNOWN_OP, DECODE, NOT_AUTHENTICATED, AUTH_FAILED, ALREADY = 4001, 4002, 4003, 4004, 4005
INVALID_SEQ, RATE_LIMITED, TIMED_OUT, INVALID_SHARD, SHARDING, VERSION = 4007, 4008, 4009, 4010, 4011, 4012
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014
HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, MEMBERS, SOUNDS = 1, 2, 3, 4, 6, 8, 31


class CloseConnection(Exception):
    """Request to close the connection with a code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Connection:
    """WebSocket connection of one bot.

    Frames are queued, so that publishing an event never waits for the network.
    """

    def __init__(self, hub: Hub, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.session: Session | None = None
        self._hub = hub
        self._socket = socket
        self._request = request
        self._queue: asyncio.Queue[Frame | str | None] = asyncio.Queue()
        self._compress: Compress | None = None
        self._heard = stopwatch()
        self._sends: deque[float] = deque()
        self._silent_until = 0.0
        self._end: tuple[int, str] | None = None

    # --- going out ---------------------------------------------------------------------------------------------------

    def send(self, frame: Frame) -> None:
        """Queue a dispatch."""
        self._queue.put_nowait(frame)

    def put(self, text: str) -> None:
        """Queue any other payload."""
        self._queue.put_nowait(text)

    def silence(self, seconds: float) -> None:
        """Send nothing for some seconds."""
        self._silent_until = stopwatch() + seconds

    def close(self, code: int, reason: str = "") -> None:
        """Close once the queue is empty."""
        self._end = self._end or (code, reason)
        self._queue.put_nowait(None)

    def abort(self) -> None:
        """Break the connection at once."""
        transport = self._request.transport
        if transport is not None:
            transport.abort()

    async def _write(self) -> None:
        while (item := await self._queue.get()) is not None:
            if self._silent_until:
                await asyncio.sleep(max(0.0, self._silent_until - stopwatch()))
                self._silent_until = 0.0
            text = item if isinstance(item, str) else item.text()
            if text is None:
                continue
            self._note_out(item, text)
            data = text.encode()
            if self._compress is not None:
                await self._socket.send_bytes(self._compress(data))
            else:
                await self._socket.send_str(text)
        code, reason = self._end or (WSCloseCode.GOING_AWAY, "")
        self._note(f"closed {code}" + (f": {reason}" if reason else ""))
        await self._socket.close(code=code, message=reason.encode())

    def _note_out(self, item: Frame | str, text: str) -> None:
        name, seq, op = (
            (None, None, int(text[6:8].rstrip(","))) if isinstance(item, str) else (item.name, item.seq, 0)
        )
        if op != 11:
            self._hub.trace.add(
                "event",
                direction="out",
                op=op,
                event=name,
                session=self._short_session_id,
                seq=seq,
                size=len(text),
            )

    @property
    def _short_session_id(self) -> str | None:
        return self.session.id[:8] if self.session else None

    def _note(self, text: str) -> None:
        self._hub.trace.add("gateway", session=self._short_session_id, text=text)

    # --- coming in ---------------------------------------------------------------------------------------------------

    async def serve(self) -> None:
        """Run the connection until it ends."""
        self._hub.connections.add(self)
        writer = asyncio.create_task(self._write())
        watchman = asyncio.create_task(self._watch_heartbeat())
        try:
            self._greet()
            await self._read()
        except CloseConnection as closing:
            self.close(closing.code, closing.reason)
            with suppress(TimeoutError, ConnectionError):
                await asyncio.wait_for(asyncio.shield(writer), 5)
        finally:
            self._hub.connections.discard(self)
            self._detach_session()
            for task in (watchman, writer):
                task.cancel()
            await asyncio.gather(watchman, writer, return_exceptions=True)

    def _greet(self) -> None:
        query = self._request.query
        if query.get("v", "10") != "10" or query.get("encoding", "json") != "json":
            raise CloseConnection(VERSION, "Invalid API version or encoding.")
        try:
            self._compress = choose_compressor(query.get("compress"))
        except LookupError:
            raise CloseConnection(DECODE, "This compression is not supported here.") from None
        hello = {"heartbeat_interval": int(self._hub.heartbeat * 1000), "_trace": []}
        self.put(compact({"op": 10, "d": hello, "s": None, "t": None}))

    async def _watch_heartbeat(self) -> None:
        """Close a connection whose heartbeat has stopped."""
        patience = self._hub.heartbeat * 1.5
        while True:
            await asyncio.sleep(patience / 3)
            if stopwatch() - self._heard > patience:
                self.close(TIMED_OUT, "Session timed out.")
                return

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            if len(message.data) > LONGEST:
                raise CloseConnection(DECODE, "Payload is longer than 4096 bytes.")
            self._count()
            try:
                frame = json.loads(message.data)
                op, data = int(frame["op"]), frame.get("d")
            except (ValueError, TypeError, KeyError, AttributeError):
                raise CloseConnection(DECODE, "Error while decoding payload.") from None
            if op != HEARTBEAT:
                self._hub.trace.add(
                    "event",
                    direction="in",
                    op=op,
                    event=None,
                    session=self._short_session_id,
                    seq=None,
                    size=len(message.data),
                )
            self._take(op, data)

    def _count(self) -> None:
        now = stopwatch()
        self._sends.append(now)
        while self._sends[0] < now - PER:
            self._sends.popleft()
        if len(self._sends) > SENDS:
            raise CloseConnection(RATE_LIMITED, "Rate limited.")

    def _take(self, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            self._heard = stopwatch()
            self.put('{"op":11,"d":null,"s":null,"t":null}')
            return
        if op in (IDENTIFY, RESUME):
            if self.session is not None:
                raise CloseConnection(ALREADY, "Already authenticated.")
            if not isinstance(data, dict):
                raise CloseConnection(DECODE, "Error while decoding payload.")
            self._identify(data) if op == IDENTIFY else self._resume(data)
            return
        if op not in (PRESENCE, VOICE, MEMBERS, SOUNDS):
            raise CloseConnection(UNKNOWN_OP, "Unknown opcode.")
        if self.session is None:
            raise CloseConnection(NOT_AUTHENTICATED, "Not authenticated.")
        if op == PRESENCE and isinstance(data, dict):
            self.session.presence = data
            self._hub.publish_presence()
        elif op == MEMBERS and isinstance(data, dict):
            send_members(self._hub.world, self.session, data)

    def _authenticate(self, data: Json) -> None:
        if str(data.get("token", "")).removeprefix("Bot ") != self._hub.world.token:
            raise CloseConnection(AUTH_FAILED, "Authentication failed.")

    # --- logging in --------------------------------------------------------------------------------------------------

    def _identify(self, data: Json) -> None:
        self._authenticate(data)
        wanted = data.get("intents")
        if not isinstance(wanted, int) or wanted & ~table.KNOWN:
            raise CloseConnection(INVALID_INTENTS, "Invalid intent(s).")
        if wanted & table.PRIVILEGED & ~self._hub.privileged:
            raise CloseConnection(DISALLOWED_INTENTS, "Disallowed intent(s).")
        shard = self._shard(data)
        if not self._hub.may_identify(shard[0], self._hub.world.now()):
            self._note("identified too soon")
            self.put('{"op":9,"d":false,"s":null,"t":null}')
            return
        session = self._hub.start(wanted, shard)
        guilds = session.guilds()
        if len(guilds) > MOST_GUILDS:
            self._hub.end(session)
            raise CloseConnection(SHARDING, "Sharding required.")
        self._bind(session)
        if isinstance(data.get("presence"), dict):
            session.presence = data["presence"]
        self._note(f"identified, intents {wanted}, shard {shard[0]} of {shard[1]}, {len(guilds)} guilds")
        session.dispatch("READY", compact(ready(self._hub.world, session, guilds, self._hub.url)))
        if wanted & table.GUILDS:
            for guild in guilds:
                session.announce(guild)
        self._hub.publish_presence()

    @staticmethod
    def _shard(data: Json) -> tuple[int, int]:
        shard = data.get("shard") or [0, 1]
        try:
            number, count = int(shard[0]), int(shard[1])
        except (ValueError, TypeError, IndexError):
            raise CloseConnection(INVALID_SHARD, "Invalid shard.") from None
        if not 0 <= number < count:
            raise CloseConnection(INVALID_SHARD, "Invalid shard.")
        return number, count

    def _bind(self, session: Session) -> None:
        self.session = session
        session.connection = self
        session.lost_at = None

    def _resume(self, data: Json) -> None:
        self._authenticate(data)
        session = self._hub.resumable(str(data.get("session_id")))
        seq = data.get("seq")
        if session is None or not isinstance(seq, int):
            self._note("could not resume")
            self.put('{"op":9,"d":false,"s":null,"t":null}')
            return
        missed = session.missed_since(seq)
        if missed is None:
            self._hub.end(session)
            raise CloseConnection(INVALID_SEQ, "Invalid seq.")
        if session.connection is not None:
            session.connection.abort()
        self._bind(session)
        for frame in missed:
            self.send(frame)
        session.dispatch("RESUMED", '{"_trace":[]}')
        self._note(f"resumed, {len(missed)} replayed")
        self._hub.publish_presence()

    def _detach_session(self) -> None:
        """Keep the session for a resume, unless the bot closed with 1000 or 1001."""
        session = self.session
        if session is None or session.connection is not self:
            return
        session.connection = None
        session.lost_at = self._hub.world.now()
        if self._end is None and self._socket.close_code in (1000, 1001):
            self._hub.end(session)
        self._note(f"connection ended ({self._socket.close_code})")
        self._hub.publish_presence()
