"""Membership of people in guilds, asked of Discord and cached for a day.

A story for chosen guilds may be read in DMs by their members. Discord is asked about one person and one guild at a
time, for which no privileged intent is needed (docs: resources/guild, Get Guild Member).
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.stories.story import Story
from bot.services.guilds.guild_directory import GuildDirectory
from bot.store.database import Database

REMEMBERED = timedelta(days=1)
"""How long a membership is cached."""

ABSENCE_REMEMBERED = timedelta(minutes=5)
"""How long an absence is cached: somebody who joins a guild should not wait for a day."""

_PATIENCE = 1.5
"""Seconds to wait for Discord while somebody waits, who must be answered within three."""

_MOST = 20_000
"""Answers cached."""


class MembershipStatus(StrEnum):
    """Membership of a person in one of a story's guilds."""

    MEMBER = "member"
    STRANGER = "stranger"
    UNSURE = "unsure"
    """Discord did not say, and nothing is cached."""


@dataclass(frozen=True, slots=True)
class Memberships:
    """Guilds, among those that stories are for, of which somebody is a member."""

    guild_ids: frozenset[int] = frozenset()
    unsure: bool = False
    """Set where Discord did not say about some of them."""


class GuildMembers:
    """Asks Discord and caches in memory alone. `operators` may read everything."""

    def __init__(
        self, store: Database, messenger: GuildDirectory, clock: Clock, *, operators: Collection[int] = ()
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._operators = frozenset(operators)
        self._answers: LRUCache[tuple[int, int], tuple[bool, datetime]] = LRUCache(_MOST)
        self._served: tuple[int, frozenset[int]] | None = None

    async def memberships(self, user_id: int) -> Memberships:
        """Return the user's memberships in the guilds that any story is for."""
        servers = await self._all_served()
        if not servers:
            return Memberships()
        asking = [self._ask(user_id, guild_id) for guild_id in servers]
        try:
            async with asyncio.timeout(_PATIENCE):
                answers = await asyncio.gather(*asking)
        except TimeoutError:
            answers = [self._remembered(user_id, guild_id) for guild_id in servers]
        pairs = list(zip(servers, answers, strict=True))
        return Memberships(
            frozenset(guild_id for guild_id, member in pairs if member),
            unsure=any(member is None for _, member in pairs),
        )

    async def membership_status(self, user_id: int, story: Story) -> MembershipStatus:
        """Return whether the user may have the story in DMs.

        As its author, an operator or a member of one of its guilds.
        """
        if story.guilds is None or story.is_by(user_id) or user_id in self._operators:
            return MembershipStatus.MEMBER
        answers = []
        for guild_id in sorted(story.guilds):
            answers.append(await self._ask(user_id, guild_id))
            if answers[-1]:
                return MembershipStatus.MEMBER
        return MembershipStatus.UNSURE if None in answers else MembershipStatus.STRANGER

    async def record_member(self, user_id: int, guild_id: int) -> None:
        """Record that somebody uses the bot in a guild, and so is a member."""
        if guild_id in await self._all_served():
            self._remember(user_id, guild_id, True)

    async def _all_served(self) -> frozenset[int]:
        """Return the guilds that any story is for."""
        generation = self._store.generation
        if self._served is None or self._served[0] != generation:
            async with self._store.read() as tx:
                stories = [record.story for record in await tx.stories.list_all()]
            servers = frozenset(guild_id for story in stories for guild_id in story.guilds or ())
            self._served = generation, servers
        return self._served[1]

    async def _ask(self, user_id: int, guild_id: int) -> bool | None:
        remembered = self._remembered(user_id, guild_id)
        if remembered is not None:
            return remembered
        answer = await self._messenger.is_member(guild_id, user_id)
        if not isinstance(answer, bool):
            return None
        self._remember(user_id, guild_id, answer)
        return answer

    def _remembered(self, user_id: int, guild_id: int) -> bool | None:
        member, until = self._answers.get((user_id, guild_id), (False, None))
        return member if until is not None and until > self._clock.now() else None

    def _remember(self, user_id: int, guild_id: int, member: bool) -> None:
        kept = REMEMBERED if member else ABSENCE_REMEMBERED
        self._answers[user_id, guild_id] = member, self._clock.now() + kept
