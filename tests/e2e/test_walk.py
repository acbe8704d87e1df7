"""The whole way of a serial, from `/subscribe` to an idea accepted, with the bot stopped and started in its midst."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox
from discord_sandbox.trace import Trace
from discord_sandbox.validation.openapi_schema import OpenApiSchema

from bot.clock import SystemClock
from tests.e2e.processes import (
    OPENAPI,
    SAMPLE,
    Stage,
    chapter_posts,
    decorated,
    page_number,
    sent_at,
    spoken_words,
    story_text,
    turn,
    words_of_chapter,
)
from tests.e2e.programs import Programs
from tests.support.databases import DIALECTS, fresh_database

STORY = "the-lamplighters"
FIRST_THREE = ("006-in-line.md", "007-reply-paid.md", "008-datum.md")
LONG = "008-datum.md"
LATER = "009-the-dark-round.md"
SLOT = timedelta(seconds=2)


@pytest.fixture(params=DIALECTS)
async def stage(
    request: pytest.FixtureRequest, sandbox: Sandbox, programs: Programs, tmp_path: Path
) -> AsyncIterator[Stage]:
    """The sample serial on hiatus, three chapters of it in the folder. On SQLite rates are limited as Discord does."""
    sandbox.set_limits(request.param == "sqlite")
    async with fresh_database(tmp_path, request.param) as database:
        stage = Stage(sandbox, programs, tmp_path, database)
        shutil.copytree(SAMPLE, stage.content / STORY, ignore=shutil.ignore_patterns("*.md"))
        for name in FIRST_THREE:
            add_chapter(stage, name)
        about = {
            "sample": False,
            "status": "hiatus",
            "release": {"schedule": f"every {SLOT.seconds} seconds"},
        }
        change_story(stage, about)
        yield stage
        await programs.clean_up()


def add_chapter(stage: Stage, name: str) -> None:
    """Put a chapter of the sample into the story's folder."""
    shutil.copy(SAMPLE / "chapters" / name, stage.content / STORY / "chapters" / name)


def change_story(stage: Stage, change: dict[str, Any]) -> None:
    """Change keys of story.yaml."""
    file = stage.content / STORY / "story.yaml"
    about = yaml.safe_load(file.read_text(encoding="utf-8")) | change
    file.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")


def titles(posts: list[MessageView]) -> list[str]:
    """The chapters of posts, by the title in their head."""
    return [post.text.splitlines()[1].lstrip("# ") for post in posts]


async def test_a_serial_from_the_subscription_to_an_idea_accepted(stage: Stage) -> None:
    sandbox = stage.sandbox
    admin, reader, author = (sandbox.person(each) for each in (ADMIN, READERS[0], AUTHOR))
    bot = await stage.start()

    await the_admin_subscribes(admin)
    change_story(stage, {"status": "ongoing"})
    posts = await three_chapters_arrive(stage, reader)
    await the_reader_reads_it_whole(reader, await decorated(reader, CHAPTERS, "Datum"))
    assert await bot.stop() == 0

    add_chapter(stage, LATER)
    bot = await stage.start()
    assert page_number(await turn(reader, posts[2], "▶️")) == (2, 6), "the old post still turns"
    await decorated(reader, CHAPTERS, "The Dark Round")
    await ideas_go_from_the_reader_to_the_author_and_back(reader, author)

    await no_more_than_that_came(stage, reader)
    assert await bot.stop() == 0


async def the_admin_subscribes(admin: Person) -> None:
    """`/subscribe`, with the story picked from what is offered while typing."""
    (offered,) = await admin.autocomplete(CHAPTERS, "/subscribe", "story", "lampl")
    assert offered == {"name": "The Lamplighters", "value": STORY}
    answer = await admin.invoke(CHAPTERS, "/subscribe", story=offered["value"])
    assert answer.state == "done", answer
    assert answer.private
    assert "The Lamplighters" in answer.text
    assert chapter_posts(admin, CHAPTERS) == []


async def three_chapters_arrive(stage: Stage, reader: Person) -> list[MessageView]:
    """Each at a slot of its own, in order, once."""
    await stage.sandbox.until(lambda: len(chapter_posts(reader, CHAPTERS)) == 3, 20)
    posts = chapter_posts(reader, CHAPTERS)
    assert titles(posts) == ["In Line", "Reply Paid", "Datum"]
    rows = await stage.rows("release")
    slots = sorted(row.at for row in rows["release"])
    assert [later - earlier for earlier, later in pairwise(slots)] == [SLOT, SLOT]
    for slot, post in zip(slots, posts, strict=True):
        assert timedelta(0) <= sent_at(post) - slot < 2 * SLOT, "posted at its slot"
    return posts


async def the_reader_reads_it_whole(reader: Person, post: MessageView) -> None:
    """To the last page and back by reactions; what was read is the chapter, word for word."""
    number, count = page_number(post)
    assert (number, count) == (1, 6)
    pages = [post]
    while page_number(pages[-1])[0] < count:
        pages.append(await turn(reader, post, "▶️"))
    assert [page_number(page)[0] for page in pages] == list(range(1, count + 1))
    read = [word for page in pages for word in spoken_words(story_text(page))]
    assert read == words_of_chapter(SAMPLE / "chapters" / LONG)
    for page in reversed(pages[:-1]):
        assert story_text(await turn(reader, post, "◀️")) == story_text(page)


async def ideas_go_from_the_reader_to_the_author_and_back(reader: Person, author: Person) -> None:
    """One by option, one by form; the author accepts the second in the queue; its maker hears of it."""
    made = await reader.invoke(CHAPTERS, "/suggest", idea="Let Mr. Ablett finish the scarf.")
    assert made.private
    assert "number **1**" in made.text
    opened = await reader.invoke(CHAPTERS, "/suggest")
    assert opened.form is not None
    sent = await reader.submit(opened, {"idea": "A heron in the lamp room."})
    assert "number **2**" in sent.text

    queue = await author.invoke(CHAPTERS, "/author queue")
    assert queue.private
    assert "A heron in the lamp room." in queue.text
    done = await author.submit(await author.press(queue.message, "Accept…"), {"answer": "A fine bird."})
    assert "accepted" in done.text
    told = await reader.sees(reader.dm(), lambda seen: "accepted" in seen.text)
    assert "A heron in the lamp room." in told.text
    assert "A fine bird." in told.text
    mine = (await reader.invoke(CHAPTERS, "/suggestions mine")).text
    assert "Ablett" in mine
    assert "accepted" in mine


async def no_more_than_that_came(stage: Stage, reader: Person) -> None:
    """No post twice, the order right, nobody pinged, and every delivery settled."""
    assert titles(chapter_posts(reader, CHAPTERS)) == ["In Line", "Reply Paid", "Datum", "The Dark Round"]
    assert len([each for each in reader.messages(reader.dm()) if "accepted" in each.text]) == 1
    assert stage.sandbox.pings == []
    rows = await stage.rows("release", "delivery", "post")
    assert {name: len(found) for name, found in rows.items()} == {"release": 4, "delivery": 4, "post": 4}
    asked = stage.sandbox.trace.requests("POST", f"/channels/{CHAPTERS}/messages")
    assert len(asked) == 4, "none was even tried twice"


def test_the_specification_sees_what_it_should() -> None:
    """The walk's traffic was held against Discord's specification: here it is shown to object at all."""
    if not OPENAPI.exists():
        pytest.skip(
            "Discord's openapi.json is not beside the repository: what the bot sent was not held against it"
        )
    trace = Trace(SystemClock())
    OpenApiSchema(OPENAPI).check("POST", "/channels/{channel}/messages", {"content": 5}, trace)
    assert len(trace.breaches()) == 1
