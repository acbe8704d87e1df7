"""Reactions under posts: page turns and stars, from Discord's raw events alone.

Adding ◀️ or ▶️ turns the page, and so does any removal that the bot did not request itself: where the bot may not
remove a reader's reaction, the reader turns the next page by removing it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta
from typing import Protocol
from weakref import WeakValueDictionary

import discord
from cachetools import TTLCache

from bot.chat.rest.outcomes import outcome_of
from bot.chat.text.reaction_emoji import CONTROLS, STEPS, bare
from bot.clock import Clock
from bot.domain.delivery.outcomes import Refused, Sent, Unknown

_log = logging.getLogger(__name__)


_EXPECTED_FOR = timedelta(minutes=5)
"""The time within which the event of a requested removal is expected; a reconnect may delay it."""


_REFUSED_FOR = timedelta(minutes=10)
"""The time for which a channel that refused a removal is left alone.

Refusals count towards a ban of the bot's address.
"""


_MOST_EXPECTED = 8192
_MOST_REFUSING = 8192


class ReactionTarget(Protocol):
    """The service that turns pages and counts stars."""

    async def is_chapter_post(self, message_id: int) -> bool: ...

    async def turn_by(self, message_id: int, step: int, user_id: int) -> bool: ...

    async def set_star(self, message_id: int, user_id: int, on: bool) -> bool: ...

    async def restore_controls(self, message_id: int) -> None: ...

    async def forget_post(self, message_id: int) -> None: ...


async def wait_for_nothing() -> None:
    """Wait for nothing: the default where no rate limit has to be spared."""


class ReactionListener:
    """Handles reaction events, and removes readers' ◀️ ▶️ where the bot may."""

    def __init__(
        self,
        turns: ReactionTarget,
        client: discord.Client,
        clock: Clock,
        on_change: Callable[[], None] = lambda: None,
        spare_turn: Callable[[], Awaitable[None]] = wait_for_nothing,
    ) -> None:
        self._turns = turns
        self._client = client
        self._clock = clock
        self._on_change = on_change
        self._spare_turn = spare_turn
        self._pending_removals: set[Hashable] = set()
        self._channel_locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._expected_removals: TTLCache[Hashable, bool] = TTLCache(
            _MOST_EXPECTED, _EXPECTED_FOR.total_seconds(), self._seconds
        )
        self._refusing_channels: TTLCache[int, bool] = TTLCache(
            _MOST_REFUSING, _REFUSED_FOR.total_seconds(), self._seconds
        )

    async def added(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a reaction, super reactions included. `GuildEvents` drops those of other bots."""
        control = bare(str(event.emoji))
        if event.user_id == self._own_id or control not in CONTROLS:
            return
        step = STEPS.get(control)
        if step is None:
            await self._turns.set_star(event.message_id, event.user_id, True)
        elif await self._turns.turn_by(event.message_id, step, event.user_id):
            await self._schedule_removal(event, control)

    async def removed(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a removal, whether by the reader, a moderator or the bot."""
        control = bare(str(event.emoji))
        if control not in CONTROLS:
            return
        if event.user_id == self._own_id:
            # The bot never takes its own controls away, so a moderator did.
            await self.cleared(event.message_id)
            return
        step = STEPS.get(control)
        if step is None:
            await self._turns.set_star(event.message_id, event.user_id, False)
        elif not self._take_expected(_key(event, control)):
            self._pending_removals.discard(_key(event, control))
            await self._turns.turn_by(event.message_id, step, event.user_id)

    async def emoji_cleared(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """Restore the controls after a moderator removed all reactions of one emoji."""
        if bare(str(event.emoji)) in CONTROLS:
            await self.cleared(event.message_id)

    async def cleared(self, message_id: int) -> None:
        """Restore the controls after a moderator removed reactions from a post."""
        if await self._turns.is_chapter_post(message_id):
            await self._turns.restore_controls(message_id)
            self._on_change()

    async def _schedule_removal(self, event: discord.RawReactionActionEvent, control: str) -> None:
        """Remove the reader's reaction, so that their next press adds it again.

        The removal has low priority: it waits until the rate limit has room. If the reader removes the reaction first,
        that turns the page too.
        """
        key, channel = _key(event, control), event.channel_id
        # Discord never allows it in direct messages.
        if event.guild_id is None or channel in self._refusing_channels:
            return
        self._pending_removals.add(key)
        await self._spare_turn()
        # Discord's limit allows one at a time in a channel anyway, and the first refusal spares all that wait.
        async with self._channel_locks.setdefault(channel, asyncio.Lock()):
            if key not in self._pending_removals:
                return
            self._pending_removals.discard(key)
            if channel not in self._refusing_channels:
                await self._remove(event, key)

    async def _remove(self, event: discord.RawReactionActionEvent, key: Hashable) -> None:
        """Request the removal, and handle the outcome."""
        channel = event.channel_id
        # Its event may come before the answer to the request.
        self._expected_removals[key] = True
        try:
            await self._client.http.remove_reaction(
                channel, event.message_id, event.emoji._as_reaction(), event.user_id
            )
        except Exception as error:
            outcome = outcome_of(error, self._clock.now())
            if isinstance(outcome, Unknown):
                return
            # Only a removal that surely did not happen is no longer expected. If its event was seen meanwhile, the
            # reader removed the reaction, and that turns the page.
            seen_meanwhile = not self._take_expected(key)
            if isinstance(outcome, Sent):
                await self._turns.forget_post(event.message_id)
                return
            if seen_meanwhile:
                await self._turns.turn_by(event.message_id, STEPS[bare(str(event.emoji))], event.user_id)
            if isinstance(outcome, Refused):
                self._refusing_channels[channel] = True
                _log.info(
                    "reactions in channel %d stay: %s",
                    channel,
                    outcome.fault.reason,
                    extra={"action": "take_back_refused", "channel": channel},
                )

    def _take_expected(self, key: Hashable) -> bool:
        """Return whether the removal was expected, and expect it no longer."""
        return self._expected_removals.pop(key, False)

    def _seconds(self) -> float:
        return self._clock.now().timestamp()

    @property
    def _own_id(self) -> int:
        return self._client.user.id if self._client.user is not None else 0


def _key(event: discord.RawReactionActionEvent, control: str) -> Hashable:
    return event.message_id, event.user_id, control
