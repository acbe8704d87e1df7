"""Troubles that last, chapters as they were last found sound, and how far a wished beginning reaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "trouble",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("story", sa.Text()),
        sa.Column("began_at", _INSTANT, nullable=False),
        sa.Column("tell_at", _INSTANT),
        sa.Column("told_at", _INSTANT),
        sa.Column("ended_at", _INSTANT),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_trouble")),
    )
    op.create_table(
        "sound_chapter",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("chapter", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text()),
        sa.PrimaryKeyConstraint("story", "file", name=op.f("pk_sound_chapter")),
    )
    op.add_column("subscription", sa.Column("wished", sa.Integer()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("subscription", "wished")
    op.drop_table("sound_chapter")
    op.drop_table("trouble")
