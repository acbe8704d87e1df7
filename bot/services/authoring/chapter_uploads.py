"""Chapters from attachments: read, shown as readers will see them, and written once their author accepts."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.authorization import Viewer
from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory
from bot.domain.pages import Page, count_words, paginate
from bot.domain.stories.authoring_refusals import DraftGone, UploadEmpty, UploadTooLarge
from bot.domain.stories.story import Story
from bot.services.authoring.authoring_files import UploadReport
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.private_drafts import PrivateDraft

MEGABYTE = 1_000_000
LARGEST_UPLOAD = 50 * MEGABYTE
"""Bytes of all files that are sent at once."""

_KEPT = 4
"""Uploads whose chapters are kept in memory; others are read again."""


@dataclass(frozen=True, slots=True)
class PreviewedChapter:
    """A chapter of an upload."""

    title: str
    words: int
    page_count: int
    is_known: bool
    """Set if the story has it already."""


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """An upload as it would be written."""

    draft_id: str
    story: Story
    names: Sequence[str]
    """Names of the files as they were sent."""
    chapters: Sequence[PreviewedChapter]
    decisions: Sequence[ImportDecision]
    warnings: Sequence[str]

    @property
    def known_count(self) -> int:
        """The number of chapters that the story has already."""
        return sum(each.is_known for each in self.chapters)


@dataclass(frozen=True, slots=True)
class UploadedPage:
    """A page of an uploaded chapter, as readers will see it."""

    story: Story
    draft_id: str
    chapter: ImportedChapter
    chapter_number: int
    """From 1."""
    chapter_count: int
    page: Page
    number: int
    """From 1."""
    count: int


@dataclass(frozen=True, slots=True)
class UploadResult:
    """The written files, and when the first of the story's chapters comes."""

    story: Story
    report: UploadReport
    first_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Read:
    imported: ImportedStory
    chapters: tuple[PreviewedChapter, ...]
    pages: tuple[tuple[Page, ...], ...]


class ChapterUploads:
    """Prepares uploads, shows them, and writes those that are accepted."""

    def __init__(self, parts: AuthoringParts, *, page_length: int) -> None:
        self._store = parts.store
        self._files = parts.files
        self._own = parts.own
        self._drafts = parts.drafts
        self._updates = parts.updates
        self._upcoming = parts.upcoming
        self._clock = parts.clock
        self._page_length = page_length
        self._read: OrderedDict[tuple[str, frozenset[str]], _Read] = OrderedDict()
        self._reading, self._writing = asyncio.Lock(), asyncio.Lock()

    async def begin(self, viewer: Viewer, story: str, files: Sequence[tuple[str, int]]) -> PrivateDraft:
        """Make room for files, given by name and size in bytes, before they are downloaded.

        Raises:
            Refusal: The story is not theirs.
            UploadTooLarge: They are too large.
        """
        found = await self._own.find(viewer, story)
        if sum(size for _, size in files) > LARGEST_UPLOAD:
            largest = max(files, key=lambda each: each[1])
            raise UploadTooLarge(file=largest[0], limit=LARGEST_UPLOAD // MEGABYTE)
        names = [name for name, _ in files]
        facts = {"kind": "upload", "story": found.slug, "names": names, "refused": []}
        return await self._drafts.create(viewer.user_id, facts)

    async def prepare(self, viewer: Viewer, draft_id: str) -> UploadPreview:
        """Read what was downloaded; if that fails nothing of it is kept.

        Raises:
            UploadUnreadable, UploadEmpty: There is nothing to preview.
        """
        try:
            return await self.show(viewer, draft_id)
        except Exception:
            await self.discard(viewer, draft_id)
            raise

    async def show(self, viewer: Viewer, draft_id: str) -> UploadPreview:
        """Return the preview of an upload.

        Raises:
            DraftGone: It is kept no longer.
            Refusal: The story is not theirs, or the files cannot be read.
        """
        draft, story = await self._find(viewer, draft_id)
        read = await self._load(draft, story)
        warnings = [f"{each.name}: {each.text}" for each in read.imported.source.remarks]
        warnings += [f"{each.title}: {text}" for each in read.imported.chapters for text in each.warnings]
        return UploadPreview(
            draft_id, story, draft.facts["names"], read.chapters, read.imported.decisions, warnings
        )

    async def page(self, viewer: Viewer, draft_id: str, chapter: int, number: int) -> UploadedPage:
        """Return a page of a chapter, both counted from 1; numbers out of range become the nearest.

        Raises:
            DraftGone: It is kept no longer.
            Refusal: The story is not theirs, or the files cannot be read.
        """
        draft, story = await self._find(viewer, draft_id)
        read = await self._load(draft, story)
        place = min(max(chapter, 1), len(read.pages))
        pages = read.pages[place - 1]
        index = min(max(number, 1), len(pages))
        shown = read.imported.chapters[place - 1]
        return UploadedPage(
            story, draft_id, shown, place, len(read.pages), pages[index - 1], index, len(pages)
        )

    async def toggle(self, viewer: Viewer, draft_id: str, decision_id: str) -> UploadPreview:
        """Undo a decision, or make it again; return the preview after that.

        Raises:
            DraftGone: It is kept no longer.
            Refusal: The story is not theirs, or the files cannot be read.
        """
        async with self._writing:
            draft, _ = await self._find(viewer, draft_id)
            refused = set(draft.facts["refused"]) ^ {decision_id}
            await self._drafts.change(draft, {**draft.facts, "refused": sorted(refused)})
        return await self.show(viewer, draft_id)

    async def accept(self, viewer: Viewer, draft_id: str, *, replace: bool) -> UploadResult:
        """Write the chapters; `replace`: also those that the story has already.

        Raises:
            DraftGone: It was used or discarded, or is kept no longer.
            Refusal: The story is not theirs, or the files do not take it; then it is kept.
        """
        async with self._writing:
            draft, story = await self._find(viewer, draft_id)
            source, refused = await _source_of(draft), frozenset(draft.facts["refused"])
            # Another upload may have brought the same chapters a moment ago: which are known is asked of the files.
            await self._updates.look()
            report = await self._files.write_upload(story.slug, source, refused, replace=replace)
            await self._drafts.delete(draft)
        await self._updates.take_in(viewer, "chapters_uploaded", story.slug)
        async with self._store.read() as tx:
            record = await tx.stories.get(story.slug)
        first = None if record is None else self._upcoming.next_at(record, self._clock.now())
        return UploadResult(story, report, first)

    async def discard(self, viewer: Viewer, draft_id: str) -> None:
        """Delete an upload; one that is gone already does not matter."""
        try:
            await self._drafts.delete(await self._drafts.load(draft_id, viewer.user_id))
        except DraftGone:
            return

    async def _find(self, viewer: Viewer, draft_id: str) -> tuple[PrivateDraft, Story]:
        draft = await self._drafts.load(draft_id, viewer.user_id)
        if draft.facts.get("kind") != "upload":
            raise DraftGone
        return draft, await self._own.find(viewer, draft.facts["story"])

    async def _load(self, draft: PrivateDraft, story: Story) -> _Read:
        key = (draft.id, frozenset(draft.facts["refused"]))
        async with self._reading:
            found = self._read.get(key)
            if found is None:
                imported = await self._files.read_upload(await _source_of(draft), key[1])
                if not imported.chapters:
                    raise UploadEmpty
                known = frozenset(await self._files.list_replaced(story.slug, imported))
                found = await asyncio.to_thread(self._paginate, imported, known)
                self._read[key] = found
                while len(self._read) > _KEPT:
                    self._read.popitem(last=False)
            self._read.move_to_end(key)
            return found

    def _paginate(self, imported: ImportedStory, known: frozenset[int]) -> _Read:
        pages, chapters = [], []
        for place, each in enumerate(imported.chapters):
            text = read_manuscript(each.body).text
            made = paginate(
                text,
                limit=self._page_length,
                note_before=each.note_before,
                note_after=each.note_after,
                pov=each.pov,
            )
            pages.append(tuple(made))
            chapters.append(PreviewedChapter(each.title, count_words(text), len(made), place in known))
        return _Read(imported, tuple(chapters), tuple(pages))


async def _source_of(draft: PrivateDraft) -> Path:
    """Return the only file, or the folder of several."""

    def look() -> Path:
        try:
            files = sorted(draft.files.iterdir())
        except OSError:
            raise DraftGone from None
        return files[0] if len(files) == 1 else draft.files

    return await asyncio.to_thread(look)
