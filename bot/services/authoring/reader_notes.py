"""A word from an author to the readers that is no chapter: previewed, then posted once to everybody who reads along."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.releases.calendar_news import CalendarChange, NewsKind
from bot.domain.stories.authoring_refusals import DraftGone, NoteEmpty, NoteTooSoon
from bot.domain.stories.story import Story
from bot.services.authoring.private_drafts import PrivateDraft, PrivateDrafts
from bot.services.releases.calendar_audience import CalendarAudience
from bot.services.releases.calendar_notices import CalendarNotices, NewsReport
from bot.services.stories.story_lookup import find_story
from bot.store.database import Database
from bot.store.stories.story_records import StoryRecord

NOTE_LENGTH = 1500
_A_DAY = 3
_DAY = timedelta(days=1)

_BLANK_LINES = re.compile(r"\n[^\S\n]*+\n\s*+")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NotePreview:
    """A note as it would go out."""

    draft_id: str
    story: Story
    by: str
    text: str
    audience: CalendarAudience
    silent_forums: int


class ReaderNotes:
    """Previews notes and sends them by the notices' reliable way."""

    def __init__(
        self, store: Database, drafts: PrivateDrafts, notices: CalendarNotices, clock: Clock
    ) -> None:
        self._store = store
        self._drafts = drafts
        self._notices = notices
        self._clock = clock
        self._sending = asyncio.Lock()

    async def find(self, viewer: Viewer, story: str) -> Story:
        """Return the story that a note is for.

        Raises:
            Refusal: The story is not theirs.
            NoteTooSoon: It has had enough notes for a day.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            await self._require_quiet(record.story)
        return record.story

    async def keep(self, viewer: Viewer, story: str, text: str) -> str:
        """Keep a note for its preview; return the draft's id.

        Raises:
            Refusal: The story is not theirs.
            NoteEmpty: It has no word.
            NoteTooSoon: The story has had enough notes for a day.
        """
        found = await self.find(viewer, story)
        if not text.strip():
            raise NoteEmpty
        # Many blank lines would push everything else out of the readers' sight, and out of Discord's limit.
        text = _BLANK_LINES.sub("\n\n", text.strip())[:NOTE_LENGTH].rstrip()
        facts = {"kind": "note", "story": found.slug, "text": text}
        return (await self._drafts.create(viewer.user_id, facts)).id

    async def preview(self, viewer: Viewer, draft_id: str) -> NotePreview:
        """Return what would be posted where.

        Raises:
            DraftGone: It is kept no longer.
            Refusal: The story is not theirs.
        """
        draft, record = await self._find(viewer, draft_id)
        audience, silent = await self._notices.find_note_audience(record)
        by = _name_of(viewer, record.story)
        return NotePreview(draft_id, record.story, by, draft.facts["text"], audience, silent)

    async def send(self, viewer: Viewer, draft_id: str) -> NewsReport:
        """Post a note, each once; return how far that went within a few seconds.

        Raises:
            DraftGone: It is kept no longer, or was sent already.
            NoteTooSoon: The story has had enough notes for a day.
            Refusal: The story is not theirs.
        """
        # One after the other, so that of many sent at once no more go out than a day allows.
        async with self._sending:
            draft, record = await self._find(viewer, draft_id)
            # From when it was written, so that a second press, or one after a crash, sends nothing twice.
            number = note_number(draft.made_at)
            await self._require_quiet(record.story, besides=number)
            by, text = _name_of(viewer, record.story), draft.facts["text"]
            number = await self._notices.enter_note(record, number, by, text)
            await self._drafts.delete(draft)
        _log.info(
            "%s: a note by user %d",
            record.story.slug,
            viewer.user_id,
            extra={"action": "note_sent", "story": record.story.slug, "user": viewer.user_id},
        )
        await self._notices.sweep_for_a_while()
        return await self._notices.report(viewer, record.story.slug, CalendarChange(NewsKind.NOTE, number))

    async def discard(self, viewer: Viewer, draft_id: str) -> None:
        """Delete a note that was not sent; one that is gone already does not matter."""
        try:
            await self._drafts.delete(await self._drafts.load(draft_id, viewer.user_id))
        except DraftGone:
            return

    async def _find(self, viewer: Viewer, draft_id: str) -> tuple[PrivateDraft, StoryRecord]:
        draft = await self._drafts.load(draft_id, viewer.user_id)
        if draft.facts.get("kind") != "note":
            raise DraftGone
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, draft.facts["story"])
        require_author(record.story, viewer)
        return draft, record

    async def _require_quiet(self, story: Story, besides: int | None = None) -> None:
        """Refuse if there were enough notes in the last day, not counting the one of that number."""
        now = self._clock.now()
        sent = await self._notices.list_notes(story.slug, note_number(now - _DAY)) - {besides}
        if len(sent) >= _A_DAY:
            oldest = note_time(max(sent)) + _DAY
            raise NoteTooSoon(story=story.title, count=len(sent), at=int(oldest.timestamp()))


_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def note_number(written_at: datetime) -> int:
    """Return the number of a note among a story's notices: below zero, where no change of a calendar is."""
    return -max(1, int((written_at - _EPOCH).total_seconds()))


def note_time(number: int) -> datetime:
    """Return when the note of that number was written."""
    return _EPOCH - timedelta(seconds=number)


def _name_of(viewer: Viewer, story: Story) -> str:
    return next((each.name for each in story.authors if each.discord == viewer.user_id), viewer.name)
