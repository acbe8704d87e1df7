"""Refusal of requests that do not come from the desk's own page on this machine."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

KEY_HEADER = "X-Desk-Key"
_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_OWN = frozenset({"same-origin", "none"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def new_key() -> str:
    """Return the key that the page gets when it is opened, and shows with each of its requests."""
    return secrets.token_urlsafe(32)


def make_guard(key: str) -> Middleware:
    """Make the middleware that lets only the desk's own page in.

    It refuses a name that was rebound to this machine, requests of other sites and of other pages on this machine,
    and calls of the API without the `key`, which no other page can read.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        refused = _find_objection(request, key)
        if refused is not None:
            return web.json_response({"error": refused}, status=403, headers=_HEADERS)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if request.path.startswith("/api/") and error.content_type != "application/json":
                return web.json_response({"error": error.reason}, status=error.status, headers=_HEADERS)
            error.headers.update(_HEADERS)
            raise
        response.headers.update(_HEADERS)
        return response

    return guard


def _find_objection(request: web.Request, key: str) -> str | None:
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    if host not in _HOSTS:
        return "The desk answers only under its address on this machine."
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return "The desk answers only its own page."
    # What a link or the address bar opens comes from nowhere, or from another site; nothing but the page itself does.
    opened = request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN and not opened:
        return "The desk answers only its own page."
    if request.path.startswith("/api/"):
        shown = request.headers.get(KEY_HEADER, "")
        if not hmac.compare_digest(shown.encode(), key.encode()):
            return "The desk was started anew. Reload the page."
    return None
