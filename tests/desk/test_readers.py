"""Readers' ideas and figures at the desk, beside a bot that has the database open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer
from bot.store.database import Database
from bot.store.engine.errors import StoreError
from tests.desk.conftest import SLUG, DeskClient
from tests.services.suggestions.suggestion_helpers import find, make, world_of
from tests.support.databases import DIALECTS, fresh_database


async def test_without_a_database_the_view_says_what_is_needed(client: DeskClient) -> None:
    found = await client.ask("GET", f"/api/stories/{SLUG}/readers")
    assert "fascicle desk -c" in found["note"]
    await client.ask("POST", f"/api/stories/{SLUG}/ideas/1", status=400, decision="accept")


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_an_idea_is_decided_and_undone_while_the_bot_runs(tmp_path: Path, dialect: str) -> None:
    content = tmp_path / "content"
    chapters = content / "lamps" / "chapters"
    chapters.mkdir(parents=True)
    (content / "lamps" / "story.yaml").write_text("title: Lamps\n", encoding="utf-8")
    for number, name in enumerate(("one", "two"), 1):
        (chapters / f"{number:03}-{name}.md").write_text(f"Text of {name}.\n", encoding="utf-8")
    async with fresh_database(tmp_path, dialect) as url:
        running = await Database.open(url)
        try:
            world = await world_of(running)
            number = (await make(world)).suggestion.number
            desk = Desk.open(content, world.clock, page_length=3200, database=url)
            async with DeskServer(desk, port=0) as server, ClientSession() as session:
                client = DeskClient(server.url, session)
                await client.open()
                readers = await client.ask("GET", "/api/stories/lamps/readers")
                (idea,) = readers["ideas"]
                assert (idea["number"], idea["state"], idea["undo"]) == (number, "new", None)
                assert readers["figures"]["chapters"][0]["reads"] == 0

                path = f"/api/stories/lamps/ideas/{number}"
                token = readers["chapters"][0]["token"]
                (idea,) = (await client.ask("POST", path, decision="accept"))["ideas"]
                assert (await find(world, number)).state.value == "accepted"
                (idea,) = (await client.ask("POST", path, undo=idea["undo"]["change"]))["ideas"]
                assert (idea["state"], idea["undo"]) == ("new", None)
                await client.ask("POST", path, decision="accept")
                await client.ask("POST", path, decision="used", chapter=token)
                assert (await find(world, number)).used_in == "two"
                refused = await client.ask("POST", path, status=400, decision="accept")
                assert re.search(r"used", refused["error"])

                # The bot goes on: what it writes is there at the next look, and no second bot gets in.
                other = (await make(world, idea="Let the second lamp answer.")).suggestion.number
                shown = (await client.ask("GET", "/api/stories/lamps/readers"))["ideas"]
                assert {each["number"] for each in shown} == {number, other}
                with pytest.raises(StoreError):
                    await Database.open(url)
        finally:
            await running.close()
