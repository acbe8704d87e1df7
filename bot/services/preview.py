"""A chapter as readers will see it, from its file as it is now. Nothing is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from bot.clock import Clock
from bot.domain.access import Viewer, require_author
from bot.domain.errors import ChapterFileUnknown, FilesUnreadable
from bot.domain.faults import FileFault
from bot.domain.pages import Page, Picture, count_words, paginate
from bot.domain.release import Edition, PictureFile, Release
from bot.domain.story import Chapter, Serial, Story
from bot.services.lookup import SHOWN_TEXT, find_story, fold
from bot.services.ports import Library, Store


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of a chapter's file. `released` says whether the chapter is out. `mark` stands for the chapter in ids;
    `faults` are what is wrong with the story's files, whose last sound version this is."""

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    page_count: int
    pictures: tuple[PictureFile, ...]
    released: bool
    mark: str
    faults: tuple[FileFault, ...]


class Previewing:
    """Shows authors their chapters before anybody else sees them."""

    def __init__(self, store: Store, library: Library, clock: Clock, *, page_length: int) -> None:
        self._store = store
        self._library = library
        self._clock = clock
        self._page_length = page_length

    async def page(self, viewer: Viewer, story: str, chapter: str, number: int = 1) -> Preview:
        """A page of the chapter of that key, title, number or mark; numbers out of range go to the nearest page.

        Raises:
            Refusal: the story is not theirs, or may not be shown here.
            FilesUnreadable: its files were never sound since the start.
            ChapterFileUnknown: none of them is of such a chapter.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            slug = record.story.slug
            releases = {release.chapter: release for release in await tx.releases.of(slug)}
        faults = tuple(fault for fault in self._library.faults() if slug in PurePath(fault.file).parts)
        serial = self._library.serials().get(slug)
        if serial is None:
            raise FilesUnreadable(story=record.story.title, fault=str(faults[0]) if faults else "—")
        found = _find(serial, releases, chapter)
        if found is None:
            raise ChapterFileUnknown(story=serial.story.title, chapter=chapter[:SHOWN_TEXT])
        out = releases.get(found.key)
        release = out or _to_come(serial, found, releases, self._clock.now())
        pages = paginate(
            found.text,
            limit=self._page_length,
            note_before=found.note_before,
            note_after=found.note_after,
            pov=found.pov,
        )
        index = min(max(number, 1), len(pages)) - 1
        return Preview(
            story=serial.story,
            release=release,
            edition=_edition(found, release),
            page=pages[index],
            page_number=index + 1,
            page_count=len(pages),
            pictures=await self._pictures(slug, pages[index]),
            released=out is not None,
            mark=mark_of(found.key),
            faults=faults,
        )

    async def _pictures(self, slug: str, page: Page) -> tuple[PictureFile, ...]:
        paths = [block.path for block in page.blocks if isinstance(block, Picture)]
        found = [await self._library.picture(slug, path) for path in dict.fromkeys(paths)]
        return tuple(picture for picture in found if picture is not None)


def mark_of(key: str) -> str:
    """What stands for a chapter where its key is too long: a digest of it, of 16 hexadecimal digits."""
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def _find(serial: Serial, releases: dict[str, Release], typed: str) -> Chapter | None:
    wanted = fold(typed)

    def names() -> Iterator[tuple[str, Chapter]]:
        for chapter in serial.chapters:
            yield mark_of(chapter.key), chapter
        for chapter in serial.chapters:
            yield fold(chapter.key), chapter
        for chapter in serial.chapters:
            yield fold(chapter.title), chapter
            if chapter.key in releases:
                yield str(releases[chapter.key].number), chapter

    return next((chapter for name, chapter in names() if name == wanted), None)


def _to_come(serial: Serial, chapter: Chapter, releases: dict[str, Release], now: datetime) -> Release:
    """A chapter that is not out, with the number it will have if nothing is put before it."""
    waiting = [each.key for each in serial.chapters if each.key not in releases]
    return Release(
        id=0,
        story=serial.story.slug,
        chapter=chapter.key,
        number=len(releases) + waiting.index(chapter.key) + 1,
        title=chapter.title,
        at=now,
        released_at=now,
        revision=1,
        words=count_words(chapter.text),
    )


def _edition(chapter: Chapter, release: Release) -> Edition:
    return Edition(
        release_id=release.id,
        revision=release.revision,
        title=chapter.title,
        text=chapter.text,
        warnings=chapter.warnings,
        note_before=chapter.note_before,
        note_after=chapter.note_after,
        pov=chapter.pov,
        thanks=chapter.thanks,
        digest=chapter.digest,
        announcement=chapter.revision.note if chapter.revision is not None else None,
        asking=chapter.asking,
    )
