"""What one writes: drafts, lists of commands, forms and dates, by people who come and go."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from discord_sandbox import seed
from discord_sandbox.sandbox_state import Action
from discord_sandbox.server import Sandbox
from playwright.async_api import Page, expect

from .conftest import OpenPage
from .raw_bot import MODAL, Json, RawBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HELLO = {
    "name": "hello",
    "description": "Says hello",
    "options": [{"type": 3, "name": "words", "description": "The words", "required": True}],
}


async def go(page: Page, name: str) -> None:
    await page.locator(".place", has_text=name).first.click()
    await expect(page.locator("h1")).to_have_text(name)


async def be(page: Page, name: str) -> None:
    await page.locator("#me").click()
    await page.locator(".person", has_text=name).click()
    await expect(page.locator("#me")).to_contain_text(name)


async def test_drafts_stay_with_their_person_and_channel(open_page: OpenPage, bare: RawBot) -> None:
    await bare.start([HELLO])
    page = await open_page()
    say = page.locator("#say")
    await say.fill("half a thought")
    await go(page, "chapters")
    await expect(say).to_have_value("")
    await be(page, "Ada Quill")
    await expect(say).to_have_value("")
    await say.fill("an author's words")
    await be(page, "Imke")
    await expect(say).to_have_value("")
    await go(page, "reading-room")
    await expect(say).to_have_value("half a thought")
    await page.reload()
    await expect(say).to_have_value("half a thought")
    await say.press("Enter")
    await expect(page.locator("article.message")).to_contain_text("half a thought")
    await say.press_sequentially("/hello")
    await say.press("Enter")
    await page.get_by_role("textbox", name="words").fill("good evening")
    await go(page, "chapters")
    await expect(page.locator(".command-form")).to_have_count(0)
    await go(page, "reading-room")
    await expect(page.get_by_role("textbox", name="words")).to_have_value("good evening")
    await go(page, "chapters")
    await be(page, "Ada Quill")
    await expect(say).to_have_value("an author's words")


async def test_the_list_of_commands_goes_when_it_has_nothing_to_say(
    open_page: OpenPage, bare: RawBot
) -> None:
    await bare.start([HELLO])
    page = await open_page()
    say, names = page.locator("#say"), page.locator(".composer > .suggestions")
    await say.press_sequentially("/shrug")
    await expect(names).to_have_text("No command has that name")
    await say.press_sequentially(" is what I say")
    await expect(names).to_be_hidden()
    await say.fill("/shrug")
    await expect(names).to_be_visible()
    await say.press("Enter")
    await expect(page.locator("article.message")).to_contain_text("/shrug")
    await expect(names).to_be_hidden()
    await say.fill("/nothing")
    await expect(names).to_be_visible()
    await go(page, "chapters")
    await expect(names).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_checkbox_of_a_form_is_one_row_to_press(
    open_page: OpenPage, bare: RawBot, width: int
) -> None:
    async def ask(_: Json) -> Json:
        box = {"type": 23, "custom_id": "name_me"}
        label = {"type": 18, "label": "Name me if it is used", "component": box}
        about = {"description": "In the chapter's credits. You can change this later."}
        return {"type": MODAL, "data": {"title": "Form", "custom_id": "form", "components": [label | about]}}

    async def taken(_: Json) -> Json:
        return {"type": 6}

    bare.on |= {(2, "ask"): ask, (5, "form"): taken}
    await bare.start([{"name": "ask", "description": "Asks"}])
    page = await open_page(width=width)
    await page.locator("#say").press_sequentially("/ask")
    await page.locator(".option").first.click()
    box = page.get_by_role("checkbox", name="Name me if it is used")
    row = page.locator(".choice")
    await expect(box).to_have_accessible_description("In the chapter's credits. You can change this later.")
    at, whole = await box.bounding_box(), await row.bounding_box()
    assert at is not None
    assert whole is not None
    assert whole["height"] >= 44
    assert abs(at["y"] + at["height"] / 2 - whole["y"] - whole["height"] / 2) < 3, "beside its words"
    name = await row.locator("b").bounding_box()
    assert name is not None
    assert name["height"] < 30, "on one line"
    await row.locator("small").click()
    await expect(box).to_be_checked()
    await page.get_by_role("button", name="Submit").click()
    await expect(page.locator("dialog")).to_have_count(0)
    (answer,) = bare.got[1]["data"]["components"]
    assert answer["component"]["value"] is True


async def test_moments_are_told_as_discord_tells_them(open_page: OpenPage, sandbox: Sandbox) -> None:
    now = sandbox.clock.now()

    def stamp(gap: timedelta, style: str = "R") -> str:
        return f"<t:{int((now + gap).timestamp())}:{style}>"

    gaps = {
        "in 2 days": timedelta(hours=47),
        "in a day": timedelta(hours=26),
        "an hour ago": -timedelta(minutes=61),
        "in 23 hours": timedelta(hours=23, minutes=10),
        "in a month": timedelta(days=31),
    }
    imke = sandbox.person("Imke")
    imke.say(seed.READING_ROOM, " · ".join(stamp(gap) for gap in gaps.values()))
    imke.say(seed.READING_ROOM, stamp(timedelta(days=40), "F"))
    page = await open_page(locale="en-GB", timezone_id="Europe/London")
    times = page.locator("article.message time.md-time")
    await expect(times).to_have_count(len(gaps) + 1)
    assert await times.all_inner_texts() == [*gaps, await times.last.get_attribute("title")]
    weekday = f"{(now + timedelta(days=40)).astimezone(ZoneInfo('Europe/London')):%A}"
    await expect(times.last).to_contain_text(weekday)
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(times.last).to_contain_text(f"{weekday[:3]} ")
    await expect(times.last).not_to_contain_text(weekday)
    assert weekday in (await times.last.get_attribute("title") or "")


async def test_a_first_direct_message_is_told_at_once(
    open_page: OpenPage, sandbox: Sandbox, bare: RawBot
) -> None:
    page = await open_page()
    await expect(page.get_by_text("Nobody has written to you yet.")).to_be_visible()
    ada = sandbox.person("Ada Quill")
    ada.say(sandbox.world.open_dm(ada.id, seed.READERS[0]), "Are you there?")
    entry = page.locator('.place[aria-label^="Ada Quill"]')
    await expect(entry.locator(".badge")).to_have_text("1")
    await page.locator(".toast").get_by_role("button", name="Read it").click()
    await expect(page.get_by_text("Are you there?")).to_be_visible()
    await expect(entry.locator(".badge")).to_have_count(0)
    await be(page, "Ada Quill")
    sandbox.person("Imke").say(sandbox.world.open_dm(ada.id, seed.READERS[0]), "Yes.")
    await expect(page.locator("article.message").last).to_contain_text("Yes.")
    ada.say(sandbox.world.open_dm(ada.id, seed.READERS[0]), "Good.")
    await page.locator("#me").click()
    await expect(page.locator(".person", has_text="Imke").locator(".badge")).to_have_text("1")


async def test_actions_ask_first_where_they_must(open_page: OpenPage, sandbox: Sandbox) -> None:
    done = []

    def act(name: str) -> Action:
        async def run() -> str:
            done.append(name)
            return f"Did {name}."

        return Action(name, run)

    sandbox.state.actions |= {name: act(name) for name in ("First", "Second", "Third")}
    page = await open_page()
    strip = page.get_by_role("region", name="Story time")
    await strip.get_by_role("button", name="First").click()
    await expect(page.locator(".toast")).to_have_text(re.compile("Did First"))
    await expect(strip.get_by_role("button", name="Second")).to_be_hidden()
    await strip.get_by_role("button", name="More to do").click()
    await page.get_by_role("menuitem", name="Third").click()
    await sandbox.until(lambda: done == ["First", "Third"])
    await page.evaluate(
        """async () => {
            const { emit, state } = await import("/js/store.js");
            state.actions = [{ name: "Second", label: "Start over", confirm: "Everything said here is lost." }];
            emit("snapshot");
        }"""
    )
    asked = page.locator("dialog[open]")
    for answer in ("Cancel", "Start over"):
        await strip.get_by_role("button", name="Start over").click()
        await expect(asked).to_contain_text("Everything said here is lost.")
        assert done == ["First", "Third"]
        await asked.get_by_role("button", name=answer).click()
    await sandbox.until(lambda: done == ["First", "Third", "Second"])
