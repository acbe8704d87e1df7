"""The bot as Discord meets it: its commands, its controls, and the events it listens to."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

from bot.chat.command_sync import CommandSync, report_refusal
from bot.chat.command_tree import FascicleCommandTree
from bot.chat.gateway.connection import ReconnectBackoff, TokenRejected, VersionRefused, brief
from bot.chat.gateway.guild_membership import GuildMembership
from bot.chat.gateway.settings import ChatSettings, KeyValues
from bot.chat.gateway.thread_counts import ThreadCounts
from bot.chat.i18n.gettext import speaking
from bot.chat.interactions import custom_ids, error_texts
from bot.chat.interactions.context import Interaction
from bot.chat.interactions.message import plain
from bot.chat.interactions.modals import form_values
from bot.chat.interactions.responses import fail, respond
from bot.chat.interactions.viewer import RAW_CHANNEL, recognise
from bot.chat.notifications import notice_controls
from bot.chat.notifications.waiting_notices import show_waiting_notices
from bot.chat.privacy import privacy_controls
from bot.chat.reading import reader_controls
from bot.chat.reading.reactions import ReactionListener, wait_for_nothing
from bot.chat.statistics import statistics_controls
from bot.chat.stories import catalogue_controls, preview_controls
from bot.chat.subscriptions import subscription_controls
from bot.chat.suggestions import (
    panel_controls,
    review_queue_controls,
    submission_controls,
    suggestion_controls,
)
from bot.chat.suggestions.queue_position import QUEUE_FORM
from bot.clock import Clock
from bot.services.container import Services
from bot.services.subscriptions.guild_retention import GuildRetention

__all__ = ["FascicleClient", "TokenRejected", "VersionRefused"]

_log = logging.getLogger(__name__)

CONTROLS = (
    *reader_controls.CONTROLS,
    *catalogue_controls.CONTROLS,
    *preview_controls.CONTROLS,
    *subscription_controls.CONTROLS,
    *submission_controls.CONTROLS,
    *suggestion_controls.CONTROLS,
    *review_queue_controls.CONTROLS,
    *panel_controls.CONTROLS,
    *statistics_controls.CONTROLS,
    *privacy_controls.CONTROLS,
    *notice_controls.CONTROLS,
)

FORMS = (
    (re.compile(custom_ids.JUMP_FORM), reader_controls.handle_jump_form),
    (re.compile(custom_ids.SUGGEST_FORM), submission_controls.handle_form),
    (re.compile(QUEUE_FORM), review_queue_controls.handle_form),
)


class FascicleClient(GuildMembership):
    """Discord's side of the bot. `memory` remembers over restarts in which form commands were registered; without one
    they are registered at every start."""

    def __init__(self, settings: ChatSettings, clock: Clock, memory: KeyValues | None = None) -> None:
        super().__init__(settings.discord.api_url, settings.discord.gateway_url)
        self.operators = frozenset(settings.operators)
        self._clock = clock
        self._services: Services | None = None
        self._reactions: ReactionListener | None = None
        self._registering: asyncio.Task[None] | None = None
        self.unregistered: str | None = "commands are not registered yet"
        """Why the bot's commands may not be what people see in Discord; None once they are."""
        self.spare_turn: Callable[[], Awaitable[None]] = wait_for_nothing
        """Returns when there is time for what nobody waits for."""
        self._registry = CommandSync(FascicleCommandTree(self), settings.discord.guilds, memory)
        self._give_context()
        self._thread_news = ThreadCounts(self._connection)

    def use(self, services: Services) -> None:
        """Hand over the services; before `serve`."""
        self._services = services
        self._reactions = ReactionListener(
            services.page_turns, self, self._clock, lambda: self.on_change(), lambda: self.spare_turn()
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
    def reactions(self) -> ReactionListener:
        """The reader of reaction events.

        Raises:
            RuntimeError: the services have not been handed over.
        """
        if self._reactions is None:
            raise RuntimeError("the client was given no services")
        return self._reactions

    @property
    def keeping(self) -> GuildRetention:
        """Where it is told what happens to servers."""
        return self.services.guild_retention

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

    async def on_shard_ready(self, shard_id: int) -> None:
        """A connection is new: what happened before it was not told."""
        self.services.reconciliation.schedule_full_pass()
        await super().on_shard_ready(shard_id)

    async def on_thread_news(self) -> None:
        """Discord tells of threads: how many messages they have, and which were deleted."""
        await self._thread_news.pass_on(
            self.services.reconciliation.record_thread_counts, self.services.reconciliation.forget_threads
        )

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

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """An event could not be worked on; the next ones are."""
        _log.exception("the event %s failed", event_method, extra={"action": "event_failed"})

    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """A command was answered: what could not be told by direct message follows."""
        await show_waiting_notices(interaction)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Forms, and whatever nobody knows any more; commands and controls go their own way."""
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = data.get("custom_id", "")
        await self._meet(interaction)
        try:
            if interaction.type is discord.InteractionType.modal_submit:
                await recognise(interaction)
                await _form_sent(interaction, custom_id, data)
            elif interaction.type is discord.InteractionType.component and not _known(custom_id):
                await respond(interaction, plain(error_texts.old_control()))
        except Exception as error:
            await fail(interaction, error)

    async def _meet(self, interaction: Interaction) -> None:
        """Keep the person's language, for what is written to them later, unless they ask what is kept of them. Nobody's
        answer depends on that."""
        if _about_privacy(interaction):
            return
        try:
            await self.services.personal_data.record_use(interaction.user.id)
            await self.services.languages.met(interaction.user.id, interaction.locale.value)
        except Exception:
            _log.warning("a language could not be kept", exc_info=True, extra={"action": "language_unkept"})

    async def _register(self) -> None:
        """Register the commands, trying again for as long as Discord does not answer, or not with what it should."""
        waits, told = ReconnectBackoff(self.waits.first), False
        while self.application_id is not None:
            try:
                await self._registry.sync(self.application_id)
            except Exception as error:
                if report_refusal(error):
                    self.unregistered = "Discord refuses the commands"
                    return
                # While the session has no connection, this is no other news than that.
                if self.usable and not told:
                    told = True
                    _log.warning(
                        "the commands are not registered yet (%s); trying on",
                        brief(error),
                        extra={"action": "commands_waiting"},
                    )
                await asyncio.sleep(waits.next())
            else:
                self.unregistered = None
                return

    def _give_context(self) -> None:
        """Give the tasks that an interaction starts the language of whoever made it, and the channel as Discord sent it
        (see `viewer.RAW_CHANNEL`)."""
        parsers = self._connection.parsers
        parse = parsers["INTERACTION_CREATE"]

        def parse_in_context(data: Any) -> None:
            token = RAW_CHANNEL.set(data.get("channel"))
            try:
                with speaking(data.get("locale")):
                    parse(data)
            finally:
                RAW_CHANNEL.reset(token)

        parsers["INTERACTION_CREATE"] = parse_in_context


def _known(custom_id: str) -> bool:
    return any(control.__discord_ui_compiled_template__.fullmatch(custom_id) for control in CONTROLS)


def _about_privacy(interaction: Interaction) -> bool:
    """Whether somebody asks for their data, or to have it erased: which is no use of the bot that it keeps."""
    data: Mapping[str, Any] = interaction.data or {}
    return (
        data.get("name") == "privacy"
        or re.fullmatch(custom_ids.PRIVACY, data.get("custom_id", "")) is not None
    )


async def _form_sent(interaction: Interaction, custom_id: str, data: Mapping[str, Any]) -> None:
    for pattern, sent in FORMS:
        facts = pattern.fullmatch(custom_id)
        if facts is not None:
            await sent(interaction, facts, form_values(data))
            return
    await respond(interaction, plain(error_texts.old_form()))
