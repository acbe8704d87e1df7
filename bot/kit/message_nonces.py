"""Nonces for messages."""

from __future__ import annotations

import secrets

_RANDOM_BYTES = 16
"""128 bits: no two messages of the bot's ever share a nonce. Encoded they take 22 of Discord's 25 characters.

Source: docs, resources/message, Create Message, `nonce` and `enforce_nonce`.
"""


def new_nonce() -> str:
    """Return a nonce that no other message of the bot's has."""
    return secrets.token_urlsafe(_RANDOM_BYTES)
