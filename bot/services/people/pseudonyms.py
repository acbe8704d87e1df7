"""Pseudonyms that recognize people who were blocked or erased without storing who they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from bot.domain.suggestions.suggestion import Suggestion
from bot.store.transaction import Transaction

_KEY = "pseudonym-key"


async def pseudonym(tx: Transaction, user_id: int) -> str:
    """Return the keyed hash of a user in this database (HMAC-SHA256, 64 hexadecimal digits).

    The key is created at the first use, so the transaction must be able to write. The hashes alone cannot be tried
    against Discord's ids, since the key is needed for that; the database holds both.
    """
    key = await tx.key_values.get(_KEY)
    if key is None:
        key = await tx.key_values.set_default(_KEY, secrets.token_hex(32))
    return hmac.new(bytes.fromhex(key), str(user_id).encode(), hashlib.sha256).hexdigest()


async def suggester_pseudonym(tx: Transaction, idea: Suggestion) -> str | None:
    """Return the pseudonym of a suggestion's suggester, erased or not.

    None if they were erased before hashes were kept.

    The transaction must be able to write.
    """
    return idea.suggester_hash if idea.suggester is None else await pseudonym(tx, idea.suggester)


async def is_suggester(tx: Transaction, user_id: int, idea: Suggestion) -> bool:
    """Return whether the user made the suggestion, even if it was detached from them by an erasure."""
    if idea.suggester is not None:
        return idea.suggester == user_id
    # Where there is a hash, there is a key, so this writes nothing.
    return idea.suggester_hash is not None and idea.suggester_hash == await pseudonym(tx, user_id)
