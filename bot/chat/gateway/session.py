"""A client that stays connected: it reaches Discord, waits for it when it is away, and leaves in order."""

from __future__ import annotations

import asyncio
import logging

import discord
import discord.http
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.utils import MISSING
from yarl import URL

from bot.chat.gateway.connection_errors import (
    GARBLED,
    UNREACHABLE,
    TokenRejected,
    VersionRefused,
    is_token_rejected,
    version_close_code,
)
from bot.chat.gateway.discord_clock import DiscordClock
from bot.chat.gateway.outage_log_filter import OutageLogFilter
from bot.chat.gateway.rate_limit_buckets import use_patient_buckets
from bot.chat.gateway.reconnect_backoff import ReconnectBackoff
from bot.chat.gateway.request_trace import RequestObserver, trace_requests
from bot.kit.callback_list import CallbackList

_log = logging.getLogger(__name__)

_RATE_LIMIT_PATIENCE = 60.0
"""Seconds discord.py may sleep through a rate limit before the call fails as rate-limited."""

_ANSWER_GRACE = 3.0
"""Seconds to finish answers while leaving; Discord accepts none later."""

_TOKEN_CHECK_INTERVAL = 30.0
"""Least seconds between two checks of the token, however many requests are refused for it."""

_ANSWERING_TASKS = ("CommandTree-invoker", "discord-ui-dynamic-item-", "discord.py: on_")
"""Beginnings of the names that discord.py gives to tasks for commands, components and events."""


def use_addresses(api_url: str, gateway_url: str | None) -> None:
    """Point discord.py to a Discord. It keeps both addresses in classes, so this affects the whole process."""
    Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


class Session(discord.AutoShardedClient):
    """A client that outlives Discord's absence.

    It shards itself, because `/gateway/bot` then names both the gateway's address and the number of connections that
    the bot's guilds need; with few guilds that is one.
    """

    def __init__(
        self, api_url: str, gateway_url: str | None, observer: RequestObserver | None = None
    ) -> None:
        use_addresses(api_url, gateway_url)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # Voice is not used.
        self.discord_clock = DiscordClock()
        self._token_in_doubt = asyncio.Event()
        trace = trace_requests(observer or RequestObserver(), self._token_in_doubt.set)
        trace.on_request_end.append(self.discord_clock.read_date)
        super().__init__(
            intents=discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=_RATE_LIMIT_PATIENCE,
            http_trace=trace,
        )
        use_patient_buckets(self.http)
        self.on_change = CallbackList()
        """Called when Discord is reached again, and when a command may have created background work."""
        self.waits = ReconnectBackoff()
        self._gateway_url = gateway_url
        self._outage_log = OutageLogFilter()
        self._leaving = asyncio.Event()
        self._attempt: asyncio.Task[None] | None = None
        self._connected_shards: set[int] = set()
        self._logged_in = False
        self._token_checked_at = float("-inf")

    @property
    def usable(self) -> bool:
        """True if Discord's REST API can be called: after the first login, and until the bot has left."""
        return self._logged_in and not self.is_closed()

    @property
    def connected(self) -> bool:
        """True if every connection to the gateway has received its guilds or was resumed."""
        return self.shard_count is not None and len(self._connected_shards) >= self.shard_count

    async def ask_time(self) -> None:
        """Send a small request, whose answer has a date."""
        if not self.usable:
            return
        try:
            await self.http.request(Route("GET", "/gateway"))
        except (*UNREACHABLE, discord.HTTPException) as error:
            _log.debug("Discord does not tell the time: %s", error, extra={"action": "time_not_told"})

    async def serve(self, token: str) -> None:
        """Stay connected until `close`, with ever longer waits while Discord cannot be reached.

        Raises:
            TokenRejected: Discord does not accept the token, or no longer.
            VersionRefused: Discord does not support what this version of the bot asks for.
        """
        self._outage_log.install()
        await self._async_setup_hook()
        try:
            while not self._leaving.is_set():
                self._attempt = asyncio.create_task(self._connect_once(token), name="discord connection")
                await self._wait_for_end(self._attempt)
                self._connected_shards.clear()
                if self._leaving.is_set():
                    break
                self._examine_end(self._attempt)
                await self._reset()
                await self._pause(self.waits.next())
        finally:
            self._outage_log.uninstall()

    async def close(self) -> None:
        """Leave Discord after the answers under way, and let `serve` return."""
        if asyncio.current_task() is self._attempt:
            # discord.py closes the client after a connection that ended; `serve` makes the next.
            await super().close()
            return
        self._leaving.set()
        await _finish_answers()
        self._connected_shards.clear()
        if self._attempt is None:
            return
        await super().close()
        # discord.py would otherwise wait for the gateway for ever (shard.py, launch_shard).
        self._attempt.cancel()

    async def launch_shards(self) -> None:
        """Open the connections that Discord recommends, within its daily limit.

        See docs: events/gateway, Get Gateway Bot.
        """
        count, url, limits = await self.http.get_bot_gateway()
        if limits["remaining"] < count:
            wait = limits["reset_after"] / 1000
            _log.error("connected too often today; waiting %.0f s", wait, extra={"action": "identify_limit"})
            await self._pause(wait)
        if self._gateway_url is None:
            # discord.py falls back to this default whenever it cannot resume.
            DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        self.shard_count = count
        await super().launch_shards()

    async def on_shard_ready(self, shard_id: int) -> None:
        """Note that a connection is up and has received its guilds."""
        self._mark_connected(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that a connection is up again with no event missed."""
        self._mark_connected(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a connection is lost; discord.py reconnects it."""
        self._connected_shards.discard(shard_id)

    def _mark_connected(self, shard_id: int) -> None:
        self._connected_shards.add(shard_id)
        if self.connected:
            self._outage_log.end_outage()
            self.waits.reset()
            self.on_change()

    async def _connect_once(self, token: str) -> None:
        await self.login(token)
        self._logged_in = True
        await self.connect()

    async def _wait_for_end(self, attempt: asyncio.Task[None]) -> None:
        """Wait until a connection ends, and check the token whenever a request was refused for it.

        Raises:
            TokenRejected: The token was withdrawn. The gateway may keep the connection for hours after that.
        """
        loop = asyncio.get_running_loop()
        while not attempt.done():
            doubt = asyncio.create_task(self._token_in_doubt.wait(), name="token in doubt")
            try:
                await asyncio.wait([attempt, doubt], return_when=asyncio.FIRST_COMPLETED)
            finally:
                doubt.cancel()
            if self._token_in_doubt.is_set() and not attempt.done():
                self._token_in_doubt.clear()
                if self._logged_in and loop.time() - self._token_checked_at >= _TOKEN_CHECK_INTERVAL:
                    self._token_checked_at = loop.time()
                    await self._check_token()

    async def _check_token(self) -> None:
        """Check whether Discord refuses the token for the simplest of requests too.

        Raises:
            TokenRejected: It does.
        """
        try:
            await self.http.request(Route("GET", "/users/@me"))
        except Exception as error:
            if isinstance(error, discord.HTTPException) and error.status == 401:
                raise TokenRejected from None
            return  # Not known; the next refusal leads to the next check.
        _log.warning(
            "Discord refused the token for one request and takes it for others",
            extra={"action": "token_doubted"},
        )

    def _examine_end(self, attempt: asyncio.Task[None]) -> None:
        """Raise an error that no waiting mends; log others, once for each outage."""
        error = None if attempt.cancelled() else attempt.exception()
        if error is None:
            return
        if is_token_rejected(error):
            raise TokenRejected from None
        code = version_close_code(error)
        if code is not None:
            raise VersionRefused(code) from None
        expected = (*UNREACHABLE, *GARBLED, discord.ConnectionClosed)
        if not self._outage_log.is_reported and not isinstance(error, expected):
            _log.error("the connection broke", exc_info=error, extra={"action": "connection_broke"})
        self._outage_log.report(error)

    async def _reset(self) -> None:
        """Make the client usable again: discord.py means it to be used once (Rapptz/discord.py#10520)."""
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
            await asyncio.wait_for(self._leaving.wait(), seconds)
        except TimeoutError:
            pass


async def _finish_answers() -> None:
    """Wait a moment for commands and events under way, and for those that follow from them."""
    try:
        async with asyncio.timeout(_ANSWER_GRACE):
            while tasks := [
                task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING_TASKS)
            ]:
                await asyncio.wait(tasks)
    except TimeoutError:
        _log.warning("left with %d answers under way", len(tasks), extra={"action": "answers_left"})
