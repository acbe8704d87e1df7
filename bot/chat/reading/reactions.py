"""Reactions under posts: turns and stars, from Discord's raw events alone.

Adding ◀️ or ▶️ is a turn, and so is any removal that the bot did not itself ask for: where it may not take a reader's
reaction back, taking it back is the reader's next turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

import discord

from bot.chat.rest.outcomes import outcome_of
from bot.chat.text.reaction_emoji import CONTROLS, STEPS, bare
from bot.clock import Clock
from bot.domain.delivery.outcomes import Refused, Sent, Unknown

_log = logging.getLogger(__name__)


_EXPECTED_FOR = timedelta(minutes=5)
"""How long the event of a removal is waited for; a reconnect may bring it late."""


_REFUSED_FOR = timedelta(minutes=10)
"""How long a channel that refused a removal is not asked again: refusals count towards a ban of the address."""


_KEPT = 8192


class ReactionTarget(Protocol):
    """The services' side of reactions."""

    async def knows(self, message_id: int) -> bool: ...

    async def turned(self, message_id: int, step: int, user_id: int) -> bool: ...

    async def starred(self, message_id: int, user_id: int, on: bool) -> bool: ...

    async def cleared(self, message_id: int) -> None: ...

    async def gone(self, message_id: int) -> None: ...


class ExpiringSet:
    """A bounded set whose members are forgotten at their time."""

    def __init__(self, keep_for: timedelta) -> None:
        self._keep_for = keep_for
        self._until: OrderedDict[Hashable, datetime] = OrderedDict()

    def add(self, key: Hashable, now: datetime) -> None:
        """Remember it from now on, anew if it was known."""
        self._until.pop(key, None)
        self._until[key] = now + self._keep_for
        while len(self._until) > _KEPT or (self._until and next(iter(self._until.values())) <= now):
            self._until.popitem(last=False)

    def holds(self, key: Hashable, now: datetime) -> bool:
        """Whether it is remembered still."""
        until = self._until.get(key)
        return until is not None and until > now

    def take(self, key: Hashable, now: datetime) -> bool:
        """Whether it was remembered; it is not any more."""
        until = self._until.pop(key, None)
        return until is not None and until > now


async def wait_for_nothing() -> None:
    """There is always time."""


class ReactionListener:
    """Reads reaction events and takes readers' ◀️ ▶️ back where the bot may."""

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
        self._to_take_back: set[Hashable] = set()
        self._one_at_a_time: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._expected = ExpiringSet(_EXPECTED_FOR)
        self._refusing = ExpiringSet(_REFUSED_FOR)

    async def added(self, event: discord.RawReactionActionEvent) -> None:
        """A person reacted; a super reaction is one like any other. Of other bots `lean` lets nothing through."""
        control = bare(str(event.emoji))
        if event.user_id == self._own_id or control not in CONTROLS:
            return
        step = STEPS.get(control)
        if step is None:
            await self._turns.starred(event.message_id, event.user_id, True)
        elif await self._turns.turned(event.message_id, step, event.user_id):
            await self._take_back(event, control)

    async def removed(self, event: discord.RawReactionActionEvent) -> None:
        """A reaction was taken away: by its maker, by a moderator, or because the bot asked."""
        control = bare(str(event.emoji))
        if control not in CONTROLS:
            return
        if event.user_id == self._own_id:
            # The bot never takes its own controls away, so a moderator did.
            await self.cleared(event.message_id)
            return
        step = STEPS.get(control)
        if step is None:
            await self._turns.starred(event.message_id, event.user_id, False)
        elif not self._expected.take(_key(event, control), self._clock.now()):
            self._to_take_back.discard(_key(event, control))
            await self._turns.turned(event.message_id, step, event.user_id)

    async def emoji_cleared(self, event: discord.RawReactionClearEmojiEvent) -> None:
        """A moderator removed all reactions of one kind."""
        if bare(str(event.emoji)) in CONTROLS:
            await self.cleared(event.message_id)

    async def cleared(self, message_id: int) -> None:
        """A moderator removed reactions from a post."""
        if await self._turns.knows(message_id):
            await self._turns.cleared(message_id)
            self._on_change()

    async def _take_back(self, event: discord.RawReactionActionEvent, control: str) -> None:
        """Remove the reader's reaction, so that the next press is an adding again.

        1. Direct messages never allow it, and a channel that refused it lately is left alone.
        2. It is done when there is time: nothing waits for it, and a reader who takes it back first turns the page too.
        3. The removal is expected before it is asked for: its event may come before the answer.
        4. Only a removal that surely did not happen is no longer expected. If one was seen meanwhile, the reader made
           it, and it is their turn.
        """
        key, channel = _key(event, control), event.channel_id
        if event.guild_id is None or self._refusing.holds(channel, self._clock.now()):
            return
        self._to_take_back.add(key)
        await self._spare_turn()
        # One at a time in a channel, as Discord's limits have it anyway: the first refusal spares all that wait.
        async with self._one_at_a_time.setdefault(channel, asyncio.Lock()):
            if key not in self._to_take_back:
                return
            self._to_take_back.discard(key)
            if not self._refusing.holds(channel, self._clock.now()):
                await self._remove(event, key)

    async def _remove(self, event: discord.RawReactionActionEvent, key: Hashable) -> None:
        """Ask Discord for it, and learn from what it answers."""
        channel = event.channel_id
        self._expected.add(key, self._clock.now())
        try:
            await self._client.http.remove_reaction(
                channel, event.message_id, event.emoji._as_reaction(), event.user_id
            )
        except Exception as error:
            outcome = outcome_of(error, self._clock.now())
            if isinstance(outcome, Unknown):
                return
            seen_meanwhile = not self._expected.take(key, self._clock.now())
            if isinstance(outcome, Sent):
                await self._turns.gone(event.message_id)
                return
            if seen_meanwhile:
                await self._turns.turned(event.message_id, STEPS[bare(str(event.emoji))], event.user_id)
            if isinstance(outcome, Refused):
                self._refusing.add(channel, self._clock.now())
                _log.info(
                    "reactions in channel %d stay: %s",
                    channel,
                    outcome.fault.reason,
                    extra={"action": "take_back_refused", "channel": channel},
                )

    @property
    def _own_id(self) -> int:
        return self._client.user.id if self._client.user is not None else 0


def _key(event: discord.RawReactionActionEvent, control: str) -> Hashable:
    return event.message_id, event.user_id, control
