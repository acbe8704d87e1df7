"""Deciding on readers' ideas, and who hears of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.access import Viewer
from bot.domain.errors import ChapterUnknown, MergeTargetInvalid, SuggestionUnknown
from bot.domain.story import Story
from bot.domain.suggestion import BY_AUTHORS, Decision, Suggestion, decided, forbidden
from bot.services.lookup import SHOWN_TEXT, fold
from bot.services.news import tell_of
from bot.services.outlook import Outlook
from bot.services.ports import Store
from bot.services.queue import find_theirs
from bot.services.storage import Transaction
from bot.services.suggest import Suggested


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a decision needs beyond itself: `used_in` is the key of a chapter."""

    reason: str | None = None
    into: int | None = None
    used_in: str | None = None


class Deciding:
    """Records what authors decide; everybody behind the idea is owed word of it."""

    def __init__(self, store: Store, outlook: Outlook, clock: Clock) -> None:
        self._store = store
        self._outlook = outlook
        self._clock = clock

    async def decide(
        self,
        viewer: Viewer,
        number: int,
        decision: Decision,
        *,
        reason: str | None = None,
        chapter: str | None = None,
        into: int | None = None,
    ) -> Suggested:
        """Decide on an idea. Two who decide at once decide once: the second is told how it stands.

        Raises:
            Refusal: it is not theirs, the step is not allowed now, or what it needs (the chapter it was used in, the
                idea it is merged into) is missing or wrong. Nothing is changed then.
        """
        async with self._store.begin() as tx:
            suggestion, record = await find_theirs(tx, viewer, number)
            if decision not in BY_AUTHORS:
                raise forbidden(number, suggestion.state, decision)
            to = decided(number, suggestion.state, decision)
            asked = await self._asked(tx, record.story, suggestion, decision, reason, chapter, into)
            now = self._clock.now()
            done = await tx.suggestions.decide(
                number,
                was=suggestion.state,
                to=to,
                by=viewer.user_id,
                at=now,
                reason=asked.reason,
                into=asked.into,
                used_in=asked.used_in,
            )
            current = await tx.suggestions.get(number)
            if current is None:
                raise SuggestionUnknown(number=number)
            if not done:
                raise forbidden(number, current.state, decision)
            await tell_of(tx, record.story, current, decision, by=viewer.user_id, now=now)
            joined = {number, asked.into or number, suggestion.into or number}
            await tx.panels.wake(current.story, joined, now)
        return Suggested(current, record.story)

    async def _asked(
        self,
        tx: Transaction,
        story: Story,
        suggestion: Suggestion,
        decision: Decision,
        reason: str | None,
        chapter: str | None,
        into: int | None,
    ) -> _Asked:
        """What the decision needs, found.

        Raises:
            MergeTargetInvalid: it cannot be merged into that.
            ChapterUnknown: the story has no such chapter.
        """
        if decision is Decision.MERGE:
            await _check_merge(tx, suggestion, into)
            return _Asked(reason or None, into=into)
        if decision is Decision.USED:
            return _Asked(reason or None, used_in=await self._chapter(tx, story, chapter))
        return _Asked(reason or None)

    async def _chapter(self, tx: Transaction, story: Story, typed: str | None) -> str:
        """The key of the chapter an idea was used in: one that is out, or one of the files.

        Raises:
            ChapterUnknown: there is none that is called so.
        """
        wanted = fold(typed or "")
        released = await tx.releases.of(story.slug)
        serial = self._outlook.serial(story.slug)
        coming = serial.chapters if serial is not None else ()
        named = (
            *((r.chapter, r.chapter) for r in released),
            *((name, r.chapter) for r in released for name in (r.title, str(r.number))),
            *((name, c.key) for c in coming for name in (c.key, c.title)),
        )
        for name, key in named:
            if wanted and wanted == fold(name):
                return key
        raise ChapterUnknown(story=story.title, chapter=(typed or "…")[:SHOWN_TEXT])


async def _check_merge(tx: Transaction, suggestion: Suggestion, into: int | None) -> None:
    target = await tx.suggestions.get(into) if into is not None else None
    if (
        target is None
        or target.number == suggestion.number
        or target.story != suggestion.story
        or not target.state.open
    ):
        raise MergeTargetInvalid(number=suggestion.number, into=into if into is not None else "nothing")
