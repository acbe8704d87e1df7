"""A browser, a sandbox and a bare bot for the page's tests; without a browser they are skipped, with the reason."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import pytest_asyncio
from discord_sandbox import seed
from discord_sandbox.server import Sandbox

from ..bare_client import Api, Gateway
from .browser import MISSING, chromium, find_chromium, new_page
from .raw_bot import RawBot

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

SESSION: Any = "session"
OpenPage = Callable[..., Awaitable["Page"]]


@pytest_asyncio.fixture(scope=SESSION, loop_scope=SESSION)
async def browser() -> AsyncIterator[Browser]:
    pytest.importorskip("playwright.async_api", reason="Playwright is not installed")
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    async with chromium(path) as running:
        yield running


@pytest_asyncio.fixture(loop_scope=SESSION)
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(port=0, limits=False) as running:
        yield running


@pytest_asyncio.fixture(loop_scope=SESSION)
async def bare(sandbox: Sandbox) -> AsyncIterator[RawBot]:
    async with aiohttp.ClientSession() as session:
        made = RawBot(Api(sandbox, session), Gateway(sandbox, session))
        yield made
        if hasattr(made, "socket"):
            await made.disconnect()


@pytest_asyncio.fixture(loop_scope=SESSION)
async def open_page(browser: Browser, sandbox: Sandbox) -> AsyncIterator[OpenPage]:
    """Opens the page as somebody, in a window of their own; whatever the page complains of fails the test."""
    windows = AsyncExitStack()

    async def opened(
        who: int = seed.READERS[0],
        channel: int = seed.READING_ROOM,
        *,
        width: int = 1280,
        hints: bool = False,
        **context: Any,
    ) -> Page:
        page = await windows.enter_async_context(new_page(browser, width, **context))
        if not hints:
            await page.add_init_script("localStorage.setItem('fascicle-helper-closed', '1')")
        await page.goto(f"{sandbox.url}/?as={who}#/{channel}")
        await page.wait_for_selector(
            f'.place[data-channel="{channel}"][aria-current], .here', state="attached"
        )
        return page

    async with windows:
        yield opened
