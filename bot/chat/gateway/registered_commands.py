"""The bot's commands, and the ids under which Discord has registered them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from discord.app_commands import Command, ContextMenu, Group

CHAT_INPUT = 1
"""The type of slash commands (docs: interactions/application-commands)."""

AnyCommand = Command[Any, ..., Any] | Group | ContextMenu


class RegisteredCommands:
    """The command tree's commands, with their ids by scope. A mention of a command needs its id."""

    def __init__(self) -> None:
        self.commands: tuple[AnyCommand, ...] = ()
        """The commands at the top of the tree."""
        self._ids: dict[int | None, dict[str, int]] = {}

    def record(self, guild_id: int | None, answered: Iterable[Mapping[str, Any]]) -> None:
        """Record what Discord has registered in a guild, or for None everywhere."""
        self._ids[guild_id] = {
            each["name"]: int(each["id"]) for each in answered if each.get("type", CHAT_INPUT) == CHAT_INPUT
        }

    def mention(self, path: str, guild_id: int | None) -> str:
        """Return a mention that opens the command, as it is registered where the person is.

        Before Discord has answered for that scope it is the command's name as text.

        Args:
            path: The command's full name in English, such as `author queue`.
            guild_id: The guild the person is in; None in direct messages.
        """
        top = path.partition(" ")[0]
        for scope in (guild_id, None):
            if (command_id := self._ids.get(scope, {}).get(top)) is not None:
                return f"</{path}:{command_id}>"
        return f"`/{path}`"
