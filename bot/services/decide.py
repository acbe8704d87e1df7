"""The author's queue of ideas, and deciding on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.access import Viewer, require_author
from bot.domain.errors import (
    ChapterUnknown,
    MergeTargetInvalid,
    NotAnyAuthor,
    SuggestionUnknown,
)
from bot.domain.pages import excerpt
from bot.domain.story import Story
from bot.domain.suggestion import Decision, Suggestion, SuggestionState, allowed, decided, forbidden
from bot.services.browse import Choice, matching
from bot.services.lookup import SHOWN_TEXT, find_story, fold
from bot.services.outlook import Outlook
from bot.services.owe import new_nonce
from bot.services.ports import Store
from bot.services.storage import Change, Transaction
from bot.services.suggest import Suggested

_SHOWN_IDEA = 60
_TOLD_IDEA = 200

_NEWS = {
    Decision.ACCEPT: "suggestion-accepted",
    Decision.DECLINE: "suggestion-declined",
    Decision.MERGE: "suggestion-merged",
    Decision.USED: "suggestion-used",
    Decision.REOPEN: "suggestion-reopened",
}


@dataclass(frozen=True, slots=True)
class QueueView:
    """One idea of a queue, with its place in it: `position` of `total`, counted from 1, 0 in an empty queue.

    `scope` is the slug of the one story looked at, `state` the filter; None where there is none. `possible` are the
    decisions open now. `titles` has the titles of the chapters that the idea speaks of, by key.
    """

    suggestion: Suggestion | None
    story: Story | None
    position: int
    total: int
    state: SuggestionState | None
    scope: str | None
    possible: tuple[Decision, ...]
    history: tuple[Change, ...]
    titles: Mapping[str, str]


class Deciding:
    """Shows authors the ideas for their stories and records what they decide; the maker is owed word of it."""

    def __init__(self, store: Store, outlook: Outlook, clock: Clock) -> None:
        self._store = store
        self._outlook = outlook
        self._clock = clock

    async def queue(
        self, viewer: Viewer, story: str | None, state: SuggestionState | None, position: int = 1
    ) -> QueueView:
        """The idea at a position of the queue, newest first; out-of-range positions go to the nearest.

        Raises:
            Refusal: it is not theirs to see.
        """
        async with self._store.read() as tx:
            slugs = await self._slugs(tx, viewer, story)
            total = await tx.suggestions.count(slugs, state)
            index = min(max(position, 1), total)
            rows = await tx.suggestions.queue(slugs, state, offset=index - 1, limit=1) if total else []
            scope = next(iter(slugs)) if story is not None and slugs else None
            return await self._view(tx, rows[0] if rows else None, index, total, state, scope)

    async def look(self, viewer: Viewer, number: int) -> QueueView:
        """One idea by its number.

        Raises:
            Refusal: there is none, or it is not theirs to see.
        """
        async with self._store.read() as tx:
            suggestion, _ = await self._theirs(tx, viewer, number)
            return await self._view(tx, suggestion, 1, 1, None, None)

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
            suggestion, story = await self._theirs(tx, viewer, number)
            to = decided(number, suggestion.state, decision)
            if decision is Decision.MERGE:
                await self._check_merge(tx, suggestion, into)
            used_in = await self._chapter(tx, story, chapter) if decision is Decision.USED else None
            now = self._clock.now()
            done = await tx.suggestions.decide(
                number,
                was=suggestion.state,
                to=to,
                by=viewer.user_id,
                at=now,
                reason=reason or None,
                into=into if decision is Decision.MERGE else None,
                used_in=used_in[0] if used_in else None,
            )
            current = await tx.suggestions.get(number)
            if current is None:
                raise SuggestionUnknown(number=number)
            if not done:
                raise forbidden(number, current.state, decision)
            if suggestion.maker is not None:
                record = await tx.suggestions.history(number)
                await tx.notices.add(
                    suggestion.maker,
                    _NEWS[decision],
                    {
                        "number": str(number),
                        "story": story.title,
                        "idea": excerpt(suggestion.idea, _TOLD_IDEA),
                        "reason": reason or "",
                        "chapter": used_in[1] if used_in else "",
                        "into": str(into or ""),
                    },
                    key=f"suggestion:{number}:{len(record)}",
                    nonce=new_nonce(),
                    now=now,
                )
        return Suggested(current, story)

    async def number_choices(self, viewer: Viewer, typed: str) -> list[Choice]:
        """The ideas an author can still decide on."""
        async with self._store.read() as tx:
            slugs = await self._slugs(tx, viewer, None)
            rows = await tx.suggestions.queue(slugs, None, limit=500)
        return matching(
            (
                (f"{s.number}: {excerpt(s.idea, _SHOWN_IDEA)}", str(s.number))
                for s in rows
                if allowed(s.state)
            ),
            typed,
        )

    async def _slugs(self, tx: Transaction, viewer: Viewer, story: str | None) -> Collection[str]:
        if story is not None:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            return [record.story.slug]
        slugs = [record.story.slug for record in await tx.stories.all() if viewer.directs(record.story)]
        if not slugs:
            raise NotAnyAuthor
        return slugs

    async def _theirs(self, tx: Transaction, viewer: Viewer, number: int) -> tuple[Suggestion, Story]:
        suggestion = await tx.suggestions.get(number)
        record = await tx.stories.get(suggestion.story) if suggestion is not None else None
        if suggestion is None or record is None or not viewer.directs(record.story):
            # Whether a number exists is nobody's business but its story's authors'.
            raise SuggestionUnknown(number=number)
        return suggestion, record.story

    async def _check_merge(self, tx: Transaction, suggestion: Suggestion, into: int | None) -> None:
        target = await tx.suggestions.get(into) if into is not None else None
        if (
            target is None
            or target.number == suggestion.number
            or target.story != suggestion.story
            or target.state not in (SuggestionState.NEW, SuggestionState.ACCEPTED)
        ):
            raise MergeTargetInvalid(number=suggestion.number, into=into if into is not None else "nothing")

    async def _chapter(self, tx: Transaction, story: Story, typed: str | None) -> tuple[str, str]:
        """The chapter an idea was used in, one that is out or one of the files: its key, and the title that may be
        told, which is empty while the chapter is not out."""
        wanted = fold(typed or "")
        known = [(r.chapter, r.title, str(r.number), r.title) for r in await tx.releases.of(story.slug)]
        serial = self._outlook.serial(story.slug)
        if serial is not None:
            known += [(c.key, c.title, "", "") for c in serial.chapters]
        for key, title, number, told in known:
            if wanted and wanted in (fold(key), fold(title), number):
                return key, told
        raise ChapterUnknown(story=story.title, chapter=(typed or "…")[:SHOWN_TEXT])

    async def _view(
        self,
        tx: Transaction,
        suggestion: Suggestion | None,
        position: int,
        total: int,
        state: SuggestionState | None,
        scope: str | None,
    ) -> QueueView:
        record = await tx.stories.get(suggestion.story) if suggestion is not None else None
        return QueueView(
            suggestion=suggestion,
            story=record.story if record is not None else None,
            position=position if suggestion is not None else 0,
            total=total,
            state=state,
            scope=scope,
            possible=tuple(d for d in allowed(suggestion.state) if d is not Decision.WITHDRAW)
            if suggestion is not None
            else (),
            history=tuple(await tx.suggestions.history(suggestion.number)) if suggestion is not None else (),
            titles=await self._titles(tx, suggestion) if suggestion is not None else {},
        )

    async def _titles(self, tx: Transaction, suggestion: Suggestion) -> dict[str, str]:
        keys = {key for key in (suggestion.chapter, suggestion.used_in) if key is not None}
        serial = self._outlook.serial(suggestion.story)
        titles = {c.key: c.title for c in serial.chapters if c.key in keys} if serial is not None else {}
        for key in keys:
            release = await tx.releases.by_chapter(suggestion.story, key)
            if release is not None:
                titles[key] = release.title
        return titles
