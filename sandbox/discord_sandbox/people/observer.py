"""Observation of the sandbox as one person: channels and messages visible to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discord_sandbox import viewer_payloads
from discord_sandbox.discord_objects import Channel, Message, User
from discord_sandbox.message_view import MessageView
from discord_sandbox.operations import message_history
from discord_sandbox.permissions import P
from discord_sandbox.sandbox_state import SandboxState

Place = Channel | int | str
"""Channel, its id, or its name."""


class Observer:
    """Person who looks at channels and messages."""

    def __init__(self, state: SandboxState, user: User) -> None:
        self.state = state
        self.world = state.world
        self.user = user
        self.id = user.id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.user.shown}>"

    def channel(self, place: Place) -> Channel:
        """Return a channel or thread: itself, by id, or by name (`#chapters`) in one of one's guilds.

        Raises:
            LookupError: there is none of this name that one can see.
        """
        if isinstance(place, Channel):
            return place
        if isinstance(place, int) or place.isdecimal():
            return self.world.channel(int(place))
        name = place.removeprefix("#")
        for guild in self.world.guilds.values():
            if self.id in guild.members:
                for each in (*guild.channels.values(), *guild.threads.values()):
                    if each.name == name and viewer_payloads.visible(self.world, each, self.id):
                        return each
        raise LookupError(f"{self.user.shown} sees no channel {place!r}")

    def messages(self, place: Place, limit: int = 100) -> list[MessageView]:
        """Return the last messages of a channel, oldest first, including private answers."""
        return self.page(self.channel(place), limit)

    def page(self, channel: Channel, limit: int, **positions: int | None) -> list[MessageView]:
        """Return up to `limit` messages `before`, `after` or `around` an id, oldest first, with private answers."""
        found = message_history.page(self.world, self.id, channel, message_history.Window(limit, **positions))
        low = found[-1].id if found and len(found) == limit else 0
        before = positions.get("before") or 2**63
        private = [
            each
            for each in self.world.private.values()
            if each.private_to == self.id and each.channel_id == channel.id and low <= each.id < before
        ]
        return [self.view(each) for each in sorted([*found, *private], key=lambda each: each.id)]

    def message(self, message: MessageView | Message) -> MessageView:
        """Return a message in its current state.

        Raises:
            ApiError: 10008 it has been deleted.
        """
        return self.view(self.find(message.channel_id, message.id))

    def view(self, message: Message) -> MessageView:
        """Return a message as this person sees it."""
        return MessageView(viewer_payloads.message(self.world, message, self.id))

    def find(self, channel_id: int, message_id: int) -> Message:
        """Return a message that this person can see.

        Raises:
            ApiError: it is unknown or not visible.
        """
        private = self.world.private.get(message_id)
        if private is not None and private.private_to == self.id:
            return private
        channel = self.world.channel(channel_id)
        self.world.require(self.id, channel, P.VIEW_CHANNEL)
        return self.world.message(channel, message_id)

    def last(self, place: Place) -> MessageView | None:
        """Return the newest message of a channel."""
        found = self.messages(place, 1)
        return found[-1] if found else None

    def dm(self, other: int | None = None) -> Channel:
        """Return one's DM with someone (by default the bot), opening it if needed."""
        return self.world.open_dm(self.id, other or self.world.bot.id)

    def commands(self, place: Place) -> list[str]:
        """Return the full paths of the commands that one may invoke in a channel."""
        return [path for path, _, _ in self.state.invocations.usable(self.id, self.channel(place))]

    async def sees(
        self, place: Place, met: Callable[[MessageView], Any], seconds: float = 10.0
    ) -> MessageView:
        """Wait for a message in a channel that satisfies `met`.

        Raises:
            TimeoutError: none did in time.
        """
        channel = self.channel(place)

        def look() -> MessageView | None:
            return next((each for each in reversed(self.messages(channel)) if met(each)), None)

        found: MessageView = await self.state.until(look, seconds)
        return found

    def _locate(self, message: MessageView) -> tuple[Channel, Message]:
        return self.world.channel(message.channel_id), self.find(message.channel_id, message.id)
