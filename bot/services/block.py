"""Blocking: an author takes no more ideas from whoever made a certain one, without learning who that is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.access import Viewer
from bot.domain.errors import BlockSelf, BlockUnknown, MakerUnknown, SuggestionUnknown
from bot.domain.story import Story
from bot.domain.suggestion import Suggestion
from bot.services.ports import Store
from bot.services.pseudonym import pseudonym
from bot.services.storage import Transaction


@dataclass(frozen=True, slots=True)
class Blocked:
    """Whoever made `suggestion` makes no more for the story, or does again. `changed`: they did until now, or did
    not."""

    suggestion: Suggestion
    story: Story
    changed: bool


class Blocking:
    """Blocks by the idea's number. What is kept is a keyed hash, so it holds for who comes back after an erasure."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def block(self, viewer: Viewer, number: int) -> Blocked:
        """Take no more ideas for that story from its maker.

        Raises:
            Refusal: the idea is not theirs to decide on, its maker is erased, or is the one who blocks.
        """
        async with self._store.begin() as tx:
            idea, story = await _theirs(tx, viewer, number)
            if idea.maker is None:
                raise MakerUnknown(number=number)
            if idea.maker == viewer.user_id:
                raise BlockSelf(number=number)
            hashed = await pseudonym(tx, idea.maker)
            changed = await tx.blocks.add(
                story.slug, hashed, suggestion=number, by=viewer.user_id, at=self._clock.now()
            )
        return Blocked(idea, story, changed)

    async def unblock(self, viewer: Viewer, number: int) -> Blocked:
        """Take ideas from its maker again; any of their ideas will do, or the one they were blocked by.

        Raises:
            SuggestionUnknown: the idea is not theirs to decide on.
            BlockUnknown: nobody is blocked by it.
        """
        async with self._store.begin() as tx:
            idea, story = await _theirs(tx, viewer, number)
            hashed = await pseudonym(tx, idea.maker) if idea.maker is not None else None
            if not await tx.blocks.lift(story.slug, hashed=hashed, suggestion=number):
                raise BlockUnknown(number=number)
        return Blocked(idea, story, changed=True)


async def _theirs(tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, Story]:
    idea = await tx.suggestions.get(number)
    record = await tx.stories.get(idea.story) if idea is not None else None
    if idea is None or record is None or not viewer.directs(record.story):
        raise SuggestionUnknown(number=number)
    return idea, record.story
