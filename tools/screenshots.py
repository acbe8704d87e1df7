"""The pictures in docs/images: the author's desk, and a newcomer's walk through the demo (`make screenshots`).

Each is taken at two widths, in dark and in light; the moving picture is filmed last.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from io import BytesIO

from PIL import Image
from playwright.async_api import Browser, Page, expect

from bot.clock import SystemClock
from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer
from sandbox.tests.page.browser import MISSING, chromium, find_chromium, new_page
from tests.page.walk import HINTS_CLOSED, ROOT, Newcomer, demo
from tools.moving_picture import record

FOLDER = ROOT / "docs" / "images"
SHOWN = {"suggest", "queue", "reader", "desk"}
"""The moments that the documents show."""
COLORS = 256
"""Colours of a picture: enough for text and flat areas, few enough for a small file."""
WIDTHS = (1280, 390)
SCHEMES = ("dark", "light")


async def take_all(executable: str) -> None:
    """Take the pictures at each width and in each scheme, then film."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with chromium(executable) as browser:
        for width in WIDTHS:
            await asyncio.gather(*(take(browser, width, scheme) for scheme in SCHEMES))
            await asyncio.gather(*(take_desk(browser, width, scheme) for scheme in SCHEMES))
        await record(browser)


async def take(browser: Browser, width: int, scheme: str) -> None:
    """Walk once, with a picture at each step."""
    async with demo() as url, new_page(browser, width, color_scheme=scheme) as page:
        camera = partial(picture, page, f"{width}-{scheme}")
        await page.add_init_script(HINTS_CLOSED)
        walk = Newcomer(page, camera)
        await walk.arrive(url)
        await walk.read_suggest_decide()
        await walk.read_privately()


async def take_desk(browser: Browser, width: int, scheme: str) -> None:
    """Open the sample stories at the author's desk, with the cursor where a page ends."""
    desk = Desk.open(ROOT / "content", SystemClock(), page_length=3200)
    async with DeskServer(desk, port=0) as server, new_page(browser, width, color_scheme=scheme) as page:
        await page.goto(server.url)
        await expect(page.locator(".page").first).to_be_attached()
        await picture(page, f"{width}-{scheme}", "desk")


async def picture(page: Page, kind: str, name: str) -> None:
    """Take one picture once the page has come to rest; steps that are not worth showing are skipped."""
    if name not in SHOWN:
        return
    await page.mouse.move(0, 0)
    await Newcomer(page).settle()
    if name == "reader":
        await Newcomer(page).scroll_to(page.get_by_role("button", name="Dismiss message").last)
    path = FOLDER / f"{name}-{kind}.png"
    with Image.open(BytesIO(await page.screenshot(animations="disabled"))) as shot:
        shrunk = shot.convert("RGB").quantize(
            COLORS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE
        )
        shrunk.save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def main() -> int:
    """Take the pictures. Return 1 where there is no browser."""
    executable = find_chromium()
    if executable is None:
        sys.stderr.write(f"There is {MISSING}.\n")
        return 1
    asyncio.run(take_all(executable))
    return 0


if __name__ == "__main__":
    sys.exit(main())
