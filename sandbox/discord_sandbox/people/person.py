"""Person in the sandbox."""

from __future__ import annotations

from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.locales import LOCALES
from discord_sandbox.message_view import MessageView
from discord_sandbox.operations import message_edits, message_storage
from discord_sandbox.people.command_caller import CommandCaller
from discord_sandbox.people.message_author import MessageAuthor
from discord_sandbox.people.observer import Place
from discord_sandbox.permissions import P


class Person(MessageAuthor, CommandCaller):
    """Someone a test or the page acts as.

    A refusal of Discord is raised as ApiError; input that a client would not send is raised as WrongInput.
    """

    def dismiss(self, message: MessageView) -> None:
        """Dismiss a private answer."""
        channel, found = self._locate(message)
        if found.private_to != self.id:
            raise ApiError(10008)
        message_edits.remove(self.world, channel, found)

    def read(self, place: Place) -> None:
        """Mark a channel as read."""
        channel = self.channel(place)
        if channel.messages:
            channel.read_to[self.id] = next(reversed(channel.messages))
        self.world.publish(Event("SANDBOX_CHANNEL", dict, channel.guild_id, channel.id, self.id))

    def confirm_age(self, place: Place) -> None:
        """Confirm one's age, for the guild of this channel."""
        self.user.of_age_in.add(self.channel(place).guild_id or 0)
        self._publish_state()

    def accept_dms(self, accept: bool) -> None:
        """Accept or refuse direct messages from members of one's guilds."""
        self.user.accepts_dms = accept
        self._publish_state()

    def speak(self, locale: str) -> None:
        """Change the language of one's client.

        Raises:
            WrongInput: Discord has no such language.
        """
        if locale not in LOCALES:
            raise WrongInput(f"Discord has no language {locale!r}")
        self.user.locale = locale
        self._publish_state()

    def install_app(self, installed: bool = True) -> None:
        """Install the app on one's own account, or remove it."""
        self.user.installed = installed
        self._publish_state()

    def _publish_state(self) -> None:
        """Make one's own pages fetch a new snapshot."""
        self.world.publish(Event("SANDBOX_STATE", dict, user_id=self.id))

    def typing(self, place: Place) -> None:
        """Start typing."""
        channel = self.channel(place)
        self.world.require(
            self.id, channel, P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
        )
        message_storage.publish_typing(self.world, channel, self.id)
