"""Registration of the control API's routes, and dispatch of requests to their handlers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from discord_sandbox.control_api import admin_routes, person_routes
from discord_sandbox.control_api.control_request import ControlRequest
from discord_sandbox.control_api.live_socket import LiveSocket
from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import ApiError, problem_lines
from discord_sandbox.events import compact
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.sandbox_state import SandboxState

_log = logging.getLogger(__name__)
_PREFIX = "/sandbox/"
_WORDS = {
    50001: "You cannot see this here.",
    50007: "This person takes no direct messages.",
    50013: "You do not have the permission for this here.",
    10003: "This channel is gone.",
    10008: "This message is gone.",
    160005: "This thread is locked.",
    50083: "This thread is archived.",
    50006: "An empty message cannot be sent.",
}


def add_routes(app: web.Application, state: SandboxState) -> None:
    """Add the control API's routes to an application."""
    for path, handler in person_routes.POST.items():
        # Pages mark channels as read by themselves.
        acts = path != "read"
        app.router.add_route("POST", _PREFIX + path, _serve(state, handler, acts=acts))
    for method, table in (
        ("GET", person_routes.GET),
        ("GET", admin_routes.GET),
        ("POST", admin_routes.POST),
        ("DELETE", admin_routes.DELETE),
    ):
        for path, handler in table.items():
            app.router.add_route(method, _PREFIX + path, _serve(state, handler))
    app.router.add_get(_PREFIX + "live", _serve_live(state))


Handler = Callable[[ControlRequest], Awaitable[Json]]
WebHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _serve(state: SandboxState, handler: Handler, *, acts: bool = False) -> WebHandler:
    async def serve(request: web.Request) -> web.StreamResponse:
        if acts:
            state.activity.record()
        try:
            asked = ControlRequest(state, request, await _body(request))
            return _answer(state, 200, await handler(asked))
        except WrongInput as error:
            return _answer(state, 400, {"error": error.message, "code": 0, "fields": error.fields})
        except ApiError as error:
            return _answer(state, error.status, _refusal(error))
        except (ValueError, TypeError, LookupError) as error:
            return _answer(state, 400, {"error": f"This request makes no sense: {error}", "code": 0})
        except Exception as error:
            _log.exception("a control request failed", extra={"action": "sandbox.driver_failed"})
            return _answer(state, 409, {"error": str(error) or type(error).__name__, "code": 0})

    return serve


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        raise WrongInput("Send JSON, as application/json.")
    body: Any = await request.json()
    if not isinstance(body, dict):
        raise WrongInput("Send a JSON object.")
    return body


def _refusal(error: ApiError) -> Json:
    words = _WORDS.get(error.code, error.message)
    if error.errors:
        words = "; ".join(problem_lines(error.errors))
    return {"error": words, "code": error.code} | dict(error.extra)


def _answer(state: SandboxState, status: int, data: Json) -> web.Response:
    text = compact(data).replace(f"{state.url}/attachments/", "/attachments/")
    return web.Response(status=status, text=text, content_type="application/json")


def _serve_live(state: SandboxState) -> WebHandler:
    async def serve(request: web.Request) -> web.StreamResponse:
        try:
            person = ControlRequest(state, request, {}).person
        except WrongInput as error:
            return _answer(state, 400, {"error": error.message, "code": 0})
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        await LiveSocket(state, person, socket, trace=request.query.get("trace") == "1").serve()
        return socket

    return serve
