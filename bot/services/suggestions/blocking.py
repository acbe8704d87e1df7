"""Blocks of suggesters by authors, who do not learn whom they blocked.

No answer here differs by suggester: not when they are blocked already by another of their suggestions, and
not when an anonymous one belongs to somebody whose data was erased.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion_refusals import (
    BlockSelf,
    BlockUnknown,
    MakerUnknown,
    SuggestionUnknown,
)
from bot.services.people.pseudonyms import is_suggester, suggester_pseudonym
from bot.services.suggestions.suggestion_lookup import find_directed
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class BlockResult:
    """A block that was set by the suggestion of that number, or lifted."""

    number: int
    story: Story


class BlockList:
    """Sets and lifts blocks by suggestion number. A keyed hash is stored, so a block outlives an erasure."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def block(self, viewer: Viewer, number: int) -> BlockResult:
        """Refuse further suggestions for that story from this suggester. Repeating it changes nothing.

        Raises:
            SuggestionUnknown: The suggestion is not for one of the viewer's stories.
            BlockSelf: It is the viewer's own.
            MakerUnknown: It was made under a name, its suggester's data was erased, and no hash was kept.
        """
        async with self._store.begin() as tx:
            suggestion, record = await find_directed(tx, viewer, number)
            if await is_suggester(tx, viewer.user_id, suggestion):
                raise BlockSelf(number=number)
            hashed = await suggester_pseudonym(tx, suggestion)
            if hashed is None and not suggestion.anonymous:
                # Everybody sees that this one is of somebody who was erased; of an anonymous one nobody does.
                raise MakerUnknown(number=number)
            await tx.blocks.add(number, record.story.slug, hashed, by=viewer.user_id, at=self._clock.now())
        return BlockResult(number, record.story)

    async def unblock(self, viewer: Viewer, number: int) -> BlockResult:
        """Lift the block set by that suggestion, which may be deleted by now.

        Other blocks of the same person remain.

        Raises:
            SuggestionUnknown: The suggestion is not for one of the viewer's stories.
            BlockUnknown: No block was set by it.
        """
        async with self._store.begin() as tx:
            suggestion = await tx.suggestions.get(number)
            slug = suggestion.story if suggestion is not None else await tx.blocks.find_story(number)
            record = await tx.stories.get(slug) if slug is not None else None
            if record is None or not viewer.is_author_of(record.story):
                raise SuggestionUnknown(number=number)
            if not await tx.blocks.remove(number):
                raise BlockUnknown(number=number)
        return BlockResult(number, record.story)
