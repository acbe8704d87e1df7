"""Invocations by people: commands, autocomplete, components, forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from discord_sandbox import message_payload
from discord_sandbox.discord_objects import Channel, Json, Message
from discord_sandbox.errors import ApiError
from discord_sandbox.interactions import interaction_payload, modal_submission
from discord_sandbox.interactions.command_registry import CommandRegistry, flatten
from discord_sandbox.interactions.interaction import Interaction, InteractionKind, InteractionState
from discord_sandbox.interactions.interaction_registry import InteractionRegistry
from discord_sandbox.interactions.option_values import ResolvedData, WrongInput, fill, select_values
from discord_sandbox.permissions import P
from discord_sandbox.validation import component_rules, modal_rules
from discord_sandbox.validation.command_rules import MESSAGE, SLASH, USER
from discord_sandbox.world import World


class Invocations:
    """Invocation of commands and components, and submission of forms, by people."""

    def __init__(self, world: World, commands: CommandRegistry, interactions: InteractionRegistry) -> None:
        self._world = world
        self._commands = commands
        self._interactions = interactions

    # --- commands ----------------------------------------------------------------------------------------------------

    def usable(self, user_id: int, channel: Channel) -> Iterator[tuple[str, Json, Json]]:
        """Yield the commands a person may invoke in a channel: path, invocable form, registered command."""
        for command in self._commands.everywhere():
            if self._refusal_reason(user_id, channel, command) is None:
                for path, leaf in flatten(command):
                    yield path, leaf, command

    def _refusal_reason(self, user_id: int, channel: Channel, command: Json) -> str | None:
        """Return the reason, for people, for which a person cannot invoke a command, or None."""
        world = self._world
        scope = command.get("guild_id")
        if scope is not None and scope != str(channel.guild_id):
            return "This command is not on this server."
        if not interaction_payload.owners(world, channel, user_id, command["integration_types"]):
            return "The application is not on this server."
        context = interaction_payload.context_of(world, channel)
        if command["contexts"] is not None and context not in command["contexts"]:
            return "This command cannot be used here."
        rights = world.rights(user_id, channel)
        if not rights & P.USE_APPLICATION_COMMANDS:
            return "You may not use commands in this channel."
        if channel.thread is not None and channel.thread.archived:
            return "Commands cannot be used in an archived thread."
        if command["nsfw"] and channel.guild_id is not None and not world.age_restricted(channel):
            return "This command can only be used in an age-restricted channel."
        wanted = command["default_member_permissions"]
        if wanted is not None and channel.guild_id is not None:
            needed = int(wanted) or int(P.ADMINISTRATOR)
            if rights & needed != needed:
                return "You do not have the permissions that this command asks for."
        return None

    def _find(self, user_id: int, channel: Channel, path: str) -> tuple[Json, Json]:
        path = path.removeprefix("/").strip()
        reasons = []
        for command in self._commands.everywhere():
            for found, leaf in flatten(command):
                if found == path:
                    reason = self._refusal_reason(user_id, channel, command)
                    if reason is None:
                        return command, leaf
                    reasons.append(reason)
        raise WrongInput(reasons[0] if reasons else f"There is no command /{path} here.")

    def call(
        self,
        user_id: int,
        channel: Channel,
        path: str,
        options: Mapping[str, Any],
        *,
        target: int | None = None,
        focused: str | None = None,
    ) -> Interaction:
        """Invoke a command, or autocomplete its option `focused`.

        Raises:
            WrongInput: the person's client would not send this.
        """
        self._require_seeing(user_id, channel)
        command, leaf = self._find(user_id, channel, path)
        data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        if command["type"] == SLASH:
            filled, resolved = self._fill_options(user_id, channel, leaf, options, focused)
            nested = _nest(path.removeprefix("/").split()[1:], leaf, filled)
            if nested:
                data["options"] = nested
        else:
            resolved = self._target(channel, command["type"], target)
            data["target_id"] = str(target)
        if resolved:
            data["resolved"] = resolved
        kind = InteractionKind.AUTOCOMPLETE if focused is not None else InteractionKind.COMMAND
        return self._interactions.create(
            kind, user_id, channel, data, command["integration_types"], command=path.removeprefix("/").strip()
        )

    def _fill_options(
        self, user_id: int, channel: Channel, leaf: Json, options: Mapping[str, Any], focused: str | None
    ) -> tuple[list[Json], Json]:
        declared = {option["name"]: option for option in leaf.get("options", [])}
        if focused is not None and not declared.get(focused, {}).get("autocomplete"):
            raise WrongInput(f"The option {focused} has no suggestions.")
        filled, resolved = fill(self._world, channel, leaf, options, focused)
        for channel_id, told in resolved.get("channels", {}).items():
            told["permissions"] = str(self._world.rights(user_id, self._world.channels[int(channel_id)]))
        return filled, resolved

    def _target(self, channel: Channel, kind: int, target: int | None) -> Json:
        resolved = ResolvedData(self._world, channel)
        if kind == USER and target in self._world.users:
            resolved.user(target)
        elif kind == MESSAGE and target in channel.messages:
            told = message_payload.message(self._world, channel.messages[target], self._world.bot.id)
            resolved.data["messages"] = {str(target): told}
        else:
            raise WrongInput("This command needs a message or a user to be called on.")
        return resolved.data

    # --- components and forms ----------------------------------------------------------------------------------------

    def press(
        self,
        user_id: int,
        channel: Channel,
        message: Message,
        custom_id: str,
        values: list[Any] | None = None,
    ) -> Interaction:
        """Press a button, or choose `values` of a select.

        Raises:
            WrongInput: there is no such component, it is disabled, or the values do not fit.
        """
        self._require_seeing(user_id, channel)
        if message.private_to not in (None, user_id):
            raise ApiError(10008)
        component = component_rules.find(message.components, custom_id)
        if component is None:
            raise WrongInput("There is no such button or menu on this message.")
        if component.get("disabled"):
            raise WrongInput("This is disabled.")
        if message.author_id != self._world.bot.id:
            raise WrongInput("Nobody listens to this message.")
        data: Json = {"component_type": component["type"], "custom_id": custom_id, "id": component["id"]}
        if component["type"] in component_rules.SELECTS:
            chosen, resolved = select_values(self._world, channel, component, values or [])
            data |= {"values": chosen} | ({"resolved": resolved} if resolved else {})
        return self._interactions.create(
            InteractionKind.COMPONENT, user_id, channel, data, [0, 1], custom_id=custom_id, source=message
        )

    def submit(self, opener: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Submit a form.

        Raises:
            WrongInput: the form is not open, or fields are missing or unfit; `fields` names them.
        """
        if opener.state is not InteractionState.FORM or opener.form is None:
            raise WrongInput("This form is no longer open.")
        wrong = modal_rules.check_answers(opener.form, dict(values))
        if wrong:
            raise WrongInput("Some fields need another look.", wrong)
        channel = self._world.channel(opener.channel_id)
        filled, resolved = modal_submission.fill_form(self._world, channel, opener.form, values)
        data: Json = {"custom_id": opener.form["custom_id"], "components": filled}
        if resolved:
            data["resolved"] = resolved
        interaction = self._interactions.create(
            InteractionKind.FORM,
            opener.user_id,
            channel,
            data,
            [0, 1],
            custom_id=data["custom_id"],
            opener=opener,
        )
        self._interactions.settle(opener, InteractionState.DONE)
        return interaction

    def close_form(self, opener: Interaction) -> None:
        """Close a form without submitting it; the bot is not notified."""
        if opener.state is InteractionState.FORM:
            self._interactions.settle(opener, InteractionState.DONE)

    def _require_seeing(self, user_id: int, channel: Channel) -> None:
        self._world.require(user_id, channel, P.VIEW_CHANNEL)


def _nest(path: list[str], leaf: Json, filled: list[Json]) -> list[Json]:
    """Wrap options in their subcommand and group."""
    if not path:
        return filled
    nested: Json = {"type": leaf["type"], "name": path[-1], "options": filled}
    if len(path) == 2:
        nested = {"type": 2, "name": path[0], "options": [nested]}
    return [nested]
