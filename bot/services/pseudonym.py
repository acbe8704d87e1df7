"""Knowing somebody again without keeping who they are: people who were blocked, or who had their data erased."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from bot.services.storage import Transaction

_KEY = "pseudonym-key"


async def pseudonym(tx: Transaction, user_id: int) -> str:
    """The keyed hash (HMAC-SHA256, 64 hexadecimal digits) that stands for somebody in this database.

    The key is made at the first use, so the transaction must be one that may write. Whoever has only the hashes cannot
    try out Discord's ids on them.
    """
    key = await tx.settings.get(_KEY)
    if key is None:
        key = await tx.settings.keep(_KEY, secrets.token_hex(32))
    return hmac.new(bytes.fromhex(key), str(user_id).encode(), hashlib.sha256).hexdigest()
