"""Decisions that can be undone: the state before them, their undo time, and whether they were undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns; of the decisions made so far, people have been told."""
    op.add_column("suggestion_change", sa.Column("was_into", _WIDE))
    op.add_column("suggestion_change", sa.Column("was_held", sa.Boolean()))
    op.add_column("suggestion_change", sa.Column("undo_until", sa.BigInteger()))
    op.add_column("suggestion_change", sa.Column("undone_at", sa.BigInteger()))


def downgrade() -> None:
    """Drop them, and what was undone: an older bot would take it for decisions that stand."""
    op.execute("DELETE FROM suggestion_change WHERE undone_at IS NOT NULL")
    for name in ("undone_at", "undo_until", "was_held", "was_into"):
        op.drop_column("suggestion_change", name)
