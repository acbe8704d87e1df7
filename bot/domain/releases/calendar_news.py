"""News of a story that an author lets channels and followers know: a hiatus, its end, a delay, or a note."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.message_templates import Reason

CALENDAR_NEWS = "calendar-news"
"""The kind of notices to followers."""


class NewsKind(StrEnum):
    """Change of a calendar that may be told."""

    HIATUS = "hiatus"
    BACK = "back"
    DELAY = "delay"
    NOTE = "note"
    """A word of the author's that changes nothing; its number is below zero."""


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A change of a calendar as a button names it."""

    kind: NewsKind
    number: int
    """Its number, as the story counts the changes of its hold."""
    instead_of: datetime | None = None
    """When the next chapter would have come without a delay, if that was known."""


@dataclass(frozen=True, slots=True)
class CalendarNews:
    """Words for the readers of a story, free of any language."""

    kind: NewsKind
    chapter: int | None = None
    """The number of the next chapter; None where none is planned."""
    at: datetime | None = None
    """When that chapter comes; without one, the end of the delay."""
    instead_of: datetime | None = None
    """When it would have come without the delay, if that was known."""
    reason: str = ""
    """The author's own words."""
    by: str = ""
    """The author who says them, of a note."""

    def without_reason(self) -> CalendarNews:
        """Return the news without the author's words."""
        return replace(self, reason="")

    def to_facts(self) -> dict[str, str]:
        """Return the news as texts by name, as they are stored; what is unknown is left out."""
        facts = {"kind": self.kind.value, "words": self.reason, "by": self.by}
        if self.chapter is not None:
            facts["chapter"] = str(self.chapter)
        for name, moment in (("at", self.at), ("instead_of", self.instead_of)):
            if moment is not None:
                facts[name] = str(int(moment.timestamp()))
        return {name: fact for name, fact in facts.items() if fact}

    @classmethod
    def from_facts(cls, facts: dict[str, str]) -> CalendarNews:
        """Read what `to_facts` wrote; facts of other names do not matter."""
        return cls(
            NewsKind(facts["kind"]),
            chapter=int(facts["chapter"]) if "chapter" in facts else None,
            at=_moment(facts.get("at")),
            instead_of=_moment(facts.get("instead_of")),
            reason=facts.get("words", ""),
            by=facts.get("by", ""),
        )


def _moment(stamp: str | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(int(stamp), UTC)


class CalendarNoticeState(StrEnum):
    """State of a notice to a channel."""

    DUE = "due"
    SENT = "sent"
    REFUSED = "refused"
    """The channel did not take it."""
    OUTDATED = "outdated"
    """The calendar or the subscription had changed before it could be sent."""


@dataclass(frozen=True, slots=True)
class CalendarNotice:
    """News owed to one subscribed channel."""

    id: int
    subscription_id: int
    story: str
    change: int
    """The change of the calendar that it tells of."""
    channel_id: int
    """The channel, or the thread in which the last chapter was posted to a forum."""
    news: CalendarNews
    nonce: str
    state: CalendarNoticeState = CalendarNoticeState.DUE
    attempts: int = 0
    first_tried_at: datetime | None = None
    wake_at: datetime | None = None
    fault: Reason | None = None

    @property
    def marker(self) -> int:
        """The number that identifies the message; it differs from those of posts, panels and polls."""
        return (7 << 28) + self.id % (1 << 27)
