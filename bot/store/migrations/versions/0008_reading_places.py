"""Reading places before a look-up, which thread a chapter has, and ideas folded as they are now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from bot.domain.text.normalization import fold

revision = "0008"
down_revision = "0007"

_PLACE = ("place_number", "place_offset", "place_revision")
_PAGE = sa.text("shape = 'part'")
_AT_ONCE = 500

_ideas = sa.table("suggestion", sa.column("number"), sa.column("idea"), sa.column("folded"))


def upgrade() -> None:
    """Add what is new; without a place of their own, readers are where they came furthest."""
    for name in _PLACE:
        op.add_column("bookmark", sa.Column(name, sa.Integer()))
    op.create_index("ix_post_in_thread", "post", ["channel_id"], sqlite_where=_PAGE, postgresql_where=_PAGE)
    # A script of SQL cannot fold; what is searched is then found by the spelling of before.
    if not context.is_offline_mode():
        _fold_anew(op.get_bind())


def downgrade() -> None:
    """Take it away again. Ideas stay as they are folded: an older bot finds fewer of them."""
    op.drop_index("ix_post_in_thread", "post")
    for name in reversed(_PLACE):
        op.drop_column("bookmark", name)


def _fold_anew(connection: sa.Connection) -> None:
    """Accents, apostrophes and letters such as ł are folded now; ideas are kept as they are searched."""
    last = 0
    while True:
        wanted = sa.select(_ideas).where(_ideas.c.number > last).order_by(_ideas.c.number).limit(_AT_ONCE)
        rows = connection.execute(wanted).all()
        for row in rows:
            folded = fold(row.idea)
            if folded != row.folded:
                connection.execute(
                    sa.update(_ideas).where(_ideas.c.number == row.number).values(folded=folded)
                )
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].number
