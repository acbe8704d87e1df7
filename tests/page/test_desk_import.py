"""The import view in a real browser: what became of an import, and chapters that both have changed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
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

LINES = "\n\n".join(f"Line {number} of many that stay as they are." for number in range(8))
NOVEL = "\n\n".join(
    f"# {title}\n\n{title}: the lamp was lit.\n\n{LINES}\n\nNobody knew by whom.\n\nThe wind came up."
    for title in ("One", "Two", "Three")
)
REVISED = NOVEL.replace("Nobody", "Everybody")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def url(content: Path) -> AsyncIterator[str]:
    desk = Desk.open(content, SystemClock(), page_length=3200)
    async with DeskServer(desk, port=0) as server:
        yield server.url


async def accessible(page: Page) -> None:
    if axe.source() is not None:
        assert await axe.complaints(page) == []


async def look(page: Page, url: str, text: str) -> None:
    """Paste a text, and see its chapters."""
    await page.goto(f"{url}/#/import")
    begin = page.locator(".import-begin")
    await begin.get_by_label("Or paste the text").fill(text)
    await begin.get_by_role("button", name="Look at it").click()
    await expect(page.locator(".import-row")).not_to_have_count(0)


async def accept(page: Page) -> None:
    await page.locator(".import-target .button.primary").click()
    await expect(page.locator(".import-report")).to_be_visible()


async def write_novel(page: Page, url: str, chapters: Path) -> None:
    """Import the novel, and change its first two chapters in their files."""
    await look(page, url, NOVEL)
    await page.locator(".import-target").get_by_label("Title of the story").fill("Novel")
    await accept(page)
    for file in ("001-one.md", "002-two.md"):
        text = (chapters / file).read_text(encoding="utf-8")
        (chapters / file).write_text(text.replace("Nobody", "Only Ada"), encoding="utf-8")


async def test_the_report_leads_on(browser: Any, url: str, content: Path) -> None:
    async with new_page(browser, 1280, color_scheme="dark") as page:
        await write_novel(page, url, content / "novel" / "chapters")
        await expect(page.locator(".report-line")).to_contain_text("3 new chapters")
        await expect(page.get_by_role("heading", name="Novel")).to_be_focused()
        await accessible(page)
        await page.reload()
        await expect(page.locator(".report-line")).to_contain_text("3 new chapters")
        await page.get_by_role("link", name="Set a schedule").click()
        await expect(page.locator("#set-schedule")).to_be_visible()
        await page.go_back()
        await page.get_by_role("link", name="Look at the pages").click()
        await expect(page.locator(".page").first).to_contain_text("the lamp was lit")
    async with new_page(browser, 390, color_scheme="light") as phone:
        await look(phone, url, "# Four\n\nA last one.\n\n![A lamp](lamp.png)\n\nIt was dark.\n")
        await phone.get_by_label("Where to").select_option(label="At the end of “Novel”")
        await accept(phone)
        await expect(phone.locator(".report-line")).to_have_text(
            [*map(contains, ("One new chapter", "One picture"))]
        )
        await accessible(phone)
        assert await phone.evaluate("document.documentElement.scrollWidth") <= 390


async def test_conflicts_are_answered_by_keyboard(browser: Any, url: str, content: Path) -> None:
    chapters = content / "novel" / "chapters"
    async with new_page(browser, 1280, color_scheme="light") as page:
        await write_novel(page, url, chapters)
        await look(page, url, REVISED)
        # The story that it came from is chosen already.
        await expect(page.get_by_label("Where to")).to_have_value("novel")
        await accept(page)
        await expect(page.get_by_role("heading", name="2 chapters of “Novel” to decide on")).to_be_focused()
        await accessible(page)
        first = page.locator(".import-conflict").first
        await expect(first.locator("mark")).to_have_text(
            ["Only Ada knew by whom.", "Everybody knew by whom."]
        )
        await expect(first.locator(".conflict-same").first).to_contain_text("paragraphs the same in both")
        assert "Everybody" in (chapters / "003-three.md").read_text(encoding="utf-8")
        assert "Only Ada" in (chapters / "001-one.md").read_text(encoding="utf-8")

        # An open question is there again after a reload.
        await page.reload()
        await expect(page.locator(".import-conflict")).to_have_count(2)
        send = page.locator(".conflict-foot .button")
        await expect(send).to_be_disabled()
        radio = page.get_by_role("radio", name="Keep mine", exact=True).first
        await radio.focus()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("radio", name="Take the source’s").first).to_be_checked()
        await page.keyboard.press("Enter")
        await expect(page.locator(".import-conflict legend")).to_have_text(["Two"])
        await accessible(page)
        assert "Everybody" in (chapters / "001-one.md").read_text(encoding="utf-8")
        await page.get_by_role("radio", name="Keep mine, and put").focus()
        await page.keyboard.press("Space")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="“Novel” is up to date")).to_be_focused()
        answered = page.locator(".report-line", has_text="As you answered")
        await expect(answered).to_contain_text("“One”: the source’s is in its place now.")
        await expect(answered).to_contain_text("“Two”: yours stays, and the source’s is after it as a draft.")
        await accessible(page)
    assert "Only Ada" in (chapters / "002-two.md").read_text(encoding="utf-8")
    assert "draft: true" in (chapters / "003-two-source.md").read_text(encoding="utf-8")


async def test_conflicts_on_a_phone(browser: Any, url: str, content: Path) -> None:
    chapters = content / "novel" / "chapters"
    async with new_page(browser, 390, color_scheme="dark") as phone:
        await write_novel(phone, url, chapters)
        before = {path.name: path.read_text(encoding="utf-8") for path in chapters.glob("*.md")}
        await look(phone, url, REVISED)
        await accept(phone)
        await expect(phone.locator(".conflict-whose:visible")).to_have_count(4)
        await accessible(phone)
        assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
        await phone.get_by_role("button", name="Keep mine", exact=True).click()
        await phone.get_by_role("button", name="Do these 2").click()
        await expect(phone.get_by_role("heading", name="“Novel” is up to date")).to_be_visible()
        await accessible(phone)
    for file in ("001-one.md", "002-two.md"):
        assert (chapters / file).read_text(encoding="utf-8") == before[file]


def contains(words: str) -> Any:
    return re.compile(re.escape(words))


async def test_a_hasty_author(browser: Any, url: str, content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "novel"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.md").write_text(f"# Chapter {number}\n\nLine {number}.\n", encoding="utf-8")
    (folder / "notes.md").write_text("Ask Ada about the lamp.\n", encoding="utf-8")
    broken = tmp_path / "book.pdf"
    broken.write_bytes(b"%PDF-1.4\n\0\0\0")
    async with new_page(browser, 1280, color_scheme="dark") as page:
        await page.goto(f"{url}/#/import")
        begin = page.locator(".import-begin")

        # A PDF: one line of what to do instead, and one can go on.
        await begin.get_by_label("Choose a file").set_input_files(broken)
        await expect(page.locator(".toast.fault")).to_contain_text("PDF")
        await expect(page.locator(".importing")).to_be_hidden()

        # Cancelled in the middle: nothing is left of it, neither here nor with the server.
        held: list[Any] = []
        await page.route("**/api/imports/*/files*", lambda route: held.append(route))
        await begin.get_by_label("Choose a folder").set_input_files(folder)
        await expect(page.locator(".importing")).to_contain_text("Taking 1 of 41 files")
        await begin.get_by_label("Or paste the text").fill("# One\n\nMeanwhile.")
        await begin.get_by_role("button", name="Look at it").click()
        await expect(page.locator(".toast.fault").last).to_contain_text("Something is being read already")
        await accessible(page)
        async with page.expect_request(lambda each: each.method == "DELETE"):
            await page.locator(".importing").get_by_role("button", name="Cancel").click()
        await expect(page.locator(".toast").last).to_contain_text("Cancelled")
        await expect(page.locator(".importing")).to_be_hidden()
        await page.unroute("**/api/imports/*/files*")

        # The folder again; a reload in the middle of looking at it loses nothing.
        await begin.get_by_label("Choose a folder").set_input_files(folder)
        await expect(page.locator(".import-row")).to_have_count(40)
        await expect(page.locator(".import-remarks .left-out")).to_contain_text("notes.md")
        await page.get_by_role("checkbox").first.uncheck()
        await expect(page.get_by_role("button", name="Accept 39 chapters")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("button", name="Accept 39 chapters")).to_be_visible()
        await accessible(page)

        # Two pages with one import: the second is told that it is written already.
        other = await page.context.new_page()
        await other.goto(page.url)
        await expect(other.locator(".import-row")).to_have_count(40)
        await accept(page)
        await accept(other)
        await expect(other.locator(".report-line")).to_contain_text("39 new chapters")
        await other.close()
    assert count_chapters(content) == 39


def count_chapters(content: Path) -> int:
    return len(list(content.glob("*/chapters/*.md")))
