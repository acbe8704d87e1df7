"""Commands in a person's own language."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from .conftest import OpenPage
from .raw_bot import COMMAND, RawBot, reply

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

READ = {
    "name": "read",
    "name_localizations": {"de": "lesen"},
    "description": "Read a chapter",
    "description_localizations": {"de": "Ein Kapitel lesen"},
}


async def test_somebody_changes_their_language_and_commands_follow(open_page: OpenPage, bare: RawBot) -> None:
    async def greeted(interaction: dict[str, object]) -> dict[str, object]:
        return reply(f"in {interaction['locale']}", private=True)

    bare.on[COMMAND, "read"] = greeted
    await bare.start([READ])
    page = await open_page()
    await page.locator("#me").click()
    language = page.locator(".switcher select")
    await expect(language).to_have_value("en-US")
    await language.select_option(label="Deutsch")
    await page.keyboard.press("Escape")
    await page.locator("#say").click()
    await page.keyboard.type("/le")
    await expect(page.locator(".suggestions .option")).to_have_count(1)
    await expect(page.locator(".suggestions")).to_contain_text("Ein Kapitel lesen")
    await page.keyboard.press("Enter")
    await expect(page.locator("article.message", has_text="in de")).to_be_visible()
