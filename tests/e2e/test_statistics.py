"""Figures over a restart of the real program."""

from __future__ import annotations

import pytest
from discord_sandbox.seed import CHAPTERS, READERS

from tests.e2e.processes import Stage, becomes, long_text
from tests.e2e.test_reading import PAGE, STORY, page_becomes, subscribed, votes_become

pytestmark = pytest.mark.slow


async def test_what_happened_while_it_was_away_is_counted_and_what_was_read_before_is_kept(
    stage: Stage,
) -> None:
    stage.configure(reading=PAGE)
    stage.story(STORY, "# The First Lamp\n\nLit.", "# The Second Lamp\n\n" + long_text(800))
    one, two, three = (stage.sandbox.person(each) for each in READERS[:3])
    async with stage.running():
        post = await subscribed(stage, CHAPTERS)
        one.react(post, "⭐")
        await votes_become(stage, {one.id})
        three.react(post, "▶️")
        await page_becomes(three, post, 2)
    read = {row.user_id for row in (await stage.rows("chapter_read"))["chapter_read"]}
    assert read == {one.id, three.id}, "a stop writes what was read a moment ago"

    one.unreact(post, "⭐")
    two.react(post, "⭐")
    one.say(one.open_thread(CHAPTERS, "What a lamp", under=post), "It was lit!")

    async def comments() -> list[int]:
        return [row._mapping["count"] for row in (await stage.rows("comments"))["comments"]]

    async with stage.running():
        await votes_become(stage, {two.id})
        await becomes(comments, [1])
