"""Authors' decisions on suggestions.

Seen by: authors.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.message_templates import Message
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import ChapterUnknown
from bot.domain.suggestions.suggestion import (
    AUTHOR_DECISIONS,
    Decision,
    Suggestion,
    apply_decision,
    transition_refusal,
)
from bot.domain.suggestions.suggestion_refusals import ChapterNeeded, MergeTargetInvalid, SuggestionUnknown
from bot.services.stories.chapter_lookup import (
    SHOWN_TEXT,
    ChapterLabel,
    UpcomingChapter,
    crediting_entries,
    default_chapter_label,
    pick_one,
)
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.decision_notices import notify_of_decision
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


class Decisions:
    """Records authors' decisions and notifies everybody involved."""

    def __init__(self, store: Database, upcoming: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._upcoming = upcoming
        self._clock = clock

    async def decide(
        self,
        viewer: Viewer,
        number: int,
        decision: Decision,
        details: DecisionDetails = NO_DETAILS,
        *,
        label: ChapterLabel = default_chapter_label,
    ) -> SubmissionResult:
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
                ),
            )
            current = await tx.suggestions.get(number)
            if current is None:
                raise SuggestionUnknown(number=number)
            if not done:
                raise transition_refusal(number, current.state)
            await notify_of_decision(tx, record.story, current, decision, by=viewer.user_id, now=now)
            joined = {number, current.merged_into or number, suggestion.merged_into or number}
            await tx.panels.wake(current.story, joined, now)
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
