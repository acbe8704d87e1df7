"""Routes of stories: the list, one with its chapters, a new one, and its settings."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.content.authoring.story_slugs import free_slug
from bot.content.chapters.chapter_file import ChapterFile
from bot.content.files.directory_scan import printable_path
from bot.content.files.file_names import title_from_name
from bot.content.stories.story_folders import STORY_FILE
from bot.desk.chapter_pages import tell
from bot.desk.desk import DESK, Desk, read_fields
from bot.desk.desk_content import DeskStory, count_faults
from bot.desk.file_answers import answering
from bot.desk.opened_chapter import open_chapter
from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import BrokenChapter
from bot.schemas.text_file import UnreadableFile, read_text
from bot.schemas.yaml_source import YamlSource

routes = web.RouteTableDef()
_MOST = 256 * 1024


@routes.get("/api/stories")
async def list_stories(request: web.Request) -> web.Response:
    """Answer with every story in short."""
    desk = request.app[DESK]
    stories, faults = await asyncio.to_thread(desk.content.list_stories)
    return web.json_response(
        {
            "folder": str(desk.root),
            "stories": [
                {
                    "slug": each.slug,
                    "title": each.story.title,
                    "chapters": len(each.loaded.parts),
                    **count_faults(_told(each)),
                }
                for each in stories
            ],
            "faults": [tell(fault) for fault in faults],
        }
    )


@routes.post("/api/stories")
async def create_story(request: web.Request) -> web.Response:
    """Make a story of a title and whatever settings come along."""
    desk = request.app[DESK]
    fields = await read_fields(request, "title")
    title = fields["title"].strip()
    if not title:
        raise web.HTTPBadRequest(reason="Give the story a title.")
    settings = {"title": title, **(fields.get("settings") or {})}

    def create() -> str:
        slug = free_slug(desk.root, title)
        desk.files.create_story(slug, settings)
        return slug

    slug = await answering(create)
    await desk.changes.notify()
    return web.json_response({"slug": slug})


@routes.get("/api/stories/{slug}")
async def show_story(request: web.Request) -> web.Response:
    """Answer with a story, its chapters in order, its settings and its faults.

    With `open`, the name of a chapter's file or nothing for the first, that chapter comes along as `opened`.
    """
    desk = request.app[DESK]
    opening = request.query.get("open")
    return web.json_response(await asyncio.to_thread(_story, desk, request.match_info["slug"], opening))


@routes.put("/api/stories/{slug}/settings")
async def change_settings(request: web.Request) -> web.Response:
    """Change keys of `story.yaml`, given with dots: `release.schedule`."""
    desk = request.app[DESK]
    slug = (await asyncio.to_thread(desk.story, request.match_info["slug"])).slug
    changes = (await read_fields(request)).get("changes")
    if not isinstance(changes, dict):
        raise web.HTTPBadRequest(reason="There is nothing to change.")
    await answering(desk.files.set_settings, slug, changes)
    await desk.changes.notify()
    return web.json_response(await asyncio.to_thread(_story, desk, slug))


def _story(desk: Desk, slug: str, opening: str | None = None) -> dict[str, Any]:
    story = desk.story(slug)
    faults = _told(story)
    drafts = desk.drafts.list_files(slug)
    settings, readable = _settings(desk.root / slug / STORY_FILE)
    return {
        "slug": slug,
        "title": story.story.title,
        "language": story.story.language,
        "timezone": story.story.release_rules.zone.key,
        "settings": settings,
        "settings_readable": readable,
        "chapters": [_chapter(desk, story, part, faults, drafts) for part in story.loaded.parts],
        "faults": [tell(fault) for fault in faults if not _is_of_chapter(desk, story, fault)],
        "opened": None if opening is None else open_chapter(desk, story, opening),
    }


def _chapter(
    desk: Desk,
    story: DeskStory,
    part: ChapterFile | BrokenChapter,
    faults: list[Diagnostic],
    drafts: frozenset[str],
) -> dict[str, Any]:
    name = printable_path(desk.content.chapters(story.slug) / part.file)
    shown: dict[str, Any] = {
        "file": part.file,
        "key": part.key,
        "unsaved": part.file in drafts,
        **count_faults([fault for fault in faults if fault.file == name]),
    }
    if isinstance(part, BrokenChapter):
        return {**shown, "title": title_from_name(Path(part.file).stem), "broken": True}
    chapter = part.chapter(story.story.release_rules.zone)
    return {
        **shown,
        "title": part.title,
        "part": part.part,
        "draft": part.form.draft,
        "extra": part.form.extra,
        "publish_at": chapter.publish_at.isoformat() if chapter.publish_at else None,
        "words": desk.content.words(part),
    }


def _is_of_chapter(desk: Desk, story: DeskStory, fault: Diagnostic) -> bool:
    folder = printable_path(desk.content.chapters(story.slug))
    return any(fault.file == f"{folder}/{part.file}" for part in story.loaded.parts)


def _told(story: DeskStory) -> list[Diagnostic]:
    """Return the story's faults; that a new story has no chapters is none at the desk."""
    chapters = f"{story.slug}/chapters"
    return [
        fault
        for fault in story.loaded.faults
        if story.loaded.parts or fault.warning or not Path(fault.file).as_posix().endswith(chapters)
    ]


def _settings(file: Path) -> tuple[dict[str, Any], bool]:
    """Return the keys of `story.yaml` as they are written, with dots, and whether it can be read."""
    try:
        value, faults = YamlSource(str(file), read_text(file, most=_MOST)).read()
    except UnreadableFile:
        return {}, not file.exists()
    if not isinstance(value, dict):
        return {}, value is None and not faults
    return dict(_flat(value)), True


def _flat(values: dict[Any, Any], before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in values.items():
        name = f"{before}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, _plain(value))]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [
            {str(key): _plain(each) for key, each in item.items()} if isinstance(item, dict) else _plain(item)
            for item in value
        ]
    # Ids are longer than the numbers that a browser keeps exactly, and days are no JSON at all.
    return value if value is None or isinstance(value, bool) else str(value)
