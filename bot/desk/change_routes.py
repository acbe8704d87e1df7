"""Route by which an open page hears that files have changed."""

from __future__ import annotations

from aiohttp import web

from bot.desk.desk import DESK

routes = web.RouteTableDef()
_PATIENCE = 20.0
"""Seconds that a request waits for a change before the page asks again."""


@routes.get("/api/changes")
async def wait_for_changes(request: web.Request) -> web.Response:
    """Answer with the count of changes as soon as it is another than the page knows."""
    known = request.query.get("since", "")
    since = int(known) if known.isdecimal() and len(known) < 16 else -1
    count = await request.app[DESK].changes.wait_beyond(since, _PATIENCE)
    return web.json_response({"count": count})
