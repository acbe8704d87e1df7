"""Server of the desk, for this machine alone."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.desk import (
    calendar_routes,
    change_routes,
    chapter_routes,
    demo_routes,
    front_matter_routes,
    import_routes,
    page_routes,
    reader_routes,
    removed_routes,
    schedule_routes,
    story_routes,
)
from bot.desk.desk import DESK, Desk
from bot.desk.page_files import add_page_routes
from bot.desk.request_guard import make_guard, new_key

DEFAULT_PORT = 8712
_LOOPBACK = "127.0.0.1"
_LARGEST = 32 * 1024 * 1024
"""Bytes of a request: the longest chapter that can be read, as JSON, with room to spare."""

_ROUTES = (
    story_routes,
    chapter_routes,
    front_matter_routes,
    import_routes,
    page_routes,
    reader_routes,
    removed_routes,
    schedule_routes,
    calendar_routes,
    change_routes,
    demo_routes,
)


def build_app(desk: Desk, key: str) -> web.Application:
    """Build the application that serves a desk to whoever shows the key."""
    app = web.Application(middlewares=[make_guard(key)], client_max_size=_LARGEST)
    app[DESK] = desk
    add_page_routes(app, key)
    for module in _ROUTES:
        app.add_routes(module.routes)
    return app


class DeskServer:
    """Serves a desk inside of its context; port 0 takes any free port."""

    def __init__(self, desk: Desk, port: int = DEFAULT_PORT) -> None:
        self.port = port
        self._desk = desk
        self._runner = web.AppRunner(
            build_app(desk, new_key()), access_log=None, shutdown_timeout=0.5, handler_cancellation=True
        )
        self._watch = desk.changes.watching()
        self._reading: asyncio.Task[object]

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"http://{_LOOPBACK}:{self.port}"

    async def __aenter__(self) -> Self:
        """Serve at the port.

        Raises:
            OSError: the port is taken.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, _LOOPBACK, self.port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = self._runner.addresses[0][1]
        await self._watch.__aenter__()
        # Read before the page asks, which is a moment later.
        self._reading = asyncio.create_task(asyncio.to_thread(self._desk.content.list_stories))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reading.cancel()
        await self._watch.__aexit__(kind, error, trace)
        await self._desk.demo.close()
        await self._runner.cleanup()
        await asyncio.to_thread(self._desk.imports.close)
