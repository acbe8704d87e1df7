"""Routes of chapters that were taken out: the list, and putting one back."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.content.chapters.chapter_file import LONGEST_FILE, read_chapter_text
from bot.desk.desk import DESK, Desk, read_fields
from bot.desk.file_answers import answering
from bot.domain.pages import count_words
from bot.schemas.text_file import UnreadableFile, read_any_text

routes = web.RouteTableDef()


@routes.get("/api/stories/{slug}/removed")
async def list_removed(request: web.Request) -> web.Response:
    """Answer with the files that were taken out, the last first."""
    desk = request.app[DESK]
    slug = (await asyncio.to_thread(desk.story, request.match_info["slug"])).slug
    return web.json_response({"removed": await asyncio.to_thread(_removed, desk, slug)})


@routes.post("/api/stories/{slug}/removed")
async def restore(request: web.Request) -> web.Response:
    """Put the file of that `name` back among the chapters."""
    desk = request.app[DESK]
    fields = await read_fields(request, "name")
    slug = (await asyncio.to_thread(desk.story, request.match_info["slug"])).slug
    file = await answering(desk.files.restore, slug, fields["name"])
    await desk.changes.notify()
    return web.json_response({"file": file})


def _removed(desk: Desk, slug: str) -> list[dict[str, Any]]:
    folder = desk.files.removed_folder(slug)
    found = []
    for name in desk.files.list_removed(slug):
        title, words = name, 0
        try:
            file, _ = read_chapter_text(folder / name, read_any_text(folder / name, most=LONGEST_FILE))
        except UnreadableFile:
            file = None
        if file is not None:
            title, words = file.title, count_words(file.text)
        found.append({"name": name, "title": title, "words": words})
    return found
