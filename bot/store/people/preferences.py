"""People's preferences and the language they use Discord in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.people.person_records import Person
from bot.store.tables import person, wants_card


class PreferenceRepository:
    """People's preferences; an unknown person has the defaults of `Person(user_id)`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, user_id: int) -> Person:
        """Return a person's preferences, the defaults if they are unknown."""
        found = await self._connection.execute(select(person).where(person.c.user_id == user_id))
        row = found.one_or_none()
        return Person(user_id) if row is None else _read(row)

    async def record_locale(self, user_id: int, locale: str) -> bool:
        """Record the language that somebody uses Discord in; False if it has not changed."""
        return await self._set(user_id, "locale", locale)

    async def set_direct_messages(self, user_id: int, told: bool) -> None:
        """Set whether news of somebody's suggestions comes by direct message."""
        await self._set(user_id, "told", told)

    async def set_digest(self, user_id: int, digest: bool) -> None:
        """Set whether somebody wants the morning card."""
        await self._set(user_id, "digest", digest)

    async def list_due_digests(self, before: datetime) -> list[Person]:
        """List people who want a morning card and had none since `before`, longest without one first."""
        had_none = person.c.digested_at.is_(None) | (person.c.digested_at <= before)
        return [_read(row) for row in await self._connection.execute(_wanting().where(had_none))]

    async def record_digest(self, user_id: int, now: datetime, last: datetime | None) -> bool:
        """Record that somebody had their card, or none for lack of news.

        False if `last` is not when they had the one before.
        """
        had = person.c.digested_at.is_(None) if last is None else person.c.digested_at == last
        noted = await self._connection.execute(
            update(person).where(person.c.user_id == user_id, had).values(digested_at=now)
        )
        return noted.rowcount == 1

    async def _set(self, user_id: int, what: str, value: object) -> bool:
        fresh = Person(user_id)
        new = upsert.insert(self._connection, person).values(
            **{"user_id": user_id, "told": fresh.told, "digest": fresh.digest, what: value}
        )
        changed = await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["user_id"],
                set_={what: new.excluded[what]},
                where=person.c[what].is_distinct_from(new.excluded[what]),
            )
        )
        return changed.rowcount == 1


def _wanting() -> Select[Any]:
    return (
        select(person).where(wants_card).order_by(person.c.digested_at.asc().nulls_first(), person.c.user_id)
    )


def _read(row: Row[Any]) -> Person:
    return Person(row.user_id, row.locale, row.told, row.digest, row.digested_at)
