"""Notices by REST: direct messages, and messages to a guild's moderators."""

from __future__ import annotations

from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.responses import NO_PINGS
from bot.chat.notifications.notice_view import guild_notice_message, notice_message
from bot.chat.rest.discord_calls import DiscordCalls
from bot.chat.rest.notice_channel import find_notice_channel
from bot.domain.delivery.fault_messages import NO_CHANNEL
from bot.domain.delivery.outcomes import Outcome, Refused, Sent
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.services.notifications.notice_messenger import Notice


class DiscordNoticeMessenger(DiscordCalls):
    """Implements the port `NoticeMessenger` of the services."""

    async def notify(self, notice: Notice) -> Outcome:
        """Send a direct message."""

        async def send() -> int:
            channel = self._client.get_partial_messageable(await self._dm_channels.open(notice.user_id))
            with in_language(await self._locale(None, notice.user_id)):
                message = notice_message(notice)
            sent = await channel.send(view=message.view(), nonce=notice.nonce, allowed_mentions=NO_PINGS)
            return sent.id

        return await self._attempt(send)

    async def notify_guild(self, guild_id: int, notice: Notice) -> Outcome:
        """Send one message, without a ping, to the channel where a guild's moderators will see it."""

        async def send() -> int | None:
            channel_id = await find_notice_channel(self._client, guild_id, self._clock)
            if channel_id is None:
                return None
            with in_language(await self._locale(guild_id)):
                message = guild_notice_message(notice)
            channel = self._client.get_partial_messageable(channel_id, guild_id=guild_id)
            sent = await channel.send(view=message.view(), nonce=notice.nonce, allowed_mentions=NO_PINGS)
            return sent.id

        outcome = await self._attempt(send)
        if outcome == Sent(None):
            return Refused(DeliveryFault(NO_CHANNEL.code, NO_CHANNEL(), self._clock.now()))
        return outcome
