"""Commands, buttons and forms as a person uses them, by keyboard and mouse."""

from __future__ import annotations

from typing import Any

import pytest
from discord_sandbox import seed
from playwright.async_api import Page, expect

from .conftest import OpenPage
from .raw_bot import AUTOCOMPLETE, CHOICES, COMMAND, COMPONENT, FORM, MODAL, RawBot, reply, text_field

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

STORIES = ("The Lamplighters", "Salt and Iron", "The Quay Light")
COMMANDS: list[dict[str, Any]] = [
    {
        "name": "decide",
        "description": "Decide an idea",
        "options": [
            {
                "type": 4,
                "name": "number",
                "description": "Its number",
                "required": True,
                "min_value": 1,
                "max_value": 99,
            },
            {
                "type": 3,
                "name": "decision",
                "description": "What you decide",
                "required": True,
                "choices": [{"name": "accept", "value": "a"}, {"name": "decline", "value": "d"}],
            },
            {
                "type": 3,
                "name": "story",
                "description": "Which story",
                "required": False,
                "autocomplete": True,
            },
        ],
    },
    {"name": "idea", "description": "Opens a form"},
    {"name": "silence", "description": "Is never answered"},
    {"name": "Mark this", "type": 3},
]


async def decided(interaction: dict[str, Any]) -> dict[str, Any]:
    given = {one["name"]: one["value"] for one in interaction["data"]["options"]}
    return reply(f"given {given}", private=True)


async def stories(interaction: dict[str, Any]) -> dict[str, Any]:
    focused = next(one for one in interaction["data"]["options"] if one.get("focused"))
    found = [name for name in STORIES if focused["value"].lower() in name.lower()]
    return {"type": CHOICES, "data": {"choices": [{"name": name, "value": name[:5]} for name in found]}}


async def form(_: dict[str, Any]) -> dict[str, Any]:
    field = text_field("words", "Your idea", min_length=5, max_length=20)
    data = {"custom_id": "form", "title": "What happens next?", "components": [field]}
    return {"type": MODAL, "data": data}


async def noted(interaction: dict[str, Any]) -> dict[str, Any]:
    words = interaction["data"]["components"][0]["component"]["value"]
    return reply(f"Noted: {words}", private=True)


@pytest.fixture
def ready(bare: RawBot) -> RawBot:
    bare.on[COMMAND, "decide"] = decided
    bare.on[AUTOCOMPLETE, "decide"] = stories
    bare.on[COMMAND, "idea"] = form
    bare.on[COMPONENT, "open"] = form
    bare.on[FORM, "form"] = noted
    return bare


async def typed(page: Page, words: str) -> None:
    await page.locator("#say").click()
    await page.keyboard.type(words)


async def test_a_command_with_the_keyboard_alone(open_page: OpenPage, ready: RawBot) -> None:
    await ready.start(COMMANDS)
    page = await open_page()
    await typed(page, "/de")
    await expect(page.locator(".suggestions .option")).to_have_count(1)
    await expect(page.locator(".suggestions")).to_contain_text("Decide an idea")
    await page.keyboard.press("Enter")
    await page.keyboard.type("7")
    await page.keyboard.press("Tab")
    await expect(page.locator(".option-field .option:visible")).to_have_text(["accept", "decline"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Run")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.type("quay")
    await expect(page.locator(".option-field .option:visible")).to_have_text(["The Quay Light"])
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    given = "given {'number': 7, 'decision': 'd', 'story': 'The Q'}"
    message = page.locator("article.message", has_text=given)
    await expect(message).to_contain_text("Only you can see this")
    await expect(message.locator(".context")).to_contain_text("used /decide")
    await expect(page.locator("#say")).to_be_focused()
    await message.get_by_role("button", name="Dismiss message").click()
    await expect(message).to_have_count(0)


async def test_what_is_missing_or_wrong_is_said_at_its_field(open_page: OpenPage, ready: RawBot) -> None:
    await ready.start(COMMANDS)
    page = await open_page()
    await typed(page, "/decide")
    await page.keyboard.press("Enter")
    await page.get_by_role("textbox", name="number").fill("100")
    await page.get_by_role("combobox", name="decision").fill("perhaps")
    await page.get_by_role("button", name="Run").click()
    await expect(page.get_by_text("Not more than 99.")).to_be_visible()
    await expect(page.get_by_text("Please choose one of the list.")).to_be_visible()
    await expect(page.get_by_role("textbox", name="number")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".command-form")).to_have_count(0)
    await expect(page.locator("#say")).to_be_focused()
    assert ready.got == []


async def test_a_command_nobody_answers(open_page: OpenPage, ready: RawBot) -> None:
    await ready.start(COMMANDS)
    page = await open_page()
    await typed(page, "/silence")
    await page.keyboard.press("Enter")
    await expect(page.locator(".pending")).to_contain_text("gets /silence")
    await expect(page.locator(".pending")).to_contain_text("The application did not respond")
    await page.get_by_role("button", name="Dismiss", exact=True).click()
    await expect(page.locator(".pending")).to_have_count(0)


async def test_a_form_keeps_its_limits(open_page: OpenPage, ready: RawBot) -> None:
    await ready.start(COMMANDS)
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Suggest", "custom_id": "open"}]}
    page = await open_page()
    await ready.send(seed.READING_ROOM, {"content": "a chapter", "components": [row]})
    await page.get_by_role("button", name="Suggest").click()
    dialog = page.get_by_role("dialog", name="What happens next?")
    field = dialog.get_by_label("Your idea")
    await expect(field).to_be_focused()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_text("This is needed.")).to_be_visible()
    await field.fill("abc")
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog.get_by_text("At least 5 characters, please.")).to_be_visible()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await field.press_sequentially("x" * 30)
    await expect(dialog.get_by_text("20 / 20")).to_be_visible()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog).to_have_count(0)
    await expect(page.locator("article.message.private")).to_contain_text("Noted: abc" + "x" * 17)


async def test_a_form_stands_open_after_a_reload_but_not_in_another_window(
    open_page: OpenPage, ready: RawBot
) -> None:
    await ready.start(COMMANDS)
    page, other = await open_page(), await open_page()
    await typed(page, "/idea")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(other.get_by_role("dialog")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.reload()
    await expect(page.locator("#say")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_command_of_the_message_menu(open_page: OpenPage, ready: RawBot) -> None:
    async def marked(interaction: dict[str, Any]) -> dict[str, Any]:
        return reply(f"marked {interaction['data']['target_id']}", private=True)

    ready.on[COMMAND, "Mark this"] = marked
    await ready.start(COMMANDS)
    page = await open_page()
    message = await ready.send(seed.READING_ROOM, {"content": "a chapter"})
    await page.locator("article.message").focus()
    await page.keyboard.press("Tab")
    await page.locator("article.message").get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Mark this").click()
    await expect(page.locator("article.message.private")).to_contain_text(f"marked {message['id']}")


async def test_select_menus(open_page: OpenPage, ready: RawBot) -> None:
    async def chosen(interaction: dict[str, Any]) -> dict[str, Any]:
        return reply(f"chose {interaction['data']['values']}", private=True)

    ready.on[COMPONENT, "several"] = chosen
    ready.on[COMPONENT, "people"] = chosen
    options = [{"label": word, "value": word[0]} for word in ("apple", "bread", "cake")]
    several = {
        "type": 3,
        "custom_id": "several",
        "placeholder": "Some food",
        "min_values": 1,
        "max_values": 2,
        "options": options,
    }
    people = {"type": 5, "custom_id": "people", "placeholder": "Somebody"}
    await ready.start(COMMANDS)
    page = await open_page()
    rows = [{"type": 1, "components": [one]} for one in (several, people)]
    await ready.send(seed.READING_ROOM, {"content": "choose", "components": rows})
    await page.get_by_role("button", name="Some food").click()
    for word in ("bread", "cake", "apple"):
        await page.get_by_role("option", name=word).click()
    await page.get_by_role("button", name="Choose 2 of up to 2").click()
    await expect(page.locator("article.message.private")).to_contain_text("chose ['b', 'c']")
    await page.get_by_role("button", name="Somebody").click()
    await page.keyboard.type("ada")
    await page.keyboard.press("Enter")
    await expect(page.locator("article.message.private").last).to_contain_text(f"chose ['{seed.AUTHOR}']")
