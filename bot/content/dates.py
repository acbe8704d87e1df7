"""Days and moments as authors write them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from bot.clock import utc
from bot.domain.schedule.schedule import localize
from bot.schemas.base import wrong

_SHORT_HOUR = re.compile(r"(?<=[T ])(\d)(?=:)")
_YEARS = range(1970, 9000)


def read_moment(value: Any) -> datetime:
    """A date, which is its midnight, or a date and time; naive where no offset is written."""
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(_SHORT_HOUR.sub(r"0\1", str(value).strip()))
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        shown = f"“{value}”" if isinstance(value, str) else "this"
        raise wrong(
            f"{shown} is not a day or moment",
            "Write 2026-12-01, or 2026-12-01 18:00 in the story’s time zone, or 2026-12-01T18:00+01:00.",
        )
    return moment


Moment = Annotated[datetime, BeforeValidator(read_moment)]


def instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC; a naive moment is on the wall clock of `zone`."""
    return localize(moment, zone) if moment.tzinfo is None else utc(moment)
