"""A newcomer on the demo: reads, suggests, decides, hears of it, subscribes, and sees the bot bear trouble."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.tests.page import axe
from sandbox.tests.page.browser import new_page

from .walk import Newcomer, demo

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(240),
]


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_newcomer(browser: Any, width: int) -> None:
    complaints = {}

    async def look(name: str) -> None:
        if axe.source() is not None and (found := await axe.complaints(page)):
            complaints[name] = found

    async with demo() as url, new_page(browser, width) as page:
        await page.goto(url)
        await Newcomer(page, look).walk()
    assert complaints == {}
