"""Route that starts the demo with the desk's stories."""

from __future__ import annotations

import json

from aiohttp import web

from bot.desk.demo_process import DemoFailure
from bot.desk.desk import DESK

routes = web.RouteTableDef()


@routes.post("/api/demo")
async def start_demo(request: web.Request) -> web.Response:
    """Answer with the address of the demo's page, once it is ready."""
    try:
        url = await request.app[DESK].demo.start()
    except DemoFailure as failure:
        told = json.dumps({"error": str(failure)})
        raise web.HTTPBadGateway(text=told, content_type="application/json") from failure
    return web.json_response({"url": url})
