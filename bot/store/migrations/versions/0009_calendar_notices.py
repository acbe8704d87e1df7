"""Notices of changed calendars to channels, and a count of the changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_OWED = sa.text("wake_at IS NOT NULL")


def upgrade() -> None:
    """Add the table and the count; no change of before was ever told."""
    op.add_column("story", sa.Column("hold_changes", sa.Integer()))
    op.create_table(
        "calendar_notice",
        sa.Column("id", _WIDE, primary_key=True),
        sa.Column("subscription_id", _WIDE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("channel_id", _WIDE, nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", _INSTANT),
        sa.Column("wake_at", _INSTANT),
        sa.Column("message_id", _WIDE),
        sa.Column("fault", sa.Text()),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_calendar_notice_subscription_id_subscription"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["story"], ["story.slug"], name=op.f("fk_calendar_notice_story_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_notice")),
        sa.UniqueConstraint(
            "subscription_id", "change", name=op.f("uq_calendar_notice_subscription_id_change")
        ),
        sa.UniqueConstraint("nonce", name=op.f("uq_calendar_notice_nonce")),
        sa.CheckConstraint(
            "state IN ('due', 'sent', 'refused', 'outdated')", name=op.f("ck_calendar_notice_state")
        ),
        sa.CheckConstraint(
            "(wake_at IS NOT NULL) = (state = 'due')", name=op.f("ck_calendar_notice_wake_at")
        ),
        sa.CheckConstraint("length(nonce) BETWEEN 1 AND 25", name=op.f("ck_calendar_notice_nonce")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_calendar_notice_story_change"), "calendar_notice", ["story", "change"])
    op.create_index(
        "ix_calendar_notice_owed",
        "calendar_notice",
        ["wake_at"],
        sqlite_where=_OWED,
        postgresql_where=_OWED,
    )


def downgrade() -> None:
    """Take them away again; notices that are owed are forgotten."""
    op.drop_table("calendar_notice")
    op.drop_column("story", "hold_changes")
