"""People's own data, and readers thanked for their ideas, as they see it in Discord."""

from __future__ import annotations

import asyncio
import json

from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.samples import chapter
from tests.support.publishing import publish_now


def kept(bot: Living, seen: MessageView) -> dict[str, object]:
    """What is in the file under a message."""
    (attached,) = seen.data["attachments"]
    held = bot.sandbox.world.attachments[int(attached["id"])]
    assert held.filename.endswith(".json")
    found: dict[str, object] = json.loads(held.data)
    return found


def name_of(bot: Living, user_id: int) -> str:
    """How a person is called."""
    user = bot.sandbox.world.users[user_id]
    return user.global_name or user.username


async def erased(store: Database) -> set[str]:
    """Who asked to be forgotten."""
    async with store.read() as tx:
        return await tx.personal_data.list_erased()


async def shows(reader: Person, text: str) -> MessageView:
    """The reader's newest message in the channel, once it says so."""
    return await reader.sees(CHAPTERS, lambda seen: text in seen.text)


async def test_a_reader_gets_their_data_and_has_it_erased(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        nothing = await reader.invoke(CHAPTERS, "/privacy export")
        assert nothing.private
        assert "I store nothing about you" in nothing.text
        await reader.invoke(CHAPTERS, "/suggest", idea="Let the lamp speak.")
        await reader.invoke(CHAPTERS, "/read", story="the-lamp")
        made = await reader.invoke(CHAPTERS, "/privacy export")
        assert made.private
        assert "everything I store about you" in made.text
        found = kept(bot, made.message)
        assert {"about", "you", "bookmarks", "ideas"} <= set(found)

        asked = await reader.invoke(CHAPTERS, "/privacy delete")
        assert asked.private
        assert "You sent 1 idea" in asked.text
        assert asked.message.buttons == [
            "Erase my data, keep my ideas…",
            "Erase my data and my ideas…",
            "Keep everything",
        ]
        left = await reader.press(asked.message, "Keep everything")
        assert "Nothing was erased" in left.text

        asked = await reader.invoke(CHAPTERS, "/privacy delete")
        sure = await reader.press(asked.message, "Erase my data, keep my ideas…")
        assert "Really erase it all?" in sure.text
        assert "1 idea" not in (await author.invoke(CHAPTERS, "/privacy delete")).text
        await reader.press(sure.message, "Yes, erase it")
        done = await shows(reader, "your data is erased")
        assert done.private
        assert done.id == asked.message.id
        assert "Your idea stayed, without your name" in done.text
        assert done.buttons == []

        after = await reader.invoke(CHAPTERS, "/privacy export")
        assert set(kept(bot, after.message)) == {"about", "erased_before", "ideas_that_stayed"}
        again = await reader.invoke(CHAPTERS, "/privacy delete")
        assert "1 idea of yours is still there from an earlier time" in again.text
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "Let the lamp speak." in queue.text
        assert name_of(bot, reader.id) not in queue.text


async def test_somebody_without_ideas_is_not_asked_about_them(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        reader = sandbox.person(READERS[1])
        await reader.invoke(CHAPTERS, "/read", story="the-lamp")
        asked = await reader.invoke(CHAPTERS, "/privacy delete")
        assert asked.message.buttons == ["Erase…", "Keep everything"]
        sure = await reader.press(asked.message, "Erase…")
        assert "idea" not in sure.text
        await reader.press(sure.message, "Yes, erase it")
        await shows(reader, "your data is erased")
        assert len(await erased(store)) == 1
        await reader.invoke(CHAPTERS, "/read", story="the-lamp")
        async with asyncio.timeout(10):
            # Whoever uses the bot again is remembered again.
            while await erased(store):  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.02)


async def test_help_names_both_commands(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        said = (await sandbox.person(READERS[0]).invoke(CHAPTERS, "/help")).text
        assert "/privacy export" in said
        assert "/privacy delete" in said


async def test_makers_are_thanked_in_the_chapter_and_told_with_a_way_to_it(
    sandbox: Sandbox, store: Database
) -> None:
    serial = sample(chapter("one"), chapter("two", thanks=(1, 2, 99)), backlog=1)
    async with living(sandbox, store, serial) as bot:
        admin, author = sandbox.person(ADMIN), sandbox.person(AUTHOR)
        mira, jonas = sandbox.person(READERS[0]), sandbox.person(READERS[1])
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        for reader in (mira, jonas):
            await reader.invoke(CHAPTERS, "/suggest", idea=f"An idea of *{reader.id}*.")
        async with store.begin() as tx:
            assert await tx.suggestions.set_name_me(1, suggester=mira.id, wanted=True)
        await publish_now(author, CHAPTERS)
        await bot.work()
        post = await mira.sees(CHAPTERS, lambda seen: "Chapter 2" in seen.text)
        assert f"With thanks to {name_of(bot, mira.id)} and 1 more reader for their ideas" in post.text
        await asyncio.sleep(5.2)
        await bot.work()
        for number, reader in ((1, mira), (2, jonas)):
            news = await reader.sees(reader.dm(), lambda seen: "is in “Two”" in seen.text)
            assert f"Your idea **{number}**" in news.text
            assert f"/{CHAPTERS}/{post.id}" in news.text
            opened = await reader.press(news, "Read")
            assert "Chapter 2" in opened.text
            assert len([s for s in reader.messages(reader.dm()) if "is in “Two”" in s.text]) == 1
        told = await author.sees(author.dm(), lambda seen: "could not thank anybody" in seen.text)
        assert "There is no idea 99." in told.text


async def test_news_of_ideas_can_be_turned_off_where_they_arrive(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        for number in (1, 2):
            await reader.invoke(CHAPTERS, "/suggest", idea=f"Idea the {number}.")
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        await bot.work()
        news = await reader.sees(reader.dm(), lambda seen: "Idea the 1." in seen.text)
        off = await reader.press(news, "No direct messages about ideas")
        assert "when you next use a command" in off.text
        await author.invoke(CHAPTERS, "/author decide", number=2, decision="accept")
        await bot.work()
        assert not any("Idea the 2." in seen.text for seen in reader.messages(reader.dm()))
        await reader.invoke(CHAPTERS, "/help")
        await shows(reader, "Idea the 2.")
        on = await reader.press(off.message, "Tell me by direct message again")
        assert "comes by direct message again" in on.text
