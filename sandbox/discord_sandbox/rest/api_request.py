"""One request as its handler sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from discord_sandbox.errors import ApiError, invalid
from discord_sandbox.model import Channel, Guild, Json, Message
from discord_sandbox.operations.attachments import Upload
from discord_sandbox.rate_limits import RateLimit, Verdict
from discord_sandbox.snowflakes import parse
from discord_sandbox.state import SandboxState
from discord_sandbox.world import World


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose status is not simply 200 or 204."""

    status: int
    body: Any


class RateLimited(Exception):
    """A limit within a handler said no: those that depend on more than the route."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.limit.name)
        self.verdict = verdict


@dataclass(slots=True)
class ApiRequest:
    """A request: its path parameters, query, body and files, and the sandbox that serves it."""

    state: SandboxState
    params: dict[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: dict[int, Upload] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The sandbox's world."""
        return self.state.world

    @property
    def now(self) -> datetime:
        """The sandbox's time."""
        return self.state.clock.now()

    @property
    def bot_id(self) -> int:
        """Who calls: there is one bot."""
        return self.state.world.bot.id

    @property
    def fields(self) -> Json:
        """The body as an object. Raises ApiError 50035 when it is none."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise invalid((), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return self.body

    def id(self, name: str) -> int:
        """A path parameter that is an id. Raises ApiError 50035."""
        return _id(name, self.params[name])

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A number of the query. Raises ApiError 50035."""
        value = self.query.get(name)
        if value is None:
            return default
        number = parse(value)
        if number is None or not lowest <= number <= highest:
            raise invalid((name,), "NUMBER_TYPE_MAX", f"int value should be between {lowest} and {highest}.")
        return number

    def position(self, name: str) -> int | None:
        """An id of the query."""
        value = self.query.get(name)
        return None if value is None else _id(name, value)

    def flag(self, name: str) -> bool:
        """A truth value of the query."""
        return self.query.get(name, "").lower() in ("true", "1")

    def channel(self) -> Channel:
        """The channel of the path."""
        return self.world.channel(self.id("channel"))

    def guild(self) -> Guild:
        """The guild of the path, of which the bot is a member. Raises ApiError 10004 or 50001."""
        guild = self.world.guild(self.id("guild"))
        if self.bot_id not in guild.members or not guild.available:
            raise ApiError(50001)
        return guild

    def message(self, channel: Channel) -> Message:
        """The message of the path."""
        return self.world.message(channel, self.id("message"))

    def limit(self, limit: RateLimit, major: int) -> None:
        """Count against a limit besides the route's own. Raises Limited."""
        verdict = self.state.limits.take(limit, str(major), self.now.timestamp())
        if verdict.retry_after is not None:
            raise RateLimited(verdict)


def _id(name: str, text: str) -> int:
    number = parse(text)
    if number is None:
        raise invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
    return number
