"""The bot as Discord meets it: its commands, its controls, and the events it listens to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

from bot.chat import ids
from bot.chat.answering import fail, respond, tell_waiting
from bot.chat.connection import UNREACHABLE, TokenRejected, Waits
from bot.chat.controls import deciding, reading, suggesting
from bot.chat.desk import Interaction
from bot.chat.forms import filled
from bot.chat.reactions import Reactions, at_once
from bot.chat.registry import Registry, report_refusal
from bot.chat.rendering.message import plain
from bot.chat.servers import Servers
from bot.chat.settings import ChatSettings, Memory
from bot.chat.tree import Tree
from bot.chat.viewer import RAW_CHANNEL
from bot.chat.words import trouble as words
from bot.clock import Clock
from bot.services.bundle import Services
from bot.services.keep import Keeping

__all__ = ["FascicleClient", "TokenRejected"]

CONTROLS = (*reading.CONTROLS, *suggesting.CONTROLS, *deciding.CONTROLS)

FORMS = (
    (re.compile(ids.SUGGEST_FORM), suggesting.idea_sent),
    (re.compile(ids.QUEUE_FORM), deciding.decision_sent),
)


class FascicleClient(Servers):
    """Discord's side of the bot. `memory` remembers over restarts in which form commands were registered; without one
    they are registered at every start."""

    def __init__(self, settings: ChatSettings, clock: Clock, memory: Memory | None = None) -> None:
        super().__init__(settings.discord.api_url, settings.discord.gateway_url)
        self.operators = frozenset(settings.operators)
        self._clock = clock
        self._services: Services | None = None
        self._reactions: Reactions | None = None
        self._registering: asyncio.Task[None] | None = None
        self.spare_turn: Callable[[], Awaitable[None]] = at_once
        """Returns when there is time for what nobody waits for."""
        self._registry = Registry(Tree(self), settings.discord.guilds, memory)
        self._keep_raw_channels()
        self._believe_ready()

    def use(self, services: Services) -> None:
        """Hand over the services; before `serve`."""
        self._services = services
        self._reactions = Reactions(
            services.turn, self, self._clock, lambda: self.on_change(), lambda: self.spare_turn()
        )

    @property
    def services(self) -> Services:
        """The use cases behind every command.

        Raises:
            RuntimeError: they have not been handed over.
        """
        if self._services is None:
            raise RuntimeError("the client was given no services")
        return self._services

    @property
    def reactions(self) -> Reactions:
        """The reader of reaction events.

        Raises:
            RuntimeError: the services have not been handed over.
        """
        if self._reactions is None:
            raise RuntimeError("the client was given no services")
        return self._reactions

    @property
    def keeping(self) -> Keeping:
        """Where it is told what happens to servers."""
        return self.services.guilds

    async def setup_hook(self) -> None:
        """Before the gateway: controls of posts of any age work from the first event on."""
        self.add_dynamic_items(*CONTROLS)
        if self._registering is None or self._registering.done():
            self._registering = asyncio.create_task(self._register(), name="register commands")

    async def close(self) -> None:
        """Leave Discord in order; see `Session.close`."""
        if self._registering is not None:
            self._registering.cancel()
        await super().close()

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Somebody reacted, to any message of any age."""
        await self.reactions.added(event)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction went."""
        await self.reactions.removed(event)

    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """All reactions went."""
        await self.reactions.cleared(event.message_id)

    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """All reactions of one kind went."""
        await self.reactions.emoji_cleared(event)

    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """A command was answered: what could not be told by direct message follows."""
        await tell_waiting(interaction)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Forms, and whatever nobody knows any more; commands and controls go their own way."""
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = data.get("custom_id", "")
        try:
            if interaction.type is discord.InteractionType.modal_submit:
                await _form_sent(interaction, custom_id, data)
            elif interaction.type is discord.InteractionType.component and not _known(custom_id):
                await respond(interaction, plain(words.OLD_CONTROL))
        except Exception as error:
            await fail(interaction, error)

    async def _register(self) -> None:
        """Register the commands, trying again for as long as Discord does not answer."""
        waits = Waits(self.waits.first)
        while self.application_id is not None:
            try:
                await self._registry.sync(self.application_id)
            except UNREACHABLE as error:
                if report_refusal(error):
                    return
                await asyncio.sleep(waits.next())
            else:
                return

    def _keep_raw_channels(self) -> None:
        """Keep, for the tasks that an interaction starts, the channel as Discord sent it; see `viewer.RAW_CHANNEL`."""
        parsers = self._connection.parsers
        parse = parsers["INTERACTION_CREATE"]

        def parse_with_channel(data: Any) -> None:
            token = RAW_CHANNEL.set(data.get("channel"))
            try:
                parse(data)
            finally:
                RAW_CHANNEL.reset(token)

        parsers["INTERACTION_CREATE"] = parse_with_channel

    def _believe_ready(self) -> None:
        """Drop the servers that a new READY does not name: the bot was removed from them while no connection stood,
        and the sharded client would keep them (state.py, AutoShardedConnectionState.parse_ready)."""
        parsers = self._connection.parsers
        parse = parsers["READY"]

        def parse_and_drop(data: Any) -> None:
            named = {int(guild["id"]) for guild in data["guilds"]}
            parse(data)
            for guild in self.guilds:
                if guild.shard_id == data["shard"][0] and guild.id not in named:
                    self._connection._remove_guild(guild)

        parsers["READY"] = parse_and_drop


def _known(custom_id: str) -> bool:
    return any(control.__discord_ui_compiled_template__.fullmatch(custom_id) for control in CONTROLS)


async def _form_sent(interaction: Interaction, custom_id: str, data: Mapping[str, Any]) -> None:
    for pattern, sent in FORMS:
        facts = pattern.fullmatch(custom_id)
        if facts is not None:
            await sent(interaction, facts, filled(data))
            return
    await respond(interaction, plain(words.OLD_FORM))
