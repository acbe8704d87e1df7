"""The machine's Chromium, and windows of it; without pytest, for the screenshots and the benchmarks too."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

MISSING = "no Chromium on this machine (Debian: apt-get install chromium)"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
"""Milliseconds that a browser has for anything on a machine that does other things too."""


def find_chromium() -> str | None:
    """Where the system's Chromium is; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """A running browser, with patience."""
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield running
        finally:
            await running.close()


@asynccontextmanager
async def new_page(browser: Browser, width: int, **context: Any) -> AsyncIterator[Page]:
    """A window of its own, as wide as a desk or a phone; what the page itself complains of fails at the end."""
    phone = {"has_touch": True, "is_mobile": True} if width <= 640 else {}
    size: Any = {"width": width, "height": 844 if phone else 800}
    made = await browser.new_context(viewport=size, **phone, **context)
    complaints: list[str] = []
    try:
        page = await made.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    finally:
        await made.close()
    assert complaints == []
