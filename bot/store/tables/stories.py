"""Stories, releases and their editions."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from bot.store.engine.column_types import Instant, Json, WideInteger, Words
from bot.store.tables.base import metadata

story = Table(
    "story",
    metadata,
    Column("slug", Words, primary_key=True),
    Column("description", Words, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("settled_until", Instant, nullable=False),
    Column("seen", Json),
    Column("delayed_until", Instant),
    Column("delay_reason", Words),
    Column("hiatus_since", Instant),
    Column("hiatus_reason", Words),
    Column("hold_changes", Integer),  # how often its authors set or ended a delay or a hiatus; NULL: never
)

emptied_slot = Table(
    "emptied_slot",
    metadata,
    Column("story", Words, ForeignKey("story.slug", ondelete="CASCADE"), primary_key=True),
    Column("slot", Instant, primary_key=True),
)

release = Table(
    "release",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("story", Words, ForeignKey("story.slug"), nullable=False),
    Column("chapter", Words, nullable=False),
    Column("number", WideInteger, nullable=False),
    Column("title", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("released_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("backlog", Boolean, nullable=False),
    Column("withdrawn_at", Instant),
    UniqueConstraint("story", "chapter"),
    UniqueConstraint("story", "number"),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("revision > 0", name="revision"),
    sqlite_autoincrement=True,
)

edition = Table(
    "edition",
    metadata,
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("warnings", Json, nullable=False),
    Column("note_before", Words),
    Column("note_after", Words),
    Column("pov", Words),
    Column("thanks", Json, nullable=False),
    Column("digest", Words, nullable=False),
    Column("announced", Integer),  # the highest number of the author's own revision notes so far
    Column("asking", Json),  # what this chapter asks of its readers, and until when
    Column("announcement", Words),  # what posts say of it; NULL: nothing
)

picture = Table(
    "picture",
    metadata,
    Column("digest", Words, primary_key=True),  # of media type and bytes: equal pictures are kept once
    Column("media_type", Words, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

release_picture = Table(
    "release_picture",
    metadata,
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Words, primary_key=True),
    Column("digest", Words, ForeignKey("picture.digest"), nullable=False),
)

sound_chapter = Table(
    "sound_chapter",
    metadata,
    Column("story", Words, primary_key=True),  # of what may be no story yet
    Column("file", Words, primary_key=True),
    Column("chapter", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("cleared", Boolean, nullable=False),
    Column("data", Json),  # the chapter itself, until it is out
)
