"""Changed chapters in threads and forums, against a Discord that keeps to its own specification."""

from __future__ import annotations

import re

import pytest
from discord_sandbox.discord_objects import Channel
from discord_sandbox.operations import thread_archiving
from discord_sandbox.seed import ADMIN, BOT, CHAPTERS, GUILD, READERS, SERIALS
from discord_sandbox.server import Sandbox

from bot.domain.pages import paginate
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.samples import chapter, long_text

SHORT, LONG = long_text(200), long_text(450)


async def threaded(bot: Living, channel: int) -> Channel:
    """The thread of the one chapter, after an admin subscribed that channel."""
    answer = await bot.sandbox.person(ADMIN).invoke(
        CHAPTERS, "/subscribe", story="the-lamp", channel=channel, style="thread", start="latest"
    )
    assert answer.state == "done", answer
    await bot.work()
    (thread,) = (
        each for each in bot.sandbox.world.guild(GUILD).threads.values() if each.parent_id == channel
    )
    return thread


def pages(bot: Living, thread: Channel) -> list[str]:
    """The pages that stand in the thread, in the order of their messages."""
    texts = [each.text for each in bot.sandbox.person(READERS[0]).messages(thread) if each.author_id == BOT]
    return [text for text in texts if re.search(r"-# (Page \d+ of|\d+ /) \d+", text)]


def words(texts: list[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"word\d+\.?", text)]


@pytest.mark.parametrize("channel", [CHAPTERS, SERIALS], ids=["thread", "forum"])
async def test_a_thread_follows_its_chapter_even_out_of_the_archive(
    sandbox: Sandbox, store: Database, channel: int
) -> None:
    async with living(sandbox, store, sample(chapter("one", SHORT))) as bot:
        thread = await threaded(bot, channel)
        assert len(pages(bot, thread)) == len(paginate(SHORT, limit=600))
        thread_archiving.set_archived(sandbox.world, thread, True)
        await bot.revise(sample(chapter("one", LONG)))
        assert words(pages(bot, thread)) == words([LONG])
        assert len(pages(bot, thread)) == len(paginate(LONG, limit=600))
        await bot.revise(sample(chapter("one", SHORT)))
        assert words(pages(bot, thread)) == words([SHORT])
        assert sandbox.pings == []


async def test_a_withdrawn_chapter_is_a_notice_in_its_thread_until_it_returns(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one", SHORT))) as bot:
        thread = await threaded(bot, SERIALS)
        reader = sandbox.person(READERS[0])
        reader.say(thread, "What a chapter!")
        await bot.revise(sample(chapter("one", SHORT, draft=True)))
        said = [each.text for each in reader.messages(thread)]
        assert words(said) == []
        assert "What a chapter!" in said
        assert any("withdrawn" in text for text in said)
        await bot.revise(sample(chapter("one", SHORT)))
        assert words(pages(bot, thread)) == words([SHORT])


async def test_a_locked_thread_is_reported_to_whoever_subscribed(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", SHORT))) as bot:
        thread = await threaded(bot, CHAPTERS)
        before = pages(bot, thread)
        thread_archiving.set_archived(sandbox.world, thread, True, locked=True)
        await bot.revise(sample(chapter("one", SHORT.replace("word10 ", "lamp "))))
        await bot.work()
        assert pages(bot, thread) == before
        admin = sandbox.person(ADMIN)
        told = [each.text for each in admin.messages(admin.dm())]
        assert sum("was revised" in text for text in told) == 1, told
