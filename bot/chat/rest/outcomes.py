"""Classification of Discord's answers into outcomes (docs: topics/opcodes-and-status-codes)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from json import JSONDecodeError

import aiohttp
import discord

from bot.domain.delivery.fault_messages import DISCORD_REFUSALS, discord_refusal, discord_unfit
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.subscriptions.subscription import DeliveryFault

_log = logging.getLogger(__name__)


UNKNOWN_MESSAGE = 10008
ARCHIVED = 50083

UNAUTHORIZED = frozenset({40001, 50014})
BLOCKED_BY_EDGE = 40333
EDGE_WAIT = timedelta(minutes=10)
"""Pause after Discord's edge has blocked this address, since further requests prolong the block."""

TRANSIENT = frozenset({20016, 20022, 20028, 20029, 30034, 30046, 40003, 40004, 40006, 40062, 110000, 130000})
"""Codes of limits and outages: nothing was done, and a later attempt may succeed."""

UNFIT = frozenset({10014, 30010, 30015, 40005, 50006, 50035, 50045, 160002, 160004, 160014, 200000, 240000})
"""Codes for faults of the one message (its size, its content, its emoji); the next may be accepted."""

CANNOT_REACH = "Discord cannot be reached"

NO_ANSWER = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, JSONDecodeError)
"""Errors of a request that was refused or brought no readable answer."""


def outcome_of(error: Exception, now: datetime) -> Outcome:
    """Return the outcome that an exception from discord.py stands for.

    1. A rate limit that discord.py declined to sleep through: not sent.
    2. No answer, or one that cannot be read: if the connection was never made, not sent; otherwise unknown.
    3. A 5xx: unknown, whatever its body says.
    4. The codes, then the statuses, of a refusal.

    Raises:
        Exception: `error` itself, if Discord did not cause it.
    """
    if isinstance(error, discord.RateLimited):
        return Delayed("rate limit", timedelta(seconds=error.retry_after))
    if isinstance(error, discord.HTTPException):
        return _of_answer(error, now)
    if isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)):
        return Delayed(CANNOT_REACH)
    if isinstance(error, (aiohttp.ClientError, TimeoutError, OSError, JSONDecodeError)):
        return Unknown(f"no answer ({type(error).__name__})")
    raise error


def _of_answer(error: discord.HTTPException, now: datetime) -> Outcome:
    code, status = error.code, error.status
    if status >= 500:
        return Unknown(f"Discord failed (HTTP {status})")
    if code == UNKNOWN_MESSAGE:
        # On a send, the enforced nonce found the earlier message, which has been deleted since.
        return Sent(None)
    if status == 401 or code in UNAUTHORIZED:
        if status != 401:
            # After a 401 the session checks the token itself and has the last word.
            _log.critical(
                "Discord no longer accepts the token; nothing can be sent", extra={"action": "token_refused"}
            )
        return Delayed("the token is not accepted", EDGE_WAIT)
    if code == BLOCKED_BY_EDGE or (status == 429 and not _is_json(error)):
        _log.error("Discord's edge blocks this address; waiting", extra={"action": "edge_block"})
        return Delayed("blocked by Discord's edge", EDGE_WAIT)
    if code in TRANSIENT or status == 429:
        return Delayed(f"limit {code or status}", retry_after(error))
    if code in UNFIT:
        return Unfit(DeliveryFault(f"discord-{code}", discord_unfit(code, error.text), now))
    if status in (403, 404) or code in DISCORD_REFUSALS:
        return Refused(DeliveryFault(f"discord-{code or status}", discord_refusal(code, error.text), now))
    return Unfit(DeliveryFault(f"discord-{code or status}", discord_unfit(code, error.text), now))


def _is_json(error: discord.HTTPException) -> bool:
    """Return whether Discord's own servers answered, and not the edge in front of them (docs: topics/rate-limits)."""
    return "json" in getattr(error.response, "headers", {}).get("Content-Type", "")


def retry_after(error: discord.HTTPException) -> timedelta | None:
    """Return the wait that Discord asks for in a header, if any."""
    headers = getattr(error.response, "headers", {})
    try:
        return timedelta(seconds=float(headers["Retry-After"]))
    except (KeyError, ValueError):
        return None
