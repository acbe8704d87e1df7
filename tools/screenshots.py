"""Screenshots of a newcomer's walk through the demo, written to docs/images: `make screenshots`."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from io import BytesIO

from PIL import Image
from playwright.async_api import Page

from sandbox.tests.page.browser import MISSING, chromium, find_chromium, new_page
from tests.page.walk import ROOT, Newcomer, demo

FOLDER = ROOT / "docs" / "images"
SHOWN = {
    "first-visit", "last-page", "picker-suggest", "suggest", "queue", "notice", "subscribe", "reader", "trouble",
    "parked",
}  # fmt: skip
COLORS = 256
"""Colours of a picture: enough for text and flat areas, few enough for a small file."""
WIDTHS = {1280: "dark", 390: "light"}


async def take(executable: str) -> None:
    """Walk once at each width, with a picture at each step."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with chromium(executable) as browser:
        for width, scheme in WIDTHS.items():
            async with demo() as url, new_page(browser, width, color_scheme=scheme) as page:
                await page.goto(url)
                await page.wait_for_selector("article.message")
                camera = partial(picture, page, width)
                await camera("first-visit")
                await page.get_by_role("button", name="Close these hints").click()
                await Newcomer(page, camera).walk()


async def picture(page: Page, width: int, name: str) -> None:
    """Take one picture once all motion has ended; steps that are not worth showing are skipped."""
    if name not in SHOWN:
        return
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(350)
    path = FOLDER / f"{name}-{width}.png"
    with Image.open(BytesIO(await page.screenshot())) as shot:
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
    asyncio.run(take(executable))
    return 0


if __name__ == "__main__":
    sys.exit(main())
