"""Data on what readers read and asked of the bot, and the messages that show their ideas."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_AWAKE = sa.text("wake_at IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
    _make_reading()
    _make_people()
    _make_panels()
    _make_polls()


def downgrade() -> None:
    """Drop them, those that refer to others first."""
    for table in ("poll_choice", "poll", "panel", "blocked", "erased", "person", "comments", "chapter_read"):
        op.drop_table(table)


def _of(table: str, column: str, target: str, key: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=name, ondelete="CASCADE")


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _make_reading() -> None:
    """Add tables for who read what, and how much is said about it."""
    op.create_table(
        "chapter_read",
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("user_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("furthest", sa.Integer()),
        sa.Column("revision", sa.Integer()),
        _of("chapter_read", "release_id", "release", "id"),
        sa.PrimaryKeyConstraint("release_id", "user_id", name=op.f("pk_chapter_read")),
    )
    _index("chapter_read", "user_id")
    op.create_table(
        "comments",
        sa.Column("thread_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("release_id", _WIDE, nullable=False),
        sa.Column("guild_id", _WIDE),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted_at", _INSTANT, nullable=False),
        _of("comments", "release_id", "release", "id"),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_comments")),
    )
    _index("comments", "release_id")
    _index("comments", "guild_id")


def _make_people() -> None:
    """Add tables for what people asked of the bot, and those whom it is to forget or not to hear."""
    op.create_table(
        "person",
        sa.Column("user_id", _WIDE, autoincrement=False, nullable=False),
        sa.Column("locale", sa.Text()),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("digested_at", _INSTANT),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_person")),
    )
    op.create_table(
        "erased",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_erased")),
    )
    op.create_table(
        "blocked",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("suggestion", _WIDE, nullable=False),
        sa.Column("by", _WIDE),
        sa.Column("at", _INSTANT, nullable=False),
        _of("blocked", "story", "story", "slug"),
        sa.PrimaryKeyConstraint("story", "hash", name=op.f("pk_blocked")),
    )
    _index("blocked", "suggestion")
    _index("blocked", "by")


def _make_panels() -> None:
    """Boards and reviews."""
    op.create_table(
        "panel",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("suggestion", _WIDE),
        sa.Column("guild_id", _WIDE),
        sa.Column("channel_id", _WIDE, nullable=False),
        sa.Column("message_id", _WIDE),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("made_by", _WIDE),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("first_tried_at", _INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("wake_at", _INSTANT),
        sa.Column("fault", sa.Text()),
        sa.CheckConstraint("kind IN ('board', 'review')", name=op.f("ck_panel_kind")),
        sa.CheckConstraint("(kind = 'review') = (suggestion IS NOT NULL)", name=op.f("ck_panel_suggestion")),
        sa.CheckConstraint("length(nonce) BETWEEN 1 AND 25", name=op.f("ck_panel_nonce")),
        _of("panel", "story", "story", "slug"),
        _of("panel", "suggestion", "suggestion", "number"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
        sa.UniqueConstraint(
            "kind",
            "channel_id",
            "story",
            "suggestion",
            name=op.f("uq_panel_kind_channel_id_story_suggestion"),
        ),
        sa.UniqueConstraint("nonce", name=op.f("uq_panel_nonce")),
        sqlite_autoincrement=True,
    )
    for columns in (["suggestion"], ["story", "kind"], ["guild_id"], ["made_by"], ["message_id"]):
        _index("panel", *columns)
    alone = sa.text("suggestion IS NULL")
    op.create_index(
        "uq_panel_board",
        "panel",
        ["channel_id", "story"],
        unique=True,
        sqlite_where=alone,
        postgresql_where=alone,
    )
    op.create_index(
        "ix_panel_wanted", "panel", ["wake_at", "id"], sqlite_where=_AWAKE, postgresql_where=_AWAKE
    )


def _make_polls() -> None:
    """Polls and what they were about."""
    op.create_table(
        "poll",
        sa.Column("id", _WIDE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("guild_id", _WIDE),
        sa.Column("channel_id", _WIDE, nullable=False),
        sa.Column("message_id", _WIDE),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_by", _WIDE),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("ends_at", _INSTANT, nullable=False),
        sa.Column("first_tried_at", _INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("wake_at", _INSTANT),
        sa.Column("fault", sa.Text()),
        sa.CheckConstraint("state IN ('due', 'open', 'counted', 'failed')", name=op.f("ck_poll_state")),
        sa.CheckConstraint(
            "(wake_at IS NOT NULL) = (state IN ('due', 'open'))", name=op.f("ck_poll_wake_at")
        ),
        sa.CheckConstraint("length(nonce) BETWEEN 1 AND 25", name=op.f("ck_poll_nonce")),
        _of("poll", "story", "story", "slug"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("nonce", name=op.f("uq_poll_nonce")),
        sqlite_autoincrement=True,
    )
    for columns in (["story"], ["guild_id"], ["made_by"]):
        _index("poll", *columns)
    op.create_index(
        "ix_poll_running", "poll", ["wake_at", "id"], sqlite_where=_AWAKE, postgresql_where=_AWAKE
    )
    op.create_table(
        "poll_choice",
        sa.Column("poll_id", _WIDE, nullable=False),
        sa.Column("answer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("suggestion", _WIDE, nullable=False),
        sa.Column("votes", sa.Integer()),
        _of("poll_choice", "poll_id", "poll", "id"),
        _of("poll_choice", "suggestion", "suggestion", "number"),
        sa.PrimaryKeyConstraint("poll_id", "answer", name=op.f("pk_poll_choice")),
    )
    _index("poll_choice", "suggestion")
