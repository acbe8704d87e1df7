"""Channels for new ideas and who allowed them, how a subscription began, and mentions that reach nobody.

A channel in which the bot has shown ideas of a story before counts as accepted for that story: it was in use, and
whoever manages its server has let it be.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the table, take in the channels in use, and add the columns."""
    op.create_table(
        "review_channel",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("channel_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("guild_id", _WIDE),
        sa.Column("asked_by", _WIDE),
        sa.Column("accepted_by", _WIDE),
        sa.Column("accepted_at", _INSTANT),
        sa.PrimaryKeyConstraint("story", "channel_id", name=op.f("pk_review_channel")),
    )
    for column in ("guild_id", "asked_by", "accepted_by"):
        op.create_index(op.f(f"ix_review_channel_{column}"), "review_channel", [column])
    op.execute(
        "INSERT INTO review_channel (story, channel_id, guild_id, accepted_at) "
        "SELECT story, channel_id, max(guild_id), max(made_at) FROM panel "
        "WHERE kind = 'review' AND message_id IS NOT NULL GROUP BY story, channel_id"
    )
    op.add_column("subscription", sa.Column("start", sa.Text()))
    op.add_column("subscription", sa.Column("mention_fault", sa.Text()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("subscription", "mention_fault")
    op.drop_column("subscription", "start")
    op.drop_table("review_channel")
