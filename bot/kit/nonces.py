"""Nonces for messages."""

from __future__ import annotations

import secrets


def new_nonce() -> str:
    """A nonce no other message of the bot's has: 22 characters of Discord's 25."""
    return secrets.token_urlsafe(16)
