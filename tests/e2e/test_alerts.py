"""What lasts until somebody mends it: broken files over a restart, and a clock that is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS

from tests.e2e.processes import Stage, becomes, chapter_posts
from tests.e2e.programs import answer
from tests.support.publishing import publish_now

pytestmark = pytest.mark.slow

LAMPS = "the-lamps"
OFTEN = {"backlog": 1, "schedule": "every 2 seconds"}


async def posts(person: Person) -> int:
    return len(chapter_posts(person, CHAPTERS))


async def test_one_broken_chapter_and_a_restart_stop_only_what_comes_after_it(stage: Stage) -> None:
    admin, author = stage.sandbox.person(ADMIN), stage.sandbox.person(AUTHOR)
    texts = [f"# Number {number}\n\nThe words of chapter number {number}." for number in range(1, 6)]
    folder = stage.story(LAMPS, *texts, release={"backlog": 1})
    (folder / "chapters" / "004.md").write_text("---\ntitle: a: b\n---\nHalf written", encoding="utf-8")
    async with stage.running():
        await admin.invoke(CHAPTERS, "/subscribe", story=LAMPS)
    (folder / "chapters" / "003.md").write_text("---\ntitle: [\n---\nBroken now", encoding="utf-8")
    async with stage.running():
        for count in (1, 2):
            assert "Out now" in (await publish_now(author, CHAPTERS, LAMPS)).text
            await becomes(lambda: posts(admin), count)
        assert any("chapter number 3" in post.text for post in chapter_posts(admin, CHAPTERS))
        refused = (await author.invoke(CHAPTERS, "/author publish", story=LAMPS)).text
        assert "004" in refused.replace("\\", "")
        assert "cannot be read" in (await admin.invoke(CHAPTERS, "/subscriptions")).text
        assert f"files:chapters:{LAMPS}" in (await answer(f"{stage.health}/readyz"))[1]
        folder.rename(stage.folder / "away")

        async def said() -> bool:
            status, text = await answer(f"{stage.health}/readyz")
            return status == 503 and "content-gone" in text

        await becomes(said, True)
        assert "files are missing" in (await admin.invoke(CHAPTERS, "/subscriptions")).text
    assert await posts(admin) == 2


async def test_nothing_is_released_while_the_clocks_differ(stage: Stage) -> None:
    admin = stage.sandbox.person(ADMIN)
    stage.sandbox.faults.ahead = -timedelta(days=10)
    stage.story(LAMPS, *[f"The words of chapter number {number}." for number in range(1, 40)], release=OFTEN)
    bot = await stage.begin()

    async def told() -> bool:
        status, text = await answer(f"{stage.health}/readyz")
        return status == 503 and "clock:off" in text

    await bot.says("registered")
    await becomes(told, True)
    assert [line for line in bot.lines if "clock is" in line]
    assert (await stage.rows("release"))["release"] == []
    stage.sandbox.faults.ahead = None
    await admin.invoke(CHAPTERS, "/library")

    async def released() -> bool:
        return len((await stage.rows("release"))["release"]) > 1

    await becomes(released, True)
    assert (await answer(f"{stage.health}/readyz"))[0] == 200
    assert await bot.stop() == 0
