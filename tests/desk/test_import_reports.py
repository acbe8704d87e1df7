"""Importing again at the desk: what the page is told, and chapters that the author and the source have changed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.desk.import_conflicts import paragraph_rows
from tests.desk.conftest import DeskClient

LINES = ("The lamp was lit.", "Nobody knew by whom.", "The wind came up.")
NOVEL = "\n\n".join(
    f"# {title}\n\n" + "\n\n".join(f"{title}: {line}" for line in LINES) for title in ("One", "Two")
)
REVISED = NOVEL.replace("Nobody", "Everybody").replace("# Two", "# Between\n\nIt rained.\n\n# Two")


async def look(client: DeskClient, text: str) -> Any:
    return await client.ask("POST", "/api/imports", text=text)


async def accept(client: DeskClient, shown: Any, *, status: int = 200, **fields: Any) -> Any:
    return await client.ask("POST", f"/api/imports/{shown['id']}/accept", status=status, **fields)


def texts(content: Path, slug: str = "novel") -> dict[str, str]:
    chapters = content / slug / "chapters"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(chapters.glob("*.md"))}


def change(content: Path, file: str, old: str, new: str) -> None:
    path = content / "novel" / "chapters" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


async def disagree(client: DeskClient, content: Path) -> Any:
    """Import a story, change both chapters here and in the source, and import it again, with one more between."""
    await accept(client, await look(client, NOVEL), title="Novel")
    for file in ("001-one.md", "002-two.md"):
        change(content, file, "Nobody knew by whom.", "Only Ada knew.")
    return await look(client, REVISED)


async def test_the_page_is_told_what_became_of_an_import(client: DeskClient) -> None:
    shown = await look(client, NOVEL)
    assert shown["into"] is None
    outcome = await accept(client, shown, title="Novel")
    assert (outcome["slug"], outcome["title"], outcome["first"]) == ("novel", "Novel", "001-one.md")
    assert outcome["added"] == ["One", "Two"]
    assert outcome["updated"] == outcome["unchanged"] == outcome["conflicts"] == []
    # Its page can be reloaded, but it is not written again.
    assert await client.ask("GET", f"/api/imports/{shown['id']}/report") == outcome
    await accept(client, shown, status=404, title="Novel")


async def test_the_same_source_again_doubles_nothing(client: DeskClient, content: Path) -> None:
    await accept(client, await look(client, NOVEL), title="Novel")
    before = texts(content)
    again = await look(client, NOVEL)
    assert again["into"] == "novel"
    outcome = await accept(client, again, slug=again["into"])
    assert (outcome["added"], outcome["updated"], outcome["unchanged"]) == ([], [], ["One", "Two"])
    assert texts(content) == before

    revised = await look(client, NOVEL.replace("Two: The wind came up.", "Two: The wind died down."))
    assert revised["into"] == "novel"
    outcome = await accept(client, revised, slug="novel")
    assert (outcome["updated"], outcome["unchanged"], outcome["first"]) == (["Two"], ["One"], "002-two.md")
    assert list(texts(content)) == list(before)
    assert "died down" in texts(content)["002-two.md"]


async def test_a_next_chapter_does_not_say_that_the_others_have_vanished(client: DeskClient) -> None:
    await accept(client, await look(client, NOVEL), title="Novel")
    following = await look(client, "# Three\n\nThe sea was calm.\n")
    assert following["into"] is None
    outcome = await accept(client, following, slug="novel")
    assert (outcome["added"], outcome["vanished"]) == (["Three"], [])
    shorter = await accept(client, await look(client, NOVEL.partition("# Two")[0]), slug="novel")
    assert "Two" in shorter["vanished"]


async def test_chapters_that_are_new_at_the_beginning_stand_there(client: DeskClient, content: Path) -> None:
    await accept(client, await look(client, NOVEL), title="Novel")
    earlier = "# Before\n\nIt was dark.\n\n# Dusk\n\nIt grew dark.\n\n"
    outcome = await accept(client, await look(client, earlier + NOVEL), slug="novel")
    assert outcome["added"] == ["Before", "Dusk"]
    assert list(texts(content)) == ["001-before.md", "002-dusk.md", "003-one.md", "004-two.md"]


async def test_left_out_and_removed_chapters_are_told_apart_from_vanished_ones(client: DeskClient) -> None:
    await accept(client, await look(client, NOVEL), title="Novel")
    again = await look(client, NOVEL)
    await client.ask("PUT", f"/api/imports/{again['id']}", left_out=[again["chapters"][1]["key"]])
    assert (await accept(client, again, slug="novel"))["vanished"] == []
    await client.ask("DELETE", "/api/stories/novel/chapters?file=002-two.md")
    outcome = await accept(client, await look(client, NOVEL), slug="novel")
    assert (outcome["taken_out"], outcome["unchanged"]) == (["Two"], ["One"])


async def test_pictures_that_are_lost_are_told(client: DeskClient) -> None:
    shown = await look(client, "# One\n\nA lamp.\n\n![A lamp](lamp.png)\n\nIt was lit.\n")
    outcome = await accept(client, shown, title="Lamp")
    assert len(outcome["lost_pictures"]) == 1
    assert outcome["lost_pictures"][0].startswith("lamp.png")


async def test_nothing_of_a_conflict_is_written_before_its_answer(client: DeskClient, content: Path) -> None:
    shown = await disagree(client, content)
    outcome = await accept(client, shown, slug="novel")
    assert outcome["added"] == ["Between"]
    # The new chapter stands between them, so that the second one's file has another number now.
    one, two = outcome["conflicts"]
    assert [(each["file"], each["title"]) for each in (one, two)] == [
        ("001-one.md", "One"),
        ("003-two.md", "Two"),
    ]
    differing = [(row["mine"], row["source"]) for row in one["rows"] if not row["same"]]
    assert differing == [("One: Only Ada knew.", "One: Everybody knew by whom.")]
    assert not any("Everybody" in text for text in texts(content).values())
    reloaded = await client.ask("GET", f"/api/imports/{shown['id']}")
    assert reloaded["outcome"] == outcome

    given = {one["file"]: {"answer": "take_source", "version": one["version"]}}
    outcome = await accept(client, shown, answers=given)
    assert [each["title"] for each in outcome["conflicts"]] == ["Two"]
    assert outcome["answered"] == [{"title": "One", "answer": "take_source"}]
    assert "Everybody" in texts(content)["001-one.md"]
    assert "Only Ada" in texts(content)["003-two.md"]

    two = outcome["conflicts"][0]
    given = {two["file"]: {"answer": "beside", "version": two["version"]}}
    outcome = await accept(client, shown, answers=given)
    assert outcome["conflicts"] == []
    assert outcome["added"] == ["Between"]
    found = texts(content)
    assert "Only Ada" in found["003-two.md"]
    beside = found["004-two-source.md"]
    assert "draft: true" in beside
    assert "Everybody" in beside
    # It is answered once and for all.
    again = await accept(client, await look(client, REVISED), slug="novel")
    assert again["conflicts"] == []
    assert texts(content) == found


async def test_keeping_mine_changes_no_file(client: DeskClient, content: Path) -> None:
    shown = await disagree(client, content)
    outcome = await accept(client, shown, slug="novel")
    before = texts(content)
    given = {
        each["file"]: {"answer": "keep_mine", "version": each["version"]} for each in outcome["conflicts"]
    }
    outcome = await accept(client, shown, answers=given)
    assert outcome["conflicts"] == []
    assert texts(content) == before


async def test_an_answer_about_a_text_that_was_changed_since_is_asked_again(
    client: DeskClient, content: Path
) -> None:
    shown = await disagree(client, content)
    (one, _) = (await accept(client, shown, slug="novel"))["conflicts"]
    change(content, one["file"], "The wind came up.", "The wind came up, and I have just written that.")
    given = {one["file"]: {"answer": "take_source", "version": one["version"]}}
    outcome = await accept(client, shown, answers=given)
    assert "just written" in texts(content)[one["file"]]
    assert any("just written" in row["mine"] for row in outcome["conflicts"][0]["rows"])
    assert outcome["answered"] == []


@pytest.mark.parametrize(
    "answers", ["x", {"001-one.md": "keep_mine"}, {"001-one.md": {"answer": "burn", "version": ""}}]
)
async def test_answers_that_are_none_change_nothing(
    client: DeskClient, content: Path, answers: object
) -> None:
    shown = await disagree(client, content)
    await accept(client, shown, slug="novel")
    before = texts(content)
    await accept(client, shown, status=400, answers=answers)
    await accept(
        client, shown, answers={"../../tides/chapters/001-neap.md": {"answer": "beside", "version": ""}}
    )
    assert texts(content) == before


async def test_two_pages_accept_one_import_once(client: DeskClient) -> None:
    shown = await look(client, NOVEL)

    async def press() -> int:
        path = f"{client.url}/api/imports/{shown['id']}/accept"
        headers = {"X-Desk-Key": client.key}
        async with client.session.post(path, json={"title": "Novel"}, headers=headers) as answer:
            return answer.status

    assert sorted(await asyncio.gather(press(), press())) == [200, 404]
    assert [each["slug"] for each in (await client.ask("GET", "/api/stories"))["stories"]] == [
        "novel",
        "tides",
    ]


async def test_a_new_story_has_its_author_and_hints(client: DeskClient, content: Path) -> None:
    source = "---\ntitle: The Lamp\nauthor: Ada Quill\n---\n\n# One\n\nThe lamp was lit.\n"
    shown = await look(client, source)
    settings = {"release.timezone": "Europe/Berlin"}
    outcome = await accept(client, shown, title="The Lamp", settings=settings)
    text = (content / outcome["slug"] / "story.yaml").read_text(encoding="utf-8")
    assert "name: Ada Quill" in text
    assert "timezone: Europe/Berlin" in text
    assert "# rating: general" in text
    story = await client.ask("GET", f"/api/stories/{outcome['slug']}")
    assert story["faults"] == []


def test_paragraphs_stand_beside_those_they_were_made_of() -> None:
    rows = paragraph_rows("a\n\nb\n\nc\n\nd\n", "a\n\nB\n\nB2\n\nd\n\ne\n")
    assert rows == [
        ("a", "a", True), ("b", "B", False), ("c", "B2", False), ("d", "d", True), ("", "e", False),
    ]  # fmt: skip
    assert paragraph_rows("same\n\n* * *", "same\n\n* * *") == [
        ("same", "same", True),
        ("* * *", "* * *", True),
    ]


def test_texts_of_very_many_paragraphs_are_compared_as_one_change() -> None:
    many = "\n\n".join("ab"[number % 2] for number in range(20_000))
    rows = paragraph_rows(f"first\n\nx\n\n{many}\n\nlast", f"first\n\ny\n\n{many}\n\nz\n\n{many}\n\nlast")
    assert rows[0] == ("first", "first", True)
    assert rows[-1] == ("last", "last", True)
    assert any(not same for _, _, same in rows)
