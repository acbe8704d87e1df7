"""Values of command options and selects: validated as a client does, and converted for the bot."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.operations.attachments import Upload, keep
from discord_sandbox.validation import command_rules as kinds
from discord_sandbox.world import World

OF_SELECT = {5: kinds.USER_OPTION, 6: kinds.ROLE, 7: kinds.MENTIONABLE, 8: kinds.CHANNEL}
"""Option type that corresponds to each kind of select of users, roles, both or channels."""


class WrongInput(Exception):
    """Input that a client would not send."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})
        """Faults by field, in words for people."""


def fill(
    world: World, channel: Channel, leaf: Json, given: Mapping[str, Any], focused: str | None = None
) -> tuple[list[Json], Json]:
    """Return the options and the resolved data of a command.

    With `focused` (autocomplete) nothing is required, and the focused value is passed as typed.

    Raises:
        WrongInput: unknown, missing or unfit options.
    """
    declared = {option["name"]: option for option in leaf.get("options", [])}
    wrong = dict.fromkeys(given.keys() - declared.keys(), "There is no such option.")
    filled: list[Json] = []
    resolved = ResolvedData(world, channel)
    for name, option in declared.items():
        value = given.get(name)
        if name == focused:
            filled.append({"type": option["type"], "name": name, "value": str(value or ""), "focused": True})
        elif value is None:
            if option["required"] and focused is None:
                wrong[name] = "This option is required."
        else:
            try:
                read = _value(option, value, resolved)
            except WrongInput as error:
                wrong[name] = error.message
            else:
                filled.append({"type": option["type"], "name": name, "value": read})
    if wrong:
        listed = "; ".join(f"{name}: {fault}" for name, fault in wrong.items())
        raise WrongInput(f"The command cannot be sent so. {listed}", wrong)
    return filled, resolved.data


def _value(option: Json, value: Any, resolved: ResolvedData) -> Any:
    kind = option["type"]
    if "choices" in option:
        return _chosen(option, value)
    if kind == kinds.STRING:
        text = str(value)
        shortest, longest = option.get("min_length", 0), option.get("max_length", 6000)
        if not shortest <= len(text) <= longest:
            raise WrongInput(f"Must be between {shortest} and {longest} characters.")
        return text
    if kind in (kinds.INTEGER, kinds.NUMBER):
        return _number(option, value, int if kind == kinds.INTEGER else float)
    if kind == kinds.BOOLEAN:
        if not isinstance(value, bool):
            raise WrongInput("Must be true or false.")
        return value
    if kind == kinds.ATTACHMENT:
        return resolved.file(value)
    return resolved.thing(kind, value, option)


def _chosen(option: Json, value: Any) -> Any:
    for choice in option["choices"]:
        if value in (choice["value"], choice["name"]):
            return choice["value"]
    raise WrongInput("Must be one of " + ", ".join(choice["name"] for choice in option["choices"]) + ".")


def _number(option: Json, value: Any, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(value)
    except (TypeError, ValueError):
        raise WrongInput("Must be a number.") from None
    lowest, highest = option.get("min_value", -(2**53) + 1), option.get("max_value", 2**53 - 1)
    if not lowest <= number <= highest:
        raise WrongInput(f"Must lie between {lowest} and {highest}.")
    return number


class ResolvedData:
    """Users, roles, channels and files that values refer to."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world = world
        self._channel = channel
        self._guild = world.guild_of(channel)
        self.data: Json = {}

    def thing(self, kind: int, value: Any, option: Json) -> str:
        """Add the object of an id and return the id as text.

        Raises:
            WrongInput: there is no such object, or it does not fit.
        """
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise WrongInput("Must be an id.") from None
        if kind in (kinds.USER_OPTION, kinds.MENTIONABLE) and number in self._world.users:
            self.user(number)
        elif (
            kind in (kinds.ROLE, kinds.MENTIONABLE)
            and self._guild is not None
            and number in self._guild.roles
        ):
            self._note("roles", number, payloads.role(self._guild.roles[number]))
        elif kind == kinds.CHANNEL:
            self._note_channel(number, option.get("channel_types") or [])
        else:
            raise WrongInput("There is nothing with this id here.")
        return str(number)

    def user(self, user_id: int) -> None:
        """Add a user and their membership of this guild."""
        self._note("users", user_id, payloads.user(self._world.users[user_id]))
        if self._guild is not None and user_id in self._guild.members:
            member = payloads.member(self._world, self._guild.members[user_id], with_user=False)
            bits = self._world.rights(user_id, self._channel)
            self._note("members", user_id, member | {"permissions": str(bits)})

    def file(self, value: Any) -> str:
        """Store an uploaded file and return its id."""
        stored = keep(self._world, self._channel.id, upload_of(value))
        stored.ephemeral = True
        self._note("attachments", stored.id, payloads.attachment(self._world, stored))
        return str(stored.id)

    def _note_channel(self, channel_id: int, wanted: list[int]) -> None:
        channel = self._world.channels.get(channel_id)
        if channel is None or channel.guild_id is None or channel.guild_id != self._channel.guild_id:
            raise WrongInput("There is no such channel here.")
        if wanted and channel.type not in wanted:
            raise WrongInput("This kind of channel cannot be chosen here.")
        told = payloads.channel(self._world, channel)
        self._note("channels", channel_id, told | {"permissions": "0"})

    def _note(self, group: str, number: int, told: Json) -> None:
        self.data.setdefault(group, {})[str(number)] = told


def upload_of(value: Any) -> Upload:
    """Read a file as the page sends it: name, type and base64.

    Raises:
        WrongInput: it is malformed.
    """
    if isinstance(value, Upload):
        return value
    try:
        data = b64decode(value["data"], validate=True)
        kind = str(value.get("content_type") or "application/octet-stream")
        described = str(value["description"]) if value.get("description") else None
        return Upload(str(value["filename"]), kind, data, described)
    except (TypeError, KeyError, Base64Error, ValueError):
        raise WrongInput("Must be a file with a name and its data in base64.") from None


def select_values(
    world: World, channel: Channel, component: Json, values: list[Any]
) -> tuple[list[str], Json]:
    """Return the values of a select and their resolved data.

    Raises:
        WrongInput: the values do not fit.
    """
    lowest, highest = component.get("min_values", 1), component.get("max_values", 1)
    if not lowest <= len(values) <= highest:
        raise WrongInput(f"Choose {lowest} to {highest}.")
    resolved = ResolvedData(world, channel)
    if "options" in component:
        known = {option["value"] for option in component["options"]}
        if not known.issuperset(values):
            raise WrongInput("Choose from the list.")
        return [str(each) for each in values], {}
    kind = OF_SELECT[component["type"]]
    return [resolved.thing(kind, each, component) for each in values], resolved.data
