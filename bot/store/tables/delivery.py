"""Where chapters go, the ledger of deliveries, and the posts that came of it."""

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

from bot.domain.delivery.delivery import DeliveryState
from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.engine.types import Instant, Json, WideInteger, Words
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
    Column("fault_reason", Words),
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

delivery = Table(
    "delivery",
    metadata,
    Column("id", WideInteger, primary_key=True),
    Column("subscription_id", WideInteger, ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
    Column("release_id", WideInteger, ForeignKey("release.id"), nullable=False),
    Column("number", WideInteger, nullable=False),  # the release's, which never changes: the order of posting
    Column("part", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("wake_at", Instant),  # when it wants attention: due, or its claim runs out; NULL once settled
    Column("nonce", Words, nullable=False),
    Column("mention", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_tried_at", Instant),
    Column("sent_at", Instant),
    Column("message_id", WideInteger),  # known before it is settled where more belongs to it than the message
    Column("thread_id", WideInteger),
    Column("reason", Words),
    Column("skipped", Json, nullable=False),
    Column("publish_at", Instant),  # when it is to be handed on to followers; NULL if it is not, or was
    Column("publish_tries", Integer),
    UniqueConstraint("subscription_id", "release_id", "part"),
    UniqueConstraint("nonce"),
    one_of("state", DeliveryState),
    CheckConstraint("(wake_at IS NOT NULL) = (state IN ('due', 'claimed'))", name="wake_at"),
    CheckConstraint("part >= 0", name="part"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
)
_unpublished = delivery.c.publish_at.is_not(None)
Index(
    "ix_delivery_unpublished",
    delivery.c.publish_at,
    sqlite_where=_unpublished,
    postgresql_where=_unpublished,
)
_unsettled = delivery.c.wake_at.is_not(None)
Index(
    "ix_delivery_unsettled",
    delivery.c.wake_at,
    delivery.c.id,
    sqlite_where=_unsettled,
    postgresql_where=_unsettled,
)
Index(
    "ix_delivery_order",
    delivery.c.subscription_id,
    delivery.c.number,
    delivery.c.part,
    sqlite_where=_unsettled,
    postgresql_where=_unsettled,
)
Index(None, delivery.c.release_id)

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
# Written out, not bound, as above.
page_in_thread = post.c.shape == text("'part'")
Index("ix_post_in_thread", post.c.channel_id, sqlite_where=page_in_thread, postgresql_where=page_in_thread)
_stale = post.c.stale.is_(True)
Index("ix_post_stale", post.c.message_id, sqlite_where=_stale, postgresql_where=_stale)

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
