"""The growth of comment threads, and indices for what is new since a moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what is new. Comments counted before this count as old."""
    op.create_table(
        "comment_growth",
        sa.Column("thread_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("grown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["comments.thread_id"],
            name=op.f("fk_comment_growth_thread_id_comments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_comment_growth_release_id_release"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "at", name=op.f("pk_comment_growth")),
    )
    op.create_index("ix_comment_growth_release_id_at", "comment_growth", ["release_id", "at"])
    op.create_index("ix_comment_growth_at", "comment_growth", ["at"])
    op.create_index("ix_chapter_read_release_id_at", "chapter_read", ["release_id", "at"])
    op.create_index("ix_vote_release_id_at", "vote", ["release_id", "at"])
    op.create_index(
        "ix_person_digest",
        "person",
        ["user_id"],
        sqlite_where=sa.text("digest IS 1"),
        postgresql_where=sa.text("digest IS true"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_person_digest", "person")
    op.drop_index("ix_vote_release_id_at", "vote")
    op.drop_index("ix_chapter_read_release_id_at", "chapter_read")
    op.drop_table("comment_growth")
