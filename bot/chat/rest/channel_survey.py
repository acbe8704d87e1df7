"""Answers to the services' questions about channels, with failures as outcomes or refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from bot.chat.gateway.joined_guilds import JoinedGuilds
from bot.chat.rest.channel_lookup import ChannelLookup
from bot.chat.rest.discord_calls import DiscordCalls
from bot.chat.rest.outcomes import NO_ANSWER
from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Outcome
from bot.domain.errors import DiscordBusy
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelState, HeldPermissions
from bot.services.people.languages import Languages

T = TypeVar("T")


class DiscordChannelSurveyor(DiscordCalls):
    """Implements the port `ChannelSurveyor` of the services."""

    def __init__(self, client: JoinedGuilds, clock: Clock, languages: Languages) -> None:
        super().__init__(client, clock, languages)
        self._survey = ChannelLookup(client, clock)

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        """Return a channel's state for a subscription, or None if the bot cannot see it.

        Raises:
            DiscordBusy: Discord did not answer.
        """
        return await self._answer(partial(self._survey.survey, channel_id, options))

    async def survey_for_panel(self, channel_id: int, *, poll: bool) -> ChannelState | None:
        """Return a channel's state for a message about suggestions, or None if the bot cannot see it.

        Raises:
            DiscordBusy: Discord did not answer.
        """
        return await self._answer(partial(self._survey.survey_for_panel, channel_id, poll=poll))

    async def get_permissions(self, channel_id: int, viewer: Viewer) -> HeldPermissions | None:
        """Return the permissions of a person in a channel, or None if Discord shows the bot no such channel.

        Raises:
            DiscordBusy: Discord did not answer.
        """
        return await self._answer(partial(self._survey.get_permissions, channel_id, viewer))

    async def get_mention_reach(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach | None:
        """Return the reach of a role's mention by the bot; None if Discord does not say."""
        reach = await self._request(partial(self._survey.get_mention_reach, guild_id, channel_id, role_id))
        return reach if isinstance(reach, MentionReach) else None

    async def is_age_restricted(self, channel_id: int) -> bool | Outcome:
        """Return whether a channel (for a thread: its parent) is age-restricted; an outcome if Discord does not say."""
        return await self._request(partial(self._survey.is_age_restricted, channel_id))

    async def _answer(self, call: Callable[[], Awaitable[T]]) -> T:
        """Ask for somebody who waits, who is told if Discord does not answer."""
        if not self._client.usable:
            raise DiscordBusy
        try:
            return await call()
        except NO_ANSWER as error:
            raise DiscordBusy from error
