"""From /subscribe to the last page, as people do it."""

from __future__ import annotations

import re

from discord_sandbox.seed import ADMIN, AFTER_DARK, CHAPTERS, GUILD, READERS
from discord_sandbox.server import Sandbox

from bot.domain.pages import paginate
from bot.store.database import Database
from tests.chat.live.running_bot import adult, living, sample, until
from tests.chat.samples import chapter, long_text


async def test_a_chapter_arrives_is_turned_to_its_end_and_back_and_read_whole(
    sandbox: Sandbox, store: Database
) -> None:
    text = long_text(300)
    expected = paginate(text, limit=600)
    async with living(sandbox, store, sample(chapter("one", text))) as bot:
        admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])

        answer = await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="beginning")
        assert answer.state == "done", answer
        assert answer.private
        assert "One post is on its way" in answer.text
        assert bot.woken

        await bot.work()
        post = await reader.sees(CHAPTERS, lambda seen: "Page 1 of" in seen.text and len(seen.reactions) == 3)
        assert list(post.reactions) == ["◀️", "▶️", "⭐"]
        assert "The Lamp" in post.text
        assert post.buttons == ["Read", "Suggest"]

        read = []
        for number in range(1, len(expected) + 1):
            turned = await reader.sees(
                CHAPTERS, lambda seen, n=number: f"Page {n} of {len(expected)}" in seen.text
            )
            read += re.findall(r"word\d+\.?", turned.text)
            await until(lambda: not reader.message(post).own_reactions)
            reader.react(post, "▶️")
        assert read == text.split()

        for number in range(len(expected) - 1, 0, -1):
            await until(lambda: not reader.message(post).own_reactions)
            reader.react(post, "◀")
            await reader.sees(CHAPTERS, lambda seen, n=number: f"Page {n} of" in seen.text)


async def subscribed(bot, story: str = "the-lamp", channel: int = CHAPTERS):
    """A post of the story's newest chapter, as a reader sees it."""
    answer = await bot.sandbox.person(ADMIN).invoke(channel, "/subscribe", story=story, start="latest")
    assert answer.state == "done", answer
    await bot.work()
    return await bot.sandbox.person(READERS[0]).sees(
        channel, lambda seen: "Page 1 of" in seen.text and "⭐" in seen.reactions
    )


async def test_the_read_button_opens_a_private_reader_that_goes_anywhere(
    sandbox: Sandbox, store: Database
) -> None:
    chapters = [chapter(f"part-{n}", f"Beginning of {n}.\n\n{long_text(200)}") for n in range(1, 31)]
    async with living(sandbox, store, sample(*chapters)) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[1])
        opened = await reader.press(post, "Read")
        assert opened.private
        assert "Chapter 30" in opened.text
        assert "Page 1 of" in opened.text

        on = await reader.press(opened.message, "▶️")
        assert on.message.id == opened.message.id
        assert "Page 2 of" in on.text
        assert "Page 1 of" in (await reader.press(on.message, "◀️")).text

        before = await reader.press(on.message, "⏮️")
        assert "Chapter 29 of 30" in before.text
        assert "Beginning of 29" in before.text

        menu = before.message.control("chapters:")
        assert len(menu["options"]) <= 25
        earlier = await reader.choose(before.message, "chapters:", menu["options"][0]["value"])
        values = [option["label"] for option in earlier.message.control("chapters:")["options"]]
        assert "1. Part 1" in values
        assert "Chapter 29 of 30" in earlier.text, "moving the list moves no page"

        first = await reader.choose(earlier.message, "chapters:", "1")
        assert "Beginning of 1." in first.text

        again = await reader.invoke(CHAPTERS, "/read")
        assert "Chapter 30" in again.text, "looking something up gives up no place"
        assert sandbox.person(READERS[0]).messages(CHAPTERS)[-1].id == post.id, "nobody else sees any of it"


async def test_posts_and_readers_work_after_a_restart(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one", long_text(300)))
    async with living(sandbox, store, serial) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        opened = await reader.press(post, "Read")
    async with living(sandbox, store, serial):
        reader.react(post, "▶️")
        await reader.sees(CHAPTERS, lambda seen: "Page 2 of" in seen.text and not seen.private)
        assert "Page 2 of" in (await reader.press(opened.message, "▶️")).text


async def test_pictures_come_and_go_with_their_page(sandbox: Sandbox, store: Database) -> None:
    text = f"{long_text(80)}\n\n![A lamp in a window](images/lamp.png)\n\n{long_text(120)}"
    serial = sample(chapter("one", text, pictures=("images/lamp.png",)))
    async with living(sandbox, store, serial) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        count = int(re.search(r"Page 1 of (\d+)", post.text)[1])
        seen_on = []
        for number in range(1, count + 1):
            page = await reader.sees(CHAPTERS, lambda seen, n=number: f"Page {n} of" in seen.text)
            shown = [each for each in _components(page.data) if each["type"] == 12]
            assert len(page.data["attachments"]) == len(shown)
            if shown:
                seen_on.append(number)
                assert shown[0]["items"][0]["description"] == "A lamp in a window"
            await until(lambda: not reader.message(post).own_reactions)
            reader.react(post, "▶️")
        assert len(seen_on) == 1
        opened = await reader.invoke(CHAPTERS, "/read", chapter="one")
        for _ in range(seen_on[0] - 1):
            opened = await reader.press(opened.message, "▶️")
        shown = await reader.sees(
            CHAPTERS, lambda seen: seen.private and f"Page {seen_on[0]} of" in seen.text
        )
        assert len(shown.data["attachments"]) == 1
        await reader.press(shown, "▶️")
        after = await reader.sees(
            CHAPTERS, lambda seen: seen.private and f"Page {seen_on[0] + 1} of" in seen.text
        )
        assert not after.data["attachments"]


async def test_an_adult_story_stays_where_adults_are(sandbox: Sandbox, store: Database) -> None:
    serial = adult(chapter("one", "Midnight."))
    async with living(sandbox, store, serial, sample(chapter("tame", "Tea."))) as bot:
        reader, admin = sandbox.person(READERS[0]), sandbox.person(ADMIN)
        for person in (reader, admin):
            person.confirm_age(AFTER_DARK)
        assert "age-restricted" in (await reader.invoke(CHAPTERS, "/read", story="after-midnight")).text
        assert "Midnight" not in (await reader.invoke(CHAPTERS, "/library")).text
        offered = await reader.autocomplete(CHAPTERS, "/read", "story", "after")
        assert not offered
        refused = await admin.invoke(CHAPTERS, "/subscribe", story="after-midnight")
        assert "age-restricted" in refused.text
        assert "Midnight." in (await reader.invoke(AFTER_DARK, "/read", story="after-midnight")).text
        thread = reader.open_thread(AFTER_DARK, "Late talk")
        assert "Midnight." in (await reader.invoke(thread.id, "/read", story="after-midnight")).text
        tame_thread = reader.open_thread(CHAPTERS, "Early talk")
        assert "age-restricted" in (await reader.invoke(tame_thread.id, "/read", story="after-midnight")).text
        assert bot.client.connected


async def test_a_reader_in_direct_messages(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(200)))):
        reader = sandbox.person(READERS[0])
        dm = reader.dm()
        opened = await reader.invoke(dm, "/read", story="The Lamp")
        assert "Page 1 of" in opened.text
        assert "Page 2 of" in (await reader.press(opened.message, "▶️")).text
        assert "subscribe" not in " ".join(reader.commands(dm))


async def test_library_story_and_help(sandbox: Sandbox, store: Database) -> None:
    serial = sample(*[chapter(f"part-{n}") for n in range(1, 31)], summary="A lamp @everyone should *see*.")
    async with living(sandbox, store, serial):
        reader = sandbox.person(READERS[0])
        shelf = await reader.invoke(CHAPTERS, "/library")
        assert "30 chapters" in shelf.text
        assert "@everyone" not in shelf.text, "what looks like a mention is made literal"
        about = await reader.choose(shelf.message, "pick", "the-lamp")
        assert "30\\. ||Part 30||" in about.text
        older = await reader.press(about.message, "◀️")
        assert "Part 24" in older.text
        assert "Page 1 of" in (await reader.press(older.message, "Read")).text
        assert "/subscribe" not in (await reader.invoke(CHAPTERS, "/help")).text
        assert "</subscribe:" in (await sandbox.person(ADMIN).invoke(CHAPTERS, "/help")).text
        assert "no story" in (await reader.invoke(CHAPTERS, "/story", story="`@everyone` " * 40)).text


async def test_a_role_is_pinged_only_when_it_may_be(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        admin = sandbox.person(ADMIN)
        refused = await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest", mention=GUILD)
        assert "not allowed to mention" in refused.text
        done = await admin.invoke(
            CHAPTERS, "/subscribe", story="the-lamp", start="latest", mention=GUILD + 50
        )
        assert done.state == "done"
        await bot.work()
        await admin.sees(CHAPTERS, lambda seen: f"<@&{GUILD + 50}>" in seen.text)
        assert len(sandbox.pings) == 1
        sandbox.person(READERS[0]).react(admin.last(CHAPTERS), "▶️")
        assert len(sandbox.pings) == 1


def _components(tree) -> list[dict]:
    found = []
    for each in tree.get("components", []):
        found += [each, *_components(each)]
    return found
