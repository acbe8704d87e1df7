"""Supporters of suggestions: readers who vote for the suggestions of others, and what they see of these."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_quote, may_see
from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.domain.suggestions.suggestion_refusals import (
    SuggestionNotYours,
    SuggestionUnknown,
    SupportClosed,
    SupportMerged,
    SupportOwn,
)
from bot.services.people.pseudonyms import is_suggester
from bot.services.stories.story_lookup import find_story
from bot.services.suggestions.suggestion_lookup import find_own, find_suggestion, hide_unreleased_use
from bot.services.suggestions.withdrawal import withdraw_suggestion
from bot.store.database import Database
from bot.store.transaction import Transaction

PAGE = 5
"""Suggestions on a page of the most supported ones."""


@dataclass(frozen=True, slots=True)
class SupportResult:
    """A suggestion as one reader sees it."""

    suggestion: Suggestion
    story: Story
    supports: bool
    """Whether the reader supports it."""

    is_own: bool = False
    """Whether the reader made it."""


@dataclass(frozen=True, slots=True)
class TopSuggestions:
    """A page, counted from 0, of the most supported open suggestions of a story."""

    story: Story
    suggestions: tuple[SupportResult, ...]
    page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class SuggestionLocations:
    """Places where a suggestion can be read by somebody to whom it may not be shown here."""

    suggestion: Suggestion
    story: Story
    is_author: bool
    """Whether the viewer can read it in the review queue."""

    is_own: bool
    """Whether the viewer can read it among their own."""

    is_visible_here: bool
    """Whether it may be shown here after all."""

    channels: tuple[tuple[int, int], ...] = ()
    """Channels where it may be found, as pairs of guild and channel id."""


class Supporters:
    """Gives and takes back support: one vote each, and never for one's own suggestion."""

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def support(self, viewer: Viewer, number: int) -> SupportResult:
        """Support a suggestion. Repeating it changes nothing.

        Raises:
            Refusal: The suggestion does not exist for the viewer here, is their own, or takes no more
                support.
        """
        async with self._store.begin() as tx:
            suggestion, story = await _supportable(tx, viewer, number)
            return await self._support(tx, viewer, suggestion, story)

    async def unsupport(self, viewer: Viewer, number: int) -> SupportResult:
        """Take back support for a suggestion. Without support it changes nothing.

        Raises:
            Refusal: The suggestion does not exist for the viewer here, is their own, or takes no more
                support.
        """
        async with self._store.begin() as tx:
            suggestion, story = await _supportable(tx, viewer, number)
            if await tx.suggestions.remove_supporter(number, viewer.user_id):
                await tx.panels.wake(story.slug, [number], self._clock.now())
            return SupportResult(await _again(tx, suggestion), story, supports=False)

    async def toggle(self, viewer: Viewer, number: int) -> SupportResult:
        """Support a suggestion, or take the support back.

        Raises:
            Refusal: As for `support`.
        """
        async with self._store.read() as tx:
            supports = number in await tx.suggestions.filter_supported(viewer.user_id, [number])
        return await (self.unsupport if supports else self.support)(viewer, number)

    async def replace_own(self, viewer: Viewer, number: int, *, own: int) -> SupportResult:
        """Withdraw the viewer's own suggestion and support another of the same story: both or neither.

        Raises:
            Refusal: One of the two is not possible.
        """
        async with self._store.begin() as tx:
            suggestion, story = await _supportable(tx, viewer, number)
            mine, _ = await find_own(tx, viewer, own)
            if mine.story != suggestion.story:
                raise SuggestionNotYours(number=own)
            await withdraw_suggestion(tx, story, mine, by=viewer.user_id, now=self._clock.now())
            return await self._support(tx, viewer, suggestion, story)

    async def get(self, viewer: Viewer, number: int) -> SupportResult:
        """Return an open suggestion that readers may see.

        Raises:
            SuggestionUnknown: There is none of that number for the viewer here.
        """
        async with self._store.read() as tx:
            suggestion, record = await find_suggestion(tx, number)
            if not suggestion.is_public or not may_see(record.story, viewer):
                raise SuggestionUnknown(number=number)
            supports = number in await tx.suggestions.filter_supported(viewer.user_id, [number])
            own = await is_suggester(tx, viewer.user_id, suggestion)
            return SupportResult(suggestion, record.story, supports, is_own=own)

    async def locate(self, viewer: Viewer, number: int) -> SuggestionLocations:
        """Return where the viewer can read a suggestion that they have a part in.

        Raises:
            SuggestionUnknown: There is none of that number that the viewer has a part in.
        """
        async with self._store.read() as tx:
            suggestion, record = await find_suggestion(tx, number)
            story, is_author_of = record.story, viewer.is_author_of(record.story)
            if not is_author_of and viewer.user_id not in {
                involvement.user_id for involvement in await tx.suggestions.list_involved(number)
            }:
                raise SuggestionUnknown(number=number)
            own = suggestion.suggester == viewer.user_id
            places = [(suggestion.guild_id, suggestion.channel_id)] if own else []
            if viewer.guild_id is not None:
                here = await tx.subscriptions.list_by_guild(viewer.guild_id)
                places += [(each.guild_id, each.channel_id) for each in here if each.story == story.slug]
        known = dict.fromkeys((g, channel) for g, channel in places if g is not None and channel is not None)
        here_too = may_quote(story, age_restricted=viewer.age_restricted)
        return SuggestionLocations(suggestion, story, is_author_of, own, here_too, tuple(known))

    async def list_top(self, viewer: Viewer, story: str, page: int = 0) -> TopSuggestions:
        """Return the most supported open suggestions. Pages out of range go to the nearest.

        Raises:
            Refusal: The story does not exist for the viewer here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            total = await tx.suggestions.count_public(record.story.slug)
            pages = max(1, -(-total // PAGE))
            at = min(max(page, 0), pages - 1)
            found = await tx.suggestions.list_top(record.story.slug, offset=at * PAGE, limit=PAGE)
            theirs = await tx.suggestions.filter_supported(viewer.user_id, [one.number for one in found])
            own = {one.number for one in found if await is_suggester(tx, viewer.user_id, one)}
        suggestions = (
            SupportResult(one, record.story, one.number in theirs, is_own=one.number in own) for one in found
        )
        return TopSuggestions(record.story, tuple(suggestions), at, pages)

    async def _support(
        self, tx: Transaction, viewer: Viewer, suggestion: Suggestion, story: Story
    ) -> SupportResult:
        now = self._clock.now()
        if await tx.suggestions.add_supporter(suggestion.number, viewer.user_id, now):
            await tx.panels.wake(story.slug, [suggestion.number], now)
        return SupportResult(await _again(tx, suggestion), story, supports=True)


async def _supportable(tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, Story]:
    """Return a suggestion that takes this reader's support, holding its story's lock."""
    suggestion = await tx.suggestions.get(number)
    if suggestion is not None:
        await tx.suggestions.lock_stories([suggestion.story])
    # Read again, because it may have changed before the lock was granted.
    suggestion, record = await find_suggestion(tx, number)
    if suggestion.held or not may_see(record.story, viewer):
        # The answer must not reveal whether a number exists that the viewer may not see.
        raise SuggestionUnknown(number=number)
    if suggestion.state is SuggestionState.MERGED:
        raise SupportMerged(number=number, into=suggestion.merged_into)
    if not suggestion.state.is_open:
        raise SupportClosed(number=number, state=(await hide_unreleased_use(tx, suggestion)).state.value)
    if await is_suggester(tx, viewer.user_id, suggestion):
        raise SupportOwn(number=number)
    return suggestion, record.story


async def _again(tx: Transaction, suggestion: Suggestion) -> Suggestion:
    return await tx.suggestions.get(suggestion.number) or suggestion
