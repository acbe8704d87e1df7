"""Erasure of suggesters and of suggestions, keeping supporter counts correct."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.suggestions.supporters import Supporters
from bot.store.tables import suggestion, suggestion_change, supporter


async def erase_suggester(
    connection: AsyncConnection, supporters: Supporters, user_id: int, hashed: str
) -> None:
    """Remove a person from the suggestions they made, support or decided on, and from their records.

    Their suggestions keep the hash.
    """
    supported = select(supporter.c.suggestion).where(supporter.c.user_id == user_id)
    concerned = or_(suggestion.c.maker == user_id, suggestion.c.number.in_(supported))
    stories = await connection.execute(select(suggestion.c.story).where(concerned).distinct())
    await supporters.lock_stories(stories.scalars())
    numbers = list((await connection.execute(select(suggestion.c.number).where(concerned))).scalars())
    await connection.execute(delete(supporter).where(supporter.c.user_id == user_id))
    await connection.execute(
        update(suggestion)
        .where(suggestion.c.maker == user_id)
        .values(maker=None, maker_name=None, maker_hash=hashed, name_me=False, guild_id=None, channel_id=None)
    )
    await connection.execute(
        update(suggestion).where(suggestion.c.decided_by == user_id).values(decided_by=None)
    )
    await connection.execute(
        update(suggestion_change).where(suggestion_change.c.by == user_id).values(by=None)
    )
    for number in numbers:
        await supporters.recount(number)


async def delete_suggestions(connection: AsyncConnection, numbers: Sequence[int]) -> None:
    """Delete suggestions with their records; nothing may be merged into them any more."""
    for some in upsert.chunks(numbers):
        await connection.execute(delete(suggestion).where(suggestion.c.number.in_(some)))
