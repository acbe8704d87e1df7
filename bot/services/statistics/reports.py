"""Reports for authors: retention from chapter to chapter, and where readers stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.authorization import Viewer, require_author
from bot.domain.statistics.counters import Counters
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import NothingPublished
from bot.services.stories.story_lookup import find_story
from bot.store.database import Database
from bot.store.statistics.counter_records import DropOffRow

TENTHS = 10

_ENOUGH = 5
"""The fewest readers from which a loss counts as the largest: of two, one is half."""


@dataclass(frozen=True, slots=True)
class DropOff:
    """The numbers of readers by how far they came in a text, as known from private readers."""

    tenths: tuple[int, ...] = (0,) * TENTHS
    """The numbers of readers who stopped in each tenth of the text."""

    finished: int = 0
    """The number of readers who reached the end."""

    @property
    def people(self) -> int:
        """The number of readers whose progress is known."""
        return sum(self.tenths) + self.finished

    @property
    def median(self) -> int | None:
        """The percentage of the text that half of the readers reached at least, or None if none is known."""
        if not self.people:
            return None
        beyond = self.people
        for tenth, stopped in enumerate(self.tenths, start=1):
            beyond -= stopped
            if beyond * 2 < self.people:
                return tenth * TENTHS
        return 100

    def plus(self, other: DropOff) -> DropOff:
        """Return the sum of both."""
        tenths = tuple(a + b for a, b in zip(self.tenths, other.tenths, strict=True))
        return DropOff(tenths, self.finished + other.finished)


@dataclass(frozen=True, slots=True)
class ChapterStats:
    """The statistics of one chapter."""

    number: int
    title: str
    counters: Counters
    retention: float | None
    """The share of the previous chapter's readers who read this one; None for the first chapter, or
    without readers before."""

    drop_off: DropOff


@dataclass(frozen=True, slots=True)
class StoryStats:
    """The statistics of a story, in chapter order."""

    story: Story
    chapters: tuple[ChapterStats, ...]
    has_morning_card: bool = False
    """Whether the viewer gets the morning card."""

    @property
    def has_readers(self) -> bool:
        """Return whether anybody is known to have read it."""
        return any(chapter.counters.reads for chapter in self.chapters)

    @property
    def drop_off(self) -> DropOff:
        """The sum over all chapters."""
        total = DropOff()
        for chapter in self.chapters:
            total = total.plus(chapter.drop_off)
        return total

    @property
    def largest_loss(self) -> ChapterStats | None:
        """The chapter with the lowest retention, if any lost readers."""
        losing = [
            chapter
            for before, chapter in pairwise(self.chapters)
            if before.counters.reads >= _ENOUGH and chapter.retention is not None and chapter.retention < 1
        ]
        return min(losing, key=lambda chapter: chapter.retention or 0.0, default=None)


class StoryReports:
    """Builds reports of stories for their authors."""

    def __init__(self, store: Database) -> None:
        self._store = store

    async def report(self, viewer: Viewer, story: str) -> StoryStats:
        """Return the statistics of a story's chapters.

        Raises:
            Refusal: The story is not the viewer's, or no chapter of it is released.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            slug = record.story.slug
            releases = await tx.releases.list_by_story(slug)
            if not releases:
                raise NothingPublished(story=record.story.title)
            counters = await tx.counters.count_by_release([release.id for release in releases])
            went_on = await tx.counters.count_continued(slug)
            stops = await tx.counters.list_drop_offs(slug)
            wants_card = (await tx.preferences.get(viewer.user_id)).digest
        by_release = _by_release(stops)
        chapters = tuple(
            ChapterStats(
                number=release.number,
                title=release.title,
                counters=counters[release.id],
                retention=_share(went_on.get(release.number, 0), before),
                drop_off=by_release.get(release.id, DropOff()),
            )
            for release, before in zip(
                releases, [0, *(counters[release.id].reads for release in releases)], strict=False
            )
        )
        return StoryStats(record.story, chapters, wants_card)


def _share(people: int, of: int) -> float | None:
    return people / of if of else None


def _by_release(stops: Iterable[DropOffRow]) -> Mapping[int, DropOff]:
    grouped: dict[int, list[DropOffRow]] = defaultdict(list)
    for stop in stops:
        grouped[stop.release_id].append(stop)
    return {release_id: _stops(each) for release_id, each in grouped.items()}


def _stops(stops: Sequence[DropOffRow]) -> DropOff:
    tenths, ended = [0] * TENTHS, 0
    for stop in stops:
        # The last page ends where the text does, but for white space.
        if stop.offset * 100 >= stop.length * 99:
            ended += stop.people
        else:
            tenths[stop.offset * TENTHS // stop.length] += stop.people
    return DropOff(tuple(tenths), ended)
