"""Checks of Discord by REST alone, for `fascicle doctor`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Any, TypeVar

import aiohttp
import discord

from bot.chat.gateway.connection_errors import (
    GARBLED,
    UNREACHABLE,
    TokenRejected,
    describe_error,
    is_token_rejected,
)
from bot.chat.gateway.session import use_addresses
from bot.chat.rest.channel_lookup import ChannelLookup
from bot.clock import Clock
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelState

T = TypeVar("T")

INVITE = 563259191192640
"""The permissions of the invitation: all that the bot can use, listed in the README."""


class Unreachable(Exception):
    """Discord did not answer; the message says how."""


@dataclass(frozen=True, slots=True)
class Application:
    """The bot's own application."""

    id: int
    name: str
    endpoint: str | None
    """Address to which Discord sends interactions instead of the gateway, if set."""
    needs_code_grant: bool

    @property
    def invite(self) -> str:
        """The address that adds the bot to a guild."""
        query = f"client_id={self.id}&scope=bot+applications.commands&permissions={INVITE}"
        return f"https://discord.com/oauth2/authorize?{query}"


class ConnectionChecks:
    """Requests about the bot, its guilds and channels. Made by `open_connection_checks`."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._lookup = ChannelLookup(client, clock)
        self.skews: list[timedelta] = []

    @property
    def skew(self) -> timedelta | None:
        """The lead of this machine's clock over Discord's, to a second.

        It is the least of the measurements, since a slow answer looks like a skew.
        """
        return min(self.skews, key=abs, default=None)

    async def application(self) -> Application:
        """Return the application that the token belongs to.

        Raises:
            Unreachable: Discord did not answer.
        """
        data: Any = await _answer(self._client.http.application_info())
        return Application(
            id=int(data["id"]),
            name=data["name"],
            endpoint=data.get("interactions_endpoint_url"),
            needs_code_grant=bool(data.get("bot_require_code_grant")),
        )

    async def guilds(self) -> dict[int, str]:
        """Return the names of the bot's guilds by id.

        Raises:
            Unreachable: Discord did not answer.
        """
        found: dict[int, str] = {}
        while True:
            page: Any = await _answer(self._client.http.get_guilds(200, after=max(found, default=0)))
            found |= {int(each["id"]): each["name"] for each in page}
            if len(page) < 200:
                return found

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        """Return the state of a channel.

        Raises:
            Unreachable: Discord did not answer.
        """
        return await _answer(self._lookup.survey(channel_id, options))


async def _answer(call: Awaitable[T]) -> T:
    try:
        return await call
    except (*UNREACHABLE, *GARBLED) as error:
        raise Unreachable(describe_error(error)) from error


@asynccontextmanager
async def open_connection_checks(api_url: str, token: str, clock: Clock) -> AsyncIterator[ConnectionChecks]:
    """Log in without connecting to the gateway, because a bot with the same token may be running.

    Raises:
        TokenRejected: Discord does not accept the token.
        Unreachable: Discord does not answer.
    """
    use_addresses(api_url, None)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    skews: list[timedelta] = []
    client = discord.Client(intents=discord.Intents.none(), http_trace=_trace_skew(skews, clock))
    async with client:
        try:
            await client.login(token)
        except Exception as error:
            if is_token_rejected(error):
                raise TokenRejected from None
            if isinstance(error, (*UNREACHABLE, *GARBLED)):
                raise Unreachable(describe_error(error)) from error
            raise
        found = ConnectionChecks(client, clock)
        found.skews = skews
        yield found


def _trace_skew(skews: list[timedelta], clock: Clock) -> aiohttp.TraceConfig:
    """Return a trace that measures the skew: an answer's date is in whole seconds, and of the middle of the call."""
    trace = aiohttp.TraceConfig()

    async def start(_session: object, context: SimpleNamespace, _params: object) -> None:
        context.started = clock.now()

    async def end(_session: object, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
        date = params.response.headers.get("Date")
        if date is not None:
            middle: datetime = context.started + (clock.now() - context.started) / 2
            skews.append(middle - parsedate_to_datetime(date).astimezone(UTC) - timedelta(milliseconds=500))

    trace.on_request_start.append(start)
    trace.on_request_end.append(end)
    return trace
