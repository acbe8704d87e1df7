"""Publishing to followers is a step of its own, after the post is settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_UNPUBLISHED = sa.text("publish_at IS NOT NULL")


def upgrade() -> None:
    """Let the ledger say when a post is to be published.

    What was under way is taken up as it stands: a row whose message is known is settled by the next attempt,
    and published then.
    """
    op.add_column("delivery", sa.Column("publish_at", sa.BigInteger()))
    op.add_column("delivery", sa.Column("publish_tries", sa.Integer()))
    op.create_index(
        op.f("ix_delivery_unpublished"),
        "delivery",
        ["publish_at"],
        sqlite_where=_UNPUBLISHED,
        postgresql_where=_UNPUBLISHED,
    )


def downgrade() -> None:
    """Forget what is not published yet."""
    op.drop_index(op.f("ix_delivery_unpublished"), "delivery")
    op.drop_column("delivery", "publish_tries")
    op.drop_column("delivery", "publish_at")
