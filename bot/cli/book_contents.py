"""The contents of an exported book: a story's files, and from the database what is out and whom it thanks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.command_resources import read_database
from bot.content.exporting.book import Book, BookChapter
from bot.content.pictures.picture_files import find_pictures, read_picture
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.stories.story import Chapter, Serial
from bot.domain.suggestions.credits import Credits, credit_contributors
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class PublishedChapter:
    """A chapter that is out, as the database has it."""

    release: Release
    edition: Edition
    pictures: tuple[PictureFile, ...]


@dataclass(frozen=True, slots=True)
class PublishedStory:
    """A story as far as the database knows it."""

    chapters: tuple[PublishedChapter, ...] = ()
    credits: Mapping[str, Credits] = field(default_factory=dict)
    """The readers that each chapter thanks, by its identity."""


def read_published(url: str, story: str) -> PublishedStory | None:
    """Return what is out of a story, and whose ideas it uses; None if the bot has never seen the story.

    Raises:
        UsageFailure: the database cannot be read.
    """
    return read_database(url, lambda tx: _look(tx, story))


async def _look(tx: Transaction, story: str) -> PublishedStory | None:
    if await tx.stories.get(story) is None:
        return None
    chapters: list[PublishedChapter] = []
    named: dict[str, Credits] = {}
    for release in await tx.releases.list_by_story(story):
        edition = await tx.releases.get_edition(release.id)
        if release.is_withdrawn or edition is None:
            continue
        shown = find_pictures(edition.text, edition.note_before, edition.note_after)
        pictures = await tx.releases.get_pictures(release.id, shown.paths)
        chapters.append(PublishedChapter(release, edition, tuple(pictures)))
        makers = await tx.credits.list_contributors(story, release.chapter)
        named[release.chapter] = credit_contributors(makers)
    return PublishedStory(tuple(chapters), named)


def published_book(folder: Path, serial: Serial, published: PublishedStory) -> Book:
    """Return the book of what is out, in the order of the files, with the texts that readers got."""
    places = {chapter.key: place for place, chapter in enumerate(serial.chapters)}
    last = len(places)
    ordered = sorted(
        published.chapters, key=lambda each: (places.get(each.release.chapter, last), each.release.number)
    )
    chapters = [
        _from_edition(each, serial.chapter(each.release.chapter), published.credits[each.release.chapter])
        for each in ordered
    ]
    pictures = {picture.path: picture for each in ordered for picture in each.pictures}
    newest = max((each.release.released_at for each in ordered), default=datetime(2000, 1, 1, tzinfo=UTC))
    return _book(folder, serial, chapters, pictures, newest)


def whole_book(folder: Path, serial: Serial, published: PublishedStory | None, *, drafts: bool) -> Book:
    """Return the book of all that the files have, out or not."""
    chapters = [each for each in serial.chapters if drafts or not each.draft]
    named = {} if published is None else published.credits
    pictures = {
        path: picture
        for chapter in chapters
        for path in chapter.pictures
        if (picture := read_picture(folder, path)) is not None
    }
    made = [_from_file(chapter, named.get(chapter.key, Credits())) for chapter in chapters]
    return _book(folder, serial, made, pictures, _newest(folder, chapters))


def _book(
    folder: Path,
    serial: Serial,
    chapters: Sequence[BookChapter],
    pictures: Mapping[str, PictureFile],
    modified: datetime,
) -> Book:
    cover = serial.story.cover
    read = read_picture(folder, cover) if cover is not None else None
    return Book(serial.story, tuple(chapters), modified.replace(microsecond=0), pictures, read)


def _from_file(chapter: Chapter, named: Credits) -> BookChapter:
    return BookChapter(
        key=chapter.key,
        title=chapter.title,
        text=chapter.text,
        note_before=chapter.note_before,
        note_after=chapter.note_after,
        pov=chapter.pov,
        part=chapter.part,
        warnings=chapter.warnings,
        thanks=chapter.thanks,
        credits=named,
        publish_at=chapter.publish_at,
        draft=chapter.draft,
    )


def _from_edition(published: PublishedChapter, chapter: Chapter | None, named: Credits) -> BookChapter:
    edition = published.edition
    made = BookChapter(
        key=published.release.chapter,
        title=edition.title,
        text=edition.text,
        note_before=edition.note_before,
        note_after=edition.note_after,
        pov=edition.pov,
        warnings=edition.warnings,
        thanks=edition.thanks,
        credits=named,
    )
    return made if chapter is None else replace(made, part=chapter.part, publish_at=chapter.publish_at)


def _newest(folder: Path, chapters: Iterable[Chapter]) -> datetime:
    """Return when the newest of the files was written."""
    files = [folder / "story.yaml", *(folder / "chapters" / chapter.file for chapter in chapters)]
    times = [file.stat().st_mtime for file in files if file.exists()]
    return datetime.fromtimestamp(max(times, default=0), UTC)
