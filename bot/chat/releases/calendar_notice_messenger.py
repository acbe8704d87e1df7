"""Notices of changed calendars by REST."""

from __future__ import annotations

from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.outgoing_message import Message
from bot.chat.interactions.responses import NO_PINGS
from bot.chat.releases.calendar_news_view import news_message
from bot.chat.rest.discord_calls import DiscordCalls
from bot.domain.delivery.outcomes import Outcome
from bot.services.delivery.post_messenger import Destination
from bot.services.releases.calendar_notice_messenger import CalendarNoticePost


class DiscordCalendarNoticeMessenger(DiscordCalls):
    """Implements what the services' port `CalendarNoticeMessenger` adds to `DeliveryMessenger`."""

    async def post_calendar_notice(self, to: Destination, post: CalendarNoticePost, nonce: str) -> Outcome:
        """Post a notice, at most once for a nonce; an archived thread is reopened by it (docs: topics/threads)."""
        with in_language(await self._locale(to.guild_id)):
            message = news_message(post)
        return await self._attempt(lambda: self._send_notice(to.channel_id, message, nonce))

    async def _send_notice(self, channel_id: int, message: Message, nonce: str) -> int:
        channel = self._client.get_partial_messageable(channel_id)
        return (await channel.send(view=message.view(), nonce=nonce, allowed_mentions=NO_PINGS)).id
