"""Chapters as their files were last found valid."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.stories.story import Chapter
from bot.store.engine import upsert
from bot.store.stories.chapter_json import decode_chapter, encode_chapter
from bot.store.stories.last_good_chapter_records import LastGoodChapter
from bot.store.tables import sound_chapter


class LastGoodChapterRepository:
    """Chapters as their files were last found valid, by story and file name."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_by_story(self, story: str) -> dict[str, LastGoodChapter]:
        """Return a story's chapters by file, without their contents."""
        c = sound_chapter.c
        rows = await self._connection.execute(
            select(c.file, c.chapter, c.digest, c.cleared, c.data.is_not(None).label("kept")).where(
                c.story == story
            )
        )
        return {
            row.file: LastGoodChapter(row.chapter, row.digest, bool(row.kept), row.cleared) for row in rows
        }

    async def get(self, story: str, file: str) -> Chapter | None:
        """Return the last valid version of a chapter, if its contents are kept."""
        wanted = select(sound_chapter.c.data).where(
            sound_chapter.c.story == story, sound_chapter.c.file == file
        )
        data = (await self._connection.execute(wanted)).scalar_one_or_none()
        return None if data is None else decode_chapter(data)

    async def save(self, story: str, file: str, chapter: Chapter, known: LastGoodChapter) -> None:
        """Store a chapter as the last valid version of its file."""
        values = {
            "chapter": known.chapter,
            "digest": known.digest,
            "cleared": known.cleared,
            "data": encode_chapter(chapter) if known.kept else None,
        }
        new = upsert.insert(self._connection, sound_chapter).values(story=story, file=file, **values)
        await self._connection.execute(
            new.on_conflict_do_update(index_elements=["story", "file"], set_=values)
        )

    async def delete_contents(self, story: str, chapters: Collection[str]) -> None:
        """Delete the contents of released chapters, which are kept as editions; the rest stays."""
        for some in upsert.chunks(list(chapters)):
            await self._connection.execute(
                update(sound_chapter)
                .where(sound_chapter.c.story == story, sound_chapter.c.chapter.in_(some))
                .values(data=null())
            )

    async def delete(self, story: str, files: Collection[str]) -> None:
        """Delete the chapters of files that are gone."""
        for some in upsert.chunks(list(files)):
            await self._connection.execute(
                delete(sound_chapter).where(sound_chapter.c.story == story, sound_chapter.c.file.in_(some))
            )
