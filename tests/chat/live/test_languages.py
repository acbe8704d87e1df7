"""Answers in the reader's language, posts in the server's, and letters in the one last heard."""

from __future__ import annotations

import asyncio

import pytest
from discord_sandbox.operations.guilds import set_locale
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, GUILD, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import Notebook, living, sample, until
from tests.chat.samples import chapter, long_text
from tests.support.publishing import publish_now


def german(sandbox: Sandbox, *people: int) -> None:
    """Have these people use Discord in German."""
    for each in people:
        sandbox.person(each).speak("de")


async def test_a_german_reader_is_answered_in_german_on_an_english_server(
    sandbox: Sandbox, store: Database
) -> None:
    german(sandbox, READERS[0])
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        reader, other = sandbox.person(READERS[0]), sandbox.person(READERS[1])
        await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
        await bot.work()
        post = await other.sees(CHAPTERS, lambda seen: "Page 1 of" in seen.text)
        assert "Read" in post.buttons

        both = await asyncio.gather(reader.press(post, "Read"), other.press(post, "Read"))
        assert ["Seite 1 von" in each.text for each in both] == [True, False]
        assert "Page 1 of" in both[1].text
        turned = await reader.press(both[0].message, "▶️")
        assert "Seite 2 von" in turned.text
        assert "Bibliothek" in (await reader.invoke(CHAPTERS, "/library")).text
        refused = await reader.invoke(CHAPTERS, "/story", story="nothing")
        assert "Eine Geschichte „nothing“, die ich dir hier zeigen kann, gibt es nicht." in refused.text
        form = await reader.press(post, "Suggest")
        assert form.form is not None
        assert form.form["title"] == "Eine Idee zu The Lamp"
        sent = await reader.submit(form, {"idea": "Mehr {Licht}, 100 %!"})
        assert "Danke! Deine Idee zu **The Lamp** hat die Nummer **1**" in sent.text


async def test_posts_are_in_the_servers_language_and_turn_in_it(sandbox: Sandbox, store: Database) -> None:
    set_locale(sandbox.world, sandbox.world.guild(GUILD), "de")
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
        answer = await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
        assert "One post is on its way" in answer.text, "an English admin"
        await bot.work()
        post = await reader.sees(CHAPTERS, lambda seen: "Seite 1 von" in seen.text and "▶️" in seen.reactions)
        assert "Lesen" in post.buttons
        reader.react(post, "▶️")
        await reader.sees(CHAPTERS, lambda seen: "Seite 2 von" in seen.text)
        assert "Page 1 of" in (await reader.press(post, "Lesen")).text

        set_locale(sandbox.world, sandbox.world.guild(GUILD), "pt-BR")
        await until(lambda: bot.client.locale_of(GUILD) == "pt-BR")
        reader.react(post, "◀️")
        await reader.sees(CHAPTERS, lambda seen: "Page 1 of" in seen.text and not seen.private)


async def test_letters_are_in_the_language_last_heard_also_after_a_restart(
    sandbox: Sandbox, store: Database
) -> None:
    german(sandbox, READERS[0])
    serial = sample(chapter("one", long_text(300)), chapter("two"), backlog=1)
    async with living(sandbox, store, serial) as bot:
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        assert (
            "Neue Kapitel von **The Lamp**"
            in (await reader.invoke(CHAPTERS, "/follow", story="the-lamp")).text
        )
        await bot.work()
        await reader.sees(reader.dm(), lambda seen: "Hallo!" in seen.text)
        await reader.invoke(CHAPTERS, "/suggest", story="the-lamp", idea="Ein Sturm.")
    async with living(sandbox, store, serial) as bot:
        done = await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        assert "accepted" in done.text
        await publish_now(author, CHAPTERS)
        await bot.work()
        await reader.sees(reader.dm(), lambda seen: "wurde angenommen" in seen.text)
        await reader.sees(reader.dm(), lambda seen: "Kapitel 2" in seen.text)
        reader.speak("en-GB")
        await reader.invoke(CHAPTERS, "/help")
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="reopen")
        await bot.work()
        await reader.sees(reader.dm(), lambda seen: "is open again" in seen.text)


async def test_a_greeting_waits_for_no_database_to_be_in_the_language_of_whoever_follows(
    sandbox: Sandbox, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    german(sandbox, READERS[0])
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        followed = asyncio.Event()

        async def answer_late(_: int) -> None:
            await followed.wait()

        monkeypatch.setattr(bot.services.personal_data, "record_use", answer_late)
        reader = sandbox.person(READERS[0])
        await reader.invoke(CHAPTERS, "/follow", story="the-lamp")
        followed.set()
        greeting = await reader.sees(reader.dm(), lambda seen: "The Lamp" in seen.text)
        assert "Hallo!" in greeting.text


async def test_a_chapter_in_a_dm_turns_in_its_readers_language(sandbox: Sandbox, store: Database) -> None:
    german(sandbox, READERS[0])
    serial = sample(chapter("one"), chapter("two", long_text(300)), backlog=1)
    reader = sandbox.person(READERS[0])
    async with living(sandbox, store, serial) as bot:
        await reader.invoke(CHAPTERS, "/follow", story="the-lamp")
        await publish_now(sandbox.person(AUTHOR), CHAPTERS)
        await bot.work()
        post = await reader.sees(
            reader.dm(), lambda seen: "Seite 1 von" in seen.text and "▶️" in seen.reactions
        )
    async with living(sandbox, store, serial):
        reader.react(post, "▶️")
        turned = await reader.sees(reader.dm(), lambda seen: "Seite 2 von" in seen.text)
    assert turned.id == post.id
    assert "Page 2" not in turned.text


async def test_what_parked_a_channel_is_told_to_each_in_their_language(
    sandbox: Sandbox, store: Database
) -> None:
    german(sandbox, ADMIN)
    async with living(sandbox, store, sample(chapter("one"), chapter("two"), backlog=1)) as bot:
        admin = sandbox.person(ADMIN)
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        sandbox.add_fault(
            "refuse", code=50013, method="POST", route="/channels/{channel}/messages", channel=CHAPTERS
        )
        await publish_now(sandbox.person(AUTHOR), CHAPTERS)
        await bot.work()
        listed = await admin.invoke(CHAPTERS, "/subscriptions")
        assert "Ich darf hier nichts posten." in listed.text
        admin.speak("en-US")
        listed = await admin.invoke(CHAPTERS, "/subscriptions")
        assert "I am not allowed to post here." in listed.text


async def test_commands_are_registered_in_every_language_and_again_when_that_changes(
    sandbox: Sandbox, store: Database, monkeypatch
) -> None:
    german(sandbox, READERS[0])
    memory = Notebook()
    async with living(sandbox, store, sample(chapter("one")), memory=memory):
        held = dict(memory.held)
        registered = {each["name"]: each for each in sandbox.commands.everywhere()}
        assert registered["read"]["name_localizations"] == {"de": "lesen"}
        assert "für dich allein" in registered["read"]["description_localizations"]["de"].casefold()
        reader = sandbox.person(READERS[0])
        offered = await reader.autocomplete(CHAPTERS, "/read", "chapter", story="the-lamp")
        assert offered
    async with living(sandbox, store, sample(chapter("one")), memory=memory):
        assert memory.held == held

    async def silent(*_: object) -> None:
        return None

    monkeypatch.setattr("bot.chat.i18n.command_translator.Translator.translate", silent)
    async with living(sandbox, store, sample(chapter("one")), memory=memory):
        assert memory.held != held
        registered = {each["name"]: each for each in sandbox.commands.everywhere()}
        assert not registered["read"]["name_localizations"]
