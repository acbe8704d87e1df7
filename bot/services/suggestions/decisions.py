"""Authors' decisions on suggestions.

Seen by: authors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.message_templates import Message
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import ChapterUnknown
from bot.domain.suggestions.panel_contents import UndoOffer
from bot.domain.suggestions.suggestion import (
    AUTHOR_DECISIONS,
    UNDO_TIME,
    Decision,
    Suggestion,
    apply_decision,
    transition_refusal,
)
from bot.domain.suggestions.suggestion_refusals import (
    ChapterNeeded,
    DecisionGone,
    MergeTargetInvalid,
    SuggestionUnknown,
)
from bot.services.stories.chapter_lookup import (
    SHOWN_TEXT,
    ChapterLabel,
    UpcomingChapter,
    crediting_entries,
    default_chapter_label,
    pick_one,
)
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.credits import follow_use
from bot.services.suggestions.decision_notices import notify_of_decision
from bot.services.suggestions.decision_undo import undo_decision, undo_offer
from bot.services.suggestions.submission import SubmissionResult
from bot.services.suggestions.suggestion_lookup import find_directed
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import StateChange
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """Additional facts that some decisions need."""

    reason: str | None = None
    """The author's explanation to the people behind the suggestion."""

    chapter: str | None = None
    """The chapter of use as typed: a mark, a number, a label from a list, a title or a key."""

    into: int | None = None
    """The number of the suggestion to merge into."""


NO_DETAILS = DecisionDetails()


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """A suggestion after a decision, with its story."""

    suggestion: Suggestion
    story: Story
    undo: UndoOffer | None = None
    """Set if the decision can be undone; people are told of it when that ends."""
    waits_for_chapter: bool = False
    """Whether people are told only when the chapter that uses it is released."""


class Decisions:
    """Records authors' decisions and notifies everybody involved."""

    def __init__(
        self, store: Database, upcoming: UpcomingReleases, clock: Clock, *, undo_time: timedelta = UNDO_TIME
    ) -> None:
        """Create the service. With an `undo_time` of 0 people are told at once and nothing can be undone."""
        self._store = store
        self._upcoming = upcoming
        self._clock = clock
        self._undo_time = undo_time

    async def decide(
        self,
        viewer: Viewer,
        number: int,
        decision: Decision,
        details: DecisionDetails = NO_DETAILS,
        *,
        label: ChapterLabel = default_chapter_label,
    ) -> DecisionResult:
        """Decide on a suggestion. `label` formats chapters as lists show them, to recognize a picked one.

        Of two simultaneous decisions one is recorded, and the other is refused with the new state.

        Raises:
            Refusal: The suggestion is not for the viewer's story, the step is not allowed now, or the details
                are missing or wrong. Nothing is changed then.
        """
        async with self._store.begin() as tx:
            suggestion, record = await find_directed(tx, viewer, number)
            if decision not in AUTHOR_DECISIONS:
                raise transition_refusal(number, suggestion.state)
            to = apply_decision(number, suggestion.state, decision)
            used_in = None
            if decision is Decision.USED:
                used_in = await self._chapter(tx, record.story, details.chapter, label)
            if decision is Decision.MERGE:
                await _check_merge(tx, suggestion, details.into)
            now = self._clock.now()
            done = await tx.suggestions.decide(
                number,
                StateChange(
                    was=suggestion.state,
                    to=to,
                    by=viewer.user_id,
                    at=now,
                    reason=details.reason or None,
                    into=details.into if decision is Decision.MERGE else None,
                    used_in=used_in,
                    undo_until=now + self._undo_time if self._undo_time else None,
                ),
            )
            current = await tx.suggestions.get(number)
            if current is None:
                raise SuggestionUnknown(number=number)
            if not done:
                raise transition_refusal(number, current.state)
            await notify_of_decision(tx, record.story, current, now=now)
            await follow_use(tx, record.story, current, suggestion.merged_into, now)
            joined = {number, current.merged_into or number, suggestion.merged_into or number}
            await tx.panels.wake(current.story, joined, now)
            undo = undo_offer(await tx.suggestions.list_changes(number), now)
            secret = current.used_in is not None and not await self._is_out(tx, current)
        return DecisionResult(current, record.story, undo, waits_for_chapter=secret)

    async def undo(self, viewer: Viewer, change_id: int) -> SubmissionResult:
        """Undo a decision: the suggestion is as it was before, and nobody is told.

        Raises:
            DecisionGone: The suggestion was deleted.
            SuggestionUnknown: It is not for one of the viewer's stories.
            Refusal: It is too late, it was undone already, or more has happened since. Nothing is changed then.
        """
        async with self._store.begin() as tx:
            number = await tx.suggestions.find_changed(change_id)
            if number is None:
                raise DecisionGone
            _, record = await find_directed(tx, viewer, number)
            current = await undo_decision(tx, record.story, number, change_id, self._clock)
        return SubmissionResult(current, record.story)

    async def require_allowed(self, viewer: Viewer, number: int, decision: Decision) -> None:
        """Refuse a decision that is not allowed, before its details are asked for.

        Raises:
            SuggestionUnknown: The suggestion is not for one of the viewer's stories.
            TransitionForbidden: The step is not allowed now.
        """
        async with self._store.read() as tx:
            suggestion, _ = await find_directed(tx, viewer, number)
        apply_decision(number, suggestion.state, decision)

    async def _is_out(self, tx: Transaction, suggestion: Suggestion) -> bool:
        return await tx.releases.get_by_chapter(suggestion.story, suggestion.used_in or "") is not None

    async def _chapter(self, tx: Transaction, story: Story, typed: str | None, label: ChapterLabel) -> str:
        """Return the key of the chapter of use: a released one, or an upcoming one from the files.

        Raises:
            ChapterNeeded: None is named.
            ChapterUnknown: There is none of that name.
            ChapterUnclear: There are several.
        """
        if not (typed or "").strip():
            raise ChapterNeeded
        released = await tx.releases.list_by_story(story.slug)
        entries = crediting_entries(self._upcoming.serial(story.slug), released, label)
        found = pick_one(entries, typed or "", story=story.title)
        if found is None:
            raise ChapterUnknown(story=story.title, chapter=(typed or "")[:SHOWN_TEXT])
        return found.chapter.key if isinstance(found, UpcomingChapter) else found.chapter


async def _check_merge(tx: Transaction, suggestion: Suggestion, into: int | None) -> None:
    target = await tx.suggestions.get(into) if into is not None else None
    if (
        target is None
        or target.number == suggestion.number
        or target.story != suggestion.story
        or not target.state.is_open
    ):
        raise MergeTargetInvalid(number=suggestion.number, into=into if into is not None else Message("none"))
