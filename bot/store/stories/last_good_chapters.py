"""Chapters as their files were last found sound."""

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
    """By story and name of the file."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_by_story(self, story: str) -> dict[str, LastGoodChapter]:
        """All of a story."""
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
        """The chapter as it last was, if it is kept."""
        wanted = select(sound_chapter.c.data).where(
            sound_chapter.c.story == story, sound_chapter.c.file == file
        )
        data = (await self._connection.execute(wanted)).scalar_one_or_none()
        return None if data is None else decode_chapter(data)

    async def save(self, story: str, file: str, chapter: Chapter, known: LastGoodChapter) -> None:
        """Remember it so, in place of what was known of that file."""
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
        """Those chapters are out, and kept there: only what is known of their files stays."""
        for some in upsert.chunks(list(chapters)):
            await self._connection.execute(
                update(sound_chapter)
                .where(sound_chapter.c.story == story, sound_chapter.c.chapter.in_(some))
                .values(data=null())
            )

    async def delete(self, story: str, files: Collection[str]) -> None:
        """Those files are gone."""
        for some in upsert.chunks(list(files)):
            await self._connection.execute(
                delete(sound_chapter).where(sound_chapter.c.story == story, sound_chapter.c.file.in_(some))
            )
