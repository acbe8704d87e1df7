"""Routes of front matter as a form: in a text that is not saved, and in a file."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.content.authoring.front_matter_edit import change_front_matter
from bot.desk.desk import DESK, read_fields
from bot.desk.file_answers import answering

routes = web.RouteTableDef()


@routes.post("/api/front-matter")
async def change_text(request: web.Request) -> web.Response:
    """Answer with a text in which keys of the front matter are changed; nothing is saved."""
    fields = await read_fields(request, "text")
    changes = _changes(fields)
    return web.json_response({"text": await answering(change_front_matter, fields["text"], changes)})


@routes.put("/api/stories/{slug}/front-matter")
async def change_file(request: web.Request) -> web.Response:
    """Change keys of a chapter's front matter in its file."""
    desk = request.app[DESK]
    fields = await read_fields(request, "file")
    story = await asyncio.to_thread(desk.story, request.match_info["slug"])
    file = desk.chapter_file(story, fields["file"])
    saved = await answering(desk.files.set_front_matter, story.slug, file, _changes(fields))
    await desk.changes.notify()
    return web.json_response({"version": saved.version})


def _changes(fields: dict[str, Any]) -> dict[str, Any]:
    changes = fields.get("changes")
    if not isinstance(changes, dict) or not changes:
        raise web.HTTPBadRequest(reason="There is nothing to change.")
    return changes
