"""Request of the REST API as its handler sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from discord_sandbox.discord_objects import Channel, Guild, Json, Message
from discord_sandbox.errors import ApiError, invalid
from discord_sandbox.operations.attachments import Upload
from discord_sandbox.rate_limits import RateLimit, Verdict
from discord_sandbox.sandbox_state import SandboxState
from discord_sandbox.snowflakes import parse
from discord_sandbox.world import World


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer whose status is not simply 200 or 204."""

    status: int
    body: Any


class RateLimited(Exception):
    """Refusal by a limit that a handler counts because it depends on more than the route."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.limit.name)
        self.verdict = verdict


@dataclass(slots=True)
class ApiRequest:
    """Request with its path parameters, query, body and files, and the sandbox's state."""

    state: SandboxState
    params: dict[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: dict[int, Upload] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """World of the sandbox."""
        return self.state.world

    @property
    def now(self) -> datetime:
        """Current time of the sandbox."""
        return self.state.clock.now()

    @property
    def bot_id(self) -> int:
        """Id of the one bot, which makes every request."""
        return self.state.world.bot.id

    @property
    def fields(self) -> Json:
        """Body as an object.

        Raises:
            ApiError: 50035 it is none.
        """
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise invalid((), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return self.body

    def id(self, name: str) -> int:
        """Return a path parameter that is an id.

        Raises:
            ApiError: 50035 it is none.
        """
        return _id(name, self.params[name])

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """Return a number of the query.

        Raises:
            ApiError: 50035 it is none or out of range.
        """
        value = self.query.get(name)
        if value is None:
            return default
        number = parse(value)
        if number is None or not lowest <= number <= highest:
            raise invalid((name,), "NUMBER_TYPE_MAX", f"int value should be between {lowest} and {highest}.")
        return number

    def position(self, name: str) -> int | None:
        """Return an id of the query."""
        value = self.query.get(name)
        return None if value is None else _id(name, value)

    def flag(self, name: str) -> bool:
        """Return a truth value of the query."""
        return self.query.get(name, "").lower() in ("true", "1")

    def channel(self) -> Channel:
        """Return the channel named in the path."""
        return self.world.channel(self.id("channel"))

    def guild(self) -> Guild:
        """Return the guild named in the path, of which the bot is a member.

        Raises:
            ApiError: 10004 unknown, 50001 the bot is not a member.
        """
        guild = self.world.guild(self.id("guild"))
        if self.bot_id not in guild.members or not guild.available:
            raise ApiError(50001)
        return guild

    def message(self, channel: Channel) -> Message:
        """Return the message named in the path."""
        return self.world.message(channel, self.id("message"))

    def limit(self, limit: RateLimit, major: int) -> None:
        """Count against a limit other than the route's own.

        Raises:
            RateLimited: the limit is exceeded.
        """
        verdict = self.state.limits.take(limit, str(major), self.now.timestamp())
        if verdict.retry_after is not None:
            raise RateLimited(verdict)


def _id(name: str, text: str) -> int:
    number = parse(text)
    if number is None:
        raise invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
    return number
