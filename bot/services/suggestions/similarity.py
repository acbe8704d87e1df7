"""Finding ideas that are alike among one story's open ones, from memory that follows the database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from cachetools import LRUCache

from bot.domain.stories.story import Story
from bot.domain.suggestions.similarity import fingerprint, most_similar
from bot.domain.suggestions.suggestion import Suggestion
from bot.domain.text.normalization import fold
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import ComparableSuggestion

MOST_ALIKE = 3

LARGEST = 20_000
"""Ideas of one story that are compared, the newest; about ten megabytes."""

_SPARE = 6
"""More than are wanted, because some of them may be the reader's own."""

_ALL = 60_000
"""Ideas kept in memory over all stories."""

_WORTH = 500
"""Open ideas of a story from which reading them ahead saves somebody a wait that they would notice."""

_FEW = 2_000
"""Changes that are followed one by one; after more it is quicker to begin anew."""

_AT_ONCE = 1_000

_OVERLAP = 100
"""Changes that are looked at again: on PostgreSQL an entry may appear after one with a higher number."""


@dataclass(slots=True)
class _StoryIndex:
    """One story's ideas as they are compared, up to that mark in the records."""

    language: str
    mark: int
    gists: dict[int, str] = field(default_factory=dict)

    def take(self, changed: list[ComparableSuggestion]) -> None:
        for one in changed:
            if one.public:
                self.gists[one.number] = fingerprint(one.folded, self.language)
            else:
                self.gists.pop(one.number, None)
        while len(self.gists) > LARGEST:
            del self.gists[min(self.gists)]


class SimilarityIndex:
    """Compares an idea with the open ones of its story. What it finds is looked up again, so nothing is shown that has
    been decided, held or erased since."""

    def __init__(self, store: Database) -> None:
        self._store = store
        # Stories are weighed by their suggestions; those compared longest ago go where all are too many.
        self._indexes: LRUCache[str, _StoryIndex] = LRUCache(_ALL, getsizeof=lambda index: len(index.gists))
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def find_similar(
        self,
        story: Story,
        idea: str,
        *,
        but: int | None = None,
        maker: int | None = None,
        count: int = MOST_ALIKE,
    ) -> list[Suggestion]:
        """The open ideas of a story that readers may see and that are most like this text, best first; without the
        number `but`, and without those by that maker."""
        async with self._lock(story.slug):
            shelf = await self._shelf(story)
            wanted = fingerprint(fold(idea), story.language)
            # One of them may be the idea itself, others may have been decided a moment ago.
            near = most_similar(wanted, shelf.gists, 2 * count + _SPARE)
        numbers = [number for number, _ in near if number != but]
        async with self._store.read() as tx:
            found = await tx.suggestions.get_many(numbers)
        fit = [found[n] for n in numbers if n in found and found[n].is_public]
        return [one for one in fit if maker is None or one.suggester != maker][:count]

    async def preload(self) -> None:
        """Read the ideas of stories that have many, so that the first who asks after a start waits no longer."""
        async with self._store.read() as tx:
            stories = [record.story for record in await tx.stories.list_all()]
            many = [each for each in stories if await tx.suggestions.count_public(each.slug) >= _WORTH]
        for story in many:
            async with self._lock(story.slug):
                await self._shelf(story)

    async def _shelf(self, story: Story) -> _StoryIndex:
        """The story's ideas, brought up to date."""
        shelf = self._indexes.get(story.slug)
        async with self._store.read() as tx:
            last = await tx.suggestions.get_last_change()
            changed: list[ComparableSuggestion] | None = None
            if shelf is not None and shelf.language == story.language:
                since = max(0, shelf.mark - _OVERLAP)
                changed = await tx.suggestions.list_comparable_since(story.slug, since, limit=_FEW)
            if shelf is None or changed is None:
                shelf = _StoryIndex(story.language, last)
                changed = await tx.suggestions.list_comparable(story.slug, limit=LARGEST)
        for start in range(0, len(changed), _AT_ONCE):
            shelf.take(changed[start : start + _AT_ONCE])
            # Nobody else is to wait for the reading of thousands.
            await asyncio.sleep(0)
        shelf.mark = last
        # It is weighed when it is put in, so what it weighed before must be taken off.
        self._indexes.pop(story.slug, None)
        self._indexes[story.slug] = shelf
        return shelf

    def _lock(self, slug: str) -> asyncio.Lock:
        return self._locks.setdefault(slug, asyncio.Lock())
