"""The ledger of deliveries."""

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
)

from bot.domain.delivery.delivery import DeliveryState
from bot.store.engine.column_types import Instant, Json, MessageText, WideInteger, Words
from bot.store.tables.base import metadata, one_of

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
    Column("reason", MessageText),
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
