"""The authors' review queue of suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_quote, redact_suggestion
from bot.domain.pages import excerpt
from bot.domain.stories.story import Story
from bot.domain.suggestions.panel_contents import QueueFilter, QueueListView, QueueView
from bot.domain.suggestions.suggestion import OPEN_STATES, Suggestion, SuggestionState, author_decisions
from bot.domain.text.fuzzy_search import search_entries
from bot.domain.text.normalization import fold
from bot.services.stories.autocomplete_choices import (
    MAX_CHOICES,
    Choice,
    SuggestionLabel,
    chapter_choices,
    suggestion_label,
)
from bot.services.stories.chapter_lookup import ChapterLabel, crediting_entries, default_chapter_label
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.decision_undo import undo_offer
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.services.suggestions.review_queue_list import compose_list, find_reviewed_stories, queue_query
from bot.services.suggestions.similarity import MOST_ALIKE, SimilarityIndex
from bot.services.suggestions.suggestion_lookup import find_directed
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.suggestions.review_queue_records import QueueEntry, QueueQuery
from bot.store.transaction import Transaction

SHOWN_IDEA = 60
_LIKELIEST = 10

DECIDABLE = tuple(state for state in SuggestionState if author_decisions(state))
"""The states in which an author can still decide something."""


class Direction(StrEnum):
    """The direction to go in the queue from the suggestion shown."""

    STAY = "stay"
    ON = "on"
    BACK = "back"


class ReviewQueue:
    """Shows authors the suggestions for their stories."""

    def __init__(
        self,
        store: Database,
        upcoming: UpcomingReleases,
        similarity: SimilarityIndex,
        clock: Clock,
        channel_policy: ReviewChannelPolicy | None = None,
    ) -> None:
        self._store = store
        self._upcoming = upcoming
        self._similarity = similarity
        self._clock = clock
        self._channel_policy = channel_policy or ReviewChannelPolicy()

    async def browse(
        self, viewer: Viewer, look: QueueFilter, number: int | None = None, step: Direction = Direction.STAY
    ) -> QueueView:
        """Return the suggestion of that number or its neighbour in the queue as it is now.

        Without a number, the first is returned. If the suggestion has left the queue or has no neighbour on
        that side, the nearest one is returned.

        Raises:
            Refusal: The queue is not the viewer's.
        """
        async with self._store.read() as tx:
            looked_at = await find_reviewed_stories(tx, viewer, look.story)
            theirs = looked_at if look.story is None else await find_reviewed_stories(tx, viewer, None)
            slugs = tuple(record.story.slug for record in looked_at)
            look = replace(look, story=slugs[0] if look.story is not None else None)
            wanted = queue_query(slugs, look)
            found = await _place(tx, wanted, number, step)
            suggestion = await tx.suggestions.get(found) if found is not None else None
            view = await self._view(tx, viewer, suggestion, theirs, look)
            if suggestion is not None:
                ahead, total = await tx.review_queue.locate(wanted, suggestion.number)
                view = replace(view, total=total, position=ahead + 1)
        return await self._with_alike(view)

    async def list_page(
        self, viewer: Viewer, look: QueueFilter, number: int = 0, step: int = 0
    ) -> QueueListView:
        """Return a page of the queue as a list, as it is now.

        It is the page with the suggestion of that number, or with the one that is `step` after it. If the
        suggestion has left the queue, it is the page on which it would be; without a number it is the first.

        Raises:
            Refusal: The queue is not the viewer's.
        """
        async with self._store.read() as tx:
            looked_at = await find_reviewed_stories(tx, viewer, look.story)
            theirs = looked_at if look.story is None else await find_reviewed_stories(tx, viewer, None)
            look = replace(look, story=looked_at[0].story.slug if look.story is not None else None)
            stories = [record.story for record in theirs]
            found = await compose_list(tx, viewer, stories, look, number, step)
            return replace(found, digest=await self._digest(tx, viewer, stories))

    async def get(self, viewer: Viewer, number: int) -> QueueView:
        """Return one suggestion by its number.

        Raises:
            SuggestionUnknown: There is none, or the viewer may not see it.
        """
        async with self._store.read() as tx:
            suggestion, record = await find_directed(tx, viewer, number)
            view = await self._view(tx, viewer, suggestion, [record], QueueFilter(state=None))
        return await self._with_alike(view)

    async def get_for_panel(self, number: int) -> QueueView | None:
        """Return one suggestion as a review channel shows it, or None if it is gone."""
        async with self._store.read() as tx:
            suggestion = await tx.suggestions.get(number)
            record = await tx.stories.get(suggestion.story) if suggestion is not None else None
            if suggestion is None or record is None:
                return None
            view = await self._view(tx, None, suggestion, [record], QueueFilter(state=None))
        return await self._with_alike(view)

    async def suggestion_choices(
        self,
        viewer: Viewer,
        typed: str,
        states: Sequence[SuggestionState] = DECIDABLE,
        *,
        label: SuggestionLabel = suggestion_label,
    ) -> list[Choice]:
        """Return the suggestions for the viewer's stories in these states that match by number or text."""
        async with self._store.read() as tx:
            stories = {each.story.slug: each.story for each in await find_reviewed_stories(tx, viewer, None)}
            found = await tx.review_queue.search(
                list(stories), states, fold(typed) or typed.strip(), MAX_CHOICES
            )
        return [_choice(viewer, stories[one.story], one, label) for one in found]

    async def merge_choices(
        self, viewer: Viewer, number: int, typed: str = "", *, label: SuggestionLabel = suggestion_label
    ) -> list[Choice]:
        """Return the possible merge targets of a suggestion: without a typed text the most similar first.

        Raises:
            SuggestionUnknown: There is no such suggestion, or the viewer may not see it.
        """
        async with self._store.read() as tx:
            suggestion, record = await find_directed(tx, viewer, number)
            more = await tx.review_queue.search(
                [suggestion.story], OPEN_STATES, fold(typed) or typed.strip(), MAX_CHOICES
            )
        author_decisions = {}
        if not typed:
            alike = await self._similarity.find_similar(
                record.story, suggestion.text, but=number, count=_LIKELIEST
            )
            author_decisions = {
                one.number: QueueEntry(one.number, one.text, one.story, one.state) for one in alike
            }
        author_decisions |= {one.number: one for one in more if one.number not in author_decisions}
        author_decisions.pop(number, None)
        return [_choice(viewer, record.story, one, label) for one in author_decisions.values()][:MAX_CHOICES]

    async def chapter_options(
        self, viewer: Viewer, number: int, typed: str = "", *, label: ChapterLabel = default_chapter_label
    ) -> list[Choice]:
        """Return the matching chapters that may have used a suggestion.

        Without a typed text, upcoming chapters come first, the next one on top, then released ones, newest
        first.

        Raises:
            SuggestionUnknown: There is no such suggestion, or the viewer may not see it.
        """
        async with self._store.read() as tx:
            suggestion, _ = await find_directed(tx, viewer, number)
            released = await tx.releases.list_by_story(suggestion.story)
        entries = crediting_entries(self._upcoming.serial(suggestion.story), released, label)
        if not typed.strip():
            # Of those to come no more than leave room for what is out.
            room = MAX_CHOICES - min(len(released), MAX_CHOICES // 2)
            coming = len(entries) - len(released)
            entries = entries[: min(coming, room)] + entries[coming:]
        return chapter_choices(search_entries(entries, typed, MAX_CHOICES))

    async def _with_alike(self, view: QueueView) -> QueueView:
        """Add similar open suggestions; the comparison needs no transaction."""
        one, story = view.suggestion, view.story
        if one is None or story is None or not one.state.is_open or one.veiled:
            return view
        alike = await self._similarity.find_similar(story, one.text, but=one.number, count=MOST_ALIKE)
        return replace(view, similar=tuple(alike))

    async def _view(
        self,
        tx: Transaction,
        viewer: Viewer | None,
        suggestion: Suggestion | None,
        theirs: Sequence[StoryRecord],
        look: QueueFilter,
    ) -> QueueView:
        stories = tuple(record.story for record in theirs)
        view = QueueView(look, stories=stories, digest=await self._digest(tx, viewer, stories))
        if suggestion is None:
            return view
        story = next(each for each in stories if each.slug == suggestion.story)
        if viewer is not None:
            suggestion = redact_suggestion(suggestion, story, viewer)
        history = await tx.suggestions.list_changes(suggestion.number)
        releases = await self._releases(tx, suggestion)
        return replace(
            view,
            suggestion=suggestion,
            story=story,
            possible=author_decisions(suggestion.state),
            history=tuple(replace(each, reason=None) for each in history)
            if suggestion.veiled
            else tuple(history),
            titles=self._file_titles(suggestion) | {key: title for key, (_, title) in releases.items()},
            released=frozenset(releases),
            release_number=releases[suggestion.chapter][0] if suggestion.chapter in releases else None,
            undo=undo_offer(history, self._clock.now()),
            votes=(await tx.polls.get_votes([suggestion.number])).get(suggestion.number),
        )

    async def _digest(self, tx: Transaction, viewer: Viewer | None, stories: Sequence[Story]) -> bool | None:
        if viewer is None or all([await self._channel_policy.channel_for(tx, story) for story in stories]):
            return None
        return (await tx.preferences.get(viewer.user_id)).digest

    async def _releases(self, tx: Transaction, suggestion: Suggestion) -> dict[str, tuple[int, str]]:
        """Return number and title of the released chapters that the suggestion refers to, by key."""
        found = {}
        for key in {suggestion.chapter, suggestion.used_in} - {None}:
            release = await tx.releases.get_by_chapter(suggestion.story, key) if key is not None else None
            if release is not None:
                found[release.chapter] = (release.number, release.title)
        return found

    def _file_titles(self, suggestion: Suggestion) -> dict[str, str]:
        serial = self._upcoming.serial(suggestion.story)
        keys = (suggestion.chapter, suggestion.used_in)
        return {c.key: c.title for c in serial.chapters if c.key in keys} if serial is not None else {}


def _choice(viewer: Viewer, story: Story, one: QueueEntry, label: SuggestionLabel) -> Choice:
    shown = may_quote(story, age_restricted=viewer.age_restricted)
    beginning = excerpt(one.beginning, SHOWN_IDEA) if shown else ""
    return Choice(label(one.number, beginning, one.state), str(one.number))


async def _place(tx: Transaction, wanted: QueueQuery, number: int | None, step: Direction) -> int | None:
    if number is None:
        return await tx.review_queue.find_first(wanted)
    if step is Direction.BACK and (before := await tx.review_queue.find_previous(wanted, number)) is not None:
        return before
    if step is Direction.ON and (after := await tx.review_queue.find_next(wanted, number)) is not None:
        return after
    if await tx.review_queue.contains(wanted, number):
        return number
    nearest = await tx.review_queue.find_next(wanted, number)
    return nearest if nearest is not None else await tx.review_queue.find_previous(wanted, number)
