"""Search for similar open suggestions of a story, in an index in memory."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from cachetools import LRUCache

from bot.domain.stories.story import Story
from bot.domain.suggestions.similarity import fingerprint, most_similar
from bot.domain.suggestions.suggestion import Suggestion
from bot.domain.text.normalization import fold
from bot.services.people.pseudonyms import is_suggester
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import ComparableSuggestion

_log = logging.getLogger(__name__)

MOST_ALIKE = 3

LARGEST = 20_000
"""The most suggestions of one story that are indexed, the newest; about ten megabytes."""

_SPARE = 6
"""Additional results, because some may be the reader's own."""

_ALL = 60_000
"""The most suggestions indexed over all stories."""

_WORTH = 500
"""Open suggestions from which preloading a story saves a noticeable wait."""

_FEW = 2_000
"""The most changes followed one by one; beyond, a new index is faster."""

_AT_ONCE = 1_000

_OVERLAP = 100
"""Changes read twice, because on PostgreSQL an entry may appear after one with a higher number."""


@dataclass(slots=True)
class _StoryIndex:
    language: str
    mark: int
    """The last change that is included."""

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
    """Compares a text with the open suggestions of a story.

    Results are read again from the database, so nothing is returned that was decided, held or erased since.
    """

    def __init__(self, store: Database) -> None:
        self._store = store
        # Stories are weighed by their suggestions; those compared longest ago go where all are too many.
        self._indexes: LRUCache[str, _StoryIndex] = LRUCache(_ALL, getsizeof=lambda index: len(index.gists))
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def find_similar(
        self,
        story: Story,
        suggestion: str,
        *,
        but: int | None = None,
        suggester: int | None = None,
        count: int = MOST_ALIKE,
    ) -> list[Suggestion]:
        """Return a story's visible open suggestions that are most like the text, best first.

        Args:
            story: The story.
            suggestion: The text to compare.
            but: The number of a suggestion to leave out.
            suggester: A person whose suggestions are left out.
            count: The most suggestions to return.
        """
        async with self._lock(story.slug):
            index = await self._refresh_index(story)
            wanted = fingerprint(fold(suggestion), story.language)
            # One of them may be the suggestion itself, others may have been decided a moment ago.
            near = most_similar(wanted, index.gists, 2 * count + _SPARE)
        numbers = [number for number, _ in near if number != but]
        async with self._store.read() as tx:
            found = await tx.suggestions.get_many(numbers)
        fit = [found[n] for n in numbers if n in found and found[n].is_public]
        return [one for one in fit if suggester is None or one.suggester != suggester][:count]

    async def find_similar_by_others(self, story: Story, own: Suggestion) -> tuple[Suggestion, ...]:
        """Return others' suggestions that are like the suggester's own.

        A failed search must not look as if the suggestion was lost, so it finds nothing.
        """
        try:
            found = await self.find_similar(story, own.text, but=own.number, suggester=own.suggester)
            async with self._store.read() as tx:
                # Nor can they support one of theirs that was kept without a name when their data was erased.
                return tuple([one for one in found if not await is_suggester(tx, own.suggester or 0, one)])
        except Exception:
            _log.exception(
                "no suggestions could be compared with %d", own.number, extra={"action": "alike_failed"}
            )
            return ()

    async def preload(self) -> None:
        """Index the stories with many suggestions, so that the first search after a start is fast."""
        async with self._store.read() as tx:
            stories = [record.story for record in await tx.stories.list_all()]
            many = [each for each in stories if await tx.suggestions.count_public(each.slug) >= _WORTH]
        for story in many:
            async with self._lock(story.slug):
                await self._refresh_index(story)

    async def _refresh_index(self, story: Story) -> _StoryIndex:
        """Return the story's index, brought up to date."""
        index = self._indexes.get(story.slug)
        async with self._store.read() as tx:
            last = await tx.suggestions.get_last_change()
            changed: list[ComparableSuggestion] | None = None
            if index is not None and index.language == story.language:
                since = max(0, index.mark - _OVERLAP)
                changed = await tx.suggestions.list_comparable_since(story.slug, since, limit=_FEW)
            if index is None or changed is None:
                index = _StoryIndex(story.language, last)
                changed = await tx.suggestions.list_comparable(story.slug, limit=LARGEST)
        for start in range(0, len(changed), _AT_ONCE):
            index.take(changed[start : start + _AT_ONCE])
            # Nobody else is to wait for the reading of thousands.
            await asyncio.sleep(0)
        index.mark = last
        # It is weighed when it is put in, so what it weighed before must be taken off.
        self._indexes.pop(story.slug, None)
        self._indexes[story.slug] = index
        return index

    def _lock(self, slug: str) -> asyncio.Lock:
        return self._locks.setdefault(slug, asyncio.Lock())
