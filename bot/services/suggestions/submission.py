"""Submission of suggestions, and suggesters' access to their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.authorization import Viewer, may_know, redact_suggestion
from bot.domain.pages import excerpt
from bot.domain.releases.release import Release
from bot.domain.stories.chapter_prompts import ResolvedPrompt
from bot.domain.stories.story import Story
from bot.domain.suggestions.moderation import contains_link
from bot.domain.suggestions.submission_refusals import SuggestionsClosed
from bot.domain.suggestions.suggestion import Decision, Suggestion, allowed_decisions, clean_text
from bot.domain.suggestions.suggestion_refusals import AnonymousUnnamed
from bot.services.stories.autocomplete_choices import Choice, SuggestionLabel, match_choices, suggestion_label
from bot.services.stories.chapter_lookup import ChapterLabel, default_chapter_label
from bot.services.stories.chapter_prompts import find_prompt, require_open
from bot.services.stories.story_lookup import ImpliedStory, find_implied, find_release, find_story
from bot.services.suggestions.limits import SuggestionLimits, check_limits, check_mistakes, check_reader
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.suggestion_lookup import find_own, hide_unreleased_use
from bot.services.suggestions.withdrawal import withdraw_suggestion
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord
from bot.store.suggestions.suggestion_records import NewSuggestion
from bot.store.transaction import Transaction

_SHOWN_IDEA = 60

SubmissionHook = Callable[[Transaction, Story, Suggestion, datetime], Awaitable[None]]
"""Further work in the transaction that queues a suggestion, for the panels that show it."""


@dataclass(frozen=True, slots=True)
class SuggestionDraft:
    """A suggestion as its suggester wrote it."""

    text: str
    story: str | None
    """The story's name; without one, the story follows from where the draft was written."""

    chapter: str | None
    """The chapter's name, if the suggestion is for one."""

    anonymous: bool
    """Whether authors and readers do not learn the suggester's name."""

    name_me: bool = False
    """Whether the suggester is named in the credits of a chapter that uses the suggestion."""


@dataclass(frozen=True, slots=True)
class SuggestionTarget:
    """The story and chapter a suggestion is for, with the question asked there."""

    story: Story
    chapter: Release | None
    question: ResolvedPrompt


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """A suggestion with its story."""

    suggestion: Suggestion
    story: Story
    similar: tuple[Suggestion, ...] = ()
    """Similar open suggestions of others."""

    dm_notices: bool = True
    """Whether the suggester gets notices by direct message."""


class Submissions:
    """Queues suggestions within the limits, and shows suggesters their own."""

    def __init__(
        self,
        store: Database,
        clock: Clock,
        similarity: SimilarityIndex,
        limits: SuggestionLimits,
        *,
        on_submitted: SubmissionHook | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._similarity = similarity
        self._limits = limits
        self._on_submitted = on_submitted

    async def require_target(
        self,
        viewer: Viewer,
        story: str | None,
        chapter: str | None,
        *,
        label: ChapterLabel = default_chapter_label,
    ) -> SuggestionTarget:
        """Return the target of a suggestion made here.

        Args:
            viewer: The suggester.
            story: The story's name, if given.
            chapter: The chapter's name, if given.
            label: Formats chapters as lists show them, to recognize a picked one.

        Raises:
            Refusal: The story or chapter does not exist here, is ambiguous, or takes no suggestions.
        """
        async with self._store.read() as tx:
            record, release = await self._target(tx, viewer, story, chapter, label)
            asked = await self._open(tx, record, release, self._clock.now())
        return SuggestionTarget(record.story, release, asked)

    async def find_target(
        self,
        viewer: Viewer,
        story: str | None,
        chapter: str | None,
        *,
        label: ChapterLabel = default_chapter_label,
    ) -> SuggestionTarget:
        """Return the target like `require_target`, also if it takes no suggestions now.

        Raises:
            Refusal: The story or chapter does not exist here, or is ambiguous.
        """
        async with self._store.read() as tx:
            record, release = await self._target(tx, viewer, story, chapter, label)
            return SuggestionTarget(record.story, release, await find_prompt(tx, record.story, release))

    async def submit(
        self,
        viewer: Viewer,
        draft: SuggestionDraft,
        *,
        label: ChapterLabel = default_chapter_label,
        sure: bool = False,
    ) -> SubmissionResult:
        """Queue a suggestion. One with a link or an invite is held until its author has seen it.

        `label` formats chapters as lists show them, to recognize a picked one. `sure` queues also what looks
        like a mistake.

        Raises:
            IdeaDoubted: It looks like a mistake, and nothing was queued.
            Refusal: It is empty, too long or too fast, has an unwanted word, exceeds a limit, or the story
                takes none, or none from this reader. Nothing was queued.
        """
        text = clean_text(draft.text)
        now = self._clock.now()
        async with self._store.begin() as tx:
            record, release = await self._target(tx, viewer, draft.story, draft.chapter, label)
            slug = record.story.slug
            await tx.suggestions.lock_stories([slug])
            await self._open(tx, record, release, now)
            await check_reader(tx, viewer, record.story, text, self._limits)
            await check_limits(tx, viewer, record.story, now, self._limits)
            if not sure:
                await check_mistakes(tx, viewer, record.story, text)
            suggestion = await tx.suggestions.add(
                NewSuggestion(
                    story=slug,
                    chapter=release.chapter if release is not None else None,
                    text=text,
                    suggester=viewer.user_id,
                    suggester_name=viewer.name,
                    anonymous=draft.anonymous,
                    name_me=draft.name_me and not draft.anonymous,
                    created_at=now,
                    guild_id=viewer.guild_id,
                    channel_id=viewer.channel_id,
                    held=contains_link(text),
                )
            )
            if self._on_submitted is not None:
                await self._on_submitted(tx, record.story, suggestion, now)
            dm_notices = (await tx.preferences.get(viewer.user_id)).told
        similar = await self._similarity.find_similar_by_others(record.story, suggestion)
        return SubmissionResult(suggestion, record.story, similar, dm_notices)

    async def list_own(self, viewer: Viewer) -> list[SubmissionResult]:
        """Return all of the viewer's suggestions, newest first, as they may be shown here."""
        async with self._store.read() as tx:
            visible = [r.story for r in await tx.stories.list_all() if may_know(r.story, viewer)]
            stories = {story.slug: story for story in visible}
            own = [
                one for one in await tx.suggestions.list_by_suggester(viewer.user_id) if one.story in stories
            ]
            known = [await hide_unreleased_use(tx, one) for one in own]
        return [
            SubmissionResult(redact_suggestion(one, stories[one.story], viewer), stories[one.story])
            for one in known
        ]

    async def get_own(self, viewer: Viewer, number: int) -> SubmissionResult:
        """Return one of the viewer's suggestions as it may be shown here.

        Raises:
            SuggestionNotYours: The viewer has none of that number.
        """
        async with self._store.read() as tx:
            suggestion, story = await find_own(tx, viewer, number)
            dm_notices = (await tx.preferences.get(viewer.user_id)).told
            known = await hide_unreleased_use(tx, suggestion)
        return SubmissionResult(redact_suggestion(known, story, viewer), story, dm_notices=dm_notices)

    async def get_own_with_similar(self, viewer: Viewer, number: int) -> SubmissionResult:
        """Return one of the viewer's suggestions with similar ones, as after its submission.

        Raises:
            Refusal: As for `get_own`.
        """
        made = await self.get_own(viewer, number)
        if not made.suggestion.state.is_open or made.suggestion.veiled:
            return made
        return replace(
            made, similar=await self._similarity.find_similar_by_others(made.story, made.suggestion)
        )

    async def toggle_credit_name(self, viewer: Viewer, number: int) -> SubmissionResult:
        """Switch whether the viewer is named if the suggestion is used.

        Raises:
            SuggestionNotYours: The viewer has none of that number.
            AnonymousUnnamed: It was made anonymously.
        """
        async with self._store.begin() as tx:
            suggestion, _ = await find_own(tx, viewer, number)
            if suggestion.anonymous:
                raise AnonymousUnnamed(number=number)
            await tx.suggestions.set_name_me(number, suggester=viewer.user_id, wanted=not suggestion.name_me)
            await tx.credits.mark_stale([number])
        return await self.get_own_with_similar(viewer, number)

    async def set_dm_notices(self, viewer: Viewer, wanted: bool) -> None:
        """Set whether notices about the viewer's suggestions are sent by direct message."""
        async with self._store.begin() as tx:
            await tx.preferences.set_direct_messages(viewer.user_id, wanted)

    async def withdraw(self, viewer: Viewer, number: int) -> SubmissionResult:
        """Withdraw one of the viewer's suggestions.

        Raises:
            SuggestionNotYours: The viewer has none of that number.
            TransitionForbidden: It can no longer be withdrawn.
        """
        async with self._store.begin() as tx:
            suggestion, story = await find_own(tx, viewer, number)
            taken = await withdraw_suggestion(tx, story, suggestion, by=viewer.user_id, now=self._clock.now())
        return SubmissionResult(taken, story)

    async def withdrawable_choices(
        self, viewer: Viewer, typed: str, *, label: SuggestionLabel = suggestion_label
    ) -> list[Choice]:
        """Return the viewer's suggestions that can still be withdrawn."""
        own = (each.suggestion for each in await self.list_own(viewer))
        return match_choices(
            (
                (label(one.number, excerpt(one.text, _SHOWN_IDEA), one.state), str(one.number))
                for one in own
                if Decision.WITHDRAW in allowed_decisions(one.state)
            ),
            typed,
        )

    async def _target(
        self,
        tx: Transaction,
        viewer: Viewer,
        story: str | None,
        chapter: str | None,
        label: ChapterLabel = default_chapter_label,
    ) -> tuple[StoryRecord, Release | None]:
        if story is not None:
            implied = ImpliedStory(await find_story(tx, viewer, story))
        else:
            implied = await find_implied(tx, viewer)
        if chapter is None:
            return implied.record, implied.chapter
        return implied.record, await find_release(tx, viewer, implied.record, chapter, label)

    async def _open(
        self, tx: Transaction, record: StoryRecord, release: Release | None, now: datetime
    ) -> ResolvedPrompt:
        if not record.story.suggestions.open:
            raise SuggestionsClosed(story=record.story.title)
        await require_open(tx, record.story, release, now)
        return await find_prompt(tx, record.story, release)
