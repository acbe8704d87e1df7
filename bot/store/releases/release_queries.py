"""Queries over releases, their editions and pictures; nothing here changes them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.releases.revisions import Announcement
from bot.domain.stories.chapter_prompts import Prompt
from bot.store.engine import upsert
from bot.store.releases.release_records import CurrentRelease
from bot.store.tables import chapter_read, edition, picture, release, release_picture


class ReleaseQueries:
    """Queries over releases; `ReleaseRepository` adds the changes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_by_story(self, story_slug: str) -> list[Release]:
        """List a story's releases by number."""
        return await self.list_after(story_slug, 0)

    async def list_after(self, story_slug: str, number: int) -> list[Release]:
        """List a story's releases after a number, ascending."""
        return await self._select(release.c.story == story_slug, release.c.number > number)

    async def list_between(self, story_slug: str, first: int, last: int) -> list[Release]:
        """List a story's releases from `first` to `last`, ascending."""
        return await self._select(release.c.story == story_slug, release.c.number.between(first, last))

    async def find_first_readable(self, story_slug: str, number: int) -> Release | None:
        """Return a story's first release after a number that is not withdrawn."""
        rows = await self._connection.execute(
            select(release).where(*_readable_after(story_slug, number)).order_by(release.c.number).limit(1)
        )
        row = rows.mappings().one_or_none()
        return None if row is None else read_release(row)

    async def find_first_unread(self, story_slug: str, user_id: int, *, besides: int) -> Release | None:
        """Return a story's first readable release, other than `besides`, of which that reader has seen no page."""
        read = select(chapter_read.c.release_id).where(
            chapter_read.c.release_id == release.c.id, chapter_read.c.user_id == user_id
        )
        rows = await self._connection.execute(
            select(release)
            .where(*_readable_after(story_slug, 0), release.c.id != besides, ~read.exists())
            .order_by(release.c.number)
            .limit(1)
        )
        row = rows.mappings().one_or_none()
        return None if row is None else read_release(row)

    async def count_released_since(self, story_slug: str, number: int, moment: datetime) -> int:
        """Count a story's readable releases after a number that came out after that moment."""
        counted = select(func.count()).where(
            *_readable_after(story_slug, number), release.c.released_at > moment
        )
        return int((await self._connection.execute(counted)).scalar_one())

    async def get(self, release_id: int) -> Release | None:
        """Return the release with that id."""
        return await self._first(release.c.id == release_id)

    async def get_many(self, release_ids: Collection[int]) -> dict[int, Release]:
        """Return the existing releases among these ids."""
        found: dict[int, Release] = {}
        for some in upsert.chunks(list(release_ids)):
            found |= {one.id: one for one in await self._select(release.c.id.in_(some))}
        return found

    async def get_by_number(self, story_slug: str, number: int) -> Release | None:
        """Return a story's release with that number."""
        return await self._first(release.c.story == story_slug, release.c.number == number)

    async def get_by_chapter(self, story_slug: str, chapter: str) -> Release | None:
        """Return a story's release of the chapter with that key."""
        return await self._first(release.c.story == story_slug, release.c.chapter == chapter)

    async def count(self, story_slug: str) -> int:
        """Count a story's releases, which is also the highest number."""
        highest = select(func.coalesce(func.max(release.c.number), 0)).where(release.c.story == story_slug)
        return int((await self._connection.execute(highest)).scalar_one())

    async def get_edition(self, release_id: int, revision: int | None = None) -> Edition | None:
        """Return the edition of that revision, or the current one."""
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
        """List a story's releases by number, with the digest and announcement of their current edition."""
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
        """List the release and revision of every edition of a story, also of outdated ones."""
        rows = await self._connection.execute(
            select(edition.c.release_id, edition.c.revision)
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.story == story_slug)
            .order_by(edition.c.release_id, edition.c.revision)
        )
        return [(row.release_id, row.revision) for row in rows]

    async def get_texts(self, editions: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """Return the texts of editions, by release and revision."""
        found: dict[tuple[int, int], str] = {}
        for some in upsert.chunks(sorted({id_ for id_, _ in editions})):
            rows = await self._connection.execute(
                select(edition.c.release_id, edition.c.revision, edition.c.text).where(
                    edition.c.release_id.in_(some)
                )
            )
            found |= {(row.release_id, row.revision): row.text for row in rows}
        return {key: text for key, text in found.items() if key in set(editions)}

    async def get_pictures(self, release_id: int, paths: Collection[str]) -> list[PictureFile]:
        """Return the release's pictures with these paths, in that order, without unknown ones."""
        rows = await self._connection.execute(
            select(release_picture.c.path, picture.c.media_type, picture.c.data)
            .join(picture, picture.c.digest == release_picture.c.digest)
            .where(release_picture.c.release_id == release_id, release_picture.c.path.in_(paths))
        )
        found = {row.path: PictureFile(row.path, row.media_type, row.data) for row in rows}
        return [found[path] for path in dict.fromkeys(paths) if path in found]

    async def find_pictures(self, wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], str]:
        """Return the digests of the existing pictures among these releases' paths."""
        ids, paths = {release_id for release_id, _ in wanted}, {path for _, path in wanted}
        rows = await self._connection.execute(
            select(release_picture).where(
                release_picture.c.release_id.in_(ids), release_picture.c.path.in_(paths)
            )
        )
        found = {(row.release_id, row.path): row.digest for row in rows}
        return {each: found[each] for each in wanted if each in found}

    async def get_picture_data(self, digests: Collection[str]) -> dict[str, bytes]:
        """Return the bytes of pictures by digest."""
        rows = await self._connection.execute(
            select(picture.c.digest, picture.c.data).where(picture.c.digest.in_(list(digests)))
        )
        return {row.digest: row.data for row in rows}

    async def _select(self, *conditions: ColumnElement[bool]) -> list[Release]:
        rows = await self._connection.execute(select(release).where(*conditions).order_by(release.c.number))
        return [read_release(row) for row in rows.mappings()]

    async def _first(self, *conditions: ColumnElement[bool]) -> Release | None:
        found = await self._select(*conditions)
        return found[0] if found else None


def read_release(row: RowMapping) -> Release:
    """Convert a row with at least the table's columns."""
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


def _readable_after(story_slug: str, number: int) -> tuple[ColumnElement[bool], ...]:
    return release.c.story == story_slug, release.c.number > number, release.c.withdrawn_at.is_(None)
