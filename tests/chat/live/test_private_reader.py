"""The private reader as people use it: at any page, in direct messages, with what is new first, and no spoilers."""

from __future__ import annotations

import re
from dataclasses import replace

from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample, until
from tests.chat.live.test_page_turns import subscribed
from tests.chat.samples import chapter, long_text
from tests.support.publishing import publish_now


def shows(number: int):
    """Whether a message is on that page."""
    return lambda seen: f"Page {number} of" in seen.text


def shelf(*, out: int, of: int | None = None, words: int = 200):
    """A story of which so many chapters are out."""
    chapters = [
        chapter(f"part-{n}", f"Beginning of {n}.\n\n{long_text(words)}") for n in range(1, (of or out) + 1)
    ]
    return sample(*chapters, backlog=out)


async def publish(bot: Living) -> None:
    """The author brings out the next chapter."""
    author = bot.sandbox.person(100000000000000001)
    answer = await publish_now(author, CHAPTERS)
    assert "Out now" in answer.text, answer


async def page_in_dms(bot: Living, reader: Person) -> MessageView:
    """A reader's page in their direct messages, with its controls."""
    opened = await reader.invoke(CHAPTERS, "/read", story="the-lamp")
    answer = await reader.press(opened.message, "To my DMs")
    assert answer.private
    assert "direct messages now" in answer.text
    again = await reader.press(opened.message, "To my DMs")
    assert "in your DMs already" in again.text
    assert f"/{reader.last(reader.dm()).id})" in again.text
    await bot.work()
    return await reader.sees(reader.dm(), lambda seen: "⭐" in seen.reactions)


async def test_a_page_sent_to_dms_turns_by_adding_and_by_taking_back_and_keeps_the_place(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, shelf(out=1, words=300)) as bot:
        reader = sandbox.person(READERS[0])
        page = await page_in_dms(bot, reader)
        dm = reader.dm()
        assert bot.woken, "its controls come at once"
        assert list(page.reactions) == ["◀️", "▶️", "⭐"]
        assert shows(1)(page)
        reader.react(page, "▶️")
        await reader.sees(dm, shows(2))
        reader.unreact(page, "▶")
        await reader.sees(dm, shows(3))
        reader.react(page, "◀")
        await reader.sees(dm, shows(2))
        reader.unreact(page, "◀️")
        await reader.sees(dm, shows(1))
        reader.react(page, "▶️", burst=True)
        await reader.sees(dm, shows(2))
        assert reader.message(page).own_reactions == ["▶️"], "the bot may take nothing back there"
        await bot.services.page_turns.drain()
        again = await reader.invoke(CHAPTERS, "/read")
        assert shows(2)(again.message), "the private reader is where the page in direct messages is"
        reader.react(page, "⭐")
        await until(lambda: reader.message(page).reactions["⭐"] == 2)
        starred = await reader.press((await reader.press(page, "Read")).message, "◀️")
        assert "Starred" in starred.message.buttons


async def test_a_page_in_dms_goes_on_over_a_restart(sandbox: Sandbox, store: Database) -> None:
    serial = shelf(out=1, words=300)
    reader = sandbox.person(READERS[0])
    async with living(sandbox, store, serial) as bot:
        page = await page_in_dms(bot, reader)
        reader.react(page, "▶️")
        await reader.sees(reader.dm(), shows(2))
    async with living(sandbox, store, serial):
        reader.unreact(page, "▶️")
        turned = await reader.sees(reader.dm(), shows(3))
    assert turned.id == page.id


async def test_closed_dms_are_told_kindly(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, shelf(out=1)):
        reader = sandbox.person(READERS[0])
        opened = await reader.invoke(CHAPTERS, "/read")
        reader.accept_dms(False)
        refused = await reader.press(opened.message, "To my DMs")
        assert refused.private
        assert "Allow them in" in refused.text
        assert shows(1)(reader.message(opened.message)), "the reader stays as it was"


async def test_what_is_unread_is_offered_first_and_the_next_is_one_press_away(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, shelf(out=1, of=5)) as bot:
        reader = sandbox.person(READERS[0])
        opened = await reader.invoke(CHAPTERS, "/read", story="the-lamp")
        assert "since your last visit" not in opened.text
        for _ in range(3):
            await publish(bot)
        about = await reader.invoke(CHAPTERS, "/story", story="the-lamp")
        assert "3 new chapters since your last visit" in about.text
        assert "You are in chapter 1 of 4" in about.text
        by_story = await reader.press(about.message, "First unread: chapter 2")
        assert "Beginning of 2." in by_story.text
        assert "since your last visit" not in (await reader.invoke(CHAPTERS, "/read")).text, "told once"
        await publish(bot)
        again = await reader.invoke(CHAPTERS, "/read")
        assert "2 new chapters" not in again.text
        assert "1 new chapter since your last visit" in again.text
        end = await to_the_end(reader, again.message)
        following = await reader.press(end, "Next: Part 3 ▶")
        assert following.message.id == end.id
        assert "Beginning of 3." in following.text


async def to_the_end(reader: Person, shown: MessageView) -> MessageView:
    """The last page of the chapter in a reader, by the form that asks for a page."""
    count = re.search(r"Page \d+ of (\d+)", shown.text)
    assert count is not None
    form = await reader.press(shown, "jump:")
    assert form.form is not None
    answer = await reader.submit(form, page=count[1])
    assert answer.message is not None
    return answer.message


async def test_at_the_end_of_everything_the_next_date_and_a_way_to_follow(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, shelf(out=1, of=2)) as bot:
        reader = sandbox.person(READERS[0])
        opened = await reader.invoke(CHAPTERS, "/read")
        assert "Follow" not in opened.message.buttons
        end = await to_the_end(reader, opened.message)
        assert "You have read all that is out" in end.text
        assert "Next chapter: <t:" in end.text
        await reader.press(end, "Follow")
        await reader.sees(CHAPTERS, lambda seen: seen.id == end.id and "Following ✓" in seen.buttons)
        again = await reader.invoke(CHAPTERS, "/read")
        assert "Follow" not in again.message.buttons
        assert "The next chapter comes to your direct messages" in again.text
        assert "You follow it" in (await reader.invoke(CHAPTERS, "/story", story="the-lamp")).text
        await publish(bot)
        await bot.work()
        assert "Beginning of 2." in (await reader.sees(reader.dm(), shows(1))).text


async def test_any_page_is_asked_for_by_its_number(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, shelf(out=1, words=300)):
        reader = sandbox.person(READERS[0])
        opened = await reader.invoke(CHAPTERS, "/read")
        form = await reader.press(opened.message, "jump:")
        shown = await reader.submit(form, page="3")
        assert shown.message.id == opened.message.id
        assert shows(3)(shown.message)
        beyond = await reader.submit(await reader.press(shown.message, "jump:"), page="9999")
        assert re.search(r"Page (\d+) of \1", beyond.text)
        odd = await reader.submit(await reader.press(shown.message, "jump:"), page="three")
        assert odd.private
        assert "not a page number" in odd.text
        arabic = await reader.submit(await reader.press(shown.message, "jump:"), page="٢")
        assert shows(2)(arabic.message)


async def test_a_vote_is_given_and_taken_back_in_the_reader(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, shelf(out=1)) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        opened = await reader.press(post, "Read")
        given = await reader.press(opened.message, "Star")
        assert "Starred" in given.message.buttons
        assert shows(1)(given.message)
        taken = await reader.press(given.message, "Starred")
        assert "Star" in taken.message.buttons
        reader.react(post, "⭐")
        await until(lambda: reader.message(post).reactions["⭐"] == 2)
        while "Starred" not in (again := await reader.invoke(CHAPTERS, "/read")).message.buttons:
            pass
        elsewhere = await reader.press(again.message, "Starred")
        assert "⭐ under the chapter’s post" in elsewhere.text


async def test_lists_keep_what_lies_ahead_to_themselves(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, shelf(out=5)):
        reader, author = sandbox.person(READERS[0]), sandbox.person(100000000000000001)
        about = await reader.invoke(CHAPTERS, "/story", story="the-lamp")
        assert "1\\. Part 1 ·" in about.text
        assert "2\\. ||Part 2|| ·" in about.text
        opened = await reader.invoke(CHAPTERS, "/read", story="the-lamp", chapter="3")
        labels = [each["label"] for each in opened.message.control("chapters:")["options"]]
        assert labels == ["1. Part 1", "2. Part 2", "3. Part 3", "Chapter 4", "Chapter 5"]
        offered = await reader.autocomplete(CHAPTERS, "/read", "chapter", "", story="the-lamp")
        assert [each["name"] for each in offered][:3] == ["Chapter 5", "Chapter 4", "3. Part 3"]
        assert not await reader.autocomplete(CHAPTERS, "/read", "chapter", "part 5", story="the-lamp")
        about = await reader.invoke(CHAPTERS, "/story", story="the-lamp")
        assert "3\\. Part 3 ·" in about.text
        assert "4\\. ||Part 4|| ·" in about.text
        assert "you are in chapter 3" in (await reader.invoke(CHAPTERS, "/library")).text
        assert "||" not in (await author.invoke(CHAPTERS, "/story", story="the-lamp")).text


async def test_a_post_and_a_reader_from_before_a_revision_go_on_where_their_text_is(
    sandbox: Sandbox, store: Database
) -> None:
    text = long_text(300)
    longer = f"{' '.join(f'new{n}' for n in range(300))}.\n\n{text}"
    async with living(sandbox, store, sample(chapter("one", text))) as bot:
        post = await subscribed(bot)
        reader, other = sandbox.person(READERS[0]), sandbox.person(READERS[1])
        opened = await other.press(post, "Read")
        second = await other.press(opened.message, "▶️")
        third = await other.press(second.message, "▶️")
        expected = re.search(r"word\d+", third.text)
        assert expected is not None
        back = await other.press(third.message, "◀️")
        reader.react(post, "▶️")
        await reader.sees(CHAPTERS, shows(2))
        await until(lambda: not reader.message(post).own_reactions)
        bot.content.held["the-lamp"] = sample(chapter("one", longer))
        await bot.content_sync.sync()
        # Its author has saved it, its posts have not followed yet.
        reader.react(post, "▶️")
        await reader.sees(CHAPTERS, lambda seen: not seen.private and f"{expected[0]} " in seen.text)
        on = await other.press(back.message, "▶️")
        assert f"{expected[0]} " in on.text, "a page is the page with its text"


async def test_a_reader_left_open_meets_a_withdrawal_and_a_story_that_went_away(
    sandbox: Sandbox, store: Database
) -> None:
    chapters = (chapter("one", long_text(200)), chapter("two", long_text(200)))
    tale = sample(*chapters)
    async with living(sandbox, store, tale) as bot:
        reader = sandbox.person(READERS[0])
        opened = await reader.invoke(CHAPTERS, "/read", chapter="two")
        await bot.revise(replace(tale, chapters=(chapters[0], replace(chapters[1], draft=True))))
        taken = await reader.press(opened.message, "▶️")
        assert "has withdrawn this chapter for now" in taken.text
        assert "word1 " not in taken.text
        before = await reader.press(taken.message, "⏮️")
        assert shows(1)(before.message)
        del bot.content.held["the-lamp"]
        last = await reader.press(before.message, "▶️")
        assert shows(2)(last.message), "what is out stays readable"
    moved = replace(tale, story=replace(tale.story, guilds=frozenset({1})))
    async with living(sandbox, store, moved):
        gone = await reader.press(last.message, "▶️")
        assert gone.private
        assert "can’t show you that here" in gone.text
        assert shows(2)(reader.message(last.message)), "what was on the screen is not taken away"
