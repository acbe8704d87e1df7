"""Errors of a connection to Discord: exceptions that end the bot, and the kinds that it waits out."""

from __future__ import annotations

import aiohttp
import discord

_AUTHENTICATION_FAILED = 4004
_DISALLOWED_INTENTS = 4014
_VERSION_CLOSES = frozenset({4012, 4013, _DISALLOWED_INTENTS})
"""Close codes for an API version or intents that the gateway does not know or does not grant (docs:
topics/opcodes-and-status-codes, Gateway Close Event Codes)."""

UNREACHABLE = (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError, TimeoutError)
"""Errors of an attempt to connect while Discord is unreachable or out of order."""

GARBLED = (ValueError, LookupError, TypeError, AttributeError)
"""Errors that discord.py raises for an answer that is truncated or malformed."""

_LONGEST_TEXT = 200


class TokenRejected(Exception):
    """Discord does not accept the token."""

    def __init__(self) -> None:
        super().__init__(
            "Discord does not accept this token. Copy it again from the application’s Bot page into DISCORD_TOKEN."
        )


class VersionRefused(Exception):
    """Discord's gateway no longer supports what this version of the bot asks for."""

    def __init__(self, code: int) -> None:
        super().__init__(
            f"Discord refuses the connection (close code {code}): it no longer takes what this version of fascicle "
            "asks for, though that needs no grant. Install the newest version."
        )


def is_token_rejected(error: BaseException) -> bool:
    """Return whether the error means that the token is wrong."""
    if isinstance(error, discord.LoginFailure):
        return True
    return isinstance(error, discord.ConnectionClosed) and error.code == _AUTHENTICATION_FAILED


def version_close_code(error: BaseException) -> int | None:
    """Return the close code if the gateway refused the bot's API version or intents, else None."""
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return _DISALLOWED_INTENTS
    if isinstance(error, discord.ConnectionClosed) and error.code in _VERSION_CLOSES:
        return error.code
    return None


def describe_error(error: BaseException) -> str:
    """Describe an error on one line."""
    text = " ".join(str(error).split())[:_LONGEST_TEXT]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
