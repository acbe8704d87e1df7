"""Rows of notices of changed calendars."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.releases.calendar_news import CalendarNews


@dataclass(frozen=True, slots=True)
class NewCalendarNotice:
    """A notice to be entered; (subscription, change) is unique in the schema."""

    subscription_id: int
    story: str
    change: int
    channel_id: int
    news: CalendarNews
    nonce: str
