"""Tracking of the tables that a transaction changes, observed on every statement."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, TableClause, UpdateBase, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_CHANGED = "changed tables"

UNSHOWN = frozenset(
    {
        *("bookmark", "chapter_read", "vote", "comments", "comment_growth"),
        *("delivery", "post", "parking", "notice"),
        *("guild", "setting", "person", "panel", "poll", "poll_choice", "blocked", "erased"),
        *("review_channel", "trouble", "sound_chapter"),
    }
)
"""Tables of which posts show nothing. Figures have an age of their own; of a delivery posts show what it was made with.
A table that is not here counts as shown."""


def install_tracking(engine: AsyncEngine) -> None:
    """Record the tables that the engine's connections write to."""

    @event.listens_for(engine.sync_engine, "before_execute")
    def note(connection: Connection, statement: Any, *_: object) -> None:
        if isinstance(statement, UpdateBase):
            connection.info.setdefault(_CHANGED, set()).add(cast(TableClause, statement.table).name)


def track_changes(connection: AsyncConnection) -> set[str]:
    """Return a set that fills with the tables the connection writes to in the transaction that begins now."""
    tables: set[str] = set()
    connection.info[_CHANGED] = tables
    return tables
