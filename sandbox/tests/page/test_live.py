"""The page while things happen: other windows, a bot that comes and goes, a line that breaks, a crowd of messages."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from discord_sandbox import seed
from discord_sandbox.server import Sandbox
from playwright.async_api import Route, expect

from .conftest import OpenPage
from .raw_bot import RawBot

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PLACE = seed.READING_ROOM


async def test_two_windows_stay_in_step(open_page: OpenPage, bare: RawBot) -> None:
    one, two = await open_page(seed.READERS[0]), await open_page(seed.READERS[1])
    message = await bare.send(PLACE, {"content": "page 1"}, "▶️")
    for page in (one, two):
        await expect(page.locator(".md")).to_have_text("page 1")
    await one.get_by_role("button", name="▶️, 1 reaction").click()
    await expect(two.get_by_role("button", name="▶️, 2 reactions, you did not react")).to_be_visible()
    await bare.edit(PLACE, message["id"], {"content": "page 2"})
    await one.locator("#say").fill("I saw it")
    await one.keyboard.press("Enter")
    await expect(two.locator("article.message").last).to_contain_text("I saw it")
    await expect(two.locator(".md").first).to_contain_text("page 2")
    await bare.api("DELETE", f"/channels/{PLACE}/messages/{message['id']}")
    for page in (one, two):
        await expect(page.locator("article.message")).to_have_count(1)


async def test_the_bot_goes_and_comes_back(open_page: OpenPage, bare: RawBot) -> None:
    command = {"name": "hello", "description": "Says hello"}
    await bare.start([command])
    page = await open_page()
    await bare.send(PLACE, {"content": "before ||the end||"})
    await page.locator(".spoiler").click()
    await page.locator("#say").fill("half a sent")
    await bare.disconnect()
    await expect(page.locator("#connection")).to_contain_text("is offline")
    await bare.connect()
    await expect(page.locator("#connection")).to_be_hidden()
    await expect(page.locator(".spoiler.open")).to_have_count(1)
    await expect(page.locator("#say")).to_have_value("half a sent")
    await expect(page.locator("article.message")).to_have_count(1)


async def test_a_broken_line_is_mended_and_nothing_is_missing(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    first = await bare.send(PLACE, {"content": "first"})
    second = await bare.send(PLACE, {"content": "second"})
    await expect(page.locator("article.message")).to_have_count(2)
    await page.context.set_offline(True)
    await page.evaluate(
        "import('/js/live-socket.js').then((live) => live.connect(sessionStorage['fascicle-person']))"
    )
    await expect(page.locator("#connection")).to_contain_text("is broken")
    await bare.edit(PLACE, first["id"], {"content": "first, changed"})
    await bare.api("DELETE", f"/channels/{PLACE}/messages/{second['id']}")
    await bare.send(PLACE, {"content": "third"})
    await page.context.set_offline(False)
    await expect(page.locator(".md")).to_have_text(["first, changed (edited)", "third"])
    await expect(page.locator("#connection")).not_to_contain_text("is broken")


async def test_what_happens_while_the_history_is_on_its_way_is_not_missed(
    open_page: OpenPage, bare: RawBot
) -> None:
    stays = await bare.send(PLACE, {"content": "page 1"})
    goes = await bare.send(PLACE, {"content": "soon gone"})
    page = await open_page(channel=seed.WELCOME)

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await bare.send(PLACE, {"content": "new"})
        await bare.edit(PLACE, stays["id"], {"content": "page 2"})
        await bare.api("DELETE", f"/channels/{PLACE}/messages/{goes['id']}")
        await asyncio.sleep(0.3)
        await route.fulfill(response=answer)

    await page.route(f"**/sandbox/channels/{PLACE}/messages?*", late, times=1)
    await page.locator(f'.place[data-channel="{PLACE}"]').click()
    await expect(page.locator(".md")).to_have_text(["page 2 (edited)", "new"])


async def test_what_is_unread_is_marked_until_it_is_read(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page(channel=seed.WELCOME)
    await bare.send(
        PLACE, {"content": f"<@{seed.READERS[0]}> look", "allowed_mentions": {"parse": ["users"]}}
    )
    place = page.locator(f'.place[data-channel="{PLACE}"]')
    await expect(place.locator(".badge")).to_have_text("1")
    await place.click()
    await expect(page.locator("article.message.pinged")).to_be_visible()
    await expect(place.locator(".badge")).to_have_count(0)
    await page.reload()
    await expect(page.locator("article.message")).to_be_visible()
    await expect(place.locator(".badge")).to_have_count(0)


async def test_being_somebody_else(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page(seed.AUTHOR)
    await expect(page.locator(f'.place[data-channel="{seed.STAFF}"]')).to_be_visible()
    await page.locator("#me").click()
    await page.locator(f'[data-person="{seed.READERS[0]}"]').click()
    await expect(page.locator("#me")).to_contain_text("Imke")
    await expect(page.locator(f'.place[data-channel="{seed.STAFF}"]')).to_have_count(0)
    await page.locator("#say").fill("I am Imke")
    await page.keyboard.press("Enter")
    await expect(page.locator(".author").last).to_have_text("Imke")


async def test_trouble_is_switched_on_and_off(open_page: OpenPage, bare: RawBot, sandbox: Sandbox) -> None:
    page = await open_page(seed.ADMIN)
    await page.get_by_role("button", name="Behind the scenes").click()
    await bare.send(PLACE, {"content": "fine"})
    await expect(page.locator(".trace-row", has_text="POST").first).to_contain_text("200")
    await page.get_by_role("tab", name="Make trouble").click()
    await page.get_by_role("button", name="Refuse every message in this channel").click()
    switch = page.get_by_role("button", name="Switch off:")
    await expect(switch).to_be_visible()
    assert (await bare.api.send(PLACE, {"content": "no"})).status == 403
    await switch.click()
    await expect(switch).to_have_count(0)
    assert (await bare.api.send(PLACE, {"content": "yes"})).status == 200
    box = page.get_by_role("switch", name="Write messages")
    await box.click()
    await expect(page.locator("label", has_text="Write messages")).to_contain_text("no")
    assert (await bare.api.send(PLACE, {"content": "no"})).code == 50013
    await box.click()
    await expect(page.locator("label", has_text="Write messages")).to_contain_text("yes")
    assert (await bare.api.send(PLACE, {"content": "yes"})).status == 200


async def test_a_crowd_of_messages(open_page: OpenPage, bare: RawBot, sandbox: Sandbox) -> None:
    """200 messages and 20 channels: history comes as one scrolls, and the place is kept."""
    admin = sandbox.person("Mara Lind")
    for number in range(200):
        admin.say(PLACE, f"Message **{number}** " + "word " * (number % 60))
    await add_channels(bare, 12)
    page = await open_page(seed.READERS[0])
    await expect(page.locator(".place[data-channel]")).to_have_count(19)
    await expect(page.locator("article.message")).to_have_count(50)
    await page.wait_for_function(SCROLLED_UP)
    await expect(page.get_by_text("Message 0 ")).to_be_visible()
    await expect(page.locator("article.message")).to_have_count(200)
    await page.get_by_role("button", name="Jump to present").click()
    await expect(page.get_by_text("Message 199 ")).to_be_visible()
    await page.wait_for_function(AT_THE_END)
    await page.evaluate("document.getElementById('scroller').scrollTop -= 900")
    await page.evaluate(TWO_FRAMES)
    top = await page.evaluate(FIRST_SEEN)
    admin.say(PLACE, "one more")
    await expect(page.locator("article.message").last).to_contain_text("one more")
    assert await page.evaluate(FIRST_SEEN) == top


AT_THE_END = """() => {
  const scroller = document.getElementById("scroller");
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2;
}"""

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

SCROLLED_UP = """() => {
  const scroller = document.getElementById("scroller");
  scroller.scrollTop -= 500;
  return scroller.scrollTop === 0 && scroller.querySelector(".beginning") !== null;
}"""
FIRST_SEEN = """() => {
  const edge = document.getElementById("scroller").getBoundingClientRect().top;
  const seen = (one) => one.getBoundingClientRect().bottom > edge;
  const first = [...document.querySelectorAll("article.message")].find(seen);
  return [first.dataset.id, Math.round(first.getBoundingClientRect().top)];
}"""


async def add_channels(bare: RawBot, count: int) -> None:
    for number in range(count):
        body = {"guild": str(seed.GUILD), "name": f"room-{number}", "type": 0, "parent": str(seed.CATEGORY)}
        async with bare.api.session.post(f"{bare.api.sandbox.url}/sandbox/channels", json=body) as answer:
            assert answer.status == 200, await answer.text()


async def test_a_turned_page_shows(open_page: OpenPage, bare: RawBot) -> None:
    """From the click to the new page on the screen, in a full channel; see benchmarks/sandbox_page.py."""

    async def turned(reaction: dict[str, Any]) -> None:
        if reaction["user_id"] != str(seed.BOT):
            await bare.edit(PLACE, reaction["message_id"], {"content": "The second page. " * 100})

    admin = bare.api.sandbox.person("Mara Lind")
    for number in range(49):
        admin.say(PLACE, f"{number} " + "*word* **word** " * 30)
    bare.on_reaction = turned
    await bare.start([])
    page = await open_page()
    await bare.send(PLACE, {"content": "The first page. " * 100}, "▶️")
    turn = page.get_by_role("button", name="▶️, 1 reaction")
    await turn.click()
    await expect(page.locator("article.message").last).to_contain_text("The second page.")
    await expect(page.get_by_role("button", name="▶️, 2 reactions, you reacted")).to_be_in_viewport()


async def test_a_press_survives_a_change_of_its_message(open_page: OpenPage, bare: RawBot) -> None:
    page = await open_page()
    message = await bare.send(PLACE, {"content": "page 1"}, "▶️")
    box = await page.get_by_role("button", name="▶️").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 10, box["y"] + 10)
    await page.mouse.down()
    await bare.edit(PLACE, message["id"], {"content": "page 2"})
    await asyncio.sleep(0.2)
    await page.mouse.up()
    await expect(page.get_by_role("button", name="▶️, 2 reactions")).to_be_visible()
    await expect(page.locator(".md")).to_contain_text("page 2")
