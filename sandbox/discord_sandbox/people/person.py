"""Acting as a person: what a client lets them do, and what they then see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discord_sandbox import viewer_payloads
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.interactions.interaction import Interaction, Kind
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.locales import LOCALES
from discord_sandbox.message_view import Outcome, Seen
from discord_sandbox.model import Channel, Json, Message, User
from discord_sandbox.operations import (
    message_edits,
    message_history,
    message_sending,
    message_storage,
    polls,
    reactions,
    threads,
)
from discord_sandbox.operations.attachments import Upload
from discord_sandbox.permissions import P
from discord_sandbox.validation.message_draft import read_draft

if TYPE_CHECKING:
    from discord_sandbox.server import Sandbox

PATIENCE = 5.0
"""Seconds that a person waits for an answer, unless told otherwise."""
Place = Channel | int | str
SLOWED = 20016


class Person:
    """Someone in the sandbox. Refusals come as ApiError, what a client would not send as WrongInput."""

    def __init__(self, sandbox: Sandbox, user: User) -> None:
        self.sandbox = sandbox
        self.world = sandbox.world
        self.user = user
        self.id = user.id

    def __repr__(self) -> str:
        return f"<Person {self.user.shown}>"

    # --- looking -----------------------------------------------------------------------------------------------------

    def channel(self, place: Place) -> Channel:
        """A channel or thread by itself, its id, or its name (`#chapters`) in one of one's servers.

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

    def messages(self, place: Place, limit: int = 100) -> list[Seen]:
        """The last messages of a channel, oldest first, private answers among them."""
        return self.page(self.channel(place), limit)

    def page(self, channel: Channel, limit: int, **positions: int | None) -> list[Seen]:
        """Up to `limit` messages `before`, `after` or `around` an id, oldest first, with the private answers there."""
        found = message_history.page(self.world, self.id, channel, limit=limit, **positions)
        low = found[-1].id if found and len(found) == limit else 0
        before = positions.get("before") or 2**63
        private = [
            each
            for each in self.world.private.values()
            if each.private_to == self.id and each.channel_id == channel.id and low <= each.id < before
        ]
        return [self.seen(each) for each in sorted([*found, *private], key=lambda each: each.id)]

    def message(self, message: Seen | Message) -> Seen:
        """A message as it is now. Raises ApiError 10008 when it is gone."""
        return self.seen(self.find(message.channel_id, message.id))

    def seen(self, message: Message) -> Seen:
        """A message as this person sees it."""
        return Seen(viewer_payloads.message(self.world, message, self.id))

    def find(self, channel_id: int, message_id: int) -> Message:
        """A message that this person can see. Raises ApiError."""
        private = self.world.private.get(message_id)
        if private is not None and private.private_to == self.id:
            return private
        channel = self.world.channel(channel_id)
        self.world.require(self.id, channel, P.VIEW_CHANNEL)
        return self.world.message(channel, message_id)

    def last(self, place: Place) -> Seen | None:
        """The newest message of a channel."""
        found = self.messages(place, 1)
        return found[-1] if found else None

    def dm(self, other: int | None = None) -> Channel:
        """One's DM with someone (the bot), opened if need be."""
        return self.world.open_dm(self.id, other or self.world.bot.id)

    def commands(self, place: Place) -> list[str]:
        """The full paths of the commands that one may call in a channel."""
        return [path for path, _, _ in self.sandbox.interactions.usable(self.id, self.channel(place))]

    async def sees(self, place: Place, met: Callable[[Seen], Any], seconds: float = 10.0) -> Seen:
        """Wait for a message in a channel of which `met` is true. Raises TimeoutError."""
        channel = self.channel(place)

        def look() -> Seen | None:
            return next((each for each in reversed(self.messages(channel)) if met(each)), None)

        found: Seen = await self.sandbox.until(look, seconds)
        return found

    # --- writing -----------------------------------------------------------------------------------------------------

    def say(
        self, place: Place, content: str, *, reply_to: Seen | None = None, files: Sequence[Upload] = ()
    ) -> Seen:
        """Write a message."""
        channel = self.channel(place)
        body: Json = {"content": content}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to.id}
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": True}
        self._await_turn(channel)
        if files:
            body["attachments"] = [
                {"id": number, "description": each.description} for number, each in enumerate(files)
            ]
        sent = message_sending.send(self.world, self.id, channel, read_draft(body), dict(enumerate(files)))
        return self.seen(sent)

    def _await_turn(self, channel: Channel) -> None:
        """Slow mode holds for people, unless they moderate. Raises ApiError 20016."""
        if not channel.slowmode or self.world.may(self.id, channel, P.BYPASS_SLOWMODE):
            return
        own = (each for each in reversed(channel.messages.values()) if each.author_id == self.id)
        last = next(own, None)
        waited = (self.world.now() - last.created_at).total_seconds() if last else channel.slowmode
        if waited < channel.slowmode:
            raise ApiError(SLOWED, extra={"retry_after": channel.slowmode - waited})

    def edit(self, message: Seen, content: str) -> Seen:
        """Change one's own message."""
        channel, found = self._located(message)
        return self.seen(
            message_edits.edit(self.world, self.id, channel, found, read_draft({"content": content}), {})
        )

    def delete(self, message: Seen) -> None:
        """Delete a message."""
        channel, found = self._located(message)
        message_edits.delete(self.world, self.id, channel, found)

    def pin(self, message: Seen, pinned: bool = True) -> None:
        """Pin or unpin a message."""
        channel, found = self._located(message)
        message_edits.pin(self.world, self.id, channel, found, pinned)

    def open_thread(
        self,
        place: Place,
        name: str,
        *,
        under: Seen | None = None,
        content: str = "",
        tags: Sequence[int] = (),
    ) -> Channel:
        """Open a thread, under a message or alone; in a forum a post with its first message."""
        channel = self.channel(place)
        body: Json = {"name": name, "applied_tags": list(tags), "type": 11}
        if channel.is_forum:
            return threads.open_post(
                self.world, self.id, channel, body, read_draft({"content": content}), {}
            )[0]
        if under is not None:
            return threads.open_from(
                self.world, self.id, channel, self.world.message(channel, under.id), body
            )
        thread = threads.open_alone(self.world, self.id, channel, body)
        if content:
            self.say(thread, content)
        return thread

    def _located(self, message: Seen) -> tuple[Channel, Message]:
        return self.world.channel(message.channel_id), self.find(message.channel_id, message.id)

    # --- reacting ----------------------------------------------------------------------------------------------------

    def react(self, message: Seen, emoji: str, *, burst: bool = False) -> Seen:
        """Add a reaction; `burst` makes it a super reaction."""
        channel, found = self._located(message)
        read = reactions.read_emoji(self.world, emoji)
        reactions.add(self.world, self.id, channel, found, read, burst=burst)
        return self.seen(found)

    def unreact(self, message: Seen, emoji: str, user: int | None = None) -> Seen:
        """Take back one's own reaction, or another's as a moderator."""
        channel, found = self._located(message)
        read = reactions.read_emoji(self.world, emoji)
        reactions.remove(self.world, self.id, user or self.id, channel, found, read)
        return self.seen(found)

    def clear_reactions(self, message: Seen, emoji: str | None = None) -> None:
        """Clear all reactions, or those of one emoji, as a moderator."""
        channel, found = self._located(message)
        read = reactions.read_emoji(self.world, emoji) if emoji else None
        reactions.clear(self.world, self.id, channel, found, read)

    def vote(self, message: Seen, *answers: int) -> Seen:
        """Vote in a poll for these answers and no others."""
        channel, found = self._located(message)
        polls.vote(self.world, self.id, channel, found, list(answers))
        return self.seen(found)

    # --- calling -----------------------------------------------------------------------------------------------------

    async def invoke(
        self,
        place: Place,
        command: str,
        given: Mapping[str, Any] | None = None,
        /,
        *,
        target: int | None = None,
        wait: float = PATIENCE,
        **options: Any,
    ) -> Outcome:
        """Call a command by its full path (`/author decide`) and wait for what comes of it.

        Options go by name; those that are called `target` or `wait` in the mapping `given`.
        """
        return await self.outcome(
            self.begin(place, command, {**(given or {}), **options}, target=target), wait
        )

    def begin(
        self, place: Place, command: str, options: Mapping[str, Any], *, target: int | None = None
    ) -> Interaction:
        """Call a command without waiting."""
        return self.sandbox.interactions.call(self.id, self.channel(place), command, options, target=target)

    async def autocomplete(
        self, place: Place, command: str, option: str, typed: str = "", **options: Any
    ) -> list[Json]:
        """What is suggested for an option while it is typed: `name` and `value` each.

        Raises WrongInput when the bot does not answer in time.
        """
        one = self.sandbox.interactions.call(
            self.id, self.channel(place), command, options | {option: typed}, focused=option
        )
        await one.outcome(PATIENCE)
        if one.choices is None:
            raise WrongInput("Loading options failed")
        return one.choices

    async def press(self, message: Seen, button: str, *, wait: float = PATIENCE) -> Outcome:
        """Press a button, by label, emoji or custom id."""
        custom_id = message.control(button)["custom_id"]
        return await self.outcome(self.begin_press(message.channel_id, message.id, custom_id), wait)

    async def choose(self, message: Seen, select: str, *values: Any, wait: float = PATIENCE) -> Outcome:
        """Choose values of a select, by placeholder or custom id."""
        custom_id = message.control(select)["custom_id"]
        return await self.outcome(
            self.begin_press(message.channel_id, message.id, custom_id, list(values)), wait
        )

    def begin_press(
        self, channel_id: int, message_id: int, custom_id: str, values: list[Any] | None = None
    ) -> Interaction:
        """Press or choose without waiting."""
        found = self.find(channel_id, message_id)
        return self.sandbox.interactions.press(
            self.id, self.world.channel(channel_id), found, custom_id, values
        )

    async def submit(
        self,
        opened: Outcome,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        wait: float = PATIENCE,
        **more: Any,
    ) -> Outcome:
        """Send the form that `opened` opened; values by custom id."""
        one = self.begin_submit(opened.interaction.id, {**(values or {}), **more})
        return await self.outcome(one, wait)

    def begin_submit(self, interaction_id: int, values: Mapping[str, Any]) -> Interaction:
        """Send a form without waiting."""
        return self.sandbox.interactions.submit(self._own(interaction_id), values)

    def close_form(self, interaction_id: int) -> None:
        """Put a form away unsent."""
        self.sandbox.interactions.close_form(self._own(interaction_id))

    def _own(self, interaction_id: int) -> Interaction:
        one = self.sandbox.interactions.get(interaction_id)
        if one is None or one.user_id != self.id:
            raise WrongInput("This form is no longer open.")
        return one

    async def outcome(self, one: Interaction, wait: float) -> Outcome:
        """Wait for what comes of an interaction; after `wait` seconds, how it stands."""
        await one.outcome(wait)
        answer = None
        if one.kind is not Kind.AUTOCOMPLETE and one.answer_id is not None:
            found = self.world.private.get(one.answer_id)
            channel = self.world.channels.get(one.channel_id)
            answer = found or (channel.messages.get(one.answer_id) if channel else None)
        told = one.told()
        return Outcome(one, told["state"], told["error"], self.seen(answer) if answer else None, told["form"])

    # --- the rest ----------------------------------------------------------------------------------------------------

    def dismiss(self, message: Seen) -> None:
        """Put a private answer away."""
        channel, found = self._located(message)
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
        """Say that one is of age, for the server of this channel."""
        self.user.of_age_in.add(self.channel(place).guild_id or 0)
        self._changed()

    def accept_dms(self, accept: bool) -> None:
        """Whether members of one's servers may write to one."""
        self.user.accepts_dms = accept
        self._changed()

    def speak(self, locale: str) -> None:
        """Use Discord in another language.

        Raises:
            WrongInput: Discord has none such.
        """
        if locale not in LOCALES:
            raise WrongInput(f"Discord has no language {locale!r}")
        self.user.locale = locale
        self._changed()

    def install_app(self, installed: bool = True) -> None:
        """Have the app on one's own account, or not."""
        self.user.installed = installed
        self._changed()

    def _changed(self) -> None:
        """Have one's own pages take a new look."""
        self.world.publish(Event("SANDBOX_STATE", dict, user_id=self.id))

    def typing(self, place: Place) -> None:
        """Be seen typing."""
        channel = self.channel(place)
        self.world.require(
            self.id, channel, P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
        )
        message_storage.tell_typing(self.world, channel, self.id)
