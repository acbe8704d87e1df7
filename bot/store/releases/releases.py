"""Releases, the editions of their text, and their pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, literal, select, update

from bot.domain.releases.release import PictureFile, Release
from bot.domain.releases.revisions import Announcement
from bot.domain.stories.story import Chapter
from bot.store.engine import upsert
from bot.store.engine.column_types import Instant
from bot.store.releases.release_queries import ReleaseQueries, read_release
from bot.store.releases.release_records import NewRelease, NewRevision
from bot.store.tables import edition, picture, post, release, release_picture, story, suggestion


class ReleaseRepository(ReleaseQueries):
    """Releases, the editions of their text, and their pictures."""

    async def add(self, new: NewRelease) -> Release | None:
        """Record a release under the story's next number, with its first edition.

        Returns:
            The release; None if the chapter is released already.
        """
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
        """Replace chapter keys of a story, by old key, wherever they are stored."""
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

    async def revise(self, new: NewRevision) -> bool:
        """Add a revision with the chapter's present text; False if `was` is not the current revision.

        The release's title and length change with it, a withdrawal ends, and posts of older revisions become stale.
        """
        if not await self._succeed(
            new.release_id, new.was, title=new.chapter.title, words=new.words, withdrawn_at=None
        ):
            return False
        await self._add_edition(new.release_id, new.was + 1, new.chapter, new.made_at, new.said)
        await self._add_pictures(new.release_id, new.pictures)
        return True

    async def withdraw(self, release_id: int, *, was: int, now: datetime) -> bool:
        """Withdraw a chapter; False if `was` is not the current revision, or if it is withdrawn already.

        This adds a revision with the previous text, which nobody is shown; posts of the chapter become stale.
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
        """Make `was + 1` the release's revision by compare-and-set, and mark posts of older ones as stale."""
        succeeded = await self._connection.execute(
            update(release)
            .where(release.c.id == release_id, release.c.revision == was, *conditions)
            .values(revision=was + 1, **values)
        )
        if succeeded.rowcount != 1:
            return False
        await self._connection.execute(update(post).where(post.c.release_id == release_id).values(stale=True))
        return True

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


def _digest(file: PictureFile) -> str:
    mixed = hashlib.blake2b(file.media_type.encode() + b"\0", digest_size=32)
    mixed.update(file.data)
    return mixed.hexdigest()
