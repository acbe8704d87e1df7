"""Staying connected: reaching Discord, waiting for it when it is away, leaving in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp
import discord
import discord.http
from discord.gateway import DiscordWebSocket
from discord.utils import MISSING
from yarl import URL

from bot.chat.gateway.connection import (
    GARBLED,
    UNREACHABLE,
    OneLineFilter,
    ReconnectBackoff,
    TokenRejected,
    VersionRefused,
    point_at,
    token_refused,
    version_refused,
)
from bot.chat.gateway.discord_time import DiscordTime
from bot.chat.gateway.rate_limit_buckets import be_patient
from bot.clock import stopwatch

_log = logging.getLogger(__name__)

RATE_LIMIT_PATIENCE = 60.0
"""Seconds discord.py may sleep through a rate limit before the call comes back as delayed."""

_ANSWERING = 3.0
"""Seconds a leaving bot gives to answers under way: after that, Discord takes none."""

_DOUBT_EVERY = 30.0
"""Seconds between two questions whether the token still holds, however many requests are refused for it."""

_UNCOUNTED = ("interactions", "webhooks")

_API = "api"
"""What the addresses of Discord's API have in them, other than the gateway's and those of files."""

_AT_WORK = ("CommandTree-invoker", "discord-ui-dynamic-item-", "discord.py: on_")
"""How discord.py names the tasks in which commands, controls and events are worked on."""


class Session(discord.AutoShardedClient):
    """A client that outlives Discord's absence.

    Sharded by itself, because `/gateway/bot` then tells both where the gateway is and how many connections the bot's
    servers need; with few servers that is one.
    """

    def __init__(self, api_url: str, gateway_url: str | None) -> None:
        point_at(api_url, gateway_url)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing here speaks
        self.discord_time = DiscordTime()
        super().__init__(
            intents=discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=RATE_LIMIT_PATIENCE,
            http_trace=self._watching_requests(),
        )
        be_patient(self.http)
        self.on_request: Callable[[], None] = _nobody
        """Called with each request that counts towards the bot's limit over all, discord.py's own repeats included."""
        self.on_date: Callable[[str | None, float, float], None] = _no_date
        """Called with the date of each answer, and when its request was sent and answered, on the monotonic counter."""
        self.on_change: Callable[[], None] = _nobody
        """Called when Discord is reached again, and when a command may have given the background work something to
        do."""
        self.waits = ReconnectBackoff()
        self._gateway_url = gateway_url
        self._line = OneLineFilter()
        self._left = asyncio.Event()
        self._attempt: asyncio.Task[None] | None = None
        self._standing: set[int] = set()
        self._logged_in = False
        self._doubted = asyncio.Event()
        self._doubted_at = float("-inf")

    def _watching_requests(self) -> aiohttp.TraceConfig:
        async def started(
            _session: object, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
        ) -> None:
            context.sent = stopwatch()
            # Answers to interactions do not count (docs: topics/rate-limits, Global Rate Limit).
            if not any(part in _UNCOUNTED for part in request.url.parts):
                self.on_request()

        async def ended(
            _session: object, context: SimpleNamespace, answer: aiohttp.TraceRequestEndParams
        ) -> None:
            if _API in answer.url.parts:
                self.on_date(answer.response.headers.get("Date"), context.sent, stopwatch())
            if answer.response.status == 401 and not any(part in _UNCOUNTED for part in answer.url.parts):
                self._doubted.set()

        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self.discord_time.ended)
        trace.on_request_start.append(started)
        trace.on_request_end.append(ended)
        return trace

    @property
    def usable(self) -> bool:
        """Whether Discord's REST API can be called: after the first login, and not once the bot has left."""
        return self._logged_in and not self.is_closed()

    async def ask_time(self) -> None:
        """Have Discord answer something small, whatever it is: its date is heard."""
        if not self.usable:
            return
        try:
            await self.http.request(discord.http.Route("GET", "/gateway"))
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.debug("Discord does not tell the time: %s", error, extra={"action": "time_not_told"})

    @property
    def connected(self) -> bool:
        """Whether every connection to the gateway stands and has been told its servers, or was resumed."""
        return self.shard_count is not None and len(self._standing) >= self.shard_count

    async def serve(self, token: str) -> None:
        """Stay connected until `close`; a Discord that cannot be reached is waited for, ever longer.

        Raises:
            TokenRejected: Discord does not accept the token, or no longer.
            VersionRefused: it does not take what this version of the bot asks for.
        """
        self._line.watch()
        await self._async_setup_hook()
        try:
            while not self._left.is_set():
                self._attempt = asyncio.create_task(self._connect_once(token), name="discord connection")
                await self._end_of(self._attempt)
                self._standing.clear()
                if self._left.is_set():
                    break
                self._judge(self._attempt)
                await self._renew()
                await self._pause(self.waits.next())
        finally:
            self._line.unwatch()

    async def close(self) -> None:
        """Leave Discord in order: answers under way are given first. `serve` returns then."""
        if asyncio.current_task() is self._attempt:
            # discord.py lets go of a connection that ended; `serve` makes the next.
            await super().close()
            return
        self._left.set()
        await _finish_answers()
        self._standing.clear()
        if self._attempt is None:
            return
        await super().close()
        # Waiting for the gateway, discord.py would go on for ever (shard.py, launch_shard).
        self._attempt.cancel()

    async def launch_shards(self) -> None:
        """Connect as many times as Discord says, where it says, and not more often a day than it allows (docs:
        events/gateway, Get Gateway Bot)."""
        count, url, limits = await self.http.get_bot_gateway()
        if limits["remaining"] < count:
            wait = limits["reset_after"] / 1000
            _log.error("connected too often today; waiting %.0f s", wait, extra={"action": "identify_limit"})
            await self._pause(wait)
        if self._gateway_url is None:
            # discord.py goes back to this default whenever it cannot resume.
            DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        self.shard_count = count
        await super().launch_shards()

    async def on_shard_ready(self, shard_id: int) -> None:
        """A connection stands, and knows its servers."""
        self._stands(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """A connection stands again, with nothing missed."""
        self._stands(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """A connection is lost; discord.py makes it again."""
        self._standing.discard(shard_id)

    def _stands(self, shard_id: int) -> None:
        self._standing.add(shard_id)
        if self.connected:
            self._line.over()
            self.waits.reset()
            self.on_change()

    async def _connect_once(self, token: str) -> None:
        await self.login(token)
        self._logged_in = True
        await self.connect()

    async def _end_of(self, attempt: asyncio.Task[None]) -> None:
        """Wait until a connection ends.

        Raises:
            TokenRejected: meanwhile the token was withdrawn. The gateway may stand for hours after that.
        """
        loop = asyncio.get_running_loop()
        while not attempt.done():
            doubt = asyncio.create_task(self._doubted.wait(), name="token in doubt")
            try:
                await asyncio.wait([attempt, doubt], return_when=asyncio.FIRST_COMPLETED)
            finally:
                doubt.cancel()
            if self._doubted.is_set() and not attempt.done():
                self._doubted.clear()
                if self._logged_in and loop.time() - self._doubted_at >= _DOUBT_EVERY:
                    self._doubted_at = loop.time()
                    await self._ask_about_token()

    async def _ask_about_token(self) -> None:
        """Ask whether Discord refuses the token for the simplest of requests too; if it does not say, it is not known.

        Raises:
            TokenRejected: it does.
        """
        try:
            await self.http.request(discord.http.Route("GET", "/users/@me"))
        except Exception as error:
            if isinstance(error, discord.HTTPException) and error.status == 401:
                raise TokenRejected from None
            return
        _log.warning(
            "Discord refused the token for one request and takes it for others",
            extra={"action": "token_doubted"},
        )

    def _judge(self, attempt: asyncio.Task[None]) -> None:
        """Raise what no waiting mends; tell of the rest, once an outage."""
        error = None if attempt.cancelled() else attempt.exception()
        if error is None:
            return
        if token_refused(error):
            raise TokenRejected from None
        refused = version_refused(error)
        if refused is not None:
            raise VersionRefused(refused) from None
        if not self._line.told and not isinstance(error, (*UNREACHABLE, *GARBLED, discord.ConnectionClosed)):
            _log.error("the connection broke", exc_info=error, extra={"action": "connection_broke"})
        self._line.tell(error)

    async def _renew(self) -> None:
        """Make the client as new: discord.py means it to be used once (U: Rapptz/discord.py#10520)."""
        self._logged_in = False
        try:
            await super().close()
        except Exception:
            _log.warning("a connection could not be closed", exc_info=True, extra={"action": "close_failed"})
        self.clear()
        self.http.connector = MISSING
        await self._async_setup_hook()

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the bot leaves meanwhile."""
        try:
            await asyncio.wait_for(self._left.wait(), seconds)
        except TimeoutError:
            pass


async def _finish_answers() -> None:
    """Wait a moment for commands and events that are being worked on, and for those that follow from them."""
    try:
        async with asyncio.timeout(_ANSWERING):
            while at_work := [task for task in asyncio.all_tasks() if task.get_name().startswith(_AT_WORK)]:
                await asyncio.wait(at_work)
    except TimeoutError:
        _log.warning("left with %d answers under way", len(at_work), extra={"action": "answers_left"})


def _nobody() -> None:
    """Nobody asked to be called."""


def _no_date(_date: str | None, _sent: float, _answered: float) -> None:
    """Nobody compares the clocks."""
