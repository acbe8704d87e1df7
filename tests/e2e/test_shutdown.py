"""The bot stopped in the middle of things, in order and out of order: nothing twice, nothing missing."""

from __future__ import annotations

import pytest
from discord_sandbox.seed import ADMIN, CHAPTERS, READERS

from tests.e2e.processes import Stage, chapter_posts, decorated, long_text, page_number

pytestmark = pytest.mark.slow

STORY = "the-lamp"
POSTING = {"method": "POST", "route": "/channels/{channel}/messages", "count": 1}


async def subscribe(stage: Stage) -> None:
    """Have the newest chapter posted in #chapters."""
    admin = stage.sandbox.person(ADMIN)
    answer = await admin.invoke(CHAPTERS, "/subscribe", story=STORY, start="latest")
    assert answer.state == "done", answer


async def test_a_stop_lets_the_post_under_way_end(stage: Stage) -> None:
    stage.story(STORY, long_text(50))
    reader = stage.sandbox.person(READERS[0])
    bot = await stage.start()
    stage.sandbox.add_fault("delay_answer", seconds=1.5, **POSTING)
    await subscribe(stage)
    await stage.sandbox.until(lambda: chapter_posts(reader, CHAPTERS))
    assert await bot.stop() == 0
    (row,) = (await stage.rows("delivery"))["delivery"]
    assert (row.state, row.message_id) == ("sent", chapter_posts(reader, CHAPTERS)[0].id)
    async with stage.running():
        await decorated(reader, CHAPTERS, "The Lamp")
    assert len(chapter_posts(reader, CHAPTERS)) == 1


@pytest.mark.parametrize("fault", ["delay_answer", "delay"])
async def test_a_bot_killed_while_it_posts_posts_once(stage: Stage, fault: str) -> None:
    """Killed after Discord had taken the post, and before: the next start finds out which it was."""
    stage.story(STORY, long_text(50))
    reader = stage.sandbox.person(READERS[0])
    bot = await stage.start()
    stage.sandbox.add_fault(fault, seconds=3, **POSTING)
    await subscribe(stage)
    await stage.sandbox.until(lambda: [each.used for each in stage.sandbox.faults] in ([], [1]))
    await bot.kill()
    async with stage.running():
        await decorated(reader, CHAPTERS, "The Lamp")
    assert len(chapter_posts(reader, CHAPTERS)) == 1


async def test_a_cut_line_loses_no_turn_made_meanwhile(stage: Stage) -> None:
    stage.configure(reading={"page_length": 1000})
    stage.story(STORY, long_text(400))
    reader = stage.sandbox.person(READERS[0])
    async with stage.running():
        await subscribe(stage)
        post = await decorated(reader, CHAPTERS, "The Lamp")
        stage.sandbox.hub.cut()
        await stage.sandbox.until(lambda: not stage.sandbox.hub.online)
        reader.react(post, "▶️")
        await stage.sandbox.until(lambda: page_number(reader.message(post))[0] == 2, 20)
        assert [each.id for each in chapter_posts(reader, CHAPTERS)] == [post.id]
