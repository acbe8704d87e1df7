"""The authors' files combined with what the database remembers of them.

The last sound version of a broken chapter replaces it, and chapters that are copies of released ones are held back.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Hashable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.clock import Clock
from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import BrokenChapter, Chapter, Serial, Story
from bot.kit.message_nonces import new_nonce
from bot.services.alerts.alerts import GRACE
from bot.services.stories.chapter_identity import ChapterIdentityCheck, IdentityVerdict, name_of, stamp_of
from bot.services.stories.content_source import ContentSource
from bot.store.database import Database
from bot.store.notifications.notice_records import NewNotice
from bot.store.stories.last_good_chapter_records import LastGoodChapter
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

HELD = "chapter-held"
PART_HELD = "chapter-part-held"
"""The kinds of the notices about held chapters."""


class PublishableContent:
    """Implementation of `bot.services.stories.content_source.ContentSource` over the one that reads the files.

    Call `reload` whenever the files may have changed; until then every answer stays the same.
    """

    def __init__(self, files: ContentSource, store: Database, clock: Clock) -> None:
        self._files = files
        self._store = store
        self._clock = clock
        self._copies = ChapterIdentityCheck()
        self._serials: Mapping[str, Serial] = MappingProxyType({})
        self._seen: dict[str, tuple[Serial, Hashable]] = {}

    def serials(self) -> Mapping[str, Serial]:
        """Return every story by its slug, as of the last reload."""
        return self._serials

    def with_description(self, story: Story) -> Serial | None:
        return self._files.with_description(story)

    def list_faults(self) -> tuple[Diagnostic, ...]:
        return self._files.list_faults()

    def problems(self) -> ContentProblems:
        return self._files.problems()

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        return await self._files.picture(slug, path)

    async def reload(self) -> None:
        """Take in the present files.

        A story that has changed neither in the files nor in the database keeps its object.
        """
        files = dict(self._files.serials())
        async with self._store.read() as tx:
            marks = await tx.stories.list_versions()
            for slug in sorted(marks.keys() - files.keys()):
                about = await tx.stories.get_description(slug)
                serial = None if about is None else self._files.with_description(about)
                if serial is not None:
                    files[slug] = serial
        found: dict[str, Serial] = {}
        for slug, serial in files.items():
            before, mark = self._serials.get(slug), marks.get(slug)
            if before is not None and self._seen.get(slug) == (serial, mark):
                found[slug] = before
                continue
            try:
                laid = await self._lay(serial)
            except Exception:
                # One story's trouble must not keep the others from being read.
                _log.exception(
                    "%s could not be gathered", slug, extra={"action": "gather_failed", "story": slug}
                )
                found[slug] = before or serial
                continue
            found[slug] = before if before is not None and before == laid else laid
            self._seen[slug] = (serial, mark)
        self._serials = MappingProxyType(found)

    async def _lay(self, serial: Serial) -> Serial:
        """Combine the files of one story with what the database knows of it."""
        slug = serial.story.slug
        async with self._store.read() as tx:
            record = await tx.stories.get(slug)
            out = frozenset[str]() if record is None else record.calendar.released
            known = await tx.last_good_chapters.list_by_story(slug)
            whole = await restored(tx, serial, known, out)
            if record is None:
                # It has not begun: nothing is out that could come out again, and nobody would hear of it.
                return whole
            verdict = await self._copies.check(tx, whole, out, known, _there(whole, serial, known))
        renamed = {chapter.key for _, chapter in verdict.renamed}
        changed = _changed(serial, known, out | renamed, verdict.cleared)
        gone = known.keys() - {name_of(chapter) for chapter in serial.chapters}
        gone -= {each.file for each in serial.broken}
        needless = {each.chapter for each in known.values() if each.kept} & out
        if changed or gone or needless or verdict.renamed or verdict.held:
            async with self._store.begin() as tx:
                await self._rename(tx, verdict)
                for chapter, now_known in changed:
                    await tx.last_good_chapters.save(slug, name_of(chapter), chapter, now_known)
                await tx.last_good_chapters.delete_contents(slug, needless)
                await tx.last_good_chapters.delete(slug, gone)
                await self._tell(tx, record.story, verdict, gone, known)
        return replace(whole, held=tuple(verdict.held))

    async def _rename(self, tx: Transaction, verdict: IdentityVerdict) -> None:
        """Continue a released chapter under the identity that its new file gives it."""
        for release, chapter in verdict.renamed:
            if await tx.releases.get_by_chapter(release.story, chapter.key) is None:
                await tx.releases.rename_chapters(release.story, {release.chapter: chapter.key})
                _log.info(
                    "%s: chapter %d, %s, is %s now",
                    release.story,
                    release.number,
                    release.chapter,
                    chapter.key,
                    extra={"action": "chapter_renamed", "story": release.story, "chapter": chapter.key},
                )

    async def _tell(
        self,
        tx: Transaction,
        story: Story,
        verdict: IdentityVerdict,
        gone: Collection[str],
        known: Mapping[str, LastGoodChapter],
    ) -> None:
        """Plan notices to the authors about newly held chapters, and recall those about chapters no longer held."""
        now = self._clock.now()
        for file in (*gone, *verdict.cleared):
            if file in known and not known[file].cleared:
                await tx.notices.recall(f"held:{story.slug}:{file}:")
        authors = [author.discord for author in story.authors if author.discord is not None]
        news = [
            NewNotice(
                author,
                PART_HELD if held.part else HELD,
                {"story": story.title, "file": held.file, "title": held.title},
                key=f"held:{story.slug}:{held.file}:{held.of}:{author}",
                nonce=new_nonce(),
            )
            for held in verdict.held
            for author in dict.fromkeys(authors)
        ]
        await tx.notices.add_all(news, now=now, due=now + GRACE)
        for held in verdict.held:
            if (before := known.get(held.file)) is None or before.cleared:
                _log.warning(
                    "%s: %s is held back: its text is that of %s",
                    story.slug,
                    held.file,
                    held.of,
                    extra={"action": "chapter_held", "story": story.slug, "chapter": held.key},
                )


async def foreseen(tx: Transaction, serial: Serial) -> Serial:
    """Predict what a reload will make of a story's files, without changing anything.

    The result holds the chapters that are not copies of released ones, in their present or last sound version, and the
    chapters that will be held back.
    """
    slug = serial.story.slug
    record = await tx.stories.get(slug)
    out = frozenset[str]() if record is None else record.calendar.released
    known = await tx.last_good_chapters.list_by_story(slug)
    whole = await restored(tx, serial, known, out)
    if record is None:
        return whole
    verdict = await ChapterIdentityCheck().check(tx, whole, out, known, _there(whole, serial, known))
    renamed = {chapter.key for _, chapter in verdict.renamed}
    chapters = tuple(chapter for chapter in whole.chapters if chapter.key not in renamed)
    return replace(whole, chapters=chapters, held=tuple(verdict.held))


def _there(whole: Serial, serial: Serial, known: Mapping[str, LastGoodChapter]) -> set[str]:
    """Return the identities of chapters that have a file, including broken ones."""
    broken = {known[each.file].chapter if each.file in known else each.key for each in serial.broken}
    return {chapter.key for chapter in whole.chapters} | broken


async def restored(
    tx: Transaction, serial: Serial, known: Mapping[str, LastGoodChapter], out: Collection[str]
) -> Serial:
    """Return the serial with broken chapters in their last sound version; released chapters need none."""
    chapters: list[Chapter] = []
    broken: list[BrokenChapter] = []
    taken = {chapter.key for chapter in serial.chapters}
    waiting = list(serial.broken)
    for place in range(len(serial.chapters) + 1):
        while waiting and waiting[0].place <= place:
            each = waiting.pop(0)
            before = known.get(each.file)
            key = each.key if before is None else before.chapter
            if key in out:
                continue
            last = (
                await tx.last_good_chapters.get(serial.story.slug, each.file)
                if before and key not in taken
                else None
            )
            if last is not None:
                chapters.append(last)
            else:
                broken.append(replace(each, key=key, place=len(chapters)))
        chapters += serial.chapters[place : place + 1]
    return replace(serial, chapters=tuple(chapters), broken=tuple(broken))


def _changed(
    serial: Serial, known: Mapping[str, LastGoodChapter], out: Collection[str], cleared: Collection[str]
) -> list[tuple[Chapter, LastGoodChapter]]:
    """Return the chapters whose remembered version differs from the present one."""
    wanted = [
        (
            chapter,
            LastGoodChapter(
                chapter.key,
                stamp_of(chapter),
                kept=chapter.key not in out,
                cleared=chapter.key in out or name_of(chapter) in cleared,
            ),
        )
        for chapter in serial.chapters
    ]
    return [(chapter, each) for chapter, each in wanted if known.get(name_of(chapter)) != each]
