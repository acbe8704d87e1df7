"""Chapter posts in Discord."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    text,
)

from bot.domain.subscriptions.release_styles import MessageForm
from bot.store.engine.column_types import WideInteger, Words
from bot.store.tables.base import metadata, one_of

post = Table(
    "post",
    metadata,
    Column("message_id", WideInteger, primary_key=True, autoincrement=False),
    Column("channel_id", WideInteger, nullable=False),
    Column("guild_id", WideInteger),
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), nullable=False),
    Column("delivery_id", WideInteger, ForeignKey("delivery.id", ondelete="SET NULL")),
    Column("page", Integer, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("decorated", Boolean, nullable=False),
    Column("restored", Boolean, nullable=False),
    Column("shape", Words, nullable=False, default=MessageForm.PAGES.value),
    Column("part", Integer, nullable=False, default=0),
    Column("stale", Boolean, nullable=False),  # shows an older revision and is to be edited
    Index(None, "release_id"),
    Index(None, "delivery_id"),
    Index(None, "guild_id"),
    CheckConstraint("page BETWEEN 1 AND page_count", name="page"),
    CheckConstraint("part >= 0", name="part"),
    one_of("shape", MessageForm),
)
_bare = post.c.decorated.is_(False)
Index("ix_post_bare", post.c.message_id, sqlite_where=_bare, postgresql_where=_bare)
# Written out, not bound: SQLite uses a partial index only where the query says the same.
page_in_thread = post.c.shape == text("'part'")
Index("ix_post_in_thread", post.c.channel_id, sqlite_where=page_in_thread, postgresql_where=page_in_thread)
_stale = post.c.stale.is_(True)
Index("ix_post_stale", post.c.message_id, sqlite_where=_stale, postgresql_where=_stale)
