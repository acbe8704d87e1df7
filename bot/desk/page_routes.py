"""Routes of the pages that a text becomes, of the pictures on them, and of front matter as a form."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.content.pictures.picture_files import read_picture
from bot.desk.desk import DESK, read_fields

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
    """Answer with a picture of a story."""
    desk = request.app[DESK]
    story = await asyncio.to_thread(desk.story, request.query.get("story", ""))
    path = request.query.get("path", "")
    picture = await asyncio.to_thread(read_picture, desk.root / story.slug, path)
    if picture is None:
        raise web.HTTPNotFound(reason="There is no such picture.")
    return web.Response(body=picture.data, content_type=picture.media_type)
