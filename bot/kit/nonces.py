"""Nonces for messages.

Discord answers a repeated message that has an enforced nonce with the first one, so a nonce must be unique among all
messages of the bot.
"""

from __future__ import annotations

import secrets


def new_nonce() -> str:
    """Return a unique nonce: 22 characters of the 25 that Discord allows."""
    return secrets.token_urlsafe(16)
