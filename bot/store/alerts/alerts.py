"""Faults that last until somebody fixes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.alerts.alert_records import AlertRecord
from bot.store.engine import upsert
from bot.store.tables import trouble


class AlertRepository:
    """Lasting faults by key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_all(self) -> list[AlertRecord]:
        """List all faults by key, also those that are over and not yet deleted."""
        rows = await self._connection.execute(select(trouble).order_by(trouble.c.key))
        return [_read(row) for row in rows]

    async def save(self, record: AlertRecord) -> None:
        """Store a fault, in place of the one with the same key."""
        values: dict[str, Any] = {
            "kind": record.kind,
            "facts": dict(record.facts),
            "story": record.story,
            "began_at": record.began_at,
            "tell_at": record.tell_at,
            "told_at": record.told_at,
            "ended_at": record.ended_at,
        }
        new = upsert.insert(self._connection, trouble).values(key=record.key, **values)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=values))

    async def delete(self, key: str) -> None:
        """Delete a fault."""
        await self._connection.execute(delete(trouble).where(trouble.c.key == key))


def _read(row: Row[Any]) -> AlertRecord:
    return AlertRecord(
        key=row.key,
        kind=row.kind,
        began_at=row.began_at,
        tell_at=row.tell_at,
        facts=row.facts,
        story=row.story,
        told_at=row.told_at,
        ended_at=row.ended_at,
    )
