"""Readers standing behind others' ideas, and what they see of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_quote, may_see
from bot.domain.errors import SuggestionNotYours, SuggestionUnknown, SupportClosed, SupportMerged, SupportOwn
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.services.people.pseudonyms import is_maker
from bot.services.stories.story_lookup import find_story
from bot.services.suggestions.suggestion_lookup import find_own, find_suggestion, hide_unreleased_use
from bot.services.suggestions.withdrawal import withdraw_suggestion
from bot.store.database import Database
from bot.store.transaction import Transaction

PAGE = 5
"""Ideas on a page of the most supported."""


@dataclass(frozen=True, slots=True)
class SupportResult:
    """An idea as it stands with one reader. `supports` is whether they do; `own` whether they made it."""

    suggestion: Suggestion
    story: Story
    supports: bool
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class TopSuggestions:
    """A page, counted from 0, of the most supported open ideas of a story."""

    story: Story
    suggestions: tuple[SupportResult, ...]
    page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class SuggestionLocations:
    """Where an idea can be read by somebody who may not be shown it here. `is_author_of`: in the queue of its story's
    author; `own`: among their own. `places` are channels that come into question, each with its server.
    `here`: it may be shown here after all."""

    suggestion: Suggestion
    story: Story
    is_author: bool
    is_own: bool
    is_visible_here: bool
    channels: tuple[tuple[int, int], ...] = ()


class Support:
    """One press each, never for one's own idea, only for what readers may see and authors have not settled."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def support(self, viewer: Viewer, number: int) -> SupportResult:
        """Stand behind an idea; once more changes nothing.

        Raises:
            Refusal: there is no such idea for them here, it is their own, or it takes no more support.
        """
        async with self._store.begin() as tx:
            idea, story = await _supportable(tx, viewer, number)
            return await self._support(tx, viewer, idea, story)

    async def unsupport(self, viewer: Viewer, number: int) -> SupportResult:
        """Stand behind it no more; without having done so it changes nothing.

        Raises:
            Refusal: there is no such idea for them here, it is their own, or it takes no more support.
        """
        async with self._store.begin() as tx:
            idea, story = await _supportable(tx, viewer, number)
            if await tx.suggestions.remove_supporter(number, viewer.user_id):
                await tx.panels.wake(story.slug, [number], self._clock.now())
            return SupportResult(await _again(tx, idea), story, supports=False)

    async def toggle(self, viewer: Viewer, number: int) -> SupportResult:
        """One press: stand behind it, or no more.

        Raises:
            Refusal: as for `support`.
        """
        async with self._store.read() as tx:
            supports = number in await tx.suggestions.filter_supported(viewer.user_id, [number])
        return await (self.unsupport if supports else self.support)(viewer, number)

    async def replace_own(self, viewer: Viewer, number: int, *, own: int) -> SupportResult:
        """Stand behind another idea of the same story and take the own one back: both or neither.

        Raises:
            Refusal: either is not possible.
        """
        async with self._store.begin() as tx:
            idea, story = await _supportable(tx, viewer, number)
            mine, _ = await find_own(tx, viewer, own)
            if mine.story != idea.story:
                raise SuggestionNotYours(number=own)
            await withdraw_suggestion(tx, story, mine, by=viewer.user_id, now=self._clock.now())
            return await self._support(tx, viewer, idea, story)

    async def get(self, viewer: Viewer, number: int) -> SupportResult:
        """An open idea that readers may see.

        Raises:
            SuggestionUnknown: there is none of that number for them here.
        """
        async with self._store.read() as tx:
            idea, record = await find_suggestion(tx, number)
            if not idea.is_public or not may_see(record.story, viewer):
                raise SuggestionUnknown(number=number)
            supports = number in await tx.suggestions.filter_supported(viewer.user_id, [number])
            own = await is_maker(tx, viewer.user_id, idea)
            return SupportResult(idea, record.story, supports, is_own=own)

    async def locate(self, viewer: Viewer, number: int) -> SuggestionLocations:
        """Where an idea can be read that the viewer heard of, but may not be shown here.

        Raises:
            SuggestionUnknown: there is none of that number that they have to do with.
        """
        async with self._store.read() as tx:
            idea, record = await find_suggestion(tx, number)
            story, is_author_of = record.story, viewer.is_author_of(record.story)
            if not is_author_of and viewer.user_id not in {
                stake.user_id for stake in await tx.suggestions.list_involved(number)
            }:
                raise SuggestionUnknown(number=number)
            own = idea.suggester == viewer.user_id
            places = [(idea.guild_id, idea.channel_id)] if own else []
            if viewer.guild_id is not None:
                here = await tx.subscriptions.list_by_guild(viewer.guild_id)
                places += [(each.guild_id, each.channel_id) for each in here if each.story == story.slug]
        known = dict.fromkeys((g, channel) for g, channel in places if g is not None and channel is not None)
        here_too = may_quote(story, age_restricted=viewer.age_restricted)
        return SuggestionLocations(idea, story, is_author_of, own, here_too, tuple(known))

    async def list_top(self, viewer: Viewer, story: str, page: int = 0) -> TopSuggestions:
        """The most supported open ideas; pages out of range go to the nearest.

        Raises:
            Refusal: there is no such story for them here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            total = await tx.suggestions.count_public(record.story.slug)
            pages = max(1, -(-total // PAGE))
            at = min(max(page, 0), pages - 1)
            found = await tx.suggestions.list_top(record.story.slug, offset=at * PAGE, limit=PAGE)
            theirs = await tx.suggestions.filter_supported(viewer.user_id, [one.number for one in found])
            own = {one.number for one in found if await is_maker(tx, viewer.user_id, one)}
        ideas = (
            SupportResult(one, record.story, one.number in theirs, is_own=one.number in own) for one in found
        )
        return TopSuggestions(record.story, tuple(ideas), at, pages)

    async def _support(
        self, tx: Transaction, viewer: Viewer, idea: Suggestion, story: Story
    ) -> SupportResult:
        now = self._clock.now()
        if await tx.suggestions.add_supporter(idea.number, viewer.user_id, now):
            await tx.panels.wake(story.slug, [idea.number], now)
        return SupportResult(await _again(tx, idea), story, supports=True)


async def _supportable(tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, Story]:
    """An idea that takes this reader's support, with nobody else changing its story's ideas."""
    idea = await tx.suggestions.get(number)
    if idea is not None:
        await tx.suggestions.lock_stories([idea.story])
    # Read again, because it may have changed before the lock was granted.
    idea, record = await find_suggestion(tx, number)
    if idea.held or not may_see(record.story, viewer):
        # Whether a number that they may not see exists is not told.
        raise SuggestionUnknown(number=number)
    if idea.state is SuggestionState.MERGED:
        raise SupportMerged(number=number, into=idea.merged_into)
    if not idea.state.is_open:
        raise SupportClosed(number=number, state=(await hide_unreleased_use(tx, idea)).state.value)
    if await is_maker(tx, viewer.user_id, idea):
        raise SupportOwn(number=number)
    return idea, record.story


async def _again(tx: Transaction, idea: Suggestion) -> Suggestion:
    return await tx.suggestions.get(idea.number) or idea
