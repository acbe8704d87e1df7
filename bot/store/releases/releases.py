"""What is out: releases, the editions of their text, and their pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.releases.revisions import Announcement
from bot.domain.stories.prompts import Prompt
from bot.domain.stories.story import Chapter
from bot.store.engine import upsert
from bot.store.engine.column_types import Instant
from bot.store.releases.release_records import CurrentRelease, NewRelease, NewRevision
from bot.store.tables import edition, picture, post, release, release_picture, story, suggestion


class ReleaseRepository:
    """What is out, with its text and pictures."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: NewRelease) -> Release | None:
        """Record it under the story's next number, with its first edition; None if that chapter is out already."""
        # On PostgreSQL two releases of one story wait for each other here; SQLite has one writer anyway.
        await self._connection.execute(
            select(story.c.slug).where(story.c.slug == new.story).with_for_update()
        )
        number = await self.count(new.story) + 1
        entered = await self._connection.execute(
            upsert.insert(self._connection, release)
            .values(
                story=new.story,
                chapter=new.chapter.key,
                number=number,
                title=new.chapter.title,
                at=new.at,
                released_at=new.released_at,
                revision=1,
                words=new.words,
                backlog=new.backlog,
            )
            .on_conflict_do_nothing(index_elements=["story", "chapter"])
            .returning(*release.c)
        )
        row = entered.mappings().one_or_none()
        if row is None:
            return None
        made = read_release(row)
        # What its note tells was changed before any reader saw it: only a higher number will be news.
        given = new.chapter.revision
        said = Announcement(None if given is None else given.number)
        await self._add_edition(made.id, 1, new.chapter, new.released_at, said)
        await self._add_pictures(made.id, new.pictures)
        return made

    async def rename_chapters(self, story_slug: str, chapters: Mapping[str, str]) -> None:
        """What is known of a story's chapters under these identities is from now on known under those."""
        for was, to in chapters.items():
            for table, column in (
                (release, release.c.chapter),
                (suggestion, suggestion.c.chapter),
                (suggestion, suggestion.c.used_in),
            ):
                await self._connection.execute(
                    update(table).where(table.c.story == story_slug, column == was).values({column: to})
                )
        seen = await self._connection.scalar(select(story.c.seen).where(story.c.slug == story_slug))
        if seen is not None:
            renamed = sorted({chapters.get(key, key) for key in seen})
            await self._connection.execute(
                update(story).where(story.c.slug == story_slug).values(seen=renamed)
            )

    async def list_by_story(self, story_slug: str) -> list[Release]:
        """All of a story, by number."""
        return await self.list_after(story_slug, 0)

    async def list_after(self, story_slug: str, number: int) -> list[Release]:
        """Those of a story with a higher number, ascending."""
        return await self._select(release.c.story == story_slug, release.c.number > number)

    async def list_between(self, story_slug: str, first: int, last: int) -> list[Release]:
        """Those of a story with these numbers and all in between, ascending."""
        return await self._select(release.c.story == story_slug, release.c.number.between(first, last))

    async def find_first_readable(self, story_slug: str, number: int) -> Release | None:
        """The first of a story after that number that can be read: one that is not withdrawn."""
        rows = await self._connection.execute(
            select(release).where(*_readable_after(story_slug, number)).order_by(release.c.number).limit(1)
        )
        row = rows.mappings().one_or_none()
        return None if row is None else read_release(row)

    async def count_released_since(self, story_slug: str, number: int, moment: datetime) -> int:
        """How many of a story came out after that moment, have a higher number and can be read."""
        counted = select(func.count()).where(
            *_readable_after(story_slug, number), release.c.released_at > moment
        )
        return int((await self._connection.execute(counted)).scalar_one())

    async def get(self, release_id: int) -> Release | None:
        """The release of that id."""
        return await self._first(release.c.id == release_id)

    async def get_many(self, release_ids: Collection[int]) -> dict[int, Release]:
        """Those of these ids that there are."""
        found: dict[int, Release] = {}
        for some in upsert.chunks(list(release_ids)):
            found |= {one.id: one for one in await self._select(release.c.id.in_(some))}
        return found

    async def get_by_number(self, story_slug: str, number: int) -> Release | None:
        """A story's release of that number."""
        return await self._first(release.c.story == story_slug, release.c.number == number)

    async def get_by_chapter(self, story_slug: str, chapter: str) -> Release | None:
        """The release of the chapter of that key."""
        return await self._first(release.c.story == story_slug, release.c.chapter == chapter)

    async def count(self, story_slug: str) -> int:
        """How many are out, which is the highest number."""
        highest = select(func.coalesce(func.max(release.c.number), 0)).where(release.c.story == story_slug)
        return int((await self._connection.execute(highest)).scalar_one())

    async def get_edition(self, release_id: int, revision: int | None = None) -> Edition | None:
        """The text: of that revision, or the current one."""
        wanted = release.c.revision if revision is None else revision
        row = (
            await self._connection.execute(
                select(edition)
                .join(release, release.c.id == edition.c.release_id)
                .where(edition.c.release_id == release_id, edition.c.revision == wanted)
            )
        ).one_or_none()
        if row is None:
            return None
        return Edition(
            release_id=row.release_id,
            revision=row.revision,
            title=row.title,
            text=row.text,
            warnings=tuple(row.warnings),
            note_before=row.note_before,
            note_after=row.note_after,
            pov=row.pov,
            thanks=tuple(row.thanks),
            digest=row.digest,
            announced=row.announced,
            announcement=row.announcement,
            prompt=Prompt.from_data(row.asking),
        )

    async def list_current(self, story_slug: str) -> list[CurrentRelease]:
        """All of a story with what tells whether their files have changed, by number."""
        rows = await self._connection.execute(
            select(release, edition.c.digest, edition.c.announced, edition.c.announcement)
            .join(
                edition,
                and_(edition.c.release_id == release.c.id, edition.c.revision == release.c.revision),
            )
            .where(release.c.story == story_slug)
            .order_by(release.c.number)
        )
        return [
            CurrentRelease(
                read_release(row), row["digest"], Announcement(row["announced"], row["announcement"])
            )
            for row in rows.mappings()
        ]

    async def list_editions(self, story_slug: str) -> list[tuple[int, int]]:
        """Every edition that was ever out of a story, also those since revised: its release and its revision."""
        rows = await self._connection.execute(
            select(edition.c.release_id, edition.c.revision)
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.story == story_slug)
            .order_by(edition.c.release_id, edition.c.revision)
        )
        return [(row.release_id, row.revision) for row in rows]

    async def get_texts(self, editions: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """The texts of those, by release and revision."""
        found: dict[tuple[int, int], str] = {}
        for some in upsert.chunks(sorted({id_ for id_, _ in editions})):
            rows = await self._connection.execute(
                select(edition.c.release_id, edition.c.revision, edition.c.text).where(
                    edition.c.release_id.in_(some)
                )
            )
            found |= {(row.release_id, row.revision): row.text for row in rows}
        return {key: text for key, text in found.items() if key in set(editions)}

    async def revise(self, new: NewRevision) -> bool:
        """Add a revision with the chapter's present text; the release's title and length follow, a withdrawal ends,
        and the posts that show an older revision become stale. False if `was` is not the current revision.
        """
        if not await self._succeed(
            new.release_id, new.was, title=new.chapter.title, words=new.words, withdrawn_at=None
        ):
            return False
        await self._add_edition(new.release_id, new.was + 1, new.chapter, new.made_at, new.said)
        await self._add_pictures(new.release_id, new.pictures)
        return True

    async def withdraw(self, release_id: int, *, was: int, now: datetime) -> bool:
        """Take the chapter back: a revision with the text of the one before, shown to nobody; its posts become stale.
        False if `was` is not the current revision, or it is withdrawn already.
        """
        if not await self._succeed(release_id, was, release.c.withdrawn_at.is_(None), withdrawn_at=now):
            return False
        kept = [column for column in edition.c if column.name not in ("revision", "made_at")]
        copied = select(literal(was + 1), literal(now, Instant()), *kept).where(
            edition.c.release_id == release_id, edition.c.revision == was
        )
        names = ["revision", "made_at", *(column.name for column in kept)]
        await self._connection.execute(insert(edition).from_select(names, copied))
        return True

    async def _succeed(
        self, release_id: int, was: int, *conditions: ColumnElement[bool], **values: object
    ) -> bool:
        """Make `was + 1` the release's revision, by compare-and-set; the posts of older ones become stale."""
        succeeded = await self._connection.execute(
            update(release)
            .where(release.c.id == release_id, release.c.revision == was, *conditions)
            .values(revision=was + 1, **values)
        )
        if succeeded.rowcount != 1:
            return False
        await self._connection.execute(update(post).where(post.c.release_id == release_id).values(stale=True))
        return True

    async def get_pictures(self, release_id: int, paths: Collection[str]) -> list[PictureFile]:
        """The pictures of that release with these paths, in the order of `paths`; unknown ones are left out."""
        rows = await self._connection.execute(
            select(release_picture.c.path, picture.c.media_type, picture.c.data)
            .join(picture, picture.c.digest == release_picture.c.digest)
            .where(release_picture.c.release_id == release_id, release_picture.c.path.in_(paths))
        )
        found = {row.path: PictureFile(row.path, row.media_type, row.data) for row in rows}
        return [found[path] for path in dict.fromkeys(paths) if path in found]

    async def _select(self, *conditions: ColumnElement[bool]) -> list[Release]:
        rows = await self._connection.execute(select(release).where(*conditions).order_by(release.c.number))
        return [read_release(row) for row in rows.mappings()]

    async def _first(self, *conditions: ColumnElement[bool]) -> Release | None:
        found = await self._select(*conditions)
        return found[0] if found else None

    async def _add_edition(
        self, release_id: int, revision: int, chapter: Chapter, now: datetime, said: Announcement
    ) -> None:
        values: dict[str, Any] = {
            "release_id": release_id,
            "revision": revision,
            "made_at": now,
            "title": chapter.title,
            "text": chapter.text,
            "warnings": chapter.warnings,
            "note_before": chapter.note_before,
            "note_after": chapter.note_after,
            "pov": chapter.pov,
            "thanks": chapter.thanks,
            "digest": chapter.digest,
            "announced": said.number,
            "announcement": said.note,
            "asking": None if chapter.prompt is None else chapter.prompt.to_data(),
        }
        await self._connection.execute(insert(edition).values(values))

    async def _add_pictures(self, release_id: int, files: Sequence[PictureFile]) -> None:
        for file in files:
            digest = _digest(file)
            await self._connection.execute(
                upsert.insert(self._connection, picture)
                .values(digest=digest, media_type=file.media_type, data=file.data)
                .on_conflict_do_nothing(index_elements=["digest"])
            )
            placed = upsert.insert(self._connection, release_picture).values(
                release_id=release_id, path=file.path, digest=digest
            )
            await self._connection.execute(
                placed.on_conflict_do_update(
                    index_elements=["release_id", "path"], set_={"digest": placed.excluded.digest}
                )
            )


def _readable_after(story_slug: str, number: int) -> tuple[ColumnElement[bool], ...]:
    return release.c.story == story_slug, release.c.number > number, release.c.withdrawn_at.is_(None)


def _digest(file: PictureFile) -> str:
    mixed = hashlib.blake2b(file.media_type.encode() + b"\0", digest_size=32)
    mixed.update(file.data)
    return mixed.hexdigest()


def read_release(row: RowMapping) -> Release:
    """The release in a row that has all of its table's columns, possibly among others."""
    c = release.c
    return Release(
        id=row[c.id],
        story=row[c.story],
        chapter=row[c.chapter],
        number=row[c.number],
        title=row[c.title],
        at=row[c.at],
        released_at=row[c.released_at],
        revision=row[c.revision],
        words=row[c.words],
        backlog=row[c.backlog],
        withdrawn_at=row[c.withdrawn_at],
    )
