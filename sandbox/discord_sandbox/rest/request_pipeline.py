"""Processing of REST requests, from routing to the recorded answer."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from discord_sandbox.clock import SystemClock, stopwatch
from discord_sandbox.errors import ApiError
from discord_sandbox.events import compact
from discord_sandbox.faults import BEFORE, Fault
from discord_sandbox.rate_limits import GLOBAL, InvalidRequests, Verdict, refusal
from discord_sandbox.rest import (
    application_routes,
    channel_routes,
    command_routes,
    guild_routes,
    interaction_routes,
    message_routes,
    poll_routes,
    reaction_routes,
    thread_routes,
    user_routes,
    webhook_routes,
)
from discord_sandbox.rest.api_request import ApiRequest, RateLimited, Reply
from discord_sandbox.rest.request_body import read_body
from discord_sandbox.rest.router import Route, Router
from discord_sandbox.sandbox_state import SandboxState
from discord_sandbox.snowflakes import parse

_log = logging.getLogger(__name__)
BASE = "/api/v10"
TABLES = (
    user_routes,
    application_routes,
    command_routes,
    channel_routes,
    message_routes,
    reaction_routes,
    thread_routes,
    poll_routes,
    guild_routes,
    webhook_routes,
    interaction_routes,
)


@dataclass(slots=True)
class _Exchange:
    """Request in progress."""

    request: web.Request
    path: str
    route: Route | None = None
    params: dict[str, str] = field(default_factory=dict)
    body: Any = None
    verdict: Verdict | None = None
    fault: Fault | None = None
    headers: dict[str, str] = field(default_factory=dict)
    scope: str | None = None
    started: float = field(default_factory=stopwatch)

    @property
    def method(self) -> str:
        return self.request.method


class RequestPipeline:
    """Processing of the REST API of one sandbox."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._router = Router(module.routes for module in TABLES)
        self._invalid = InvalidRequests()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        exchange = _Exchange(request, request.rel_url.raw_path.removeprefix(BASE))
        # In this order: reachability, Cloudflare's block, route, token, faults before the effect, limits, body,
        # handler, faults after the effect. So a fault that loses the answer leaves the effect in the world.
        if self._state.faults.offline:
            return self._drop(exchange, "offline")
        now = self._state.clock.now().timestamp()
        if self._state.limits.on and self._invalid.is_blocked(now):
            return web.Response(status=429, text="<html>error code: 1015</html>", content_type="text/html")
        try:
            await self._find(exchange)
            if exchange.fault is not None and exchange.fault.kind == "drop_before":
                return self._drop(exchange, exchange.fault.label)
            status, answer = await self._handle(exchange, now)
        except ApiError as error:
            status, answer = error.status, error.body()
        except RateLimited as limited:
            status, answer = self._rate_limited_answer(exchange, limited.verdict, "user")
        except _Refusal as refused:
            status, answer = refused.status, refused.answer
        except Exception:
            _log.exception("a handler failed", extra={"action": "sandbox.handler_failed"})
            status, answer = 500, _server_error(500)
        if status in (401, 403) or (status == 429 and exchange.scope != "shared"):
            self._invalid.count(now)
        return await self._answer(exchange, status, answer)

    async def _find(self, exchange: _Exchange) -> None:
        found = self._router.find(exchange.method, exchange.path)
        if isinstance(found, int):
            raise _Refusal(found, {"message": f"{found}: {_STATUS[found]}", "code": 0})
        exchange.route, exchange.params = found
        if exchange.route.bound:
            self._require_token(exchange.request)
        channel, guild = self._place(exchange.params)
        exchange.fault = self._state.faults.hit(exchange.method, exchange.route.path, channel, guild)
        if exchange.fault is not None and exchange.fault.kind in BEFORE:
            await self._apply_fault(exchange, exchange.fault)

    def _require_token(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self._state.bot_token}":
            raise _Refusal(401, {"message": "401: Unauthorized", "code": 0})

    def _place(self, params: dict[str, str]) -> tuple[str | None, str | None]:
        """Return the channel and guild that a request is about; for an interaction's token, the interaction's."""
        channel = params.get("channel")
        if channel is None and "token" in params:
            interaction = self._state.interactions.by_token(params["token"])
            channel = str(interaction.channel_id) if interaction else None
        guild = params.get("guild")
        if guild is None and channel is not None:
            known = self._state.world.channels.get(parse(channel) or 0)
            guild = str(known.guild_id) if known and known.guild_id else None
        return channel, guild

    async def _apply_fault(self, exchange: _Exchange, fault: Fault) -> None:
        """Apply a fault that precedes the handler."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "refuse":
            raise ApiError(fault.code)
        elif fault.kind == "error":
            raise _Refusal(fault.status, _server_error(fault.status))
        elif fault.kind == "limit":
            exchange.scope = fault.scope
            body, exchange.headers = refusal(fault.retry_after, scope=fault.scope)
            raise _Refusal(429, body)

    async def _handle(self, exchange: _Exchange, now: float) -> tuple[int, Any]:
        route = exchange.route
        assert route is not None
        limits = self._state.limits
        if route.bound:
            everything = limits.take(GLOBAL, "", now)
            if everything.retry_after is not None:
                return self._rate_limited_answer(exchange, everything, "global")
        if route.limit is not None:
            exchange.verdict = limits.take(route.limit, _major(exchange.params), now)
            if exchange.verdict.retry_after is not None:
                return self._rate_limited_answer(exchange, exchange.verdict, "user")
        api_request = ApiRequest(self._state, exchange.params, exchange.request.query)
        if exchange.request.can_read_body:
            api_request.body, api_request.uploads = await read_body(exchange.request)
            exchange.body = api_request.body
            self._state.schema.check(exchange.method, route.path, api_request.body, self._state.trace)
        answer = route.handler(api_request)
        if isinstance(answer, Reply):
            return answer.status, answer.body
        return (204, None) if answer is None else (200, answer)

    def _rate_limited_answer(self, exchange: _Exchange, verdict: Verdict, scope: str) -> tuple[int, Any]:
        exchange.scope = scope
        body, exchange.headers = refusal(verdict.retry_after or 0, scope=scope, code=verdict.limit.code)
        return 429, body

    async def _answer(self, exchange: _Exchange, status: int, answer: Any) -> web.StreamResponse:
        fault = exchange.fault
        if fault is not None and fault.kind == "drop_after":
            return self._drop(exchange, fault.label, status, answer)
        if fault is not None and fault.kind == "delay_answer":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "error_after":
            status, answer = fault.status, _server_error(fault.status)
        self._note(exchange, status, answer, dropped=False)
        headers = {"Via": "1.1 google"} | exchange.headers
        if self._state.faults.ahead is not None:
            headers["Date"] = format_datetime(SystemClock().now() + self._state.faults.ahead, usegmt=True)
        if exchange.verdict is not None and self._state.limits.on:
            headers |= exchange.verdict.headers()
        if status == 204:
            return web.Response(status=204, headers=headers)
        if isinstance(answer, str):
            return web.Response(status=status, text=answer, content_type="text/html", headers=headers)
        body = compact(answer).encode()
        if fault is not None and fault.kind == "cut_after":
            body = body[: len(body) // 2]
        return web.Response(status=status, body=body, content_type="application/json", headers=headers)

    def _drop(self, exchange: _Exchange, why: str, status: int = 0, answer: Any = None) -> web.StreamResponse:
        """Cut the connection instead of answering."""
        self._note(exchange, status, answer, dropped=True, why=why)
        if exchange.request.transport is not None:
            exchange.request.transport.close()
        return web.Response(status=500)

    def _note(
        self, exchange: _Exchange, status: int, answer: Any, *, dropped: bool, why: str | None = None
    ) -> None:
        told = answer if isinstance(answer, dict) else {}
        self._state.trace.add(
            "request",
            method=exchange.method,
            path=exchange.path,
            route=exchange.route.path if exchange.route else None,
            status=status,
            ms=round((stopwatch() - exchange.started) * 1000, 2),
            code=told.get("code") if status >= 400 else None,
            error=told.get("message") if status >= 400 else None,
            request=exchange.body,
            response=answer,
            limit=exchange.verdict.to_json() if exchange.verdict and self._state.limits.on else None,
            scope=exchange.scope,
            fault=why or (exchange.fault.label if exchange.fault else None),
            dropped=dropped,
        )


class _Refusal(Exception):
    """Refusal that is not an ApiError: it has no code, or another form."""

    def __init__(self, status: int, answer: Any) -> None:
        super().__init__(status)
        self.status = status
        self.answer = answer


_STATUS = {404: "Not Found", 405: "Method Not Allowed"}


def _server_error(status: int) -> Any:
    """Return the body of a 5xx: JSON from Discord itself, HTML from the proxy in front of it."""
    if status == 500:
        return {"message": "500: Internal Server Error", "code": 0}
    return f"<html><head><title>{status}</title></head><body>upstream request failed</body></html>"


def _major(params: dict[str, str]) -> str:
    """Return the top-level id by which a bucket is split: channel, guild, or webhook with its token."""
    for name in ("channel", "guild"):
        if name in params:
            return params[name]
    if "token" in params:
        return f"{params.get('webhook', '')}:{params['token']}"
    return ""
