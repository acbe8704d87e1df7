"""INSERT … ON CONFLICT for both dialects, and splitting of long lists of values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

CHUNK = 5_000
"""Values in one statement: both drivers stop short of 32,768 parameters."""

T = TypeVar("T")


def insert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Build an insert that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Split values into runs of at most `CHUNK`."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def lists(values: Collection[T]) -> Iterator[Sequence[T]]:
    """Split values into runs for `IN` whose lengths are powers of two, by repeating the last value.

    Every length is a statement of its own, and drivers keep only the latest statements prepared.
    """
    for some in chunks(list(values)):
        yield [*some, *[some[-1]] * (min(1 << (len(some) - 1).bit_length(), CHUNK) - len(some))]
