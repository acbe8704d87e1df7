"""Rows of stories."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.schedule.calendar_state import CalendarState
from bot.domain.stories.story import Story


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """A story's last valid description and its state in the release calendar."""

    story: Story
    calendar: CalendarState
    delay_reason: str | None = None
    hiatus_reason: str | None = None
    hold_changes: int = 0
    """How often a delay or a hiatus was set or ended: it tells whether a question about the hold is still the same."""
