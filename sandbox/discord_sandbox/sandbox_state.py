"""State of one running sandbox, shared by its HTTP endpoints."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypedDict, Unpack

from discord_sandbox import seed as seeds
from discord_sandbox.activity import Activity
from discord_sandbox.clock import Clock, SystemClock
from discord_sandbox.discord_objects import Json
from discord_sandbox.events import Event
from discord_sandbox.faults import Fault, Faults
from discord_sandbox.gateway.hub import Hub
from discord_sandbox.gateway.intents import GUILD_MEMBERS, GUILD_PRESENCES, MESSAGE_CONTENT, PRIVILEGED
from discord_sandbox.interactions.command_registry import CommandRegistry
from discord_sandbox.interactions.interaction import ANSWER_WITHIN
from discord_sandbox.interactions.interaction_registry import InteractionRegistry
from discord_sandbox.interactions.invocations import Invocations
from discord_sandbox.interactions.responses import Responses
from discord_sandbox.rate_limits import RateLimits
from discord_sandbox.trace import Trace
from discord_sandbox.validation.openapi_schema import NoSchema, OpenApiSchema, Schema
from discord_sandbox.world import World

HEARTBEAT = 41.25
"""Seconds between heartbeats, the interval that Discord asks for."""
TICK = 0.05
"""Seconds between two looks at the clock for due deadlines."""


@dataclass(frozen=True, slots=True)
class Action:
    """Extra button on the page."""

    label: str
    run: Callable[[], Awaitable[str]]
    """Perform the action and return one line about its result."""
    confirm: str | None = None
    """The question that the page asks before it, for what cannot be undone."""


Upcoming = Callable[[], Awaitable[list[dict[str, Any]]]]


class SandboxOptions(TypedDict, total=False):
    """Settings of a sandbox, all optional."""

    clock: Clock
    """Clock for snowflakes, rate limits and deadlines; with a `ManualClock` call `tick` after moving it."""
    seed: seeds.Seed
    """Function that fills the empty world."""
    actions: Mapping[str, Action]
    """Extra buttons on the page, by name."""
    upcoming: Upcoming
    """Source of the page's list of upcoming releases."""
    openapi: Path | None
    """Discord's OpenAPI file, against which request bodies are checked."""
    strict: bool
    """Refuse bodies that violate the OpenAPI file instead of only recording them."""
    privileged_intents: int
    """Privileged intents granted to the application."""
    limits: bool
    """Enforce rate limits."""
    heartbeat: float
    """Seconds between heartbeats."""
    answer_within: timedelta
    """How long an interaction waits for its first answer: 3 seconds, as Discord does, unless a test of something else
    is to pass on a busy machine too."""


class SandboxState:
    """World, registries, rate limits, faults and trace of one sandbox."""

    def __init__(self, **options: Unpack[SandboxOptions]) -> None:
        self.clock: Clock = options.get("clock") or SystemClock()
        self.world = World(self.clock)
        options.get("seed", seeds.one_guild)(self.world)
        self.trace = Trace(self.clock)
        self.activity = Activity(self.clock)
        self.limits = RateLimits(on=options.get("limits", True))
        self.faults = Faults(self.clock)
        self.hub = Hub(
            self.world,
            self.trace,
            self.limits,
            privileged=options.get("privileged_intents", PRIVILEGED),
            heartbeat=options.get("heartbeat", HEARTBEAT),
        )
        self.commands = CommandRegistry(self.world)
        self.interactions = InteractionRegistry(self.world, options.get("answer_within", ANSWER_WITHIN))
        self.invocations = Invocations(self.world, self.commands, self.interactions)
        self.responses = Responses(self.world, self.interactions)
        openapi = options.get("openapi")
        self.schema: Schema = NoSchema()
        if openapi is not None:
            self.schema = OpenApiSchema(openapi, strict=options.get("strict", False))
        self.actions = dict(options.get("actions", {}))
        self.upcoming: Upcoming = options.get("upcoming", _nothing_upcoming)
        self.upcoming_note = ""
        """One sentence for people beside the list of upcoming releases, or instead of an empty one."""
        self.epoch = self.world.secret()
        """Changes when the world begins anew: pages then forget all they know."""

    @property
    def url(self) -> str:
        """Base URL of the page; empty until the server has started."""
        return self.world.files_url

    @property
    def gateway_url(self) -> str:
        """URL of the gateway; empty until the server has started."""
        return self.hub.url

    @property
    def bot_token(self) -> str:
        """Token of the bot."""
        return self.world.token

    @property
    def application_flags(self) -> int:
        """Flags of the application: its privileged intents, as for a bot in fewer than 100 guilds."""
        granted = self.hub.privileged
        pairs = ((GUILD_PRESENCES, 1 << 13), (GUILD_MEMBERS, 1 << 15), (MESSAGE_CONTENT, 1 << 19))
        return sum(flag for intent, flag in pairs if granted & intent)

    @property
    def reads_content(self) -> bool:
        """Return whether REST shows the bot the content of other people's messages."""
        return bool(self.hub.privileged & MESSAGE_CONTENT)

    def is_anybody_busy(self, within: timedelta) -> bool:
        """Return whether somebody did something on the page `within` that time, or fills in a form."""
        return self.activity.is_busy(within, form_open=self.interactions.has_open_form())

    def tick(self) -> None:
        """Run the deadlines that are due: unanswered interactions, ended polls, inactive threads."""
        self.world.deadlines.run_due()

    def add_fault(self, kind: str, **details: Any) -> Fault:
        """Activate a fault (see `faults.KINDS`) and notify the page."""
        fault = self.faults.add(kind, **details)
        self.publish_faults()
        return fault

    def publish_faults(self) -> None:
        """Notify the page of the active faults."""
        active: Json = {"active": [each.to_json() for each in self.faults]}
        self.world.publish(Event("SANDBOX_FAULTS", lambda: active))

    def go_offline(self, seconds: float | None = None) -> None:
        """Cut every connection and refuse new ones, for some seconds or until `go_online`."""
        self.faults.set_offline(True, seconds)
        self.hub.cut()
        self.refresh_pages()
        if seconds:
            self.world.deadlines.at(self.clock.now() + timedelta(seconds=seconds), self.refresh_pages)

    def go_online(self) -> None:
        """Accept connections again."""
        self.faults.set_offline(False)
        self.refresh_pages()

    def set_limits(self, on: bool) -> None:
        """Switch rate limits on or off."""
        self.limits.on = on
        self.refresh_pages()

    def refresh_pages(self) -> None:
        """Make every page fetch a new snapshot."""
        self.world.publish(Event("SANDBOX_STATE", dict))

    async def until(self, predicate: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until `predicate()` is true and return its result.

        It is evaluated after every event, and often in between.

        Raises:
            TimeoutError: it did not become true in time.
        """
        changed = asyncio.Event()
        stop = self.world.bus.listen(lambda _: changed.set())
        try:
            async with asyncio.timeout(seconds):
                while not (found := predicate()):
                    changed.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), TICK)
                return found
        finally:
            stop()


async def _nothing_upcoming() -> list[dict[str, Any]]:
    return []
