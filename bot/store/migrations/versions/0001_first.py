"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_AWAKE = sa.text("wake_at IS NOT NULL")
_PACED = sa.text("next_slot_at IS NOT NULL AND state = 'active'")


def upgrade() -> None:
    """Make every table."""
    _make_stories()
    _make_destinations()
    _make_readers()
    _make_suggestions()
    _make_outbox()


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for table in (
        "setting",
        "notice",
        "supporter",
        "suggestion_change",
        "suggestion",
        "vote",
        "bookmark",
        "post",
        "parking",
        "delivery",
        "subscription",
        "guild",
        "release_picture",
        "picture",
        "edition",
        "release",
        "emptied_slot",
        "story",
    ):
        op.drop_table(table)


def _make_stories() -> None:
    """Stories, what is out of them, and its text and pictures."""
    op.create_table(
        "story",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("first_seen", _INSTANT, nullable=False),
        sa.Column("settled_until", _INSTANT, nullable=False),
        sa.Column("seen", sa.Text()),
        sa.Column("delayed_until", _INSTANT),
        sa.Column("delay_reason", sa.Text()),
        sa.Column("hiatus_since", _INSTANT),
        sa.Column("hiatus_reason", sa.Text()),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_story")),
    )
    op.create_table(
        "emptied_slot",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("slot", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["story"], ["story.slug"], name=op.f("fk_emptied_slot_story_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story", "slot", name=op.f("pk_emptied_slot")),
    )
    op.create_table(
        "release",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("chapter", sa.Text(), nullable=False),
        sa.Column("number", _WIDE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("released_at", _INSTANT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", _INSTANT),
        sa.CheckConstraint("number > 0", name=op.f("ck_release_number")),
        sa.CheckConstraint("revision > 0", name=op.f("ck_release_revision")),
        sa.ForeignKeyConstraint(["story"], ["story.slug"], name=op.f("fk_release_story_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("story", "chapter", name=op.f("uq_release_story_chapter")),
        sa.UniqueConstraint("story", "number", name=op.f("uq_release_story_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition",
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("note_before", sa.Text()),
        sa.Column("note_after", sa.Text()),
        sa.Column("pov", sa.Text()),
        sa.Column("thanks", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("announced", sa.Integer()),
        sa.Column("asking", sa.Text()),
        sa.Column("announcement", sa.Text()),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_edition_release_id_release"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", "revision", name=op.f("pk_edition")),
    )
    op.create_table(
        "picture",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_picture")),
    )
    op.create_table(
        "release_picture",
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["picture.digest"], name=op.f("fk_release_picture_digest_picture")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_release_picture_release_id_release"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "path", name=op.f("pk_release_picture")),
    )


def _make_destinations() -> None:
    """Servers, subscriptions, the ledger, and the posts it led to."""
    op.create_table(
        "guild",
        sa.Column("id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("left_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guild")),
    )
    op.create_table(
        "subscription",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("guild_id", _WIDE),
        sa.Column("channel_id", _WIDE, nullable=False),
        sa.Column("user_id", _WIDE),
        sa.Column("created_by", _WIDE, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("mention", _WIDE),
        sa.Column("pace", sa.Text()),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("tag", _WIDE),
        sa.Column("forum", sa.Boolean(), nullable=False),
        sa.Column("paced_since", _INSTANT),
        sa.Column("settled_until", _INSTANT),
        sa.Column("next_slot_at", _INSTANT),
        sa.Column("fault_code", sa.Text()),
        sa.Column("fault_reason", sa.Text()),
        sa.Column("fault_at", _INSTANT),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'parked', 'ended')", name=op.f("ck_subscription_state")
        ),
        sa.CheckConstraint("style IN ('pages', 'thread', 'card')", name=op.f("ck_subscription_style")),
        sa.CheckConstraint("(fault_code IS NULL) = (fault_at IS NULL)", name=op.f("ck_subscription_fault")),
        sa.CheckConstraint("guild_id IS NOT NULL OR user_id IS NOT NULL", name=op.f("ck_subscription_whose")),
        sa.CheckConstraint("place >= 0", name=op.f("ck_subscription_place")),
        sa.CheckConstraint(
            "(paced_since IS NULL) = (settled_until IS NULL)", name=op.f("ck_subscription_pacing")
        ),
        sa.ForeignKeyConstraint(["story"], ["story.slug"], name=op.f("fk_subscription_story_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("channel_id", "story", name=op.f("uq_subscription_channel_id_story")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscription_guild_id_story"), "subscription", ["guild_id", "story"])
    op.create_index(op.f("ix_subscription_story_state"), "subscription", ["story", "state"])
    op.create_index(op.f("ix_subscription_user_id"), "subscription", ["user_id"])
    op.create_index(
        "ix_subscription_paced",
        "subscription",
        ["next_slot_at", "id"],
        sqlite_where=_PACED,
        postgresql_where=_PACED,
    )
    op.create_table(
        "parking",
        sa.Column("subscription_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("looked_at", _INSTANT),
        sa.Column("look_at", _INSTANT),
        sa.Column("revived_at", _INSTANT),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_parking_subscription_id_subscription"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", name=op.f("pk_parking")),
    )
    op.create_index(op.f("ix_parking_look_at"), "parking", ["look_at"])
    op.create_table(
        "delivery",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("subscription_id", _WIDE, nullable=False),
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("number", _WIDE, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("wake_at", _INSTANT),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("mention", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", _INSTANT),
        sa.Column("sent_at", _INSTANT),
        sa.Column("message_id", _WIDE),
        sa.Column("thread_id", _WIDE),
        sa.Column("reason", sa.Text()),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(wake_at IS NOT NULL) = (state IN ('due', 'claimed'))", name=op.f("ck_delivery_wake_at")
        ),
        sa.CheckConstraint(
            "state IN ('due', 'claimed', 'sent', 'parked', 'skipped')", name=op.f("ck_delivery_state")
        ),
        sa.CheckConstraint("length(nonce) BETWEEN 1 AND 25", name=op.f("ck_delivery_nonce")),
        sa.CheckConstraint("part >= 0", name=op.f("ck_delivery_part")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_delivery_release_id_release")),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_delivery_subscription_id_subscription"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("nonce", name=op.f("uq_delivery_nonce")),
        sa.UniqueConstraint(
            "subscription_id", "release_id", "part", name=op.f("uq_delivery_subscription_id_release_id_part")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_order",
        "delivery",
        ["subscription_id", "number", "part"],
        sqlite_where=_AWAKE,
        postgresql_where=_AWAKE,
    )
    op.create_index(op.f("ix_delivery_release_id"), "delivery", ["release_id"])
    op.create_index(
        "ix_delivery_unsettled", "delivery", ["wake_at", "id"], sqlite_where=_AWAKE, postgresql_where=_AWAKE
    )
    op.create_table(
        "post",
        sa.Column("message_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("channel_id", _WIDE, nullable=False),
        sa.Column("guild_id", _WIDE),
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("delivery_id", _WIDE),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("decorated", sa.Boolean(), nullable=False),
        sa.Column("restored", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.CheckConstraint("page BETWEEN 1 AND page_count", name=op.f("ck_post_page")),
        sa.CheckConstraint("part >= 0", name=op.f("ck_post_part")),
        sa.CheckConstraint(
            "shape IN ('pages', 'card', 'opening', 'starter', 'part')", name=op.f("ck_post_shape")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_post_delivery_id_delivery"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_post_release_id_release"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_post")),
    )
    op.create_index(
        "ix_post_bare",
        "post",
        ["message_id"],
        sqlite_where=sa.text("decorated IS 0"),
        postgresql_where=sa.text("decorated IS false"),
    )
    op.create_index(op.f("ix_post_delivery_id"), "post", ["delivery_id"])
    op.create_index(op.f("ix_post_guild_id"), "post", ["guild_id"])
    op.create_index(op.f("ix_post_release_id"), "post", ["release_id"])
    op.create_index(
        "ix_post_stale",
        "post",
        ["message_id"],
        sqlite_where=sa.text("stale IS 1"),
        postgresql_where=sa.text("stale IS true"),
    )


def _make_readers() -> None:
    """Places and votes."""
    op.create_table(
        "bookmark",
        sa.Column("user_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_offset", sa.Integer(), nullable=False),
        sa.Column("last_revision", sa.Integer(), nullable=False),
        sa.Column("furthest_number", sa.Integer(), nullable=False),
        sa.Column("furthest_offset", sa.Integer(), nullable=False),
        sa.Column("furthest_revision", sa.Integer(), nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["story"], ["story.slug"], name=op.f("fk_bookmark_story_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "story", name=op.f("pk_bookmark")),
    )
    op.create_table(
        "vote",
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("user_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("message_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_vote_release_id_release"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("release_id", "user_id", "message_id", name=op.f("pk_vote")),
    )
    op.create_index(op.f("ix_vote_message_id"), "vote", ["message_id"])
    op.create_index(op.f("ix_vote_user_id"), "vote", ["user_id"])


def _make_suggestions() -> None:
    """Ideas, what was decided about them, and who supports them."""
    op.create_table(
        "suggestion",
        sa.Column("number", _WIDE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("chapter", sa.Text()),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("maker", _WIDE),
        sa.Column("maker_name", sa.Text()),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("name_me", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("guild_id", _WIDE),
        sa.Column("channel_id", _WIDE),
        sa.Column("into", _WIDE),
        sa.Column("used_in", sa.Text()),
        sa.Column("decided_by", _WIDE),
        sa.Column("decided_at", _INSTANT),
        sa.Column("reason", sa.Text()),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'accepted', 'declined', 'merged', 'used', 'withdrawn')",
            name=op.f("ck_suggestion_state"),
        ),
        sa.ForeignKeyConstraint(
            ["into"], ["suggestion.number"], name=op.f("fk_suggestion_into_suggestion"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["story"], ["story.slug"], name=op.f("fk_suggestion_story_story")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_suggestion")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_suggestion_into"), "suggestion", ["into"])
    op.create_index(op.f("ix_suggestion_maker_story_state"), "suggestion", ["maker", "story", "state"])
    op.create_index(op.f("ix_suggestion_state_number"), "suggestion", ["state", "number"])
    op.create_index(op.f("ix_suggestion_story_state_number"), "suggestion", ["story", "state", "number"])
    op.create_index(
        op.f("ix_suggestion_story_state_support_number"),
        "suggestion",
        ["story", "state", "support", "number"],
    )
    op.create_index(op.f("ix_suggestion_story_used_in"), "suggestion", ["story", "used_in"])
    op.create_index(
        "ix_suggestion_held",
        "suggestion",
        ["story", "state", "number"],
        sqlite_where=sa.text("held IS 1"),
        postgresql_where=sa.text("held IS true"),
    )
    op.create_table(
        "suggestion_change",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("suggestion", _WIDE, nullable=False),
        sa.Column("was", sa.Text()),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("by", _WIDE),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint(
            "became IN ('new', 'accepted', 'declined', 'merged', 'used', 'withdrawn')",
            name=op.f("ck_suggestion_change_became"),
        ),
        sa.CheckConstraint(
            "was IN ('new', 'accepted', 'declined', 'merged', 'used', 'withdrawn')",
            name=op.f("ck_suggestion_change_was"),
        ),
        sa.ForeignKeyConstraint(
            ["suggestion"],
            ["suggestion.number"],
            name=op.f("fk_suggestion_change_suggestion_suggestion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_suggestion_change_by"), "suggestion_change", ["by"])
    op.create_index(op.f("ix_suggestion_change_suggestion"), "suggestion_change", ["suggestion"])
    op.create_table(
        "supporter",
        sa.Column("suggestion", _WIDE, nullable=False),
        sa.Column("user_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion"],
            ["suggestion.number"],
            name=op.f("fk_supporter_suggestion_suggestion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("suggestion", "user_id", name=op.f("pk_supporter")),
    )
    op.create_index(op.f("ix_supporter_user_id"), "supporter", ["user_id"])


def _make_outbox() -> None:
    """Messages owed to people, and small things remembered."""
    op.create_table(
        "notice",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("user_id", _WIDE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("wake_at", _INSTANT),
        sa.Column("told_at", _INSTANT),
        sa.CheckConstraint(
            "(wake_at IS NOT NULL) = (state IN ('due', 'claimed'))", name=op.f("ck_notice_wake_at")
        ),
        sa.CheckConstraint("state IN ('due', 'claimed', 'waiting', 'told')", name=op.f("ck_notice_state")),
        sa.CheckConstraint("length(nonce) BETWEEN 1 AND 25", name=op.f("ck_notice_nonce")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
        sa.UniqueConstraint("nonce", name=op.f("uq_notice_nonce")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notice_owed", "notice", ["wake_at", "id"], sqlite_where=_AWAKE, postgresql_where=_AWAKE
    )
    op.create_index(op.f("ix_notice_user_id_state"), "notice", ["user_id", "state"])
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
