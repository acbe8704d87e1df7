"""Discord's answers sorted, once, into what the ledger understands (docs: topics/opcodes-and-status-codes)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from json import JSONDecodeError

import aiohttp
import discord

from bot.chat.i18n import discord_error_texts
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.subscriptions.subscription import DeliveryFault

_log = logging.getLogger(__name__)


UNKNOWN_MESSAGE = 10008
ARCHIVED = 50083

UNAUTHORIZED = frozenset({40001, 50014})
BLOCKED_BY_EDGE = 40333
EDGE_WAIT = timedelta(minutes=10)
"""How long everything rests after Discord's edge has blocked this address; asking on prolongs the block."""

TRANSIENT = frozenset({20016, 20022, 20028, 20029, 30034, 30046, 40003, 40004, 40006, 40062, 110000, 130000})
"""Limits and outages that Discord names: nothing was done, and later it may be."""

UNFIT = frozenset({10014, 30010, 30015, 40005, 50006, 50035, 50045, 160002, 160004, 160014, 200000, 240000})
"""The one message is at fault (its size, its content, its emoji); the next may pass."""

CANNOT_REACH = "Discord cannot be reached"

NO_WORD = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, JSONDecodeError)
"""What a question to Discord ends in where no answer came, none that can be read, or a refusal."""


def outcome_of(error: Exception, now: datetime) -> Outcome:
    """What an exception from discord.py means.

    1. A rate limit that discord.py declined to sleep through: not sent.
    2. No answer, or one that cannot be read: if the connection was never made, not sent; otherwise nobody knows.
    3. A 5xx: nobody knows, whatever its body says.
    4. The codes, then the statuses, of a refusal.

    Raises:
        Exception: `error` itself, where it is none of Discord's making.
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
        # It is gone; on a send the enforced nonce found the message made before, and it has been deleted since.
        return Sent(None)
    if status == 401 or code in UNAUTHORIZED:
        if status != 401:
            # Of a 401 the session itself takes note: it asks whether the token still holds, and has the last word.
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
        return Unfit(DeliveryFault(f"discord-{code}", discord_error_texts.unfit(code, error.text), now))
    if status in (403, 404) or code in discord_error_texts.REFUSALS:
        return Refused(
            DeliveryFault(f"discord-{code or status}", discord_error_texts.refusal(code, error.text), now)
        )
    return Unfit(DeliveryFault(f"discord-{code or status}", discord_error_texts.unfit(code, error.text), now))


def _is_json(error: discord.HTTPException) -> bool:
    """Whether Discord's own servers answered, and not the edge before them (docs: topics/rate-limits)."""
    return "json" in getattr(error.response, "headers", {}).get("Content-Type", "")


def retry_after(error: discord.HTTPException) -> timedelta | None:
    """How long Discord asks to wait, if its answer says so in a header."""
    headers = getattr(error.response, "headers", {})
    try:
        return timedelta(seconds=float(headers["Retry-After"]))
    except (KeyError, ValueError):
        return None
