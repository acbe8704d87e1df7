"""Routes of the pages that a text becomes, of the pictures on them, and of front matter as a form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from bot.content.pictures.picture_files import read_picture
from bot.desk.desk import DESK, Desk, read_fields

routes = web.RouteTableDef()


@routes.post("/api/stories/{slug}/pages")
async def make_pages(request: web.Request) -> web.Response:
    """Answer with the pages, the faults and the form of a text that is not saved."""
    desk = request.app[DESK]
    fields = await read_fields(request, "file", "text")
    known = fields.get("known")
    slug = request.match_info["slug"]

    def look() -> dict[str, object]:
        story = desk.content.recent(slug)
        if story is None or not any(part.file == fields["file"] for part in story.loaded.parts):
            # A moment ago it may not have been there yet.
            story = desk.story(slug)
        file = desk.chapter_file(story, fields["file"])
        return desk.pages.look(story, file, fields["text"], frozenset(known) if known else frozenset())

    return web.json_response(await asyncio.to_thread(look))


@routes.get("/pictures")
async def show_picture(request: web.Request) -> web.Response:
    """Answer with a picture of a story, or of an import that is looked at."""
    desk = request.app[DESK]
    name, path = request.query.get("story", ""), request.query.get("path", "")
    preview = desk.imports.find(name)
    folder = preview.pictures if preview is not None else await asyncio.to_thread(_folder, desk, name)
    picture = await asyncio.to_thread(read_picture, folder, path)
    if picture is None:
        raise web.HTTPNotFound(reason="There is no such picture.")
    return web.Response(body=picture.data, content_type=picture.media_type)


def _folder(desk: Desk, slug: str) -> Path:
    return desk.root / desk.story(slug).slug
