"""Commands, buttons and forms used by one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord_sandbox.discord_objects import Json
from discord_sandbox.interactions.interaction import Interaction, InteractionKind
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.message_view import InteractionOutcome, MessageView
from discord_sandbox.people.observer import Observer, Place

PATIENCE = 15.0
"""Default seconds to wait for an outcome."""


class CommandCaller(Observer):
    """Person who invokes commands, presses buttons and submits forms."""

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
    ) -> InteractionOutcome:
        """Invoke a command by its full path (`/author decide`) and wait for the outcome.

        Options are keyword arguments; those named `target` or `wait` go into the mapping `given`.
        """
        return await self.outcome(
            self.begin(place, command, {**(given or {}), **options}, target=target), wait
        )

    def begin(
        self, place: Place, command: str, options: Mapping[str, Any], *, target: int | None = None
    ) -> Interaction:
        """Invoke a command without waiting."""
        return self.state.invocations.call(self.id, self.channel(place), command, options, target=target)

    async def autocomplete(
        self, place: Place, command: str, option: str, typed: str = "", **options: Any
    ) -> list[Json]:
        """Return the suggestions for an option while it is typed: `name` and `value` each.

        Raises:
            WrongInput: the bot does not answer in time.
        """
        one = self.state.invocations.call(
            self.id, self.channel(place), command, options | {option: typed}, focused=option
        )
        await one.outcome(PATIENCE)
        if one.choices is None:
            raise WrongInput("Loading options failed")
        return one.choices

    async def press(self, message: MessageView, button: str, *, wait: float = PATIENCE) -> InteractionOutcome:
        """Press a button, by label, emoji or custom id."""
        custom_id = message.control(button)["custom_id"]
        return await self.outcome(self.begin_press(message.channel_id, message.id, custom_id), wait)

    async def choose(
        self, message: MessageView, select: str, *values: Any, wait: float = PATIENCE
    ) -> InteractionOutcome:
        """Choose values of a select, by placeholder or custom id."""
        custom_id = message.control(select)["custom_id"]
        return await self.outcome(
            self.begin_press(message.channel_id, message.id, custom_id, list(values)), wait
        )

    def begin_press(
        self, channel_id: int, message_id: int, custom_id: str, values: list[Any] | None = None
    ) -> Interaction:
        """Press a button or choose from a select without waiting."""
        found = self.find(channel_id, message_id)
        return self.state.invocations.press(self.id, self.world.channel(channel_id), found, custom_id, values)

    async def submit(
        self,
        opened: InteractionOutcome,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        wait: float = PATIENCE,
        **more: Any,
    ) -> InteractionOutcome:
        """Submit the form that `opened` opened; values by custom id."""
        one = self.begin_submit(opened.interaction.id, {**(values or {}), **more})
        return await self.outcome(one, wait)

    def begin_submit(self, interaction_id: int, values: Mapping[str, Any]) -> Interaction:
        """Submit a form without waiting."""
        return self.state.invocations.submit(self._own(interaction_id), values)

    def close_form(self, interaction_id: int) -> None:
        """Close a form without submitting it."""
        self.state.invocations.close_form(self._own(interaction_id))

    def _own(self, interaction_id: int) -> Interaction:
        one = self.state.interactions.get(interaction_id)
        if one is None or one.user_id != self.id:
            raise WrongInput("This form is no longer open.")
        return one

    async def outcome(self, one: Interaction, wait: float) -> InteractionOutcome:
        """Wait for the outcome of an interaction; after `wait` seconds, return its present state."""
        await one.outcome(wait)
        answer = None
        if one.kind is not InteractionKind.AUTOCOMPLETE and one.answer_id is not None:
            found = self.world.private.get(one.answer_id)
            channel = self.world.channels.get(one.channel_id)
            answer = found or (channel.messages.get(one.answer_id) if channel else None)
        told = one.to_json()
        return InteractionOutcome(
            one, told["state"], told["error"], self.view(answer) if answer else None, told["form"]
        )
