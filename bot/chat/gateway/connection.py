"""Where Discord is, and how it is waited for."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

_log = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
"""Seconds between attempts to reach Discord: doubling from the first to the longest."""

REFUSED_CLOSE = 4004
VERSION_CLOSES = frozenset({4012, 4013, 4014})
"""Discord's gateway does not know the version of its interface, or the intents, that this bot names; or it does not
grant them (docs: topics/opcodes-and-status-codes, Gateway Close Event Codes)."""


class TokenRejected(Exception):
    """Discord does not accept this token. Copy it again from the application’s Bot page into DISCORD_TOKEN."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class VersionRefused(Exception):
    __doc__ = (
        "Discord refuses the connection (close code {code}): it no longer takes what this version of fascicle asks "
        "for, though that needs no grant. Install the newest version."
    )

    def __init__(self, code: int) -> None:
        super().__init__((self.__doc__ or "").format(code=code))


UNREACHABLE = (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError, TimeoutError)
"""What an attempt ends in while Discord cannot be reached or is out of order."""

GARBLED = (ValueError, LookupError, TypeError, AttributeError)
"""What discord.py ends in over an answer that is cut off, or is something else than it should be."""


def point_at(api_url: str, gateway_url: str | None) -> None:
    """Have discord.py speak to that server. It keeps both as attributes of classes: this is for the whole process."""
    Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


def token_refused(error: BaseException) -> bool:
    """Whether the error says that the token is wrong."""
    if isinstance(error, discord.LoginFailure):
        return True
    return isinstance(error, discord.ConnectionClosed) and error.code == REFUSED_CLOSE


def version_refused(error: BaseException) -> int | None:
    """The code with which Discord's gateway refused what the bot is, if it did."""
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return 4014
    if isinstance(error, discord.ConnectionClosed) and error.code in VERSION_CLOSES:
        return error.code
    return None


@dataclass(slots=True)
class ReconnectBackoff:
    """Growing waits with jitter."""

    first: float = FIRST_WAIT
    attempts: int = 0

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        longest = min(LONGEST_WAIT, self.first * 2.0 ** min(self.attempts, 20))
        self.attempts += 1
        return longest * (0.75 + 0.25 * random.random())

    def reset(self) -> None:
        """It worked."""
        self.attempts = 0


class OneLineFilter(logging.Filter):
    """Makes discord.py's tracebacks about a connection that fails one line an outage: the first is told, the rest
    is the same news again."""

    LOGGERS = ("discord.shard", "discord.client", "discord.gateway")

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def watch(self) -> None:
        """Filter discord.py's loggers from now on."""
        for name in self.LOGGERS:
            logging.getLogger(name).addFilter(self)

    def unwatch(self) -> None:
        """Let go of them."""
        for name in self.LOGGERS:
            logging.getLogger(name).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Drops what `tell` says better."""
        error = record.exc_info[1] if record.exc_info else None
        expected: tuple[type[BaseException], ...] = (*UNREACHABLE, discord.ConnectionClosed)
        if record.name == "discord.shard":
            # There, nothing but Discord's own words can have gone wrong.
            expected = (*expected, *GARBLED)
        if error is None or not isinstance(error, expected):
            return True
        self.tell(error)
        return False

    def tell(self, error: BaseException) -> None:
        """Say, once an outage, that Discord cannot be reached."""
        if not self._told:
            _log.warning(
                "Discord cannot be reached (%s); waiting for it",
                brief(error),
                extra={"action": "unreachable"},
            )
            self._told = True

    @property
    def told(self) -> bool:
        """Whether this outage has been told of."""
        return self._told

    def over(self) -> None:
        """The connection stands."""
        if self._told:
            _log.info("Discord is reached again", extra={"action": "reached"})
            self._told = False


def brief(error: BaseException) -> str:
    """An error in a line."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
