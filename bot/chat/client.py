"""The bot as a Discord client: its commands, components and modals, and the events it handles."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

import discord

from bot.chat.authoring import authoring_controls, chapter_list_controls, upload_controls
from bot.chat.command_sync import CommandSync, KeyValues, report_refusal
from bot.chat.command_tree import FascicleCommandTree
from bot.chat.gateway.connection_errors import TokenRejected, VersionRefused, describe_error
from bot.chat.gateway.joined_guilds import JoinedGuilds
from bot.chat.gateway.reconnect_backoff import ReconnectBackoff
from bot.chat.gateway.request_trace import RequestObserver
from bot.chat.gateway.thread_message_counts import ThreadMessageCounts
from bot.chat.i18n.gettext import in_language
from bot.chat.interactions import custom_ids, error_texts
from bot.chat.interactions.interaction_context import Interaction
from bot.chat.interactions.modals import form_values
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import report_failure, respond
from bot.chat.interactions.viewer import RAW_CHANNEL, load_memberships
from bot.chat.notifications import morning_card_controls, notice_controls
from bot.chat.notifications.waiting_notices import show_waiting_notices
from bot.chat.privacy import privacy_controls
from bot.chat.reading import reader_controls
from bot.chat.reading.reactions import ReactionListener, wait_for_nothing
from bot.chat.releases import calendar_controls
from bot.chat.sharing import line_controls
from bot.chat.statistics import statistics_controls
from bot.chat.stories import catalogue_controls, help_controls, library_position, preview_controls
from bot.chat.subscriptions import follow_controls, subscription_controls
from bot.chat.suggestions import (
    decision_undo_controls,
    panel_controls,
    review_queue_controls,
    submission_controls,
    suggestion_controls,
)
from bot.chat.suggestions.queue_position import QUEUE_FORM
from bot.clock import Clock
from bot.config.settings import DiscordSettings
from bot.services.container import Services

__all__ = ["FascicleClient", "TokenRejected", "VersionRefused"]

_log = logging.getLogger(__name__)

CONTROLS = (
    *reader_controls.CONTROLS,
    *catalogue_controls.CONTROLS,
    *help_controls.CONTROLS,
    *follow_controls.CONTROLS,
    *preview_controls.CONTROLS,
    *subscription_controls.CONTROLS,
    *submission_controls.CONTROLS,
    *suggestion_controls.CONTROLS,
    *review_queue_controls.CONTROLS,
    *decision_undo_controls.CONTROLS,
    *panel_controls.CONTROLS,
    *calendar_controls.CONTROLS,
    *authoring_controls.CONTROLS,
    *upload_controls.CONTROLS,
    *chapter_list_controls.CONTROLS,
    *statistics_controls.CONTROLS,
    *line_controls.CONTROLS,
    *privacy_controls.CONTROLS,
    *notice_controls.CONTROLS,
    *morning_card_controls.CONTROLS,
)

FORMS = (
    (re.compile(custom_ids.JUMP_FORM), reader_controls.handle_jump_form),
    (re.compile(library_position.ASKED), catalogue_controls.handle_search_form),
    (re.compile(custom_ids.SUGGEST_FORM), submission_controls.handle_form),
    (re.compile(QUEUE_FORM), review_queue_controls.handle_form),
    *authoring_controls.FORMS,
    *chapter_list_controls.FORMS,
)


class FascicleClient(JoinedGuilds):
    """Discord's side of the bot."""

    def __init__(
        self,
        settings: DiscordSettings,
        clock: Clock,
        *,
        operators: Collection[int] = (),
        registered: KeyValues | None = None,
        spare_turn: Callable[[], Awaitable[None]] = wait_for_nothing,
        observer: RequestObserver | None = None,
    ) -> None:
        """Prepare a client that connects once `use` and `serve` are called.

        Args:
            settings: Addresses of Discord, and the guilds that get the commands.
            clock: Source of the time.
            operators: Users who may operate the bot.
            registered: Remembers over restarts which commands were registered; None registers them at every start.
            spare_turn: Returns when there is time for requests that nobody waits for.
            observer: Callbacks for each request to Discord.
        """
        super().__init__(
            settings.api_url, settings.gateway_url, operators=frozenset(operators), observer=observer
        )
        self.unregistered: str | None = "commands are not registered yet"
        """Why the commands that people see in Discord may be outdated; None once they are not."""
        self._clock = clock
        self._spare_turn = spare_turn
        self._reactions: ReactionListener | None = None
        self._registering: asyncio.Task[None] | None = None
        tree = FascicleCommandTree(self)
        self.registered_commands.commands = tuple(tree.get_commands())
        self._command_sync = CommandSync(tree, settings.guilds, registered, self.registered_commands)
        self._set_interaction_context()
        self._thread_counts = ThreadMessageCounts(self._connection)

    def use(self, services: Services) -> None:
        """Set the services, before `serve`. They need the client themselves, so it cannot be constructed with them."""
        self._services = services
        self._reactions = ReactionListener(
            services.page_turns, self, self._clock, lambda: self.on_change(), self._spare_turn
        )

    @property
    def reactions(self) -> ReactionListener:
        """The listener to reaction events.

        Raises:
            RuntimeError: The services have not been set yet.
        """
        if self._reactions is None:
            raise RuntimeError("the client was given no services")
        return self._reactions

    async def setup_hook(self) -> None:
        """Register components and commands before the gateway connects, so that the first event finds them."""
        self.add_dynamic_items(*CONTROLS)
        if self._registering is None or self._registering.done():
            self._registering = asyncio.create_task(self._register(), name="register commands")

    async def close(self) -> None:
        """Stop registering commands and leave Discord; see `Session.close`."""
        if self._registering is not None:
            self._registering.cancel()
        await super().close()

    async def on_shard_ready(self, shard_id: int) -> None:
        """Report all guilds, and that events before this connection were missed."""
        self.services.reconciliation.schedule_full_pass()
        await super().on_shard_ready(shard_id)

    async def on_thread_counts(self) -> None:
        """Pass on the message counts of threads and which threads were deleted."""
        await self._thread_counts.pass_on(
            self.services.reconciliation.record_thread_counts, self.services.reconciliation.forget_threads
        )

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a new reaction to a message of any age."""
        await self.reactions.added(event)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a removed reaction."""
        await self.reactions.removed(event)

    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        """Handle the removal of all reactions."""
        await self.reactions.cleared(event.message_id)

    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """Handle the removal of all reactions of one emoji."""
        await self.reactions.emoji_cleared(event)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Log the failure of an event handler."""
        _log.exception("the event %s failed", event_method, extra={"action": "event_failed"})

    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """Show waiting notices after the answer to a command."""
        await show_waiting_notices(interaction)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Handle modals and components of earlier versions; discord.py dispatches commands and other components."""
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = data.get("custom_id", "")
        await self._remember_language(interaction)
        try:
            if interaction.type is discord.InteractionType.modal_submit:
                await load_memberships(interaction)
                await _form_sent(interaction, custom_id, data)
            elif interaction.type is discord.InteractionType.component and not _known(custom_id):
                await respond(interaction, plain(error_texts.old_control()))
        except Exception as error:
            await report_failure(interaction, error)

    async def _remember_language(self, interaction: Interaction) -> None:
        """Remember the person's language for later messages. The answer does not depend on it, so errors are logged."""
        # Asking for one's data, or to have it erased, must not create data.
        if _about_privacy(interaction):
            return
        try:
            # The language first: the command runs beside this, and may write to them before the database answers.
            await self.services.languages.record_language(interaction.user.id, interaction.locale.value)
            await self.services.personal_data.record_use(interaction.user.id)
        except Exception:
            _log.warning("a language could not be kept", exc_info=True, extra={"action": "language_unkept"})

    async def _register(self) -> None:
        """Register the commands, and try again until Discord accepts or refuses them."""
        waits, logged = ReconnectBackoff(self.waits.first), False
        while self.application_id is not None:
            try:
                await self._command_sync.sync(self.application_id)
            except Exception as error:
                if report_refusal(error):
                    self.unregistered = "Discord refuses the commands"
                    return
                # Without a connection the failure is part of an outage, which the session logs.
                if self.usable and not logged:
                    logged = True
                    _log.warning(
                        "the commands are not registered yet (%s); trying on",
                        describe_error(error),
                        extra={"action": "commands_waiting"},
                    )
                await asyncio.sleep(waits.next())
            else:
                self.unregistered = None
                return

    def _set_interaction_context(self) -> None:
        """Set the user's language and the raw channel (`viewer.RAW_CHANNEL`) for the tasks of each interaction."""
        parsers = self._connection.parsers
        parse = parsers["INTERACTION_CREATE"]

        def parse_in_context(data: Any) -> None:
            token = RAW_CHANNEL.set(data.get("channel"))
            try:
                with in_language(data.get("locale")):
                    parse(data)
            finally:
                RAW_CHANNEL.reset(token)

        parsers["INTERACTION_CREATE"] = parse_in_context


def _known(custom_id: str) -> bool:
    return any(control.__discord_ui_compiled_template__.fullmatch(custom_id) for control in CONTROLS)


def _about_privacy(interaction: Interaction) -> bool:
    """Return whether somebody asks for their data or to have it erased."""
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
