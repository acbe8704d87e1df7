"""Keyboard, screen reader and small screens."""

from __future__ import annotations

import pytest
from discord_sandbox import seed
from discord_sandbox.server import Sandbox
from playwright.async_api import expect

from . import axe
from .conftest import OpenPage
from .raw_bot import V2, RawBot

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RICH = {
    "flags": V2,
    "components": [
        {
            "type": 17,
            "accent_color": 0xE8963A,
            "components": [
                {"type": 10, "content": "# A chapter\nIt was ||a *dark*|| night. `code` [link](https://example.org)"},
                {"type": 14},
                {
                    "type": 1,
                    "components": [
                        {"type": 2, "style": style, "label": f"Button {style}", "custom_id": f"b{style}"}
                        for style in (1, 2, 3, 4)
                    ],
                },
                {
                    "type": 1,
                    "components": [
                        {"type": 6, "custom_id": "role", "placeholder": "Which role?"},
                    ],
                },
            ],
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        pytest.param(390, "light", marks=pytest.mark.slow),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
        pytest.param(1280, "light", marks=pytest.mark.slow),
    ],
)
@pytest.mark.skipif(axe.source() is None, reason=axe.MISSING)
async def test_axe_finds_nothing_grave(open_page: OpenPage, bare: RawBot, scheme: str, width: int) -> None:
    await bare.start([{"name": "hello", "description": "Says hello"}])
    page = await open_page(seed.ADMIN, width=width, hints=True, color_scheme=scheme)
    await bare.send(seed.READING_ROOM, RICH, "▶️", "⭐")
    await bare.send(
        seed.READING_ROOM,
        {"embeds": [{"title": "An embed", "description": "with words", "color": 0x3BA55D}]},
    )
    await expect(page.locator("article.message")).to_have_count(2)
    assert await axe.complaints(page) == []
    await page.locator(".reaction.add").first.click()
    assert await axe.complaints(page) == []
    await page.keyboard.press("Escape")
    await page.locator("#say").click()
    await page.keyboard.type("/")
    await expect(page.locator(".suggestions .option")).to_have_count(1)
    assert await axe.complaints(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.get_by_role("tab", name="Make trouble").click()
    await expect(page.get_by_role("switch", name="Write messages")).to_be_visible()
    assert await axe.complaints(page) == []


async def test_the_keyboard_reaches_everything(open_page: OpenPage, sandbox: Sandbox) -> None:
    for number in range(3):
        sandbox.person("Ada Quill").say(seed.READING_ROOM, f"message {number}")
    page = await open_page()
    await expect(page.locator("article.message")).to_have_count(3)
    await page.locator(".skip").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#say")).to_be_focused()
    last = page.locator("article.message").last
    await last.focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("article.message").nth(1)).to_be_focused()
    await page.keyboard.press("Home")
    await expect(page.locator("article.message").first).to_be_focused()
    await page.keyboard.press("End")
    await expect(last).to_be_focused()
    await page.locator(f'.place[data-channel="{seed.WELCOME}"]').focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("welcome")


async def test_the_focus_stays_on_a_control_whose_message_changes(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    message = await bare.send(seed.READING_ROOM, {"content": "page 1"}, "▶️")
    await page.get_by_role("button", name="▶️").focus()
    await page.keyboard.press("Enter")
    await bare.edit(seed.READING_ROOM, message["id"], {"content": "page 2\n" * 30})
    await expect(page.locator(".md")).to_contain_text("page 2")
    await expect(page.get_by_role("button", name="▶️, 2 reactions")).to_be_focused()


async def test_new_messages_are_announced(open_page: OpenPage, sandbox: Sandbox) -> None:
    page = await open_page()
    await expect(page.locator(".beginning")).to_be_visible()
    sandbox.person("Ada Quill").say(seed.READING_ROOM, "Good **evening**")
    await expect(page.locator("#announcer")).to_contain_text("Ada Quill: Good evening")


async def test_a_phone(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page(width=390)
    await bare.send(seed.READING_ROOM, RICH, "▶️")
    await expect(page.locator(".nav")).not_to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    small: list[str] = await page.evaluate(TOO_SMALL)
    assert small == []
    await page.get_by_role("button", name="Channels").tap()
    await expect(page.locator(".nav")).to_be_visible()
    await expect(page.locator(".place.here")).to_be_focused()
    await page.locator(f'.place[data-channel="{seed.WELCOME}"]').tap()
    await expect(page.locator(".nav")).not_to_be_visible()
    await expect(page.locator("h1")).to_have_text("welcome")


TOO_SMALL = """() => [...document.querySelectorAll("main button, main input, main select")]
  .filter((one) => one.offsetParent && !one.matches(".author, .mention, .linkish, .portrait, .spoiler"))
  .filter((one) => one.offsetHeight < 43 || one.offsetWidth < 43)
  .map((one) => `${one.className} ${one.offsetWidth}x${one.offsetHeight}`)"""
