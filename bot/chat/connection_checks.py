"""Asking Discord, by REST alone, what stands in the way of the bot: for `fascicle doctor`."""

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
"""The permissions the bot is invited with: all it can use, by name in the README."""


class Unreachable(Exception):
    """Discord did not answer; the message says how."""


@dataclass(frozen=True, slots=True)
class Application:
    """The bot's own application. `endpoint` is where Discord sends its interactions instead of the gateway, if set."""

    id: int
    name: str
    endpoint: str | None
    needs_code_grant: bool

    @property
    def invite(self) -> str:
        """The address that adds the bot to a server."""
        query = f"client_id={self.id}&scope=bot+applications.commands&permissions={INVITE}"
        return f"https://discord.com/oauth2/authorize?{query}"


class ConnectionChecks:
    """Discord as it answers this bot now. Made by `open_connection_checks`."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._surveyor = ChannelLookup(client, clock)
        self.skews: list[timedelta] = []

    @property
    def skew(self) -> timedelta | None:
        """How far this machine's clock is ahead of Discord's; known to a second. The least of what was measured, since
        a slow answer looks like a skew."""
        return min(self.skews, key=abs, default=None)

    async def application(self) -> Application:
        """The application that the token belongs to.

        Raises:
            Unreachable: Discord did not answer.
        """
        told: Any = await _answer(self._client.http.application_info())
        return Application(
            id=int(told["id"]),
            name=told["name"],
            endpoint=told.get("interactions_endpoint_url"),
            needs_code_grant=bool(told.get("bot_require_code_grant")),
        )

    async def servers(self) -> dict[int, str]:
        """The servers the bot is in, by id.

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
        """How things stand in a channel.

        Raises:
            Unreachable: Discord did not answer.
        """
        return await _answer(self._surveyor.survey(channel_id, options))


async def _answer(call: Awaitable[T]) -> T:
    try:
        return await call
    except (*UNREACHABLE, *GARBLED) as error:
        raise Unreachable(describe_error(error)) from error


@asynccontextmanager
async def open_connection_checks(api_url: str, token: str, clock: Clock) -> AsyncIterator[ConnectionChecks]:
    """Log in, without connecting to the gateway: a bot with the same token may be running.

    Raises:
        TokenRejected: Discord does not accept the token.
        Unreachable: it does not answer.
    """
    use_addresses(api_url, None)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    skews: list[timedelta] = []
    client = discord.Client(intents=discord.Intents.none(), http_trace=_dated(skews, clock))
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


def _dated(skews: list[timedelta], clock: Clock) -> aiohttp.TraceConfig:
    """Compares the clocks with every answer: its date is cut to whole seconds and of the middle of the call."""
    trace = aiohttp.TraceConfig()

    async def started(_session: object, context: SimpleNamespace, _params: object) -> None:
        context.started = clock.now()

    async def ended(
        _session: object, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        date = params.response.headers.get("Date")
        if date is not None:
            middle: datetime = context.started + (clock.now() - context.started) / 2
            skews.append(middle - parsedate_to_datetime(date).astimezone(UTC) - timedelta(milliseconds=500))

    trace.on_request_start.append(started)
    trace.on_request_end.append(ended)
    return trace
