"""HTTP server: REST API, gateway, files, page and control API, for this machine alone."""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from discord_sandbox.control_api import request_dispatch
from discord_sandbox.discord_objects import User
from discord_sandbox.gateway.connection import Connection
from discord_sandbox.rest.request_body import LARGEST
from discord_sandbox.rest.request_pipeline import BASE, RequestPipeline
from discord_sandbox.sandbox_state import SandboxState
from discord_sandbox.snowflakes import parse

PAGE = Path(__file__).parent / "web"
_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from other origins, no inline script or style: hostile text on the page stays text."""


def build_app(state: SandboxState) -> web.Application:
    """Build the application that serves a sandbox."""
    app = web.Application(middlewares=[_guard], client_max_size=LARGEST + 2**20)
    pipeline = RequestPipeline(state)
    app.router.add_route("*", BASE + "/{rest:.*}", pipeline.serve)

    async def gateway(request: web.Request) -> web.StreamResponse:
        return await _gateway(state, request)

    async def attachment(request: web.Request) -> web.StreamResponse:
        return _attachment(state, request)

    async def avatar(request: web.Request) -> web.StreamResponse:
        return _avatar(state, request)

    app.router.add_get("/gateway", gateway)
    app.router.add_get("/gateway/", gateway)
    app.router.add_get("/attachments/{channel}/{attachment}/{filename}", attachment)
    app.router.add_get("/sandbox/avatars/{user}.svg", avatar)
    request_dispatch.add_routes(app, state)
    app.router.add_get("/{file:.*}", _page)
    return app


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests from other sites: a DNS name rebound to loopback, or a page of a foreign origin."""
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    if host not in _HOSTS:
        return web.json_response(
            {"error": "This server answers only under its loopback address."}, status=403
        )
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return web.json_response({"error": "This server answers only its own page."}, status=403)
    return await handler(request)


async def _gateway(state: SandboxState, request: web.Request) -> web.StreamResponse:
    socket = web.WebSocketResponse(compress=False, max_msg_size=2**20, autoping=True)
    if state.faults.offline or not socket.can_prepare(request):
        if state.faults.offline and request.transport is not None:
            request.transport.close()
        return web.Response(status=400)
    await socket.prepare(request)
    await Connection(state.hub, socket, request).serve()
    return socket


def _attachment(state: SandboxState, request: web.Request) -> web.StreamResponse:
    number = request.match_info["attachment"]
    found = state.world.attachments.get(parse(number) or 0)
    if found is None or str(found.channel_id) != request.match_info["channel"]:
        return web.Response(status=404)
    shown = found.content_type.split(";")[0] in ("image/png", "image/jpeg", "image/gif", "image/webp")
    headers = {
        "Content-Type": found.content_type if shown else "application/octet-stream",
        "Content-Disposition": "inline" if shown else f'attachment; filename="{found.filename}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=86400",
    }
    return web.Response(body=found.data, headers=headers)


def _avatar(state: SandboxState, request: web.Request) -> web.StreamResponse:
    number = request.match_info["user"]
    user = state.world.users.get(parse(number) or 0)
    if user is None:
        return web.Response(status=404)
    return web.Response(
        text=portrait(user), content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"}
    )


def portrait(user: User) -> str:
    """Return a round SVG picture with a person's initials on a colour derived from their id."""
    hue = hashlib.blake2b(str(user.id).encode(), digest_size=1).digest()[0] * 360 // 256
    initials = escape("".join(word[0] for word in user.shown.split()[:2]).upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="32" '
        f'fill="hsl({hue} 45% 38%)"/><text x="32" y="33" fill="#fff" font-family="sans-serif" font-size="26" '
        f'text-anchor="middle" dominant-baseline="central">{initials}</text></svg>'
    )


async def _page(request: web.Request) -> web.StreamResponse:
    """Serve a file of the page; the folder may be absent where the package was built without it."""
    wanted = (PAGE / (request.match_info["file"] or "index.html")).resolve()
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }
    if not wanted.is_relative_to(PAGE.resolve()) or not wanted.is_file():
        return web.Response(status=404, text="There is nothing here.", headers=headers)
    return web.FileResponse(wanted, headers=headers)
