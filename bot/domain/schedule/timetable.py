"""What the release calendar works on: chapters, a story's rules, what is remembered, and releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.schedule.schedule import Schedule


class CatchUp(StrEnum):
    """What happens with the slots that passed while the bot was down."""

    ALL = "all"
    LATEST = "latest"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter as the calendar sees it; a story's entries stand in file order. `chapter` is its identity, `former` are
    those it may be remembered under.

    A `broken` one cannot come out, nor can anything that would come after it in order, until it is mended.
    """

    chapter: str
    title: str
    publish_at: datetime | None = None
    draft: bool = False
    former: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """A story's release rules.

    `start` is the instant its first day begins, None for the moment the story is first seen. `backlog` is how
    many leading chapters count as already out then. Without `schedule` only chapters with `publish_at` come
    out.
    """

    schedule: Schedule | None
    zone: ZoneInfo
    start: datetime | None = None
    catch_up: CatchUp = CatchUp.ALL
    backlog: int = 0


@dataclass(frozen=True, slots=True)
class CalendarState:
    """What is remembered of a story.

    Slots at or before `settled_until` have been dealt with. `skipped_slots` were emptied by publishing their
    chapter early. No slot comes before `delayed_until`; from `hiatus_since` on none comes at all. `seen` are
    the chapters that have been looked at before as finished ones; None where that is not remembered, so that
    no chapter is taken for backlog later than at the first look.
    """

    first_seen: datetime
    settled_until: datetime
    released: frozenset[str] = frozenset()
    skipped_slots: frozenset[datetime] = frozenset()
    delayed_until: datetime | None = None
    hiatus_since: datetime | None = None
    seen: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A release: its chapter, the instant it belongs to, if that passed unattended, and if it is a slot."""

    chapter: str
    at: datetime
    late: bool
    slot: bool


@dataclass(frozen=True, slots=True)
class DueNow:
    """What one look at a story asks for.

    `releases` come out now, in this order. `backlog` are chapters that count as out without being announced.
    `settled_until` and `seen` are to be remembered, with the releases, in one transaction.
    """

    releases: tuple[Due, ...]
    backlog: tuple[str, ...]
    settled_until: datetime
    seen: frozenset[str]
