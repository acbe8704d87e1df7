"""Preview of a chapter for its authors, made from the present file. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.diagnostics import Diagnostic, is_of_story, without_warnings
from bot.domain.pages import Page, Picture, count_words, paginate
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.stories.story import Chapter, Serial, Story
from bot.domain.stories.story_refusals import ChapterFileGone, ChapterFileUnknown, FilesUnreadable
from bot.domain.text.fuzzy_search import SearchEntry
from bot.services.stories.chapter_lookup import (
    SHOWN_TEXT,
    ChapterLabel,
    UpcomingChapter,
    chapter_token,
    default_chapter_label,
    is_chapter_token,
    list_upcoming,
    pick_one,
    upcoming_entries,
)
from bot.services.stories.content_source import ContentSource
from bot.services.stories.story_lookup import find_story
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class ChapterPreview:
    """One page of a chapter's file."""

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    page_count: int
    pictures: tuple[PictureFile, ...]
    released: bool
    """Set if the chapter is released."""
    token: str
    """Identifies the chapter in custom ids."""
    faults: tuple[Diagnostic, ...]
    """Faults in the story's files; the preview shows their last sound version."""


class ChapterPreviews:
    """Shows authors their chapters before anybody else sees them."""

    def __init__(self, store: Database, content: ContentSource, clock: Clock, *, page_length: int) -> None:
        self._store = store
        self._content = content
        self._clock = clock
        self._page_length = page_length

    async def page(
        self,
        viewer: Viewer,
        story: str,
        chapter: str,
        number: int = 1,
        *,
        label: ChapterLabel = default_chapter_label,
    ) -> ChapterPreview:
        """Return a page of a chapter; a number out of range selects the nearest page.

        `chapter` is a token, number, title, key, or a label made by `label`. Unreleased ones have their later number.

        Raises:
            Refusal: The story is not theirs, or may not be shown here.
            FilesUnreadable: Its files were never sound since the start.
            ChapterFileUnknown, ChapterFileGone: No file has such a chapter.
            ChapterUnclear: Several have that name.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            slug = record.story.slug
            releases = {release.chapter: release for release in await tx.releases.list_by_story(slug)}
        faults = self._faults(slug)
        if (serial := self._content.serials().get(slug)) is None:
            raise FilesUnreadable(story=record.story.title, fault=str(faults[0]) if faults else "—")
        found, place = _require_chapter(serial, releases, chapter, label)
        out = releases.get(found.key)
        release = out or _to_come(serial, found, place, self._clock.now())
        pages = paginate(
            found.text,
            limit=self._page_length,
            note_before=found.note_before,
            note_after=found.note_after,
            pov=found.pov,
        )
        index = min(max(number, 1), len(pages)) - 1
        return ChapterPreview(
            story=serial.story,
            release=release,
            edition=_edition(found, release),
            page=pages[index],
            page_number=index + 1,
            page_count=len(pages),
            pictures=await self._pictures(slug, pages[index]),
            released=out is not None,
            token=chapter_token(found.key),
            faults=faults,
        )

    def _faults(self, slug: str) -> tuple[Diagnostic, ...]:
        found = without_warnings(self._content.list_faults())
        return tuple(fault for fault in found if is_of_story(fault, slug))

    async def _pictures(self, slug: str, page: Page) -> tuple[PictureFile, ...]:
        paths = [block.path for block in page.blocks if isinstance(block, Picture)]
        found = [await self._content.picture(slug, path) for path in dict.fromkeys(paths)]
        return tuple(picture for picture in found if picture is not None)


def _require_chapter(
    serial: Serial, releases: Mapping[str, Release], typed: str, label: ChapterLabel
) -> tuple[Chapter, int]:
    meant = _find(serial, releases, typed, label)
    if meant is not None:
        return meant
    if is_chapter_token(typed):
        raise ChapterFileGone(story=serial.story.title)
    raise ChapterFileUnknown(story=serial.story.title, chapter=typed[:SHOWN_TEXT])


def _find(
    serial: Serial, releases: Mapping[str, Release], typed: str, label: ChapterLabel
) -> tuple[Chapter, int] | None:
    """Return the chapter and its number, which for an unreleased chapter assumes that nothing is inserted before it."""
    entries = _entries(serial, releases, label)
    found = pick_one(entries, typed, story=serial.story.title)
    return None if found is None else (found.chapter, found.number)


def _entries(
    serial: Serial, releases: Mapping[str, Release], label: ChapterLabel
) -> list[SearchEntry[UpcomingChapter]]:
    out = [UpcomingChapter(releases[c.key].number, c) for c in serial.chapters if c.key in releases]
    named = [
        SearchEntry(
            each,
            label(
                each.number,
                releases[each.chapter.key].title,
                withdrawn=releases[each.chapter.key].is_withdrawn,
            ),
            (each.chapter.title, each.chapter.key),
            each.number,
        )
        for each in out
    ]
    return [*named, *upcoming_entries(list_upcoming(serial, releases.keys()), label)]


def _to_come(serial: Serial, chapter: Chapter, number: int, now: datetime) -> Release:
    """Build the release record of an unreleased chapter."""
    return Release(
        id=0,
        story=serial.story.slug,
        chapter=chapter.key,
        number=number,
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
        prompt=chapter.prompt,
    )
