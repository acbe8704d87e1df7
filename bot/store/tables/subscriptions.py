"""Subscriptions, the retries of parked ones, and the guilds they belong to."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    and_,
    text,
)

from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.engine.column_types import Instant, MessageText, WideInteger, Words
from bot.store.tables.base import metadata, one_of

subscription = Table(
    "subscription",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("story", Words, ForeignKey("story.slug"), nullable=False),
    Column("guild_id", WideInteger),
    Column("channel_id", WideInteger, nullable=False),
    Column("user_id", WideInteger),
    Column("created_by", WideInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("place", Integer, nullable=False),
    Column("wished", Integer),  # the last chapter of a beginning that was asked for; NULL: none was
    Column("state", Words, nullable=False),
    Column("style", Words, nullable=False),
    Column("mention", WideInteger),
    Column("pace", Words),
    Column("publish", Boolean, nullable=False),
    Column("tag", WideInteger),
    Column("forum", Boolean, nullable=False, default=False),
    Column("paced_since", Instant),
    Column("settled_until", Instant),
    Column("next_slot_at", Instant),  # of its own pace
    Column("fault_code", Words),
    Column("fault_reason", MessageText),
    Column("fault_at", Instant),
    Column("start", Words),  # where it began; NULL where nobody remembers
    Column("mention_fault", Words),  # why its role is not mentioned: see domain.subscription.MentionReach
    Column("unsure_since", Instant),  # posts made there since may be unknown here
    UniqueConstraint("channel_id", "story"),
    Index(None, "story", "state"),
    Index(None, "guild_id", "story"),
    Index(None, "user_id"),
    one_of("state", SubscriptionState),
    one_of("style", ReleaseStyle),
    CheckConstraint("place >= 0", name="place"),
    CheckConstraint("guild_id IS NOT NULL OR user_id IS NOT NULL", name="whose"),
    CheckConstraint("(fault_code IS NULL) = (fault_at IS NULL)", name="fault"),
    CheckConstraint("(paced_since IS NULL) = (settled_until IS NULL)", name="pacing"),
    sqlite_autoincrement=True,
)
# Written out, not bound: SQLite uses a partial index only where the query says the same.
paced_and_active = and_(subscription.c.next_slot_at.is_not(None), subscription.c.state == text("'active'"))
Index(
    "ix_subscription_paced",
    subscription.c.next_slot_at,
    subscription.c.id,
    sqlite_where=paced_and_active,
    postgresql_where=paced_and_active,
)

guild = Table(
    "guild",
    metadata,
    Column("id", WideInteger, primary_key=True, autoincrement=False),
    Column("left_at", Instant),
)

parking = Table(
    "parking",
    metadata,
    Column(
        "subscription_id",
        WideInteger,
        ForeignKey("subscription.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("looks", Integer, nullable=False),  # since a post last arrived there
    Column("looked_at", Instant),
    Column("look_at", Instant),  # NULL once it goes on
    Column("revived_at", Instant),
    Index(None, "look_at"),
)
