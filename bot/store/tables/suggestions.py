"""Suggestions, their record, and the messages that show them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from bot.domain.suggestions.panels import PanelKind, PollState
from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.engine.column_types import Instant, MessageText, WideInteger, Words
from bot.store.tables.base import metadata, one_of

suggestion = Table(
    "suggestion",
    metadata,
    Column("number", WideInteger, primary_key=True),
    Column("story", Words, ForeignKey("story.slug"), nullable=False),
    Column("chapter", Words),
    Column("idea", Words, nullable=False),
    Column("folded", Words, nullable=False),  # the idea as it is searched
    Column("maker", WideInteger),
    Column("maker_name", Words),
    Column("anonymous", Boolean, nullable=False),
    Column("name_me", Boolean, nullable=False),
    Column("state", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("guild_id", WideInteger),
    Column("channel_id", WideInteger),
    Column("into", WideInteger),
    Column("used_in", Words),
    Column("decided_by", WideInteger),
    Column("decided_at", Instant),
    Column("reason", Words),
    Column("support", Integer, nullable=False),  # people behind it, those of ideas merged into it too
    Column("held", Boolean, nullable=False),  # for its author's eyes first
    Column("maker_hash", Words),  # keyed, of a maker who was erased and let it stay
    ForeignKeyConstraint(["into"], ["suggestion.number"], ondelete="SET NULL"),
    Index(None, "story", "state", "number"),
    Index(None, "state", "number"),
    Index(None, "maker", "story", "state"),
    Index(None, "story", "state", "support", "number"),
    Index(None, "story", "used_in"),
    Index(None, "into"),
    Index(None, "maker_hash"),
    one_of("state", SuggestionState),
    sqlite_autoincrement=True,
)

_held = suggestion.c.held.is_(True)
Index(
    "ix_suggestion_held",
    suggestion.c.story,
    suggestion.c.state,
    suggestion.c.number,
    sqlite_where=_held,
    postgresql_where=_held,
)

suggestion_change = Table(
    "suggestion_change",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("suggestion", WideInteger, ForeignKey("suggestion.number", ondelete="CASCADE"), nullable=False),
    Column("was", Words),
    Column("became", Words, nullable=False),
    Column("by", WideInteger),  # NULL once that person was erased
    Column("at", Instant, nullable=False),
    Column("reason", Words),
    Column("was_into", WideInteger),
    Column("was_held", Boolean),
    Column("undo_until", Instant),  # of an author's decision; people are told of it then
    Column("undone_at", Instant),  # NULL: it stands
    Index(None, "suggestion"),
    Index(None, "by"),
    one_of("was", SuggestionState),
    one_of("became", SuggestionState),
    sqlite_autoincrement=True,
)

supporter = Table(
    "supporter",
    metadata,
    Column("suggestion", WideInteger, ForeignKey("suggestion.number", ondelete="CASCADE"), primary_key=True),
    Column("user_id", WideInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Index(None, "user_id"),
)

blocked = Table(
    "blocked",
    metadata,
    Column("suggestion", WideInteger, primary_key=True, autoincrement=False),  # the one they were blocked by
    Column("story", Words, ForeignKey("story.slug", ondelete="CASCADE"), nullable=False),
    Column("hash", Words),  # keyed: whom it stands for is known only when they come; NULL: nobody knows
    Column("by", WideInteger),  # NULL once that person was erased
    Column("at", Instant, nullable=False),
    Index(None, "story", "hash"),
    Index(None, "by"),
)


panel = Table(
    "panel",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("story", Words, ForeignKey("story.slug", ondelete="CASCADE"), nullable=False),
    Column("suggestion", WideInteger, ForeignKey("suggestion.number", ondelete="CASCADE")),  # of a review
    Column("guild_id", WideInteger),
    Column("channel_id", WideInteger, nullable=False),
    Column("message_id", WideInteger),
    Column("nonce", Words, nullable=False),
    Column("made_by", WideInteger),  # NULL once that person was erased, or where nobody did
    Column("made_at", Instant, nullable=False),
    Column("first_tried_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("wake_at", Instant),  # when it is to be posted or edited; NULL while it is current
    Column("fault", MessageText),
    UniqueConstraint("kind", "channel_id", "story", "suggestion"),
    UniqueConstraint("nonce"),
    Index(None, "suggestion"),
    Index(None, "story", "kind"),
    Index(None, "guild_id"),
    Index(None, "made_by"),
    Index(None, "message_id"),
    one_of("kind", PanelKind),
    CheckConstraint("(kind = 'review') = (suggestion IS NOT NULL)", name="suggestion"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
)
_wanted = panel.c.wake_at.is_not(None)
# One board of a story in a channel: the constraint above lets rows without an idea pass.
_board = panel.c.suggestion.is_(None)
Index(
    "uq_panel_board",
    panel.c.channel_id,
    panel.c.story,
    unique=True,
    sqlite_where=_board,
    postgresql_where=_board,
)
Index("ix_panel_wanted", panel.c.wake_at, panel.c.id, sqlite_where=_wanted, postgresql_where=_wanted)


review_channel = Table(
    "review_channel",
    metadata,
    Column("story", Words, primary_key=True),  # empty: every story of the bot
    Column("channel_id", WideInteger, primary_key=True, autoincrement=False),
    Column("guild_id", WideInteger),  # NULL while only a file names it
    Column("asked_by", WideInteger),  # an author who asked for it in Discord
    Column("accepted_by", WideInteger),
    Column("accepted_at", Instant),  # NULL: nothing is posted there
    Index(None, "guild_id"),
    Index(None, "asked_by"),
    Index(None, "accepted_by"),
)

poll = Table(
    "poll",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("story", Words, ForeignKey("story.slug", ondelete="CASCADE"), nullable=False),
    Column("guild_id", WideInteger),
    Column("channel_id", WideInteger, nullable=False),
    Column("message_id", WideInteger),
    Column("question", Words, nullable=False),
    Column("nonce", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("made_by", WideInteger),  # NULL once that person was erased
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("first_tried_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("wake_at", Instant),  # when it is to be posted or counted; NULL once settled
    Column("fault", MessageText),
    UniqueConstraint("nonce"),
    Index(None, "story"),
    Index(None, "guild_id"),
    Index(None, "made_by"),
    one_of("state", PollState),
    CheckConstraint("(wake_at IS NOT NULL) = (state IN ('due', 'open'))", name="wake_at"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
)
_running = poll.c.wake_at.is_not(None)
Index("ix_poll_running", poll.c.wake_at, poll.c.id, sqlite_where=_running, postgresql_where=_running)

poll_choice = Table(
    "poll_choice",
    metadata,
    Column("poll_id", WideInteger, ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("answer", Integer, primary_key=True, autoincrement=False),  # as Discord counts them, from 1
    Column("suggestion", WideInteger, ForeignKey("suggestion.number", ondelete="CASCADE"), nullable=False),
    Column("votes", Integer),  # NULL until it is counted
    Index(None, "suggestion"),
)
