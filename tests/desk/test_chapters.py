"""Chapters at the desk: drafts, saving, conflicts, order, new ones."""

from __future__ import annotations

import asyncio
from pathlib import Path

from .conftest import SLUG, DeskClient

NEAP = "001-neap.md"
STORY = f"/api/stories/{SLUG}"


def saved(content: Path, file: str = NEAP) -> str:
    return (content / SLUG / "chapters" / file).read_text(encoding="utf-8")


async def test_a_draft_never_touches_the_file(client: DeskClient, content: Path) -> None:
    before = saved(content)
    shown = await client.text(NEAP)
    await client.ask("PUT", f"{STORY}/draft", file=NEAP, text="Typed.", version=shown["version"])
    assert saved(content) == before
    again = await client.text(NEAP)
    assert again["draft"]["text"] == "Typed."
    assert again["draft"]["base"] == shown["version"]
    story = await client.ask("GET", STORY)
    assert [one["unsaved"] for one in story["chapters"]] == [True, False, False]
    await client.ask("PUT", f"{STORY}/text", file=NEAP, text="Typed.", version=shown["version"])
    assert saved(content) == "Typed."
    assert (await client.text(NEAP))["draft"] is None
    assert not (content / SLUG / ".desk").exists()


async def test_saving_over_an_outside_edit_is_a_conflict_with_both_texts(
    client: DeskClient, content: Path
) -> None:
    shown = await client.text(NEAP)
    (content / SLUG / "chapters" / NEAP).write_text("Elsewhere.", encoding="utf-8")
    mine = {"file": NEAP, "text": "Mine.", "version": shown["version"]}
    refused = await client.ask("PUT", f"{STORY}/text", status=409, **mine)
    assert refused["current"]["text"] == "Elsewhere."
    assert saved(content) == "Elsewhere."
    await client.ask("PUT", f"{STORY}/text", **{**mine, "version": refused["current"]["version"]})
    assert saved(content) == "Mine."


async def test_two_windows_do_not_overwrite_each_others_drafts(client: DeskClient) -> None:
    version = (await client.text(NEAP))["version"]

    async def keep(text: str, over: str | None, status: int = 200) -> dict[str, str]:
        fields = {"file": NEAP, "text": text, "version": version, "over": over}
        return await client.ask("PUT", f"{STORY}/draft", status=status, **fields)

    first = await keep("One.", None)
    refused = await keep("Two.", None, 409)
    assert refused["current"] == {"text": "One.", "draft": first["draft"]}
    second = await keep("Two.", first["draft"])
    await keep("One and more.", first["draft"], 409)
    await keep("One and more.", second["draft"])


async def test_reordering_renames_and_keeps_identities_and_drafts(client: DeskClient) -> None:
    version = (await client.text(NEAP))["version"]
    await client.ask("PUT", f"{STORY}/draft", file=NEAP, text="Typed.", version=version)
    files = await client.files()
    keys = {one["key"] for one in (await client.ask("GET", STORY))["chapters"]}
    answer = await client.ask("PUT", f"{STORY}/order", files=[files[2], files[0], files[1]])
    assert answer["renamed"][NEAP] == "002-neap.md"
    story = await client.ask("GET", STORY)
    assert [one["file"] for one in story["chapters"]] == ["001-spring.md", "002-neap.md", "003-making.md"]
    assert {one["key"] for one in story["chapters"]} == keys
    assert (await client.text("002-neap.md"))["draft"]["text"] == "Typed."
    assert (await client.text("001-spring.md"))["draft"] is None
    await client.ask("PUT", f"{STORY}/order", status=400, files=files)


async def test_a_chapter_is_added_and_taken_out(client: DeskClient, content: Path) -> None:
    added = await client.ask("POST", f"{STORY}/chapters", title="Slack: “Water”")
    story = await client.ask("GET", STORY)
    assert [one["title"] for one in story["chapters"]][-1] == "Slack: “Water”"
    assert story["chapters"][-1]["draft"]
    assert story["chapters"][-1]["faults"] == 0
    await client.ask("DELETE", f"{STORY}/chapters?file={added['file']}")
    assert added["file"] not in await client.files()
    assert [path.name for path in (content / SLUG).rglob("*.md") if path.name == added["file"]]


async def test_a_chapter_with_unsaved_text_is_not_taken_out(client: DeskClient) -> None:
    version = (await client.text(NEAP))["version"]
    await client.ask("PUT", f"{STORY}/draft", file=NEAP, text="Typed.", version=version)
    await client.ask("DELETE", f"{STORY}/chapters?file={NEAP}", status=400)
    assert NEAP in await client.files()


async def test_an_open_page_hears_of_an_outside_edit(client: DeskClient, content: Path) -> None:
    count = (await client.ask("GET", "/api/changes"))["count"]
    waiting = asyncio.create_task(client.ask("GET", f"/api/changes?since={count}"))
    while not waiting.done():
        with (content / SLUG / "chapters" / NEAP).open("a", encoding="utf-8") as file:
            file.write("More.\n")
        await asyncio.wait([waiting], timeout=0.3)
    assert (await waiting)["count"] > count


async def test_an_empty_folder_gets_its_first_story(client: DeskClient, content: Path) -> None:
    settings = {"release.timezone": "Europe/Berlin"}
    made = await client.ask("POST", "/api/stories", title="The Tides’ End", settings=settings)
    assert made["slug"] == "the-tides-end"
    twin = await client.ask("POST", "/api/stories", title="The Tides’ End")
    assert twin["slug"] == "the-tides-end-2"
    story = await client.ask("GET", "/api/stories/the-tides-end")
    assert (story["title"], story["timezone"], story["chapters"]) == ("The Tides’ End", "Europe/Berlin", [])
    assert story["faults"] == []
    await client.ask("POST", "/api/stories", status=400, title="  ")


async def test_settings_change_and_remarks_stay(client: DeskClient, content: Path) -> None:
    changes = {"release.schedule": "daily at 07:30", "summary": "Salt.", "release.timezone": "Asia/Tokyo"}
    story = await client.ask("PUT", f"{STORY}/settings", changes=changes)
    assert story["settings"]["release.schedule"] == "daily at 07:30"
    written = (content / SLUG / "story.yaml").read_text(encoding="utf-8")
    assert written.startswith("# My own remark.\n")
    assert "summary: Salt." in written


async def test_a_chapter_that_was_taken_out_is_put_back(client: DeskClient) -> None:
    before = await client.files()
    await client.ask("DELETE", f"/api/stories/{SLUG}/chapters?file={before[1]}")
    (kept,) = (await client.ask("GET", f"/api/stories/{SLUG}/removed"))["removed"]
    assert kept["title"] == "Making Tide"
    await client.ask("POST", f"/api/stories/{SLUG}/removed", status=400, name="../story.yaml")
    await client.ask("POST", f"/api/stories/{SLUG}/removed", name=kept["name"])
    assert await client.files() == before
    assert (await client.ask("GET", f"/api/stories/{SLUG}/removed"))["removed"] == []


async def test_a_chapter_comes_along_with_its_story(client: DeskClient) -> None:
    path = f"/api/stories/{SLUG}"
    assert (await client.ask("GET", path))["opened"] is None
    opened = (await client.ask("GET", f"{path}?open="))["opened"]
    assert opened["file"] == "001-neap.md"
    assert {"text": opened["text"], "version": opened["version"], "draft": None} == await client.text(
        "001-neap.md"
    )
    # The pages are those of what is shown, which is the draft.
    text = "---\ntitle: Typed\n---\nTyped since.\n"
    await client.ask("PUT", f"{path}/draft", file="002-making.md", text=text, version="x", over=None)
    opened = (await client.ask("GET", f"{path}?open=002-making.md"))["opened"]
    assert (opened["draft"]["text"], opened["look"]["title"]) == (text, "Typed")
    looked = await client.ask("POST", f"{path}/pages", file="002-making.md", text=text)
    assert opened["look"] == looked
    assert (await client.ask("GET", f"{path}?open=../story.yaml"))["opened"] is None
