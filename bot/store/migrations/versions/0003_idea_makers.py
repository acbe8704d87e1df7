"""Ideas that stay when their maker is erased keep a hash of them, and each idea has a block of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()

# Of ideas with others merged into them: everybody once, but each anonymous one that joined as one more.
_RECOUNT = """
WITH RECURSIVE tree (root, number) AS (
    SELECT "into", "into" FROM suggestion WHERE "into" IS NOT NULL
    UNION
    SELECT tree.root, below.number FROM tree
    JOIN suggestion AS below ON below."into" = tree.number AND below.state = 'merged'
), people (root, person) AS (
    SELECT tree.root, supporter.user_id FROM tree JOIN supporter ON supporter.suggestion = tree.number
    UNION
    SELECT tree.root, below.maker FROM tree JOIN suggestion AS below ON below.number = tree.number
    WHERE below.number <> tree.root AND below.maker IS NOT NULL AND NOT below.anonymous
)
UPDATE suggestion SET support = (
    SELECT count(*) FROM people
    WHERE people.root = suggestion.number
    AND (suggestion.anonymous OR suggestion.maker IS NULL OR people.person <> suggestion.maker)
) + (
    SELECT count(*) FROM tree JOIN suggestion AS below ON below.number = tree.number
    WHERE tree.root = suggestion.number AND below.number <> tree.root AND below.anonymous
)
WHERE number IN (SELECT root FROM tree)
"""


def upgrade() -> None:
    """Add the hash, make blocks by idea, and count again."""
    op.add_column("suggestion", sa.Column("maker_hash", sa.Text()))
    op.create_index(op.f("ix_suggestion_maker_hash"), "suggestion", ["maker_hash"])
    op.execute('CREATE TABLE blocked_before AS SELECT suggestion, story, hash, "by", at FROM blocked')
    op.drop_table("blocked")
    op.create_table(
        "blocked",
        sa.Column("suggestion", _WIDE, autoincrement=False, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text()),
        sa.Column("by", _WIDE),
        sa.Column("at", _INSTANT, nullable=False),
        _story(),
        sa.PrimaryKeyConstraint("suggestion", name=op.f("pk_blocked")),
    )
    op.create_index(op.f("ix_blocked_story_hash"), "blocked", ["story", "hash"])
    op.create_index(op.f("ix_blocked_by"), "blocked", ["by"])
    _bring_back("suggestion")
    op.execute(_RECOUNT)


def downgrade() -> None:
    """One block for each person again, and no hashes."""
    op.execute(
        'CREATE TABLE blocked_before AS SELECT suggestion, story, hash, "by", at FROM blocked '
        "WHERE hash IS NOT NULL"
    )
    op.drop_table("blocked")
    op.create_table(
        "blocked",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("suggestion", _WIDE, nullable=False),
        sa.Column("by", _WIDE),
        sa.Column("at", _INSTANT, nullable=False),
        _story(),
        sa.PrimaryKeyConstraint("story", "hash", name=op.f("pk_blocked")),
    )
    op.create_index(op.f("ix_blocked_suggestion"), "blocked", ["suggestion"])
    op.create_index(op.f("ix_blocked_by"), "blocked", ["by"])
    _bring_back("story, hash")
    op.drop_index(op.f("ix_suggestion_maker_hash"), "suggestion")
    op.drop_column("suggestion", "maker_hash")


def _story() -> sa.ForeignKeyConstraint:
    name = op.f("fk_blocked_story_story")
    return sa.ForeignKeyConstraint(["story"], ["story.slug"], name=name, ondelete="CASCADE")


def _bring_back(key: str) -> None:
    """Enter the blocks of before, the oldest where several have the same key."""
    op.execute(
        'INSERT INTO blocked (suggestion, story, hash, "by", at) SELECT suggestion, story, hash, "by", at FROM '
        f"(SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY at, suggestion) AS place FROM blocked_before) "
        "AS kept WHERE place = 1"
    )
    op.drop_table("blocked_before")
