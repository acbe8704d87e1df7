"""The moving picture of the README, filmed on the demo: `make screenshots`.

Each frame is a screenshot taken when the page has come to rest and is shown for as long as the script says. So the
picture does not depend on how fast the machine is.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.async_api import Browser, Locator, Page, expect

from tests.page.walk import AUTHOR, HINTS_CLOSED, IDEA, READER, ROOT, Newcomer, demo

FILE = ROOT / "docs" / "images" / "demo.webp"
SIZE = (880, 560)
"""Pixels of the page; the caption below it is added."""
BAND = 44
"""Pixels of the caption's height."""
QUALITY = 84

GLIDE, STEPS = 40, 7
"""Milliseconds of a frame while something moves, and the frames of one movement."""
KEY, KEYS = 60, 3
"""Milliseconds of a frame while somebody types, and the letters added in each."""

POINTER = """
const pointer = document.createElement("div");
pointer.id = "film-pointer";
pointer.style.cssText = "position:fixed;z-index:2147483647;pointer-events:none;left:0;top:0;width:26px;height:26px";
const arrow = '<path d="M3 2l17 11-8 1.6L7.5 22z" fill="#111" stroke="#fff" stroke-width="1.6"/>';
pointer.innerHTML = `<svg viewBox="0 0 26 26">${arrow}</svg>`;
pointer.popover = "manual";
pointer.style.background = pointer.style.border = "none";
pointer.style.margin = pointer.style.padding = "0";
document.body.append(pointer);
window.placePointer = (x, y, pressed) => {
  // Again on top of whatever the page has opened meanwhile.
  pointer.hidePopover?.();
  pointer.showPopover?.();
  pointer.style.transform = `translate(${x - 3}px, ${y - 2}px) scale(${pressed ? 0.8 : 1})`;
};
"""


class Film:
    """Frames and how long each is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[Image.Image] = []
        self.durations: list[int] = []
        self._caption = ""
        self._at = (SIZE[0] * 0.72, SIZE[1] * 0.55)

    def caption(self, words: str) -> None:
        """Write this below the page from the next frame on."""
        self._caption = words

    async def show(self, milliseconds: int) -> None:
        """Add what is on the screen; what does not change is one longer frame."""
        await self.page.mouse.move(*self._at)
        await self.page.evaluate("([x, y]) => placePointer(x, y, false)", self._at)
        await self._add(milliseconds)

    async def press(self, target: Locator) -> None:
        """Move the pointer to something and press it."""
        box = await target.bounding_box()
        assert box is not None, f"{target} is not on the screen"
        start, end = self._at, (box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6)
        for step in range(1, STEPS + 1):
            way = (step / STEPS) ** 2 * (3 - 2 * step / STEPS)
            self._at = (start[0] + (end[0] - start[0]) * way, start[1] + (end[1] - start[1]) * way)
            await self.show(GLIDE)
        await self.page.evaluate("([x, y]) => placePointer(x, y, true)", self._at)
        await self._add(4 * GLIDE)
        await target.click()

    async def scroll_to_end(self, message: Locator) -> None:
        """Scroll until the end of a message is on the screen."""
        await self.page.evaluate(
            "(message) => { window.filmed = message; while (!/auto|scroll/.test(getComputedStyle(filmed).overflowY)"
            " && filmed.parentElement) filmed = filmed.parentElement; }",
            await message.element_handle(),
        )
        top, height = await self.page.evaluate(
            "[filmed.scrollTop, filmed.scrollHeight - filmed.clientHeight]"
        )
        for step in range(1, STEPS + 1):
            way = (step / STEPS) ** 2 * (3 - 2 * step / STEPS)
            await self.page.evaluate("(top) => { filmed.scrollTop = top; }", top + (height - top) * way)
            await self.show(GLIDE)

    async def write(self, text: str) -> None:
        """Type a text where the cursor is."""
        for start in range(0, len(text), KEYS):
            await self.page.keyboard.insert_text(text[start : start + KEYS])
            await self._add(KEY)

    def save(self, path: Path) -> None:
        """Write the frames as an animation that goes round for ever."""
        first, *others = self.frames
        first.save(
            path, save_all=True, append_images=others, duration=self.durations, loop=0,
            quality=QUALITY, method=5, minimize_size=True,
        )  # fmt: skip

    async def _add(self, milliseconds: int) -> None:
        shot = await self.page.screenshot(animations="disabled")
        with Image.open(BytesIO(shot)) as page:
            frame = Image.new("RGB", (SIZE[0], SIZE[1] + BAND), "#17171f")
            frame.paste(page.convert("RGB"))
        pen = ImageDraw.Draw(frame)
        pen.text(
            (SIZE[0] / 2, SIZE[1] + BAND / 2),
            self._caption, fill="#f4efe6", font=ImageFont.load_default(20), anchor="mm",
        )  # fmt: skip
        if self.frames and self.frames[-1].tobytes() == frame.tobytes():
            self.durations[-1] += milliseconds
        else:
            self.frames.append(frame)
            self.durations.append(milliseconds)


async def play(film: Film) -> None:
    """Turn a chapter's pages, send an idea, accept it, hear of it."""
    page, people = film.page, Newcomer(film.page)
    chapter = page.locator("article.message").first
    film.caption("A new chapter comes out in your channel.")
    await people.be(READER)
    await people.settle()
    await film.show(2200)
    await film.scroll_to_end(chapter)
    film.caption("Readers turn its pages ...")
    await film.show(600)
    await film.press(chapter.get_by_role("button", name="▶️"))
    await expect(chapter).to_contain_text("Page 2 of")
    await people.settle()
    await film.show(1800)
    film.caption("... and send you their ideas.")
    await film.press(chapter.get_by_role("button", name="Suggest"))
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox").first.click()
    await people.settle()
    await film.show(700)
    await film.write(IDEA)
    await film.show(900)
    await film.press(form.get_by_role("button", name="Submit"))
    await people.answer("thank you")
    await people.settle()
    await film.show(1800)
    await people.be(AUTHOR)
    await people.command("author queue")
    await people.run()
    await people.answer("seventy-ninth")
    await people.settle()
    film.caption("You decide what to do with them.")
    await film.show(1800)
    await film.press(page.get_by_role("button", name="Accept").last)
    accepted = page.locator("article.message.private").last.get_by_text("accepted").first
    await expect(form.or_(accepted).first).to_be_visible()
    if await form.is_visible():
        # It takes a few words to the reader, which may be left out.
        await people.settle()
        await film.show(900)
        await film.press(form.get_by_role("button", name="Submit"))
    await people.answer("accepted")
    await people.settle()
    await film.show(1800)
    await people.hear_of_it()
    for popup in await page.get_by_role("button", name="Close this notice").all():
        await popup.click()
    await people.settle()
    film.caption("Whoever sent the idea hears of it.")
    await film.show(2600)


async def record(browser: Browser) -> None:
    """Play the scenes on a demo of their own, and save what was filmed."""
    context = await browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light")
    page = await context.new_page()
    await page.add_init_script(HINTS_CLOSED)
    async with demo() as url:
        await Newcomer(page).arrive(url)
        await page.evaluate(POINTER)
        moving = Film(page)
        await play(moving)
    await context.close()
    moving.save(FILE)
    seconds = sum(moving.durations) / 1000
    size = FILE.stat().st_size / 2**20
    sys.stdout.write(
        f"{FILE.relative_to(ROOT)}: {seconds:.0f} s, {len(moving.frames)} frames, {size:.2f} MiB\n"
    )
