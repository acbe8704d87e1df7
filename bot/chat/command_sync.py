"""Registration of the commands with Discord when they have changed.

Creating commands is limited to 200 a day, and a registered command that did not change keeps the overrides that admins
gave it (docs: interactions/application-commands).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import discord
from discord import app_commands

from bot.chat.gateway.registered_commands import RegisteredCommands
from bot.chat.i18n.command_translator import Translator

_log = logging.getLogger(__name__)

_TEMPORARY_STATUSES = (401, 408, 429)
"""Statuses below 500 that are not about the commands."""

_GLOBAL_ONLY = ("contexts", "integration_types")

Payload = list[dict[str, Any]]


class KeyValues(Protocol):
    """Small strings kept over restarts."""

    async def get(self, key: str) -> str | None: ...

    async def set(self, key: str, value: str) -> None: ...


class CommandSync:
    """Keeps the commands that Discord has registered equal to the command tree."""

    def __init__(
        self,
        tree: app_commands.CommandTree[Any],
        guilds: Collection[int],
        registered: KeyValues | None,
        commands: RegisteredCommands,
    ) -> None:
        """Prepare to register commands.

        Args:
            tree: The commands.
            guilds: Guilds to register them in; none: globally.
            registered: Remembers the registered commands over restarts; None registers them at every start.
            commands: Learns the ids that Discord gives the commands.
        """
        self._commands = commands
        self._tree = tree
        self._translator = Translator()
        self._guilds = tuple(sorted(set(guilds)))
        self._registered = registered

    async def sync(self, application_id: int) -> int:
        """Register what changed and return the number of scopes (guilds, or all of Discord) written to.

        Raises:
            discord.HTTPException: Discord does not accept the commands.
        """
        payload: Payload = [
            await command.get_translated_payload(self._tree, self._translator)
            for command in self._tree.get_commands()
        ]
        local = [{key: value for key, value in each.items() if key not in _GLOBAL_ONLY} for each in payload]
        earlier = await self._recall(f"commands:{application_id}:guilds")
        left = {int(each) for each in earlier.split()} - set(self._guilds)
        written = 0
        for guild_id in (*self._guilds, *sorted(left)):
            try:
                written += await self._put(
                    application_id, guild_id, local if guild_id in self._guilds else []
                )
            except (discord.Forbidden, discord.NotFound) as error:
                # A guild that the bot is not in must not keep the others from their commands.
                _log.error(
                    "server %d takes no commands: %s", guild_id, error, extra={"action": "commands_refused"}
                )
        written += await self._put(application_id, None, [] if self._guilds else payload)
        await self._remember(f"commands:{application_id}:guilds", " ".join(map(str, self._guilds)))
        return written

    async def _put(self, application_id: int, guild_id: int | None, payload: Payload) -> int:
        """Replace the commands of one scope unless they are registered already.

        The digest kept from the last time tells their form then, and Discord tells whether they still exist.
        """
        key = f"commands:{application_id}:{guild_id or 'global'}"
        digest = hashlib.blake2b(json.dumps(payload, sort_keys=True).encode(), digest_size=16).hexdigest()
        if await self._recall(key) == digest:
            there = await self._get(application_id, guild_id)
            if {each["name"] for each in there} == {each["name"] for each in payload}:
                self._commands.record(guild_id, there)
                return 0
        http = self._tree.client.http
        body: Any = payload
        if guild_id is None:
            made = await http.bulk_upsert_global_commands(application_id, body)
        else:
            made = await http.bulk_upsert_guild_commands(application_id, guild_id, body)
        self._commands.record(guild_id, made)
        await self._remember(key, digest)
        _log.info(
            "registered %d commands %s",
            len(payload),
            f"in server {guild_id}" if guild_id else "everywhere",
            extra={"action": "commands_registered"},
        )
        return 1

    async def _get(self, application_id: int, guild_id: int | None) -> Sequence[Mapping[str, Any]]:
        http = self._tree.client.http
        found: Sequence[Mapping[str, Any]]
        if guild_id is None:
            found = await http.get_global_commands(application_id)
        else:
            found = await http.get_guild_commands(application_id, guild_id)
        return found

    async def _recall(self, key: str) -> str:
        return (await self._registered.get(key) or "") if self._registered is not None else ""

    async def _remember(self, key: str, value: str) -> None:
        if self._registered is not None:
            await self._registered.set(key, value)


def report_refusal(error: Exception) -> bool:
    """Return whether Discord refused the commands themselves, so that trying again is pointless; log it then.

    Only an answer with one of Discord's codes counts: a proxy in between may answer anything for a while.
    """
    if not isinstance(error, discord.HTTPException) or not 400 <= error.status < 500 or not error.code:
        return False
    if error.status in _TEMPORARY_STATUSES:
        return False
    _log.error("commands could not be registered: %s", error, extra={"action": "commands_refused"})
    return True
