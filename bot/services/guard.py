"""The last look before a post: whether it still may go where it was planned to go."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery import Delayed, Outcome, Refused
from bot.domain.errors import AgeRestricted, FollowRestricted, ServerNotAllowed
from bot.domain.story import Story
from bot.domain.subscription import Subscription
from bot.services.pace import Pace
from bot.services.park import fault_of
from bot.services.ports import Messenger

OUTAGE_WAIT = timedelta(seconds=30)
"""How long a post rests at least whose server has an outage."""


class Guard:
    """Keeps stories out of servers their authors have struck off, and stories for adults out of channels that stopped
    being age-restricted.

    The flag is asked for before each such post, one request more: an event about it may be late or lost.
    """

    def __init__(self, messenger: Messenger, clock: Clock, *, pace: Pace) -> None:
        self._messenger = messenger
        self._clock = clock
        self._pace = pace

    def outage(self, subscription: Subscription) -> Outcome | None:
        """A server with an outage refuses everything, as if the bot had been removed; so nothing is tried there."""
        if subscription.guild_id is not None and self._messenger.has_outage(subscription.guild_id):
            return Delayed("the server has an outage", OUTAGE_WAIT)
        return None

    async def objection(self, subscription: Subscription, story: Story) -> Outcome | None:
        """Why the story must not be posted there now; None if it may."""
        if subscription.guild_id is None:
            if not story.rating.age_restricted:
                return None
            # Its rating was another when the reader began to follow it.
            refusal = FollowRestricted(story=story.title, rating=story.rating.value)
            return Refused(fault_of(refusal, self._clock.now()))
        if not story.allows_server(subscription.guild_id):
            return Refused(fault_of(ServerNotAllowed(story=story.title), self._clock.now()))
        if not story.rating.age_restricted:
            return None
        await self._pace.turn()
        restricted = await self._messenger.age_restricted(subscription.channel_id)
        if restricted is True:
            return None
        if restricted is False:
            restriction = AgeRestricted(story=story.title, rating=story.rating.value)
            return Refused(fault_of(restriction, self._clock.now()))
        return restricted
