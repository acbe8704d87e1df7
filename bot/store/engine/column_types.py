"""Column types that mean the same on both databases."""

# ruff: noqa: ARG002 - the dialect is SQLAlchemy's to pass, and nothing here depends on it.

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.clock import utc
from bot.domain.message_json import decode, encode
from bot.domain.message_templates import Reason

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

WideInteger = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both; on SQLite spelled so that a primary key of it is the row's own id."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 in UTC.

    SQLite has no type for instants and PostgreSQL's depends on the session's zone; an integer is exact, sorts and
    compares alike on both, and makes the smallest index. Naive datetimes are refused with ValueError.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Convert an instant to an integer."""
        return None if value is None else (utc(value) - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Convert an integer to an instant in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text that no database refuses: NUL and half surrogate pairs become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace characters that cannot be stored."""
        return None if value is None else _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)


class MessageText(TypeDecorator[Reason]):
    """A message as its code and facts, or plain text: see `bot.domain.message_json`."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: Reason | None, dialect: Dialect) -> str | None:
        """The message as it is stored."""
        return None if value is None else encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Reason | None:
        """The message; text as it is where it is none."""
        return None if value is None else decode(value)


class Json(TypeDecorator[Any]):
    """Plain JSON data stored as text.

    It is never queried into, so the databases' own JSON types would add only differences.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Convert data to text; None is NULL."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Convert text to data; tuples come back as lists."""
        return None if value is None else json.loads(value)
