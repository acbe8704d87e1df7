"""What somebody sees who opens the page for the first time, and where they go on reading later."""

from __future__ import annotations

import re

import pytest
from discord_sandbox import seed
from discord_sandbox.server import Sandbox
from playwright.async_api import Browser, expect

from .browser import new_page
from .conftest import OpenPage
from .raw_bot import MODAL, RawBot, reply, text_field

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

COMMANDS = [
    {
        "name": "suggest",
        "description": "Send an author",
        "options": [{"type": 3, "name": "idea", "description": "Your idea", "required": False}],
    },
    {
        "name": "author",
        "description": "For authors",
        "options": [{"type": 1, "name": "queue", "description": "The queue"}],
    },
    {
        "name": "subscribe",
        "description": "Subscribe",
        "options": [{"type": 3, "name": "story", "description": "The story", "required": True}],
    },
]


async def test_a_newcomer_is_a_reader_where_something_is_to_be_read(
    browser: Browser, sandbox: Sandbox, bare: RawBot
) -> None:
    await bare.start(COMMANDS)
    await bare.send(seed.CHAPTERS, {"content": "The chapter begins.\n" + "On it goes.\n" * 100})
    async with new_page(browser, 1280) as page:
        await page.goto(sandbox.url)
        await expect(page.locator("#me")).to_contain_text("Imke")
        await expect(page.locator("#me")).to_contain_text("reader")
        await expect(page.locator("h1")).to_have_text("chapters")
        await expect(page.get_by_text("The chapter begins.")).to_be_in_viewport()
        await expect(page.get_by_role("button", name="Jump to present")).to_be_hidden()


async def test_the_first_steps_lead_through_all_parts(
    open_page: OpenPage, bare: RawBot, sandbox: Sandbox
) -> None:
    async def ask(_: object) -> dict[str, object]:
        return {
            "type": MODAL,
            "data": {
                "title": "An idea",
                "custom_id": "idea",
                "components": [text_field("text", "Your idea")],
            },
        }

    async def queue(_: object) -> dict[str, object]:
        accept = {"type": 2, "style": 2, "label": "Accept", "custom_id": "yes"}
        return reply("Idea 1", private=True, components=[{"type": 1, "components": [accept]}])

    async def accepted(_: object) -> dict[str, object]:
        return reply("Accepted.", private=True)

    bare.on |= {(2, "suggest"): ask, (5, "idea"): accepted, (2, "author"): queue, (3, "yes"): accepted}
    await bare.start(COMMANDS)
    page = await open_page(hints=True)
    card = page.get_by_role("region", name="First steps")
    await bare.send(seed.READING_ROOM, {"content": "page 1"}, "▶️")
    await expect(card).to_contain_text("0 of 4 done")
    await card.get_by_role("button", name="Show me").click()
    await expect(page.locator(".reaction.beckons")).to_have_accessible_name(re.compile("▶️, 1 reaction"))
    await page.get_by_role("button", name="▶️, 1 reaction").click()
    await expect(card).to_contain_text("1 of 4 done")
    await card.get_by_role("button", name="Send an idea").click()
    await page.get_by_label("Your idea").fill("A lamp that sings")
    await page.get_by_role("button", name="Submit").click()
    await expect(card).to_contain_text("2 of 4 done")
    await card.get_by_role("button", name="Be Ada Quill, the author").click()
    await expect(page.locator("#me")).to_contain_text("Ada Quill")
    await card.get_by_role("button", name="Open the queue").click()
    await page.get_by_role("button", name="Accept").click()
    await expect(card).to_contain_text("3 of 4 done")
    await card.get_by_role("button", name="Be Mara Lind, the admin").click()
    await expect(page.locator("#me")).to_contain_text("Mara Lind")
    await card.get_by_role("button", name="Add a channel").click()
    await page.get_by_role("textbox", name="story").fill("The Lamplighters")
    await page.get_by_role("button", name="Run", exact=True).click()
    await expect(card).to_contain_text("Next, write your own")
    await card.get_by_role("button", name="Close these hints").click()
    await page.reload()
    await expect(page.locator("#me")).to_contain_text("Mara Lind")
    await expect(card).to_be_hidden()
    await page.get_by_role("button", name="Help").click()
    await page.get_by_role("menuitem", name="First steps").click()
    await expect(card).to_contain_text("0 of 4 done")


async def test_one_goes_on_reading_at_what_is_new(open_page: OpenPage, sandbox: Sandbox) -> None:
    ada, imke = sandbox.person("Ada Quill"), sandbox.person("Imke")
    ada.say(seed.READING_ROOM, "An old story.\n" + "word\n" * 80)
    imke.read(seed.READING_ROOM)
    for number in (1, 2):
        ada.say(seed.READING_ROOM, f"Chapter {number} begins.\n" + "word\n" * 80)
    page = await open_page()
    await expect(page.locator(".divider.new")).to_be_in_viewport()
    await expect(page.get_by_text("Chapter 1 begins.")).to_be_in_viewport()
    channel = sandbox.world.channel(seed.READING_ROOM)
    newest = max(channel.messages)
    assert channel.read_to[imke.id] < newest
    await page.get_by_role("button", name="Jump to present").click()
    await expect(page.locator("article.message").last).to_be_in_viewport()
    await sandbox.until(lambda: channel.read_to[imke.id] == newest, 20)
