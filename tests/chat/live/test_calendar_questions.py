"""Authors are asked before a chapter goes out or a hiatus begins, and may tell the channels; it survives restarts."""

from __future__ import annotations

from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.samples import chapter
from tests.support.publishing import has_button, press

THREE = (chapter("one"), chapter("two"), chapter("three"))
NOTE = "Moving *house*,\n> 1. @everyone, see \\_you_ soon 🌧️"


async def asks(author: Person, command: str, **options: object) -> MessageView:
    """The question that a command answers with."""
    asked = await author.invoke(CHAPTERS, f"/author {command}", story="the-lamp", **options)
    assert asked.private
    assert asked.message is not None
    return asked.message


async def test_publishing_asks_and_an_old_question_publishes_nothing_else(
    sandbox: Sandbox, store: Database
) -> None:
    author, admin = sandbox.person(AUTHOR), sandbox.person(ADMIN)
    async with living(sandbox, store, sample(*THREE, backlog=1)) as bot:
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        await bot.work()
        first, second = await asks(author, "publish"), await asks(author, "publish")
        assert "Publish “Two” now?" in first.text
        assert "It goes to 1 channel now." in first.text
        assert "stays empty" in first.text
        kept = await press(author, await asks(author, "publish"), "Not now")
        assert "nothing was changed" in kept.text
    async with living(sandbox, store, sample(*THREE, backlog=1)) as bot:
        done = await press(author, first, "Publish now")
        assert "Out now: chapter 2" in done.text
        again = await press(author, second, "Publish now")
        assert "“Two” is out already" in again.text
        assert not has_button(again, "Publish now")
        await bot.work()
        assert [each.text for each in admin.messages(CHAPTERS) if "Chapter 3" in each.text] == []


async def test_a_hiatus_keeps_its_note_over_a_restart_and_channels_are_told_when_asked_for(
    sandbox: Sandbox, store: Database
) -> None:
    author, admin, reader = (sandbox.person(each) for each in (AUTHOR, ADMIN, READERS[0]))
    sandbox.person(READERS[0]).speak("de")
    async with living(sandbox, store, sample(*THREE, backlog=1)) as bot:
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        await reader.invoke(CHAPTERS, "/follow", story="the-lamp")
        await bot.work()
        asked = await asks(author, "hiatus", reason=NOTE)
        assert "Two · <t:" in asked.text
    async with living(sandbox, store, sample(*THREE, backlog=1)) as bot:
        begun = await press(author, asked, "Start the hiatus")
        assert "On hiatus" in begun.text
        async with store.read() as tx:
            record = await tx.stories.get("the-lamp")
        assert record is not None
        assert record.hiatus_reason == NOTE, "to the letter"
        assert "already" in (await author.invoke(CHAPTERS, "/author hiatus", story="the-lamp")).text
        seen = await press(author, begun, "Tell the channels")
        assert "1 channel and 1 follower" in seen.text
        bare = await press(author, seen, "Leave my note out")
        assert "soon" not in bare.text
        whole = await press(author, bare, "Put my note in")
        told = await press(author, whole, "Send it")
        assert "Told 1 channel and 1 follower." in told.text
        await bot.work()
        posts = [
            each for each in reader.messages(CHAPTERS) if "takes a break" in each.text and not each.private
        ]
        assert len(posts) == 1
        assert "soon" in posts[0].text
        await reader.sees(reader.dm(), lambda message: "macht Pause" in message.text)
        resumed = await press(
            author,
            await asks(author, "delay", until="in 3 days"),
            "Continue now",
        )
        preview = await press(author, resumed, "Tell them it continues")
        assert "continues. Chapter 2 comes <t:" in preview.text
        await asks(author, "delay", until="in 4 days")
        stale = await press(author, preview, "Send it")
        assert "has changed since" in stale.text
        assert len([each for each in reader.messages(CHAPTERS) if "continues. Chapter" in each.text]) == 0
