"""Routes of chapters: text, draft and saved version, new ones, their order, and taking one out."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.desk.desk import DESK, Desk, read_fields
from bot.desk.draft_store import Draft
from bot.desk.file_answers import answering
from bot.desk.opened_chapter import read_chapter

routes = web.RouteTableDef()


@routes.get("/api/stories/{slug}/text")
async def show_text(request: web.Request) -> web.Response:
    """Answer with a chapter's saved text, and its draft if there is one."""
    desk = request.app[DESK]
    slug, file = await _place(desk, request, request.query.get("file", ""))
    return web.json_response(await answering(read_chapter, desk, slug, file))


@routes.put("/api/stories/{slug}/text")
async def save_text(request: web.Request) -> web.Response:
    """Save a chapter's text over the version it goes on from; its draft is done with then."""
    desk = request.app[DESK]
    fields = await read_fields(request, "file", "text", "version")
    slug, file = await _place(desk, request, fields["file"])

    def save() -> str:
        saved = desk.files.save_text(slug, file, fields["text"], fields["version"])
        desk.drafts.remove(slug, file)
        return saved.version

    version = await answering(save)
    await desk.changes.notify()
    return web.json_response({"version": version})


@routes.put("/api/stories/{slug}/draft")
async def keep_draft(request: web.Request) -> web.Response:
    """Keep what was typed, over the draft that the page knows."""
    desk = request.app[DESK]
    fields = await read_fields(request, "file", "text", "version")
    slug, file = await _place(desk, request, fields["file"])
    draft = Draft(file, fields["text"], fields["version"])
    await answering(desk.drafts.write, slug, draft, fields.get("over"))
    return web.json_response({"draft": draft.version})


@routes.delete("/api/stories/{slug}/draft")
async def discard_draft(request: web.Request) -> web.Response:
    """Forget a draft."""
    desk = request.app[DESK]
    slug, file = await _place(desk, request, request.query.get("file", ""))
    await answering(desk.drafts.remove, slug, file)
    return web.json_response({})


@routes.post("/api/stories/{slug}/chapters")
async def add_chapter(request: web.Request) -> web.Response:
    """Make a chapter with a title, at the end or before another one."""
    desk = request.app[DESK]
    fields = await read_fields(request, "title")
    story = await asyncio.to_thread(desk.story, request.match_info["slug"])
    title, before = fields["title"].strip(), fields.get("before")
    if not title:
        raise web.HTTPBadRequest(reason="Give the chapter a title.")
    if before is not None:
        desk.chapter_file(story, str(before))
    file = await answering(desk.files.add_chapter, story.slug, title, fields.get("text") or "", before)
    await desk.changes.notify()
    return web.json_response({"file": file})


@routes.put("/api/stories/{slug}/order")
async def reorder(request: web.Request) -> web.Response:
    """Put the chapters in another order: the files' prefixes follow, and so do drafts; identities stay."""
    desk = request.app[DESK]
    files = (await read_fields(request)).get("files")
    slug = (await asyncio.to_thread(desk.story, request.match_info["slug"])).slug

    def change() -> dict[str, str]:
        before = _files(desk, slug)
        if not isinstance(files, list) or sorted(map(str, files)) != sorted(before.values()):
            raise ValueError("The chapters have changed meanwhile. Look at the list again.")
        desk.files.reorder(slug, files)
        after = _files(desk, slug)
        renamed = {file: after[key] for key, file in before.items() if after.get(key, file) != file}
        desk.drafts.rename(slug, renamed)
        return renamed

    renamed = await answering(change)
    await desk.changes.notify()
    return web.json_response({"renamed": renamed})


@routes.delete("/api/stories/{slug}/chapters")
async def remove_chapter(request: web.Request) -> web.Response:
    """Take a chapter out; its file is kept in a folder that no reader sees."""
    desk = request.app[DESK]
    slug, file = await _place(desk, request, request.query.get("file", ""))

    def remove() -> None:
        draft = desk.drafts.read(slug, file)
        if draft is not None:
            raise ValueError("This chapter has text that is not saved. Save it or throw it away first.")
        desk.files.remove(slug, file)

    await answering(remove)
    await desk.changes.notify()
    return web.json_response({})


async def _place(desk: Desk, request: web.Request, file: str) -> tuple[str, str]:
    """Return story and file of a request, both of which are there."""
    story = await asyncio.to_thread(desk.story, request.match_info["slug"])
    return story.slug, desk.chapter_file(story, file)


def _files(desk: Desk, slug: str) -> dict[str, str]:
    return {part.key: part.file for part in desk.story(slug).loaded.parts}
