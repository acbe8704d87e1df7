"""Readers among each other's ideas: alike ones, support, wishes, and text that is never lost."""

from __future__ import annotations

import pytest
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.live.test_submission import file_of
from tests.chat.samples import chapter


async def test_alike_ones_and_support_that_instead(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        first, second, author = (sandbox.person(each) for each in (*READERS[:2], AUTHOR))
        await first.invoke(CHAPTERS, "/suggest", idea="Let the lamp speak at midnight")
        made = await second.invoke(CHAPTERS, "/suggest", idea="let the lamps speak at MIDNIGHT!")
        assert "much like yours" in made.text
        done = await second.press(made.message, "Support that instead")
        assert "You now support idea **1**" in done.text
        assert "withdrawn" in (await second.invoke(CHAPTERS, "/suggestions mine")).text
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        await bot.work()
        assert "Your idea" in (await first.sees(first.dm(), lambda seen: "accepted" in seen.text)).text
        assert "you support" in (await second.sees(second.dm(), lambda seen: "accepted" in seen.text)).text


async def test_wishes_under_an_idea_work_after_a_restart(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one"))
    reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
    async with living(sandbox, store, serial):
        made = await reader.invoke(CHAPTERS, "/suggest", idea="Let it rain.")
        assert made.message.buttons == ["Name me if used", "No direct messages"]
    async with living(sandbox, store, serial) as bot:
        named = await reader.press(made.message, "Name me if used")
        assert "I will name you there" in named.text
        quiet = await reader.press(named.message, "No direct messages")
        assert quiet.message.buttons == ["Don’t name me", "Tell me by direct message"]
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        await bot.work()
        assert reader.messages(reader.dm()) == []
        await reader.invoke(CHAPTERS, "/help")
        await reader.sees(CHAPTERS, lambda seen: "was accepted" in seen.text)


async def test_the_most_supported_are_paged_and_pressed_after_a_restart(
    sandbox: Sandbox, store: Database
) -> None:
    serial = sample(chapter("one"))
    first, second = (sandbox.person(each) for each in READERS[:2])
    async with living(sandbox, store, serial):
        for word in ("river", "castle", "dragon"):
            await first.invoke(CHAPTERS, "/suggest", idea=f"A {word}, {word}, {word}.")
        for word in ("garden", "storm", "letter"):
            await second.invoke(CHAPTERS, "/suggest", idea=f"A {word}, {word}, {word}.")
        shown = await second.invoke(CHAPTERS, "/suggestions top", story="the-lamp")
        assert shown.message.buttons.count("Support") == 3, "nobody supports their own"
        assert "nobody supports it yet" in shown.text
    async with living(sandbox, store, serial):
        control = [each for each in shown.message.controls if each.get("label") == "Support"][2]["custom_id"]
        pressed = await second.press(shown.message, control)
        assert pressed.text.index("dragon") < pressed.text.index("river")
        assert "1 person supports it" in pressed.text
        back = await second.press(pressed.message, "Supported")
        assert "Supported" not in back.message.buttons
        last = await second.press(back.message, "▶️")
        assert "letter" in last.text


async def test_suggest_this_takes_over_a_message(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        reader, other = (sandbox.person(each) for each in READERS[:2])
        said = other.say(CHAPTERS, "What if the **lamp** could sing?")
        opened = await reader.invoke(CHAPTERS, "Suggest this", target=said.id)
        assert opened.form is not None
        field = opened.form["components"][0]["component"]
        assert field["value"] == "What if the **lamp** could sing?"
        sent = await reader.submit(opened, {"idea": field["value"], "name_me": True})
        assert "number **1**" in sent.text
        assert "I will name you there" in sent.text


async def test_suggest_this_where_several_stories_are_meant_asks_which(
    sandbox: Sandbox, store: Database
) -> None:
    serials = sample(chapter("one")), sample(chapter("one"), slug="tides", title="Tide Tables")
    reader, other = (sandbox.person(each) for each in READERS[:2])
    async with living(sandbox, store, *serials):
        said = other.say(CHAPTERS, "A storm.")
        asked = await reader.invoke(CHAPTERS, "Suggest this", target=said.id)
        assert "Which story" in asked.text
        assert await file_of(sandbox, asked.message) == "A storm."
    async with living(sandbox, store, *serials):
        opened = await reader.choose(asked.message, "Which story is it for?", "tides")
        assert opened.form is not None
        assert opened.form["title"] == "An idea for Tide Tables"
        assert "number **1**" in (await reader.submit(opened, {"idea": "A storm."})).text


async def test_what_fails_comes_back_as_a_file_to_edit_even_after_a_restart(
    sandbox: Sandbox, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = sample(chapter("one"))
    reader = sandbox.person(READERS[0])
    long = "\n".join(f"Line {n}: the lamp, the *lamp*!" for n in range(120))
    async with living(sandbox, store, serial) as bot:

        async def broken(*_: object, **__: object) -> object:
            raise OSError("the disk is gone")

        monkeypatch.setattr(type(bot.services.submissions), "submit", broken)
        opened = await reader.invoke(CHAPTERS, "/suggest", anonymous=True)
        lost = await reader.submit(opened, {"idea": long, "anonymous": True})
        assert "safe in this file" in lost.text
        assert await file_of(sandbox, lost.message) == long
        monkeypatch.undo()
    async with living(sandbox, store, serial):
        again = await reader.press(lost.message, "Edit")
        assert again.form is not None
        fields = [each["component"] for each in again.form["components"] if "component" in each]
        assert fields[0]["value"] == long
        assert [each.get("default") for each in fields[1:]] == [False, True]
        assert "number **1**" in (await reader.submit(again, {"idea": long, "anonymous": True})).text
        mine = await reader.invoke(CHAPTERS, "/suggestions mine")
        shown = await reader.press(mine.message, "Show all")
        assert "Line 0" in shown.text
        second = await reader.press(shown.message, "▶️")
        assert "Line 119" in second.text
        assert "Line 119" not in (await reader.press(second.message, "Back")).text


async def test_a_question_stands_under_a_chapters_last_page(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
        await bot.work()
        post = await reader.sees(CHAPTERS, lambda seen: "Chapter 1" in seen.text)
        assert "💡 What should happen next?" in post.text
