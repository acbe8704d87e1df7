"""The sandbox itself: everything put together, started and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from discord_sandbox import seed as seeds
from discord_sandbox.clock import Clock, SystemClock
from discord_sandbox.events import Event
from discord_sandbox.faults import Fault, Faults
from discord_sandbox.gateway.hub import Hub
from discord_sandbox.gateway.intents import GUILD_MEMBERS, GUILD_PRESENCES, MESSAGE_CONTENT, PRIVILEGED
from discord_sandbox.http_app import build
from discord_sandbox.interactions.command_registry import Commands
from discord_sandbox.interactions.invocation import Interactions
from discord_sandbox.interactions.responses import Answers
from discord_sandbox.model import Json, Ping
from discord_sandbox.people.person import Person
from discord_sandbox.rate_limits import Limits
from discord_sandbox.trace import Trace
from discord_sandbox.validation.openapi_schema import NoSchema, OpenApi, Schema
from discord_sandbox.world import World

HEARTBEAT = 41.25
"""Seconds between heartbeats, as Discord asks for."""
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Action:
    """A button that whoever runs the sandbox puts on its page. `run` does it and says in a line what came of it."""

    label: str
    run: Callable[[], Awaitable[str]]


async def _nothing_upcoming() -> list[dict[str, Any]]:
    return []


class Sandbox:
    """A Discord of one's own, on loopback.

    `async with Sandbox(port=0) as sandbox:` serves the API at `sandbox.api_url`, the gateway at
    `sandbox.gateway_url` and the page at `sandbox.url`, to the one bot with `sandbox.bot_token`.

    port: 0 takes any free one. clock: what snowflakes, limits and deadlines go by; with a ManualClock call `tick`
    after moving it. seed: fills the world. actions, upcoming: what the page offers beyond Discord. openapi: Discord's
    specification, against which bodies are checked (strict: and refused). privileged_intents: those that the
    application was granted. limits: whether rates are limited.
    """

    def __init__(
        self,
        *,
        port: int = 8710,
        clock: Clock | None = None,
        seed: seeds.Seed = seeds.one_guild,
        actions: Mapping[str, Action] | None = None,
        upcoming: Callable[[], Awaitable[list[dict[str, Any]]]] = _nothing_upcoming,
        openapi: Path | None = None,
        strict: bool = False,
        privileged_intents: int = PRIVILEGED,
        limits: bool = True,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self.world = World(self.clock)
        seed(self.world)
        self.trace = Trace(self.clock)
        self.limits = Limits(on=limits)
        self.faults = Faults(self.clock)
        self.hub = Hub(
            self.world, self.trace, self.limits, privileged=privileged_intents, heartbeat=heartbeat
        )
        self.commands = Commands(self.world)
        self.interactions = Interactions(self.world, self.commands)
        self.answers = Answers(self.world, self.interactions)
        self.schema: Schema = OpenApi(openapi, strict=strict) if openapi is not None else NoSchema()
        self.actions = dict(actions or {})
        self.upcoming = upcoming
        self.port = port
        self._runner: web.AppRunner | None = None
        self._ticker: asyncio.Task[None] | None = None

    # --- addresses ---------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """The base of the REST API."""
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    @property
    def bot_token(self) -> str:
        """What the bot logs in with."""
        return self.world.token

    # --- the application ---------------------------------------------------------------------------------------------

    @property
    def application_flags(self) -> int:
        """The application's flags: which privileged intents it was granted, as for one in few servers."""
        granted = self.hub.privileged
        pairs = ((GUILD_PRESENCES, 1 << 13), (GUILD_MEMBERS, 1 << 15), (MESSAGE_CONTENT, 1 << 19))
        return sum(flag for intent, flag in pairs if granted & intent)

    @property
    def reads_content(self) -> bool:
        """Whether REST gives the bot the content of other people's messages."""
        return bool(self.hub.privileged & MESSAGE_CONTENT)

    # --- starting and stopping ---------------------------------------------------------------------------------------

    async def start(self) -> Self:
        """Serve on loopback. Raises OSError when the port is taken."""
        self._runner = web.AppRunner(build(self), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = self._runner.addresses[0][1]
        self.world.files_url = self.url
        self.hub.url = self.gateway_url
        self._ticker = asyncio.create_task(self._tick_on())
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

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _tick_on(self) -> None:
        while True:
            self.tick()
            await asyncio.sleep(_TICK)

    def tick(self) -> None:
        """See to what is due by the sandbox's clock: unanswered interactions, ended polls, sleeping threads."""
        self.world.deadlines.run_due()

    # --- for tests and drivers ---------------------------------------------------------------------------------------

    def person(self, who: int | str) -> Person:
        """Someone to act as, by id, user name or shown name. Raises LookupError."""
        for user in self.world.users.values():
            if not user.bot and who in (user.id, user.username, user.global_name):
                return Person(self, user)
        raise LookupError(f"nobody here is called {who!r}")

    @property
    def pings(self) -> list[Ping]:
        """Every message that notified someone when it was sent, in order."""
        return self.world.pings

    def add_fault(self, kind: str, **details: Any) -> Fault:
        """Switch a fault on (see `faults.KINDS`) and tell the page."""
        fault = self.faults.add(kind, **details)
        self.tell_faults()
        return fault

    def tell_faults(self) -> None:
        """Tell the page which faults are on."""
        told: Json = {"active": [each.told() for each in self.faults]}
        self.world.publish(Event("SANDBOX_FAULTS", lambda: told))

    def go_offline(self, seconds: float | None = None) -> None:
        """Cut every connection and refuse new ones, for some seconds or until `go_online`."""
        self.faults.set_offline(True, seconds)
        self.hub.cut()
        self._tell_state()
        if seconds:
            self.world.deadlines.at(self.clock.now() + timedelta(seconds=seconds), self._tell_state)

    def go_online(self) -> None:
        """Be reachable again."""
        self.faults.set_offline(False)
        self._tell_state()

    def _tell_state(self) -> None:
        """Have every page take a new look."""
        self.world.publish(Event("SANDBOX_STATE", dict))

    def set_limits(self, on: bool) -> None:
        """Switch rate limits on or off."""
        self.limits.on = on
        self._tell_state()

    async def until(self, met: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until `met()` is true and return what it said.

        It is asked after every happening, and often in between.

        Raises:
            TimeoutError: it did not come true in time.
        """
        stirred = asyncio.Event()
        stop = self.world.bus.listen(lambda _: stirred.set())
        try:
            async with asyncio.timeout(seconds):
                while not (found := met()):
                    stirred.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(stirred.wait(), _TICK)
                return found
        finally:
            stop()
