"""Port to Discord: notices of changed calendars in subscribed channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.delivery.outcomes import Outcome
from bot.domain.releases.calendar_news import CalendarNews
from bot.domain.stories.story import Story
from bot.services.delivery.post_messenger import DeliveryMessenger, Destination


@dataclass(frozen=True, slots=True)
class CalendarNoticePost:
    """A notice as a channel shows it, free of Discord's terms."""

    story: Story
    news: CalendarNews
    marker: int
    """A number by which the message can be found afterwards."""


class CalendarNoticeMessenger(DeliveryMessenger, Protocol):
    """Sends notices to channels; finds them as chapter posts are found."""

    async def post_calendar_notice(self, to: Destination, post: CalendarNoticePost, nonce: str) -> Outcome:
        """Post a notice once, without a ping; see `PostMessenger.post`."""
        ...
