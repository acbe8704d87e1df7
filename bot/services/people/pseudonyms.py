"""Knowing somebody again without keeping who they are: people who were blocked, or who had their data erased."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from bot.domain.suggestions.suggestion import Suggestion
from bot.store.transaction import Transaction

_KEY = "pseudonym-key"


async def pseudonym(tx: Transaction, user_id: int) -> str:
    """The keyed hash (HMAC-SHA256, 64 hexadecimal digits) that stands for somebody in this database.

    The key is made at the first use, so the transaction must be one that may write. Whoever has only the hashes cannot
    try out Discord's ids on them; whoever has the database has the key too, and can.
    """
    key = await tx.key_values.get(_KEY)
    if key is None:
        key = await tx.key_values.set_default(_KEY, secrets.token_hex(32))
    return hmac.new(bytes.fromhex(key), str(user_id).encode(), hashlib.sha256).hexdigest()


async def suggester_pseudonym(tx: Transaction, idea: Suggestion) -> str | None:
    """The hash that stands for whoever made an idea, erased or not; None where they were erased before ideas kept it.

    The transaction must be one that may write.
    """
    return idea.suggester_hash if idea.suggester is None else await pseudonym(tx, idea.suggester)


async def is_suggester(tx: Transaction, user_id: int, idea: Suggestion) -> bool:
    """Whether somebody made an idea, also where it stayed without them when they were erased."""
    if idea.suggester is not None:
        return idea.suggester == user_id
    # Where there is a hash, there is a key, so this writes nothing.
    return idea.suggester_hash is not None and idea.suggester_hash == await pseudonym(tx, user_id)
