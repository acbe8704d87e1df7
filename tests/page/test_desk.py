"""The author's desk in a real browser: one walk from an empty folder to a calendar, on one page."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Page, expect

from bot.clock import SystemClock
from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer
from sandbox.tests.page import axe
from sandbox.tests.page.browser import new_page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]

PROSE = "\n\n".join(f"Paragraph {number}. " + "The water rose and fell again. " * 25 for number in range(12))


@pytest_asyncio.fixture(loop_scope="session")
async def url(tmp_path: Path) -> AsyncIterator[str]:
    desk = Desk.open(tmp_path / "content", SystemClock(), page_length=3200)
    desk.root.mkdir()
    async with DeskServer(desk, port=0) as server:
        yield server.url


async def add_chapter(page: Page, title: str) -> None:
    await page.get_by_role("button", name="New chapter").click()
    await page.get_by_label("Title of the chapter").fill(title)
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator(".editor-title")).to_have_text(title)


async def accessible(page: Page) -> None:
    if axe.source() is not None:
        assert await axe.complaints(page) == []


async def test_from_an_empty_folder_to_a_calendar(browser: Any, url: str, tmp_path: Path) -> None:
    story = tmp_path / "content" / "the-tides"
    async with new_page(browser, 1280, color_scheme="dark", timezone_id="Europe/Berlin") as page:
        await page.goto(url)
        await accessible(page)
        await page.get_by_label("Title of the story").fill("The Tides")
        await page.get_by_role("button", name="Begin").click()
        await expect(page.locator(".story-form")).to_be_visible()
        await accessible(page)
        await add_chapter(page, "Neap")

        # What is typed is on the pages at once, and the page with the cursor is the marked one.
        text = page.locator("#text")
        await text.fill(PROSE)
        await expect(page.locator(".page")).to_have_count(3)
        await text.press("Control+Home")
        await page.keyboard.type("“Listen,” said ")
        await page.keyboard.press("Control+i")
        await page.keyboard.type("nobody")
        await expect(page.locator(".page em").first).to_have_text("nobody")
        await expect(page.locator(".page.current .page-name")).to_have_text("Page 1")
        await text.press("Control+End")
        await expect(page.locator(".page.current .page-name")).to_have_text("Page 3")
        await page.keyboard.type("\n\n![The sea](images/none.png)")
        await page.locator(".faults summary").click()
        await page.locator(".fault").click()
        place = await text.evaluate("node => node.value.slice(node.selectionStart)")
        assert place == "images/none.png)"
        await accessible(page)

        # A draft, which a reload keeps; then saved, and the file has it.
        await expect(page.locator(".editor-state")).to_contain_text("draft")
        (file,) = (story / "chapters").glob("*.md")
        assert "Paragraph" not in file.read_text(encoding="utf-8")
        await page.reload()
        await expect(text).to_have_value(PROSE_TYPED)
        await page.locator(".matter summary").click()
        await page.get_by_label("Draft: does not come out yet").uncheck()
        await text.press("Control+End")
        for _ in range(len("\n\n![The sea](images/none.png)")):
            await page.keyboard.press("Backspace")
        await page.keyboard.press("Control+s")
        await expect(page.locator(".editor-state")).to_have_text("Saved")
        saved = file.read_text(encoding="utf-8")
        assert "“Listen,” said *nobody*" in saved
        assert "draft" not in saved

        # Changed outside while something is typed: both texts, and a choice.
        await text.press("Control+Home")
        await page.keyboard.type("Mine. ")
        await expect(page.locator(".editor-state")).to_contain_text("draft")
        file.write_text(saved.replace("Paragraph 1.", "Theirs."), encoding="utf-8")
        await expect(page.locator("dialog.conflict")).to_contain_text("Theirs.")
        await accessible(page)
        await page.get_by_role("button", name="Take the other").click()
        await expect(page.locator(".editor-state")).to_have_text("Saved")

        # Reordered by the keyboard: the files' numbers follow, and the open chapter stays open.
        await add_chapter(page, "Spring")
        await page.locator(".chapter .handle").nth(1).press("Alt+ArrowUp")
        await expect(page.locator(".chapter-title").first).to_have_text("Spring")
        await expect(page.locator(".chapter.here .chapter-title")).to_have_text("Spring")
        await files_become(story / "chapters", ["001-spring.md", "002-neap.md"])

        # The schedule by clicks, and what it makes of the calendar.
        await page.get_by_role("link", name="Calendar").click()
        await page.locator("#set-schedule").click()
        for day in ("Tuesday", "Friday"):
            await page.get_by_role("button", name=day, exact=True).click()
        await expect(page.locator("dialog .meaning")).to_contain_text("Tuesdays and Fridays at 18:00")
        await accessible(page)
        await page.get_by_role("button", name="Set the schedule").click()
        await expect(page.locator(".buffer")).to_contain_text("one chapter ready")
        await expect(page.locator(".coming-list li").first).to_contain_text("Neap")
        assert "schedule: tue, fri at 18:00" in (story / "story.yaml").read_text(encoding="utf-8")
        await accessible(page)

    # On a phone the panes are tabs.
    async with new_page(browser, 390, color_scheme="light") as phone:
        await phone.goto(f"{url}/#/text/the-tides/002-neap.md")
        await expect(phone.locator("#text")).to_be_visible()
        await accessible(phone)
        for tab, pane in (("Chapters", ".chapters-pane"), ("Pages", ".pages-pane")):
            await phone.get_by_role("button", name=tab, exact=True).click()
            await expect(phone.locator(pane)).to_be_visible()
            await expect(phone.locator("#text")).to_be_hidden()
            await accessible(phone)
        width = await phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 390


async def files_become(folder: Path, names: list[str]) -> None:
    """Wait until the folder's files have these names: the page shows an order before it is written."""
    for _ in range(100):
        found = sorted(each for each in os.listdir(folder) if each.endswith(".md"))  # noqa: PTH208
        if found == names:
            return
        await asyncio.sleep(0.05)
    assert found == names


PROSE_TYPED = f"“Listen,” said *nobody*{PROSE}\n\n![The sea](images/none.png)"


async def test_pictures_are_on_the_pages_and_follow_their_file(
    browser: Any, url: str, tmp_path: Path
) -> None:
    story = tmp_path / "content" / "lamp"
    (story / "chapters").mkdir(parents=True)
    (story / "images").mkdir()
    (story / "story.yaml").write_text("title: Lamp\n", encoding="utf-8")
    (story / "chapters" / "001-one.md").write_text(
        "Text.\n\n![The lamp](images/lamp.png)\n", encoding="utf-8"
    )
    Image.new("RGB", (40, 20), "red").save(story / "images" / "lamp.png")
    async with new_page(browser, 1280) as page:
        await page.goto(f"{url}/#/text/lamp/001-one.md")
        picture = page.locator(".page.current img")
        await expect(picture).to_have_attribute("alt", "The lamp")
        await expect(picture).to_have_js_property("naturalWidth", 40)
        await accessible(page)
        Image.new("RGB", (60, 20), "blue").save(story / "images" / "lamp.png")
        await page.locator("#text").press("Control+End")
        await page.keyboard.type(" More.")
        await expect(page.locator(".page.current img")).to_have_js_property("naturalWidth", 60)
