"""Notices, lasting faults, and small values by key."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from bot.store.engine.column_types import Instant, Json, WideInteger, Words
from bot.store.tables.base import metadata, one_of


class NoticeState(StrEnum):
    """The state of a notice."""

    DUE = "due"
    CLAIMED = "claimed"
    WAITING = "waiting"
    """The reader accepts no direct messages and is told at their next command."""
    TOLD = "told"


notice = Table(
    "notice",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("user_id", WideInteger, nullable=False),
    Column("kind", Words, nullable=False),
    Column("facts", Json, nullable=False),
    Column("key", Words, nullable=False),
    Column("nonce", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("wake_at", Instant),  # when it wants attention: due, or its claim runs out; NULL once settled
    Column("told_at", Instant),
    UniqueConstraint("key"),
    UniqueConstraint("nonce"),
    Index(None, "user_id", "state"),
    one_of("state", NoticeState),
    CheckConstraint("(wake_at IS NOT NULL) = (state IN ('due', 'claimed'))", name="wake_at"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
)
_owed = notice.c.wake_at.is_not(None)
Index("ix_notice_owed", notice.c.wake_at, notice.c.id, sqlite_where=_owed, postgresql_where=_owed)

setting = Table(
    "setting",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

trouble = Table(
    "trouble",
    metadata,
    Column("key", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("facts", Json, nullable=False),
    Column("story", Words),  # whose authors hear of it; of what may be no story yet
    Column("began_at", Instant, nullable=False),
    Column("tell_at", Instant),  # when somebody is told next; NULL: not again
    Column("told_at", Instant),
    Column("ended_at", Instant),
)
