"""The desk: the content folder, and all that its routes work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.content.authoring.story_files import StoryFiles
from bot.desk.chapter_pages import ChapterPages
from bot.desk.content_changes import ContentChanges
from bot.desk.demo_process import DemoProcess
from bot.desk.desk_content import DeskContent, DeskStory
from bot.desk.draft_store import DraftStore
from bot.desk.import_previews import ImportPreviews
from bot.domain.suggestions.suggestion import UNDO_TIME


@dataclass(frozen=True, slots=True)
class Desk:
    """The content folder with everything the desk keeps about it."""

    root: Path
    clock: Clock
    content: DeskContent
    files: StoryFiles
    drafts: DraftStore
    pages: ChapterPages
    changes: ContentChanges
    imports: ImportPreviews
    demo: DemoProcess
    database: str | None
    """The URL of the bot's database, if the calendar goes on from it."""
    undo_time: timedelta = UNDO_TIME
    """How long a decision on an idea can be undone."""

    @classmethod
    def open(
        cls,
        root: Path,
        clock: Clock,
        *,
        page_length: int,
        database: str | None = None,
        undo_time: timedelta = UNDO_TIME,
    ) -> Desk:
        """Open a content folder; nothing is read yet."""
        content = DeskContent(root)
        pages = ChapterPages(content, page_length)
        changes = ContentChanges(root)
        imports = ImportPreviews(clock)
        return cls(
            root,
            clock,
            content,
            StoryFiles(root),
            DraftStore(root),
            pages,
            changes,
            imports,
            DemoProcess(root),
            database,
            undo_time,
        )

    def story(self, slug: str) -> DeskStory:
        """Return a story.

        Raises:
            HTTPNotFound: there is none with that slug.
        """
        found = self.content.find(slug)
        if found is None:
            raise web.HTTPNotFound(reason="This story is not there any more.")
        return found

    def chapter_file(self, story: DeskStory, file: str) -> str:
        """Return the name of a chapter's file, below the folder of chapters.

        Raises:
            HTTPNotFound: the story has no such chapter.
        """
        if not any(part.file == file for part in story.loaded.parts):
            raise web.HTTPNotFound(reason="This chapter is not there any more.")
        return file


DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)


async def read_fields(request: web.Request, *wanted: str) -> dict[str, Any]:
    """Return the JSON object that a request brings, with half surrogate pairs replaced.

    Raises:
        HTTPBadRequest: it brings none, or lacks one of the `wanted` texts.
    """
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in wanted):
        raise web.HTTPBadRequest(reason="The desk did not understand this. Reload the page.")
    return {name: _sound(value) if isinstance(value, str) else value for name, value in body.items()}


def _sound(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
