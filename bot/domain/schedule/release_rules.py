"""A story's release rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.schedule import Schedule


@dataclass(frozen=True, slots=True)
class ReleaseRules:
    """Rules by which a story's chapters come out."""

    schedule: Schedule | None
    """Without a schedule only chapters with `publish_at` come out."""
    zone: ZoneInfo
    start: datetime | None = None
    """The instant the story's first day begins; None for the moment the story is first seen."""
    catch_up: CatchUp = CatchUp.ALL
    backlog: int = 0
    """How many leading chapters count as already out at the start."""

    def catch_up_gap(self, now: datetime, *, longest: timedelta) -> timedelta:
        """Return the time between late posts in one channel: a tenth of the schedule's interval, at most `longest`."""
        if self.schedule is None:
            return longest
        return min(longest, self.schedule.interval(zone=self.zone, anchor=self.start or now) / 10)
