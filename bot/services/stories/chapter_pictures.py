"""Pictures of chapters, read from the files when a chapter is released or revised."""

from __future__ import annotations

import logging

from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import Chapter
from bot.services.stories.content_source import ContentSource

_log = logging.getLogger(__name__)


async def read_pictures(
    content: ContentSource, slug: str, chapter: Chapter, cover: str | None = None
) -> tuple[PictureFile, ...]:
    """Return the chapter's pictures and the story's cover. A picture whose file is gone is skipped and logged."""
    found = []
    for path in dict.fromkeys([*chapter.pictures, *([cover] if cover is not None else [])]):
        picture = await content.picture(slug, path)
        if picture is None:
            _log.warning(
                "%s/%s goes without its picture %s: the file is not there",
                slug,
                chapter.key,
                path,
                extra={"action": "picture_missing", "story": slug, "chapter": chapter.key},
            )
        else:
            found.append(picture)
    return tuple(found)
