"""Figures of chapters: counted over all who read, vote and comment, and never told by whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.domain.statistics.counters import Figures
from bot.services.repositories.posts import Post


@dataclass(frozen=True, slots=True)
class Commented:
    """A thread of a chapter, and how many of its messages are not the bot's."""

    thread_id: int
    release_id: int
    guild_id: int | None
    count: int
    counted_at: datetime

    def recounted(self, count: int, now: datetime) -> Commented:
        """The same after another look."""
        return replace(self, count=count, counted_at=now)


@dataclass(frozen=True, slots=True)
class Stop:
    """So many people came to that offset of that revision's text, which is so long, and no further."""

    release_id: int
    offset: int
    length: int
    people: int


class FigureStore(Protocol):
    """Counts over what readers left behind, and the corrections of it."""

    async def of(self, release_ids: Collection[int]) -> dict[int, Figures]:
        """The figures of each of these, in three counts however many there are."""
        ...

    async def went_on(self, story: str) -> Mapping[int, int]:
        """For each release of a story, by its number, how many of its readers have read the one before it too."""
        ...

    async def stops(self, story: str) -> list[Stop]:
        """How far people came in the chapters of a story, of those who read them in private readers."""
        ...

    async def stars(self, message_id: int) -> set[int]:
        """Whose star on that message is counted."""
        ...

    async def correct(
        self,
        release_id: int,
        message_id: int,
        *,
        missing: Collection[int],
        gone: Collection[int],
        now: datetime,
    ) -> None:
        """The stars on a message are others than known: count the missing, whose owners are readers of the chapter by
        it, and take back those that are gone."""
        ...

    async def starred_posts(self, *, above: int, below: int, limit: int) -> list[Post]:
        """Posts that may have stars, whose ids lie between these two, newest first."""
        ...

    async def release_posts(self, release_id: int) -> list[Post]:
        """The posts of a chapter in channels that show its figures, newest first."""
        ...

    async def thread_posts(self, thread_ids: Collection[int]) -> list[Post]:
        """The posts that these threads were opened under, or that opened them in a forum, of those that are a
        chapter's."""
        ...

    async def own_messages(self, thread_id: int) -> int:
        """How many of the bot's messages stand in a thread, without the one that opened it."""
        ...

    async def commented(self, thread: Commented) -> None:
        """Remember a thread's count."""
        ...

    async def uncommented(self, thread_id: int) -> None:
        """The thread is gone, and its comments with it."""
        ...

    async def uncounted(self, *, above: int, limit: int) -> list[Post]:
        """Posts that have threads of their own which were never counted, with ids above that, newest first."""
        ...

    async def due_threads(self, bands: Sequence[tuple[int, datetime]], *, limit: int) -> list[Commented]:
        """Known threads with an id above a band's first and last counted before its second, for any of the bands; the
        longest uncounted first."""
        ...

    async def recent(self, since: datetime) -> list[int]:
        """Releases that came out since then and are not withdrawn, newest first."""
        ...
