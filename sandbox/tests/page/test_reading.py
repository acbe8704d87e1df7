"""What people see in a channel: text as text, who said it, when, and what only they may see."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from aiohttp import FormData
from discord_sandbox import seed
from discord_sandbox.server import Sandbox
from PIL import Image
from playwright.async_api import expect

from .conftest import OpenPage
from .raw_bot import V2, RawBot

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = [
    "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>",
    "[click](javascript:document.title='owned') <a href='javascript:1'>x</a> ![x](data:text/html,1)",
    "**unclosed _marks ~~everywhere ||and `spoilers [and](links",
    "*" * 1999,
    "||" * 999,
    "[" * 1999,
    "> " * 900,
    "\u202eright to left\u202c and zalgo " + "a\u0301\u0302\u0303" * 200,
    "x" * 1999,
]


async def test_hostile_text_is_shown_as_text(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    for text in HOSTILE:
        await bare.send(seed.READING_ROOM, {"content": text})
    await bare.send(
        seed.READING_ROOM,
        {"flags": V2, "components": [{"type": 17, "components": [{"type": 10, "content": "*_`" * 1300}]}]},
    )
    await expect(page.locator("article.message")).to_have_count(len(HOSTILE) + 1)
    first = page.locator("article.message .md").first
    await expect(first).to_have_text(HOSTILE[0])
    assert "owned" not in await page.title()
    assert await page.locator("#log script, #log iframe, #log a[href^='javascript']").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_messages_of_one_person_are_grouped(open_page: OpenPage, sandbox: Sandbox) -> None:
    ada, imke = sandbox.person("Ada Quill"), sandbox.person("Imke")
    for person, text in ((ada, "one"), (ada, "two"), (imke, "three")):
        person.say(seed.READING_ROOM, text)
    page = await open_page()
    await expect(page.locator("article.message")).to_have_count(3)
    await expect(page.locator(".author")).to_have_text(["Ada Quill", "Imke"])
    await expect(page.locator(".divider.day")).to_have_count(1)
    await expect(page.locator(".stamp").first).to_have_text("just now")


async def test_a_spoiler_opens_on_a_click_and_stays_open(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    message = await bare.send(seed.READING_ROOM, {"content": "It was ||the ghost||."})
    spoiler = page.locator(".spoiler")
    await expect(spoiler).to_have_attribute("role", "button")
    await spoiler.click()
    await expect(page.locator(".spoiler.open")).to_have_text("the ghost")
    await bare.edit(seed.READING_ROOM, message["id"], {"content": "It was ||the ghost||, of course."})
    await expect(page.locator(".md")).to_contain_text("of course")
    await expect(page.locator(".spoiler.open")).to_have_count(1)


async def test_the_gate_of_an_age_restricted_channel(open_page: OpenPage, bare: RawBot) -> None:
    await bare.send(seed.AFTER_DARK, {"content": "a story for adults"})
    page = await open_page(channel=seed.AFTER_DARK)
    await expect(page.get_by_text("is age-restricted")).to_be_visible()
    await expect(page.get_by_text("a story for adults")).to_have_count(0)
    await page.get_by_role("button", name="I am of age").click()
    await expect(page.get_by_text("a story for adults")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("a story for adults")).to_be_visible()


async def test_a_reaction_says_what_it_is_and_toggles(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    await bare.send(seed.READING_ROOM, {"content": "a page"}, "▶️", "⭐")
    turn = page.get_by_role("button", name="▶️, 1 reaction, you did not react. Press to react")
    await turn.click()
    mine = page.get_by_role("button", name="▶️, 2 reactions, you reacted. Press to take yours back")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await mine.click()
    await expect(turn).to_have_attribute("aria-pressed", "false")


async def test_a_poll_is_voted_in(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    answers = [{"poll_media": {"text": text}} for text in ("Read it", "Burn it")]
    poll = {"question": {"text": "The letter?"}, "answers": answers, "duration": 4}
    await bare.send(seed.READING_ROOM, {"poll": poll})
    await page.get_by_label("Burn it").check()
    await page.get_by_role("button", name="Vote").click()
    await expect(page.get_by_role("img", name="Burn it: 1 vote, 100 %, your vote")).to_be_visible()
    await page.get_by_role("button", name="Take my vote back").click()
    await expect(page.get_by_label("Burn it")).to_be_visible()


async def test_forum_posts_are_listed_and_opened(open_page: OpenPage, sandbox: Sandbox) -> None:
    page = await open_page(channel=seed.SERIALS)
    await page.get_by_role("button", name="New post").click()
    await page.get_by_label("Title").fill("Who is it?")
    await page.get_by_label("What do you want to say?").fill("I think **her uncle**.")
    await page.get_by_role("checkbox", name="chapter").check()
    await page.get_by_role("button", name="Post", exact=True).click()
    await expect(page.locator("h1")).to_have_text("Who is it?")
    await expect(page.locator(".md strong")).to_have_text("her uncle")
    await page.locator(".parent-link").click()
    await expect(page.locator(".post")).to_contain_text("her uncle")


async def test_a_picture_has_its_description_and_opens_large(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    data = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(data, "PNG")
    form = FormData()
    told = {"content": "see", "attachments": [{"id": 0, "description": "A lamp at dusk"}]}
    form.add_field("payload_json", json.dumps(told), content_type="application/json")
    form.add_field("files[0]", data.getvalue(), filename="lamp.png", content_type="image/png")
    path = f"/channels/{seed.READING_ROOM}/messages"
    assert (await bare.api("POST", path, data=form)).status == 200
    await page.locator(".picture").click()
    await expect(page.locator("dialog.lightbox figcaption")).to_have_text("A lamp at dusk")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.lightbox")).to_have_count(0)
