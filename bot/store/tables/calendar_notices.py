"""Notices of changed calendars, owed to subscribed channels."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from bot.domain.releases.calendar_news import CalendarNoticeState
from bot.store.engine.column_types import Instant, Json, MessageText, WideInteger, Words
from bot.store.tables.base import metadata, one_of

calendar_notice = Table(
    "calendar_notice",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("subscription_id", WideInteger, ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
    Column("story", Words, ForeignKey("story.slug"), nullable=False),
    Column("change", Integer, nullable=False),  # the number of the change, as the story counts them
    Column("channel_id", WideInteger, nullable=False),  # a forum's: the thread of its last chapter
    Column("news", Json, nullable=False),
    Column("nonce", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_tried_at", Instant),
    Column("wake_at", Instant),  # when it wants attention: due, or its claim runs out; NULL once settled
    Column("message_id", WideInteger),
    Column("fault", MessageText),
    UniqueConstraint("subscription_id", "change"),
    UniqueConstraint("nonce"),
    Index(None, "story", "change"),
    one_of("state", CalendarNoticeState),
    CheckConstraint("(wake_at IS NOT NULL) = (state = 'due')", name="wake_at"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
)
_owed = calendar_notice.c.wake_at.is_not(None)
Index("ix_calendar_notice_owed", calendar_notice.c.wake_at, sqlite_where=_owed, postgresql_where=_owed)
