"""What a transaction has changed, by table: seen on every statement, so that no writer has to think of it."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, TableClause, UpdateBase, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_CHANGED = "changed tables"

UNSHOWN = frozenset(
    {
        *("bookmark", "chapter_read", "vote", "comments"),
        *("delivery", "post", "parking", "notice"),
        *("guild", "setting", "person", "panel", "poll", "poll_choice", "blocked", "erased"),
        *("review_channel", "trouble", "sound_chapter"),
    }
)
"""Tables of which posts show nothing. Figures have an age of their own; of a delivery posts show what it was made with.
A table that is not here counts as shown."""


def watch(engine: AsyncEngine) -> None:
    """Have every connection of that engine note the tables it writes to."""

    @event.listens_for(engine.sync_engine, "before_execute")
    def note(connection: Connection, statement: Any, *_: object) -> None:
        if isinstance(statement, UpdateBase):
            connection.info.setdefault(_CHANGED, set()).add(cast(TableClause, statement.table).name)


def changed(connection: AsyncConnection) -> set[str]:
    """The tables that the connection will have written to by the end of the transaction that begins now."""
    tables: set[str] = set()
    connection.info[_CHANGED] = tables
    return tables
