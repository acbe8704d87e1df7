"""Topics of `/help`, and which command belongs to which: the command tree is their only list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from discord import AppCommandType
from discord.app_commands import ContextMenu, Group

from bot.chat.gateway.registered_commands import AnyCommand
from bot.chat.interactions.interaction_context import Interaction
from bot.services.stories.catalogue import Help


class HelpTopic(StrEnum):
    """A group of commands."""

    READING = "reading"
    IDEAS = "ideas"
    SERVER = "server"
    AUTHOR = "author"
    DATA = "data"


_BY_TOP = {
    "suggest": HelpTopic.IDEAS,
    "suggestions": HelpTopic.IDEAS,
    "author": HelpTopic.AUTHOR,
    "privacy": HelpTopic.DATA,
    "help": HelpTopic.DATA,
}
"""Topics of the commands for everywhere; any other is about reading, and commands of guilds alone manage them."""

_CONSENT = "author review channel"
"""The one author's command that managers use too: they agree to the channel that an author asked for."""

_BEGIN = "author new"
"""The one author's command for people who may start stories and have none yet."""


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """A command as the help lists it."""

    path: str
    """Its full name in English; for a message command, the name of its menu item."""
    description: str
    """In English; empty for a message command, which has none."""
    is_message_command: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """The kind of place a person is in, and how the bot got there. Discord offers commands by both."""

    in_guild: bool = False
    in_bot_dm: bool = False
    in_private_channel: bool = False
    as_guest: bool = False
    """Set if the person brought the bot along to a guild or a chat that does not have it."""

    @classmethod
    def of(cls, interaction: Interaction, *, guest: bool) -> Availability:
        """Return the availability of commands where an interaction happens."""
        if interaction.guild_id is not None:
            return cls(in_guild=True, as_guest=guest)
        if interaction.context.private_channel:
            return cls(in_private_channel=True, as_guest=True)
        return cls(in_bot_dm=True)

    def has(self, command: AnyCommand) -> bool:
        """Return whether Discord offers a command of the top level here."""
        contexts, installs = command.allowed_contexts, command.allowed_installs
        if installs is not None and self.as_guest and not installs.user:
            return False
        return contexts is None or bool(
            (self.in_guild and contexts.guild)
            or (self.in_bot_dm and contexts.dm_channel)
            or (self.in_private_channel and contexts.private_channel)
        )


def list_entries(
    commands: Iterable[AnyCommand], what: Help, here: Availability
) -> dict[HelpTopic, list[HelpEntry]]:
    """Return the commands that this person may use here, by topic; topics without any are left out."""
    found: dict[HelpTopic, list[HelpEntry]] = {topic: [] for topic in HelpTopic}
    for top in commands:
        if not here.has(top):
            continue
        topic = _topic(top)
        entries = list(_leaves(top))
        if topic is HelpTopic.AUTHOR and what.manages and not _may(HelpTopic.AUTHOR, what):
            found[HelpTopic.SERVER] += [entry for entry in entries if entry.path == _CONSENT]
        if topic is HelpTopic.AUTHOR and what.may_begin and not _may(HelpTopic.AUTHOR, what):
            found[topic] += [entry for entry in entries if entry.path == _BEGIN]
        if _may(topic, what):
            found[topic] += entries
    return {topic: entries for topic, entries in found.items() if entries}


def _topic(top: AnyCommand) -> HelpTopic:
    if isinstance(top, ContextMenu):
        return HelpTopic.IDEAS
    if (
        top.allowed_contexts is not None
        and top.allowed_contexts.guild
        and not top.allowed_contexts.dm_channel
    ):
        return HelpTopic.SERVER
    return _BY_TOP.get(top.name, HelpTopic.READING)


def _may(topic: HelpTopic, what: Help) -> bool:
    match topic:
        case HelpTopic.SERVER:
            return what.manages
        case HelpTopic.AUTHOR:
            return what.operates or bool(what.is_author_of)
        case _:
            return True


def _leaves(command: AnyCommand) -> Iterator[HelpEntry]:
    if isinstance(command, Group):
        for each in command.commands:
            yield from _leaves(each)
    elif isinstance(command, ContextMenu):
        yield HelpEntry(command.name, "", is_message_command=command.type is AppCommandType.message)
    else:
        yield HelpEntry(command.qualified_name, str(command.description))
