"""Bare clients of Discord's REST API and gateway, as a bot without a library would write them."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

import aiohttp
from discord_sandbox.server import Sandbox


@dataclass
class Answer:
    """What came back from REST."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int | None:
        return self.body.get("code") if isinstance(self.body, dict) else None


class Api:
    """Discord's REST API as a bot without a library would use it."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session

    async def __call__(
        self, method: str, path: str, body: Any = None, *, auth: bool = True, **more: Any
    ) -> Answer:
        headers = {"Authorization": f"Bot {self.sandbox.bot_token}"} if auth else {}
        given = {"json": body} if body is not None else {}
        url = f"{self.sandbox.api_url}{path}"
        async with self.session.request(method, url, headers=headers, **given, **more) as response:
            text = await response.text()
            told = json.loads(text) if response.content_type == "application/json" else text or None
            return Answer(response.status, told, dict(response.headers))

    async def send(self, channel: int, body: Any) -> Answer:
        return await self("POST", f"/channels/{channel}/messages", body)


class Socket:
    """A gateway connection by hand."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self._inflate = zlib.decompressobj() if compressed else None

    async def frame(self, seconds: float = 5.0) -> dict[str, Any]:
        message = await self.socket.receive(timeout=seconds)
        if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING):
            raise ConnectionError(self.socket.close_code)
        data = message.data
        if self._inflate is not None:
            assert data.endswith(b"\x00\x00\xff\xff")
            data = self._inflate.decompress(data)
        return json.loads(data)

    async def event(self, name: str) -> dict[str, Any]:
        """The next dispatch of this name; others are passed over."""
        while True:
            frame = await self.frame()
            if frame["t"] == name:
                return frame

    async def send(self, op: int, data: Any) -> None:
        await self.socket.send_json({"op": op, "d": data})

    async def closed(self) -> int | None:
        """The code with which the server closes."""
        while True:
            try:
                await self.frame()
            except ConnectionError:
                return self.socket.close_code

    async def quiet(self) -> list[str]:
        """The names of whatever dispatches come in the next moment."""
        names = []
        while True:
            try:
                frame = await self.frame(0.15)
            except TimeoutError:
                return names
            names.append(frame["t"])


class Gateway:
    """Opens gateway connections."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session

    async def open(self, *, compress: str | None = None, url: str | None = None) -> Socket:
        query = "?v=10&encoding=json" + (f"&compress={compress}" if compress else "")
        socket = await self.session.ws_connect((url or self.sandbox.gateway_url) + query, max_msg_size=0)
        made = Socket(socket, compressed=compress == "zlib-stream")
        hello = await made.frame()
        assert hello["op"] == 10
        return made

    async def identify(
        self, intents: int, *, compress: str | None = None, **more: Any
    ) -> tuple[Socket, dict[str, Any]]:
        socket = await self.open(compress=compress)
        properties = {"os": "linux", "browser": "test", "device": "test"}
        await socket.send(
            2, {"token": self.sandbox.bot_token, "intents": intents, "properties": properties, **more}
        )
        return socket, (await socket.event("READY"))["d"]
