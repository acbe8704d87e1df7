"""Dates and times as authors write them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from bot.clock import utc
from bot.domain.schedule.local_time import localize
from bot.schemas.base import validation_error

_SHORT_HOUR = re.compile(r"(?<=[T ])(\d)(?=:)")
_YEARS = range(1970, 9000)


def parse_moment(value: Any) -> datetime:
    """Parse a date (meaning its midnight) or a date and time; the result is naive if no offset is written."""
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(_SHORT_HOUR.sub(r"0\1", str(value).strip()))
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        shown = f"“{value}”" if isinstance(value, str) else "this"
        raise validation_error(
            f"{shown} is not a day or moment",
            "Write 2026-12-01, or 2026-12-01 18:00 in the story’s time zone, or 2026-12-01T18:00+01:00.",
        )
    return moment


WrittenMoment = Annotated[
    str,
    Field(
        pattern="^[0-9]{4}-?([0-9]{2}-?[0-9]{2}|W[0-9]{2})",
        examples=["2026-12-01", "2026-12-01 18:00", "2026-12-01T18:00+01:00"],
    ),
]
"""A moment as it is written, for JSON Schema."""

Moment = Annotated[datetime, BeforeValidator(parse_moment, json_schema_input_type=WrittenMoment)]


def to_instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """Convert a moment to UTC; a naive one is local time in `zone`."""
    return localize(moment, zone) if moment.tzinfo is None else utc(moment)
