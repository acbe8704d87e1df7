"""Every table, as the code uses it. `migrations/` makes them; a test holds the two together.

Discord's ids are 64-bit integers; ours have the same room, so that no number a person can type is too large to be
looked up. Ids that people or posts may still name after their row is gone are never reused.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    and_,
    text,
)

from bot.domain.delivery import DeliveryState, Shape
from bot.domain.subscription import Style, SubscriptionState
from bot.domain.suggestion import SuggestionState
from bot.store.types import Instant, Json, WideInteger, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class NoticeState(StrEnum):
    """Where an owed message stands. `WAITING`: its reader takes no DMs and is told at their next command."""

    DUE = "due"
    CLAIMED = "claimed"
    WAITING = "waiting"
    TOLD = "told"


def _one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{state.value}'" for state in states)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


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
    UniqueConstraint("channel_id", "story"),
    Index(None, "story", "state"),
    Index(None, "guild_id", "story"),
    Index(None, "user_id"),
    _one_of("state", SubscriptionState),
    _one_of("style", Style),
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
    UniqueConstraint("subscription_id", "release_id", "part"),
    UniqueConstraint("nonce"),
    _one_of("state", DeliveryState),
    CheckConstraint("(wake_at IS NOT NULL) = (state IN ('due', 'claimed'))", name="wake_at"),
    CheckConstraint("part >= 0", name="part"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
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
    Column("shape", Words, nullable=False, default=Shape.PAGES.value),
    Column("part", Integer, nullable=False, default=0),
    Column("stale", Boolean, nullable=False),  # shows an older revision and is to be edited
    Index(None, "release_id"),
    Index(None, "delivery_id"),
    Index(None, "guild_id"),
    CheckConstraint("page BETWEEN 1 AND page_count", name="page"),
    CheckConstraint("part >= 0", name="part"),
    _one_of("shape", Shape),
)
_bare = post.c.decorated.is_(False)
Index("ix_post_bare", post.c.message_id, sqlite_where=_bare, postgresql_where=_bare)
_stale = post.c.stale.is_(True)
Index("ix_post_stale", post.c.message_id, sqlite_where=_stale, postgresql_where=_stale)

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
    Column("seen_at", Instant, nullable=False),
)

vote = Table(
    "vote",
    metadata,
    Column("release_id", WideInteger, ForeignKey("release.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", WideInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Index(None, "user_id"),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("number", WideInteger, primary_key=True),
    Column("story", Words, ForeignKey("story.slug"), nullable=False),
    Column("chapter", Words),
    Column("idea", Words, nullable=False),
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
    ForeignKeyConstraint(["into"], ["suggestion.number"], ondelete="SET NULL"),
    Index(None, "story", "state", "number"),
    Index(None, "state", "number"),
    Index(None, "maker", "story", "state"),
    Index(None, "into"),
    _one_of("state", SuggestionState),
    sqlite_autoincrement=True,
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
    Index(None, "suggestion"),
    Index(None, "by"),
    _one_of("was", SuggestionState),
    _one_of("became", SuggestionState),
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
    _one_of("state", NoticeState),
    CheckConstraint("(wake_at IS NOT NULL) = (state IN ('due', 'claimed'))", name="wake_at"),
    CheckConstraint("length(nonce) BETWEEN 1 AND 25", name="nonce"),
    sqlite_autoincrement=True,
)
_owed = notice.c.wake_at.is_not(None)
Index("ix_notice_owed", notice.c.wake_at, notice.c.id, sqlite_where=_owed, postgresql_where=_owed)

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

setting = Table(
    "setting",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
