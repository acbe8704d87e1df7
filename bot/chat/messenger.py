"""Discord as the services use it: one class that implements each of their messenger ports."""

from __future__ import annotations

from bot.chat.delivery.post_messenger import DiscordPostMessenger
from bot.chat.gateway.joined_guilds import JoinedGuilds
from bot.chat.notifications.notice_messenger import DiscordNoticeMessenger
from bot.chat.releases.calendar_notice_messenger import DiscordCalendarNoticeMessenger
from bot.chat.rest.channel_survey import DiscordChannelSurveyor
from bot.chat.rest.guild_directory import DiscordGuildDirectory
from bot.chat.rest.post_counts import DiscordPostCounts
from bot.chat.suggestions.panel_messenger import DiscordPanelMessenger
from bot.clock import Clock
from bot.services.people.languages import Languages


class DiscordMessenger(
    DiscordPostMessenger,
    DiscordPanelMessenger,
    DiscordNoticeMessenger,
    DiscordCalendarNoticeMessenger,
    DiscordChannelSurveyor,
    DiscordPostCounts,
    DiscordGuildDirectory,
):
    """All REST calls of the services. None depends on discord.py's cache, and `outcomes` sorts Discord's answers."""

    def __init__(
        self, client: JoinedGuilds, clock: Clock, *, languages: Languages, buttons: bool = True
    ) -> None:
        super().__init__(client, clock, languages)
        self.has_buttons = buttons
