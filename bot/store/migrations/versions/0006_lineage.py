"""Since when posts may stand in a channel that this database does not know, as after it was restored from a backup."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; at the next start it is filled for every destination."""
    op.add_column("subscription", sa.Column("unsure_since", sa.BigInteger()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("subscription", "unsure_since")
