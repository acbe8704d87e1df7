"""Pages, faults and form of a text that is being typed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PIL import Image

from bot.content.authoring.front_matter_edit import UnchangeableText, change_front_matter
from bot.desk.page_places import Utf16Offsets, find_page_starts

from .conftest import NOW, SLUG, DeskClient

NEAP = "001-neap.md"


async def look(client: DeskClient, text: str, known: list[str] | None = None) -> Any:
    return await client.ask("POST", f"/api/stories/{SLUG}/pages", file=NEAP, text=text, known=known or [])


def words(page: dict[str, Any]) -> str:
    return json.dumps(page["components"], ensure_ascii=False)


async def test_unsaved_text_is_paged_as_the_bot_posts_it(client: DeskClient, content) -> None:
    before = (content / SLUG / "chapters" / NEAP).read_text()
    paragraphs = [f"Paragraph {number}. " + "The water rose and fell. " * 20 for number in range(20)]
    text = "---\ntitle: Flood\nnote_before: Hello.\npov: Dorcas\n---\n" + "\n\n".join(paragraphs)
    answer = await look(client, text)
    pages = answer["pages"]
    assert len(pages) > 2
    assert "Flood" in words(pages[0])
    assert "Hello." in words(pages[0])
    assert "Told by Dorcas" in words(pages[0])
    assert f"Page 2 of {len(pages)}" in words(pages[1])
    assert answer["form"]["title"] == "Flood"
    assert text[answer["head"] :].startswith("Paragraph 0.")
    for page in pages[1:]:
        assert text[page["start"] :].startswith("Paragraph") or text[page["start"] - 1] in " \n"
    assert (content / SLUG / "chapters" / NEAP).read_text() == before


async def test_only_changed_pages_are_sent(client: DeskClient) -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "The water rose and fell. " * 20 for number in range(20))
    first = await look(client, text)
    known = [page["id"] for page in first["pages"]]
    again = await look(client, text, known)
    assert all("components" not in page for page in again["pages"])
    typed = await look(client, text.replace("Paragraph 19", "Paragraph nineteen"), known)
    sent = [index for index, page in enumerate(typed["pages"]) if "components" in page]
    # The first page counts the chapter's words, which are as many as before.
    assert sent == [len(typed["pages"]) - 1]


async def test_faults_have_their_place_and_form(client: DeskClient) -> None:
    answer = await look(client, "---\ntitle: A\n---\nText.\n\n![x](images/none.png)\n\nA {{tag}} here.\n")
    assert [(fault["line"], fault["warning"]) for fault in answer["faults"]] == [(6, False), (8, True)]
    broken = await look(client, "---\ntitle: [A\n---\nText.\n")
    assert broken["form"] is None
    assert broken["head"] == 0
    assert [fault["line"] for fault in broken["faults"] if not fault["warning"]]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_pictures_come_from_the_storys_folder(client: DeskClient, content, kind: str) -> None:
    images = content / SLUG / "images"
    images.mkdir()
    name = f"the sea & shore.{kind.lower()}"
    Image.new("RGB", (8, 8), "red").save(images / name, kind)
    answer = await look(client, f"Text.\n\n![The sea](<images/{name}>)\n")
    (attachment,) = answer["pages"][0]["attachments"]
    async with client.session.get(client.url + attachment["url"]) as picture:
        assert picture.content_type == f"image/{kind.lower()}"
        assert picture.headers["X-Content-Type-Options"] == "nosniff"
        assert await picture.read() == (images / name).read_bytes()


HOSTILE = "<script xmlns='http://www.w3.org/2000/svg'>alert(1)</script>"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.png",
        "images/../../outside.png",
        "images/..%2f..%2foutside.png",
        "{content}/outside.png",
        "file:///{content}/outside.png",
        "images/link.png",
        "linked/outside.png",
        "images/drawing.svg",
        "images/page.png",
        "images/none.png",
        "images",
        "images/\0.png",
        "story.yaml",
        "chapters/001-neap.md",
        "",
    ],
)
async def test_nothing_else_is_given_as_a_picture(client: DeskClient, content, path: str) -> None:
    story = content / SLUG
    images = story / "images"
    images.mkdir()
    Image.new("RGB", (8, 8), "red").save(content / "outside.png")
    (images / "link.png").symlink_to(content / "outside.png")
    (story / "linked").symlink_to(content)
    (images / "drawing.svg").write_text(HOSTILE)
    (images / "page.png").write_text(f"<html>{HOSTILE}")
    query = {"story": SLUG, "path": path.format(content=content)}
    async with client.session.get(f"{client.url}/pictures", params=query) as answer:
        assert answer.status == 404
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_hostile_texts_get_an_answer(client: DeskClient) -> None:
    for text in ("", "\ud800", "\0", "---\n" * 50, "*" * 5000, "{{" * 500):
        assert "faults" in await look(client, text)


async def test_the_form_changes_the_text_and_keeps_the_rest(client: DeskClient) -> None:
    text = "---\ntitle: A # mine\nid: 007\n---\n\nBody."
    changes = {"draft": True, "suggestions.prompt": "What: now?", "title": None}
    answer = await client.ask("POST", "/api/front-matter", text=text, changes=changes)
    assert answer["text"].endswith("---\n\nBody.")
    assert "id: 007\n" in answer["text"]
    seen = await look(client, answer["text"])
    assert seen["faults"] == []
    assert (seen["form"]["draft"], seen["form"]["suggestions.prompt"]) == (True, "What: now?")


@pytest.mark.parametrize(
    "value", ["007", "no", "18:00", "null", "~", "a: b", "# x", "two\nlines\n\nand more", "“q”", "“q”\n\n“r”"]
)
async def test_whatever_is_typed_into_the_form_is_read_again(client: DeskClient, value: str) -> None:
    text = change_front_matter("Body.", {"note_after": value, "title": "T"})
    assert (await look(client, text))["form"]["note_after"].strip() == value


def test_front_matter_without_keys_is_none() -> None:
    assert change_front_matter("---\ntitle: A\n---\nBody.", {"title": None}) == "Body."
    assert change_front_matter("Body.", {"title": None}) == "Body."
    with pytest.raises(UnchangeableText):
        change_front_matter("---\ntitle: [A\n---\nBody.", {"title": "B"})


def test_page_starts_are_found_by_their_letters() -> None:
    written = "---\ntitle: A\n---\n*One* two three four five six.\n\n“Two &amp; seven” begin here, again and again.\n"
    shown = "*One* two three four five six.\n\n“Two & seven” begin here, again and again."
    second = shown.index("“Two")
    places = find_page_starts(written, written.index("*One*"), shown, [0, second])
    assert places[0] == 0
    assert written[places[1] :].startswith("Two &amp;")
    assert Utf16Offsets("a😀b").of(2) == 3


async def test_the_schedule_is_told_in_words(client: DeskClient) -> None:
    fields = {"schedule": "tue, fri at 18:00", "timezone": "Europe/London", "start": ""}
    answer = await client.ask("POST", "/api/schedule", **fields)
    assert answer["said"] == "Tuesdays and Fridays at 18:00"
    assert answer["next"][0]["local"] == "Tue 1 Dec 2026, 18:00"
    later = await client.ask("POST", "/api/schedule", **{**fields, "start": "2027-01-05"})
    assert later["next"][0]["local"] == "Tue 5 Jan 2027, 18:00"
    assert "fault" in await client.ask("POST", "/api/schedule", **{**fields, "schedule": "tuw at 18:00"})
    assert "fault" in await client.ask("POST", "/api/schedule", **{**fields, "timezone": "Mars/Phobos"})
    assert "fault" in await client.ask("POST", "/api/schedule", **{**fields, "start": "soon"})


async def test_the_calendar_shows_releases_dates_and_the_dry_day(client: DeskClient) -> None:
    (story,) = (await client.ask("GET", "/api/calendar"))["stories"]
    assert [(one["title"], one["local"]) for one in story["releases"]] == [
        ("Neap Tide", "2026-12-01T18:00"),
        ("Making Tide", "2026-12-04T18:00"),
        ("Spring Tide", "2026-12-08T18:00"),
    ]
    assert story["dry_at"] == "2026-12-11T18:00"
    changes = {"publish_at": "2026-12-24 20:15"}
    await client.ask("PUT", f"/api/stories/{SLUG}/front-matter", file=NEAP, changes=changes)
    (story,) = (await client.ask("GET", f"/api/calendar?story={SLUG}"))["stories"]
    assert [(one["title"], one["slot"]) for one in story["releases"]][-1] == ("Neap Tide", False)
    assert story["dry_at"] == "2026-12-08T18:00"
    assert NOW.isoformat() == (await client.ask("GET", "/api/calendar"))["now"]
