"""Readers' ideas: making one, seeing one's own, taking one back."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.access import Viewer, may_know
from bot.domain.asking import Question
from bot.domain.errors import (
    AnonymousUnnamed,
    SuggestionNotYours,
    SuggestionsClosed,
    SuggestionUnknown,
)
from bot.domain.pages import excerpt
from bot.domain.release import Release
from bot.domain.screening import leads_elsewhere
from bot.domain.story import Story
from bot.domain.suggestion import Decision, Suggestion, SuggestionState, allowed, clean_idea
from bot.services.alike import Likening
from bot.services.asking import asked_in, require_open
from bot.services.browse import Choice, matching
from bot.services.limits import Limits, check_limits, check_reader
from bot.services.lookup import find_implied_story, find_release, find_story
from bot.services.ports import Store
from bot.services.retract import retract
from bot.services.storage import NewSuggestion, StoryRecord, Transaction

_log = logging.getLogger(__name__)

_SHOWN_IDEA = 60

Made = Callable[[Transaction, Story, Suggestion, datetime], Awaitable[None]]
"""What else is to happen in the transaction that queues an idea: the messages that show ideas follow."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an idea is for, and what is asked there."""

    story: Story
    chapter: Release | None
    question: Question


@dataclass(frozen=True, slots=True)
class Suggested:
    """An idea with the story it is for. `alike` are others' open ones that are like it, `told` is whether its maker
    hears by direct message what becomes of it."""

    suggestion: Suggestion
    story: Story
    alike: tuple[Suggestion, ...] = ()
    told: bool = True


class Suggesting:
    """Queues ideas, within the limits that keep readers from flooding an author."""

    def __init__(
        self, store: Store, clock: Clock, likening: Likening, limits: Limits, *, made: Made | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._likening = likening
        self._limits = limits
        self._made = made

    async def target(self, viewer: Viewer, story: str | None, chapter: str | None) -> Target:
        """What an idea made here would be for.

        Raises:
            Refusal: no such story or chapter here, several stories could be meant, or it takes no ideas.
        """
        async with self._store.read() as tx:
            record, release = await self._target(tx, viewer, story, chapter)
            asked = await self._open(tx, record, release, self._clock.now())
        return Target(record.story, release, asked)

    async def meant(self, viewer: Viewer, story: str | None, chapter: str | None) -> Target:
        """The same whether or not it takes ideas now.

        Raises:
            Refusal: no such story or chapter here, or several stories could be meant.
        """
        async with self._store.read() as tx:
            record, release = await self._target(tx, viewer, story, chapter)
            return Target(record.story, release, await asked_in(tx, record.story, release))

    async def suggest(
        self,
        viewer: Viewer,
        idea: str,
        *,
        story: str | None,
        chapter: str | None,
        anonymous: bool,
        name_me: bool = False,
    ) -> Suggested:
        """Queue an idea. One with a link or an invite is held until its author has seen it.

        Raises:
            Refusal: nothing was queued: it is empty or too long, comes too fast, has a word that is not wanted, there
                are too many open ones, or the story takes none, or none from this reader.
        """
        text = clean_idea(idea)
        now = self._clock.now()
        async with self._store.begin() as tx:
            record, release = await self._target(tx, viewer, story, chapter)
            slug = record.story.slug
            await tx.suggestions.alone([slug])
            await self._open(tx, record, release, now)
            await check_reader(tx, viewer, record.story, text, self._limits)
            await check_limits(tx, viewer, record.story, now, self._limits)
            suggestion = await tx.suggestions.add(
                NewSuggestion(
                    story=slug,
                    chapter=release.chapter if release is not None else None,
                    idea=text,
                    maker=viewer.user_id,
                    maker_name=viewer.name,
                    anonymous=anonymous,
                    name_me=name_me and not anonymous,
                    created_at=now,
                    guild_id=viewer.guild_id,
                    channel_id=viewer.channel_id,
                    held=leads_elsewhere(text),
                )
            )
            if self._made is not None:
                await self._made(tx, record.story, suggestion, now)
            told = (await tx.people.get(viewer.user_id)).told
        return Suggested(suggestion, record.story, await self._alike(record.story, suggestion), told)

    async def mine(self, viewer: Viewer) -> list[Suggested]:
        """Everything the viewer suggested, newest first."""
        async with self._store.read() as tx:
            known = [r.story for r in await tx.stories.all() if may_know(r.story, viewer)]
            stories = {story.slug: story for story in known}
            own = [one for one in await tx.suggestions.of_maker(viewer.user_id) if one.story in stories]
            return [Suggested(await _as_told(tx, one), stories[one.story]) for one in own]

    async def own(self, viewer: Viewer, number: int) -> Suggested:
        """One of the viewer's own, with whether they hear of it by direct message.

        Raises:
            SuggestionUnknown: there is none of that number.
            SuggestionNotYours: somebody else made it.
        """
        async with self._store.read() as tx:
            suggestion, story = await _own(tx, viewer, number)
            told = (await tx.people.get(viewer.user_id)).told
            return Suggested(await _as_told(tx, suggestion), story, told=told)

    async def again(self, viewer: Viewer, number: int) -> Suggested:
        """One of the viewer's own as it was just after it was made: with those that are alike.

        Raises:
            Refusal: as for `own`.
        """
        made = await self.own(viewer, number)
        if not made.suggestion.state.open:
            return made
        return replace(made, alike=await self._alike(made.story, made.suggestion))

    async def name(self, viewer: Viewer, number: int) -> Suggested:
        """Press: be named if one's idea is used, or no more.

        Raises:
            SuggestionUnknown: there is none of that number.
            SuggestionNotYours: somebody else made it.
            AnonymousUnnamed: it was made anonymously.
        """
        async with self._store.begin() as tx:
            suggestion, _ = await _own(tx, viewer, number)
            if suggestion.anonymous:
                raise AnonymousUnnamed(number=number)
            await tx.suggestions.name(number, maker=viewer.user_id, wanted=not suggestion.name_me)
            await tx.credits.stale([number])
        return await self.again(viewer, number)

    async def tell(self, viewer: Viewer, told: bool) -> None:
        """Whether news of their ideas come to the viewer by direct message."""
        async with self._store.begin() as tx:
            await tx.people.tell(viewer.user_id, told)

    async def withdraw(self, viewer: Viewer, number: int) -> Suggested:
        """Take one's own idea back.

        Raises:
            SuggestionUnknown: there is none of that number.
            SuggestionNotYours: somebody else made it.
            TransitionForbidden: it is past taking back.
        """
        async with self._store.begin() as tx:
            suggestion, story = await _own(tx, viewer, number)
            taken = await retract(tx, story, suggestion, by=viewer.user_id, now=self._clock.now())
        return Suggested(taken, story)

    async def own_choices(self, viewer: Viewer, typed: str) -> list[Choice]:
        """The viewer's ideas that can still be taken back."""
        async with self._store.read() as tx:
            own = await tx.suggestions.of_maker(viewer.user_id)
        return matching(
            (
                (f"{s.number}: {excerpt(s.idea, _SHOWN_IDEA)}", str(s.number))
                for s in own
                if Decision.WITHDRAW in allowed(s.state)
            ),
            typed,
        )

    async def _target(
        self, tx: Transaction, viewer: Viewer, story: str | None, chapter: str | None
    ) -> tuple[StoryRecord, Release | None]:
        record = (
            await find_story(tx, viewer, story) if story is not None else await find_implied_story(tx, viewer)
        )
        return record, await find_release(tx, record, chapter) if chapter is not None else None

    async def _open(
        self, tx: Transaction, record: StoryRecord, release: Release | None, now: datetime
    ) -> Question:
        """What is asked, if the story takes ideas for that now."""
        if not record.story.suggestions.open:
            raise SuggestionsClosed(story=record.story.title)
        await require_open(tx, record.story, release, now)
        return await asked_in(tx, record.story, release)

    async def _alike(self, story: Story, made: Suggestion) -> tuple[Suggestion, ...]:
        """Others' ideas that are like it. That they cannot be found must not look as if the idea was lost."""
        try:
            found: Sequence[Suggestion] = await self._likening.alike(
                story, made.idea, but=made.number, maker=made.maker
            )
        except Exception:
            _log.exception(
                "no ideas could be compared with %d", made.number, extra={"action": "alike_failed"}
            )
            return ()
        return tuple(found)


async def _own(tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, Story]:
    suggestion = await tx.suggestions.get(number)
    record = await tx.stories.get(suggestion.story) if suggestion is not None else None
    if suggestion is None or record is None:
        raise SuggestionUnknown(number=number)
    if suggestion.maker != viewer.user_id:
        raise SuggestionNotYours(number=number)
    return suggestion, record.story


async def _as_told(tx: Transaction, one: Suggestion) -> Suggestion:
    """The idea as its maker may know it: that a chapter uses it is told when that chapter is out."""
    if one.state is not SuggestionState.USED or one.used_in is None:
        return one
    if await tx.releases.by_chapter(one.story, one.used_in) is not None:
        return one
    return replace(one, state=SuggestionState.ACCEPTED, used_in=None, reason=None)
