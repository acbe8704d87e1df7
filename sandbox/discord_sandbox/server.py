"""Sandbox server: start, stop, and access for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, Unpack

from aiohttp import web

from discord_sandbox.discord_objects import Ping
from discord_sandbox.faults import Fault
from discord_sandbox.http_app import build_app
from discord_sandbox.people.person import Person
from discord_sandbox.sandbox_state import TICK, SandboxOptions, SandboxState

DEFAULT_PORT = 8710
LOOPBACK = "127.0.0.1"


class Sandbox:
    """Local Discord, on the loopback interface unless told otherwise.

    `async with Sandbox(port=0) as sandbox:` serves the REST API at `sandbox.api_url`, the gateway at
    `sandbox.gateway_url` and the page at `sandbox.url`, to the one bot with `sandbox.bot_token`. Port 0 takes any
    free port. Another `host`, such as 0.0.0.0, is for a container whose port is published on the loopback interface of
    its machine: whoever reaches it can act as anybody in it. Requests under any other name than a loopback one are
    refused even then, so a browser never takes another site's word there.
    """

    def __init__(
        self, *, port: int = DEFAULT_PORT, host: str = LOOPBACK, **options: Unpack[SandboxOptions]
    ) -> None:
        self.port = port
        self._host = host
        self._options = options
        self._runner: web.AppRunner | None = None
        self._ticker: asyncio.Task[None] | None = None
        self._renew()

    def _renew(self) -> None:
        self.state = SandboxState(**self._options)
        self.clock = self.state.clock
        self.world = self.state.world
        self.trace = self.state.trace
        self.limits = self.state.limits
        self.faults = self.state.faults
        self.hub = self.state.hub
        self.commands = self.state.commands
        self.actions = self.state.actions

    # --- addresses ---------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """URL of the page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """Base URL of the REST API."""
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """URL of the gateway."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    @property
    def bot_token(self) -> str:
        """Token of the bot."""
        return self.state.bot_token

    # --- starting and stopping ---------------------------------------------------------------------------------------

    async def start(self) -> Self:
        """Serve at the host and port.

        Raises:
            OSError: the port is taken.
        """
        self._runner = web.AppRunner(build_app(self.state), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self.port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = self._runner.addresses[0][1]
        self.world.files_url = self.url
        self.hub.url = self.gateway_url
        self._ticker = asyncio.create_task(self._tick_forever())
        return self

    async def stop(self) -> None:
        """Close every connection and stop serving."""
        if self._ticker is not None:
            self._ticker.cancel()
            with suppress(asyncio.CancelledError):
                await self._ticker
        self.hub.disconnect(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    async def start_over(self) -> None:
        """Replace the world by a new one at the same address. Everybody is disconnected; pages come back anew.

        Actions and the source of upcoming releases are those that the sandbox was made with.

        Raises:
            OSError: another program has taken the port meanwhile.
        """
        await self.stop()
        self._renew()
        await self.start()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _tick_forever(self) -> None:
        while True:
            self.tick()
            await asyncio.sleep(TICK)

    # --- for tests ---------------------------------------------------------------------------------------------------

    def person(self, who: int | str) -> Person:
        """Return a person to act as, by id, user name or display name.

        Raises:
            LookupError: there is no such person.
        """
        for user in self.world.users.values():
            if not user.bot and who in (user.id, user.username, user.global_name):
                return Person(self.state, user)
        raise LookupError(f"nobody here is called {who!r}")

    @property
    def pings(self) -> list[Ping]:
        """Every message that notified someone when it was sent, in order."""
        return self.world.pings

    def tick(self) -> None:
        """Run the deadlines that are due by the sandbox's clock."""
        self.state.tick()

    def add_fault(self, kind: str, **details: Any) -> Fault:
        """Activate a fault (see `faults.KINDS`) and notify the page."""
        return self.state.add_fault(kind, **details)

    def go_offline(self, seconds: float | None = None) -> None:
        """Cut every connection and refuse new ones, for some seconds or until `go_online`."""
        self.state.go_offline(seconds)

    def go_online(self) -> None:
        """Accept connections again."""
        self.state.go_online()

    def set_limits(self, on: bool) -> None:
        """Switch rate limits on or off."""
        self.state.set_limits(on)

    async def until(self, predicate: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until `predicate()` is true and return its result.

        Raises:
            TimeoutError: it did not become true in time.
        """
        return await self.state.until(predicate, seconds)
