"""Blocking: an author takes no more ideas from whoever made a certain one, without learning who that is.

Nothing here answers differently for who made an idea: not whether they are blocked by another of theirs, and not
whether an anonymous one is of somebody who was erased.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.errors import BlockSelf, BlockUnknown, MakerUnknown, SuggestionUnknown
from bot.domain.stories.story import Story
from bot.services.people.pseudonyms import is_maker, maker_of
from bot.services.suggestions.suggestion_lookup import find_directed
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class BlockResult:
    """A block that was made with the idea of that number, or undone."""

    number: int
    story: Story


class BlockList:
    """Blocks by the idea's number. What is kept is a keyed hash, so it holds for who comes back after an erasure."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def block(self, viewer: Viewer, number: int) -> BlockResult:
        """Take no more ideas for that story from its maker, as long as this block stands; once more changes nothing.

        Raises:
            SuggestionUnknown: the idea is not theirs to decide on.
            BlockSelf: it is the viewer's own.
            MakerUnknown: it was made under a name, its maker was erased, and no hash of them was kept.
        """
        async with self._store.begin() as tx:
            suggestion, record = await find_directed(tx, viewer, number)
            if await is_maker(tx, viewer.user_id, suggestion):
                raise BlockSelf(number=number)
            hashed = await maker_of(tx, suggestion)
            if hashed is None and not suggestion.anonymous:
                # Everybody sees that this one is of somebody who was erased; of an anonymous one nobody does.
                raise MakerUnknown(number=number)
            await tx.blocks.add(number, record.story.slug, hashed, by=viewer.user_id, at=self._clock.now())
        return BlockResult(number, record.story)

    async def unblock(self, viewer: Viewer, number: int) -> BlockResult:
        """Undo the block made with that idea, which may be gone. Others on the same person stand.

        Raises:
            SuggestionUnknown: the idea is not theirs to decide on.
            BlockUnknown: no block was made with it.
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
