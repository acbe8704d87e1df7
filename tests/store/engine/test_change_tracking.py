"""Which writing begins a new generation of what posts show."""

from __future__ import annotations

from bot.store.engine import upsert
from bot.store.engine.change_tracking import UNSHOWN
from bot.store.tables import metadata


def test_the_tables_that_posts_do_not_show_are_there() -> None:
    assert metadata.tables.keys() >= UNSHOWN


def test_what_is_deleted_along_with_a_row_is_noticed() -> None:
    """A statement names one table; the rows of others that go with it belong to tables that are shown only if it is."""
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            if table.name not in UNSHOWN and key.ondelete is not None:
                assert key.column.table.name not in UNSHOWN, (
                    f"{table.name} changes with {key.column.table.name}"
                )


def test_lists_of_any_length_are_few_statements() -> None:
    sizes = [*range(70), *range(70, 12_001, 97), *(1 << n for n in range(14))]
    made = {size: list(upsert.lists(range(size))) for size in sizes}
    assert len({len(some) for runs in made.values() for some in runs}) <= 14
    assert all(set().union(*runs) == set(range(size)) for size, runs in made.items())
    assert made[0] == []
