"""Observation of every request to Discord, below discord.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp

from bot.clock import stopwatch

_UNCOUNTED = frozenset({"interactions", "webhooks"})
"""Parts of the addresses that do not count towards the global rate limit (docs: topics/rate-limits)."""

_API = "api"
"""Part of the addresses of Discord's API, as opposed to those of the gateway and of files."""

_UNAUTHORIZED = 401


def _ignore_request() -> None:
    pass


def _ignore_date(_date: str | None, _sent: float, _answered: float) -> None:
    pass


@dataclass(frozen=True, slots=True)
class RequestObserver:
    """Callbacks for those who count requests or compare clocks."""

    on_request: Callable[[], None] = _ignore_request
    """Called for each request that counts towards the global rate limit, discord.py's repetitions included."""
    on_date: Callable[[str | None, float, float], None] = _ignore_date
    """Called with the date of each answer and the times of request and answer on the monotonic counter."""


def trace_requests(observer: RequestObserver, on_unauthorized: Callable[[], None]) -> aiohttp.TraceConfig:
    """Return a trace that calls the observer, and `on_unauthorized` when Discord refuses the token for a request."""

    async def start(
        _session: object, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        context.sent = stopwatch()
        if _UNCOUNTED.isdisjoint(request.url.parts):
            observer.on_request()

    async def end(_session: object, context: SimpleNamespace, answer: aiohttp.TraceRequestEndParams) -> None:
        if _API in answer.url.parts:
            observer.on_date(answer.response.headers.get("Date"), context.sent, stopwatch())
        if answer.response.status == _UNAUTHORIZED and _UNCOUNTED.isdisjoint(answer.url.parts):
            on_unauthorized()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(start)
    trace.on_request_end.append(end)
    return trace
