"""Readers: bookmarks, chapter reads, votes, comments and preferences."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
)

from bot.store.engine.column_types import Instant, WideInteger, Words
from bot.store.tables.base import metadata

bookmark = Table(
    "bookmark",
    metadata,
    Column("user_id", WideInteger, primary_key=True, autoincrement=False),
    Column("story", Words, ForeignKey("story.slug", ondelete="CASCADE"), primary_key=True),
    Column("last_number", Integer, nullable=False),
    Column("last_offset", Integer, nullable=False),
    Column("last_revision", Integer, nullable=False),  # in whose text the offset counts
    Column("furthest_number", Integer, nullable=False),
    Column("furthest_offset", Integer, nullable=False),
    Column("furthest_revision", Integer, nullable=False),
    # Where they are, whatever they look up; NULL: where they came furthest.
    Column("place_number", Integer),
    Column("place_offset", Integer),
    Column("place_revision", Integer),
    Column("seen_at", Instant, nullable=False),
)

vote = Table(
    "vote",
    metadata,
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", WideInteger, primary_key=True, autoincrement=False),
    # One person may star several posts of a chapter and is one vote; 0: from the private reader.
    Column("message_id", WideInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Index(None, "user_id"),
    Index(None, "message_id"),
    Index(None, "release_id", "at"),
)

chapter_read = Table(
    "chapter_read",
    metadata,
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", WideInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    # The furthest they came in a private reader, in that revision's text; NULL where only public posts were turned.
    Column("furthest", Integer),
    Column("revision", Integer),
    Index(None, "user_id"),
    Index(None, "release_id", "at"),
)

comments = Table(
    "comments",
    metadata,
    Column("thread_id", WideInteger, primary_key=True, autoincrement=False),
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), nullable=False),
    Column("guild_id", WideInteger),
    Column("count", Integer, nullable=False),  # messages that are not the bot's
    Column("counted_at", Instant, nullable=False),
    Index(None, "release_id"),
    Index(None, "guild_id"),
)

# By how much the count of a thread grew when it was counted; kept for some weeks.
comment_growth = Table(
    "comment_growth",
    metadata,
    Column(
        "thread_id",
        WideInteger,
        ForeignKey("comments.thread_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Instant, primary_key=True),
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), nullable=False),
    Column("grown", Integer, nullable=False),
    Index(None, "release_id", "at"),
    Index(None, "at"),
)

person = Table(
    "person",
    metadata,
    Column("user_id", WideInteger, primary_key=True, autoincrement=False),
    Column("locale", Words),  # as Discord last told it
    Column("told", Boolean, nullable=False),  # whether news of ideas comes by direct message
    Column("digest", Boolean, nullable=False),  # whether an author gets the morning card
    Column("digested_at", Instant),
)

wants_card = person.c.digest.is_(True)  # few of all who ever used the bot
Index("ix_person_digest", person.c.user_id, sqlite_where=wants_card, postgresql_where=wants_card)

erased = Table(
    "erased",
    metadata,
    Column("hash", Words, primary_key=True),  # keyed: whom it stands for is known only when they come
    Column("at", Instant, nullable=False),
)
