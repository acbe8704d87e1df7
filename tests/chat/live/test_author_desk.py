"""The author's desk in the whole bot: queue, reviews, boards, polls, over real sockets."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from discord_sandbox.message_view import MessageView
from discord_sandbox.operations import polls
from discord_sandbox.permissions import P
from discord_sandbox.seed import ADMIN, AFTER_DARK, AUTHOR, CHAPTERS, GUILD, READERS, READING_ROOM
from discord_sandbox.server import Sandbox
from discord_sandbox.world import deny_everyone

from bot.domain.authorization import Viewer
from bot.domain.suggestions.panel_contents import PollPost
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome
from bot.store.database import Database
from tests.chat.live.running_bot import Living, adult, living, sample
from tests.chat.samples import NOON, chapter

IDEAS = ("The keeper marries the baker", "More rain", "The keeper should marry the baker", "A talking cat")


async def suggest(sandbox: Sandbox, *ideas: str, **more: object) -> None:
    """Readers in turn suggest."""
    for n, idea in enumerate(ideas):
        made = await sandbox.person(READERS[n % 3]).invoke(CHAPTERS, "/suggest", idea=idea, **more)
        assert made.private


def options(message: MessageView, menu: str) -> dict[str, str]:
    """The choices of a menu: value by label."""
    return {each["label"]: each["value"] for each in message.control(menu)["options"]}


def in_channel(sandbox: Sandbox, channel: int, word: str) -> list[MessageView]:
    """The messages of a channel with a word in them."""
    return [seen for seen in sandbox.person(ADMIN).messages(channel) if word in seen.text]


def lose_an_answer(sandbox: Sandbox) -> None:
    """The next message in the reading room is made, and the line cut before the bot hears of it."""
    sandbox.faults.add("drop_after", method="POST", route="*/messages", channel=READING_ROOM, count=1)


async def test_presses_on_an_old_message_mean_the_idea_on_it(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one"), chapter("two"), backlog=1)
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, serial):
        await suggest(sandbox, *IDEAS[:2])
        old = (await author.invoke(CHAPTERS, "/author queue")).message
        assert old is not None
        assert "More rain" in old.text
    async with living(sandbox, store, serial):
        # After a restart, and with the queue shifted by two newer ones.
        await suggest(sandbox, *IDEAS[2:])
        other = (await author.invoke(CHAPTERS, "/author queue")).message
        assert "talking cat" in other.text
        assert "1 / 4" in other.buttons
        accepted = await author.submit(await author.press(old, "Accept…"), {"answer": ""})
        assert "Idea **2** is now ✅ accepted" in accepted.text
        assert "The keeper marries" in accepted.text, "the nearest is shown"
        assert accepted.message.id == old.id
        again = (await author.invoke(CHAPTERS, "/author decide", number=2, decision="accept")).text
        assert "is accepted. " in again
        back = await author.press(accepted.message, "◀️")
        assert "should marry" in back.text
        assert "Similar ideas:" in back.text


async def test_filters_sorting_and_search(sandbox: Sandbox, store: Database) -> None:
    birds = sample(chapter("one"), slug="birds", title="Birds")
    async with living(sandbox, store, sample(chapter("one"), chapter("two")), birds) as bot:
        await suggest(sandbox, *IDEAS[:2], story="the-lamp", chapter="one")
        await suggest(sandbox, *IDEAS[2:], story="birds")
        await suggest(sandbox, "See https://elsewhere.example", story="birds", chapter="one")
        author, fan = sandbox.person(AUTHOR), sandbox.person(READERS[2])
        await bot.services.supporters.support(Viewer(fan.id, "Fan"), 2)
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "Readers don’t see this yet" in queue.text
        sorted_ = await author.choose(queue.message, "queue:order", "supported")
        assert "More rain" in sorted_.text
        assert "1 person supports it" in sorted_.text
        scoped = await author.choose(
            sorted_.message, "queue:scope", options(sorted_.message, "queue:scope")["Birds"]
        )
        assert "1 / 3" in scoped.message.buttons
        lamp = await author.choose(
            scoped.message, "queue:scope", options(scoped.message, "queue:scope")["The Lamp"]
        )
        under = options(lamp.message, "queue:scope")["only about “One”"]
        only = await author.choose(lamp.message, "queue:scope", under)
        assert "1 / 2" in only.message.buttons
        all_ = await author.choose(only.message, "queue:scope", "-")
        held = await author.choose(all_.message, "queue:state", "held")
        assert "elsewhere" in held.text
        form = await author.press(held.message, "Search…")
        found = await author.submit(form, {"answer": "KEEPER"})
        assert "🔎" in found.text
        assert "No ideas here" in found.text, "not among those held back"
        everything = await author.choose(found.message, "queue:state", "any")
        assert "1 / 2" in everything.message.buttons
        assert "should marry" in everything.text
        form = await author.press(everything.message, "Search…")
        long = await author.submit(form, {"answer": "keeper " * 10})
        assert "search was too long" in long.text
        cleared = await author.press(long.message, "Clear search")
        assert "1 / 5" in cleared.message.buttons


async def test_merging_and_using_by_picking(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"), chapter("two"), backlog=1)) as bot:
        await suggest(sandbox, *IDEAS[:3])
        author = sandbox.person(AUTHOR)
        queue = await author.invoke(CHAPTERS, "/author queue", story="the-lamp", state="any")
        assert "should marry" in queue.text
        form = await author.press(queue.message, "Merge…")
        likeliest = form.form["components"][0]["component"]["options"][0]
        assert likeliest["value"] == "1"
        merged = await author.submit(form, {"picked": ["1"]})
        assert "Merged into idea 1" in merged.text
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        await bot.work()
        first = await author.press((await author.press(merged.message, "▶️")).message, "▶️")
        assert "1 person supports it" in first.text
        form = await author.press(first.message, "Used…")
        chapters = form.form["components"][0]["component"]["options"]
        assert [each["label"] for each in chapters] == ["2. Two (to come)", "1. One"]
        used = await author.submit(form, {"picked": [chapters[0]["value"]]})
        assert "Used in “Two”" in used.text
        await bot.work()
        maker = sandbox.person(READERS[0])
        assert not [seen for seen in maker.messages(maker.dm()) if "used" in seen.text.lower()]
        nothing = await author.submit(
            await author.press((await author.press(used.message, "◀️")).message, "Merge…"), {"answer": "two"}
        )
        assert "enter the number" in nothing.text


async def test_a_long_idea_is_paged(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        await suggest(sandbox, " ".join(f"word{n}" for n in range(450)))
        author = sandbox.person(AUTHOR)
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "word0 " in queue.text
        assert "word449" not in queue.text
        on = await author.press(queue.message, "▶")
        assert "word449" in on.text
        assert "Text 2 / 2" in on.message.buttons
        assert "word0 " in (await author.press(on.message, "◀")).text


async def test_blocking_by_number(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        author, reader = sandbox.person(AUTHOR), sandbox.person(READERS[0])
        await reader.invoke(CHAPTERS, "/suggest", idea="Spam", anonymous=True)
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "Imke" not in queue.text
        done = await author.press(queue.message, "Block this person")
        assert "can send no more ideas" in done.text
        assert "undo" in done.text
        refused = await reader.invoke(CHAPTERS, "/suggest", idea="More spam")
        assert "number" not in refused.text
        assert (await author.invoke(CHAPTERS, "/author block", number=1)).text == done.text
        undone = await author.invoke(CHAPTERS, "/author block", number=1, undo=True)
        assert "can send ideas" in undone.text
        assert "number **2**" in (await reader.invoke(CHAPTERS, "/suggest", idea="Sorry")).text


async def test_a_review_is_posted_once_and_updated_wherever_it_is_decided(
    sandbox: Sandbox, store: Database
) -> None:
    serial = sample(chapter("one"), chapter("two"), backlog=1)
    author, reader = sandbox.person(AUTHOR), sandbox.person(READERS[0])
    async with living(sandbox, store, serial, review_channel=READING_ROOM) as bot:
        await suggest(sandbox, *IDEAS[:1])
        await bot.work()
        (post,) = in_channel(sandbox, READING_ROOM, "Idea 1")
        refused = await reader.press(post, "Accept…")
        assert refused.private
        assert "Only the story’s authors" in refused.text
        accepted = await author.submit(await author.press(post, "Accept…"), {"answer": "A *fine* one."})
        assert accepted.message.id == post.id
        assert "A \\*fine\\* one." in accepted.text
        assert "✅ accepted" in accepted.text
    async with living(sandbox, store, serial, review_channel=READING_ROOM) as bot:
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="reopen")
        await bot.work()
        (post,) = in_channel(sandbox, READING_ROOM, "Idea 1")
        assert "Decline…" in post.buttons
        form = await author.press(post, "Decline…")
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        late = await author.submit(form, {"answer": "No."})
        assert "Idea 1" in in_channel(sandbox, READING_ROOM, "Idea 1")[0].text
        await sandbox.until(
            lambda: [
                seen
                for seen in author.messages(READING_ROOM)
                if seen.private and "is accepted. Possible now" in seen.text
            ],
            5,
        )
        assert late.error is None
        assert "✅ accepted" in author.message(post).text


async def test_the_answer_to_a_review_may_be_lost(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one")), review_channel=READING_ROOM) as bot:
        lose_an_answer(sandbox)
        await suggest(sandbox, *IDEAS[:1])
        await bot.work()
        await bot.services.panels.take_over()
        await bot.work()
        assert len(in_channel(sandbox, READING_ROOM, "Idea 1")) == 1


async def test_a_board_is_kept_current(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one"))
    author, fan = sandbox.person(AUTHOR), sandbox.person(READERS[2])
    async with living(sandbox, store, serial) as bot:
        await suggest(sandbox, *IDEAS[:2], chapter="one")
        made = await author.invoke(CHAPTERS, "/author board", story="the-lamp", channel=READING_ROOM)
        assert "keep it up to date" in made.text
        await bot.work()
        (board,) = in_channel(sandbox, READING_ROOM, "Ideas for The Lamp")
        assert "under ||One||" in board.text
        assert board.buttons == ["👍 0", "👍 0"]
        pressed = await fan.press(board, "support:2")
        assert pressed.private
        await bot.work()
        board = fan.message(board)
        assert board.buttons == ["👍 1", "👍 0"]
        assert board.text.index("More rain") < board.text.index("The keeper")
    async with living(sandbox, store, serial) as bot:
        await author.invoke(CHAPTERS, "/author decide", number=2, decision="decline")
        await bot.work()
        assert "More rain" not in fan.message(board).text
        gone = await author.press(made.message, "Remove the board")
        assert "the board is removed" in gone.text
        assert in_channel(sandbox, READING_ROOM, "Ideas for The Lamp") == []


async def test_where_boards_and_polls_may_not_be(sandbox: Sandbox, store: Database) -> None:
    author = sandbox.person(AUTHOR)
    author.confirm_age(AFTER_DARK)
    async with living(sandbox, store, sample(chapter("one")), adult(chapter("one"))) as bot:
        await suggest(sandbox, *IDEAS[:2], story="the-lamp")
        loud = await author.invoke(AFTER_DARK, "/author board", story="after-midnight", channel=READING_ROOM)
        assert "age-restricted" in loud.text
        fine = await author.invoke(AFTER_DARK, "/author board", story="after-midnight", channel=AFTER_DARK)
        assert "keep it up to date" in fine.text
        reader = sandbox.person(READERS[0])
        refused = await reader.invoke(CHAPTERS, "/author board", story="the-lamp", channel=READING_ROOM)
        assert "Only the authors" in refused.text
        room = sandbox.world.channels[READING_ROOM]
        room.overwrites = deny_everyone(GUILD, P.SEND_POLLS)
        lacking = await author.invoke(CHAPTERS, "/author poll", story="the-lamp", channel=READING_ROOM)
        assert "Create Polls" in lacking.text
        await bot.work()


async def search(
    bot: Living, store: Database, choices: dict[int, int], but: int = 0
) -> FoundPost | SearchOutcome:
    async with store.read() as tx:
        known = await tx.suggestions.get_many(set(choices.values()))
    post = PollPost(sample().story, "", {at: known[one] for at, one in choices.items()}, timedelta(hours=12))
    return await bot.messenger.find_poll(Destination(READING_ROOM, GUILD), post, {but}, NOON)


async def test_a_poll_is_voted_on_counted_and_shown(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one"))
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, serial) as bot:
        await suggest(sandbox, *IDEAS[:3])
        begun = await author.invoke(
            READING_ROOM, "/author poll", story="the-lamp", length="12 hours", answers=2
        )
        assert "Everybody who can read" in begun.text
        assert "- 1: The keeper marries the baker\n- 2: More rain" in begun.text
        assert "It runs for 12 hours." in begun.text
        await bot.work()
        assert in_channel(sandbox, READING_ROOM, "Vote for what should happen") == [], "it asks first"
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="decline")
        await author.press(begun.message, "Post the poll")
        changed = await author.sees(READING_ROOM, lambda seen: "The ideas have changed" in seen.text)
        assert "should marry" in changed.text
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="reopen")
        await author.press(changed, "Post the poll")
        asked = await author.sees(
            READING_ROOM, lambda seen: "The ideas have changed" in seen.text and "- 1: The" in seen.text
        )
        await asyncio.gather(*(author.press(asked, "Post the poll") for _ in range(2)))
        answer = await author.sees(READING_ROOM, lambda seen: "on its way" in seen.text)
        lose_an_answer(sandbox)
        await bot.work()
        await bot.services.polls.take_over()
        await bot.work()
        (poll,) = in_channel(sandbox, READING_ROOM, "Vote for what should happen")
        told = poll.data["poll"]
        assert told["question"]["text"] == "What should happen next?"
        assert [each["poll_media"]["text"] for each in told["answers"]] == [
            "1: The keeper marries the baker",
            "2: More rain",
        ]
        assert poll.text == "**The Lamp** · Vote for what should happen. The author decides, your votes help."
        assert await search(bot, store, {1: 1, 2: 2}) == FoundPost(poll.id)
        assert await search(bot, store, {1: 1, 2: 3}) is SearchOutcome.ABSENT
        assert await search(bot, store, {1: 1, 2: 2}, but=poll.id) is SearchOutcome.ABSENT
        for reader in READERS[:2]:
            sandbox.person(reader).vote(poll, 2)
        sandbox.person(READERS[2]).vote(poll, 1)
        running = await author.invoke(READING_ROOM, "/author poll", story="the-lamp")
        assert "already" in running.text
    async with living(sandbox, store, serial) as bot:
        asked = await author.press(answer, "End the poll now")
        assert "nobody can vote any more" in asked.text
        kept = await author.press(asked.message, "Let it run")
        assert "already" in kept.text
        asked = await author.press(kept.message, "End the poll now")
        ended = await author.press(asked.message, "End it")
        assert "the poll is over" in ended.text
        await bot.work()
        looked = await author.invoke(CHAPTERS, "/author queue")
        second = await author.press(looked.message, "▶️")
        assert "Poll: 2 votes" in second.text
        await bot.work()
        news = await author.sees(author.dm(), lambda seen: "is over" in seen.text)
        assert "idea **2** (2 of 3)" in news.text
        assert "no longer running" in (await author.press(running.message, "End the poll now")).text


async def test_a_poll_ends_at_its_hour(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        await suggest(sandbox, *IDEAS[:2])
        author = sandbox.person(AUTHOR)
        asked = await author.invoke(READING_ROOM, "/author poll", story="the-lamp", length="1 hour")
        await author.press(asked.message, "Post the poll")
        await bot.work()
        (poll,) = in_channel(sandbox, READING_ROOM, "Vote for")
        sandbox.person(READERS[0]).vote(poll, 1)
        async with store.begin() as tx:
            (running,) = await tx.polls.list_running("the-lamp")
            await tx.polls.mark_open(running, poll.id, running.ends_at - timedelta(hours=1))
        # Its hour has come for the bot, and Discord counts a moment longer.
        await bot.services.polls.sweep()
        async with store.read() as tx:
            assert len(await tx.polls.list_running("the-lamp")) == 1
        message = sandbox.world.message(sandbox.world.channels[READING_ROOM], poll.id)
        polls.expire(sandbox.world, sandbox.world.bot.id, message)
        async with store.begin() as tx:
            await tx.polls.end(running.id, running.created_at)
        await bot.services.polls.sweep()
        async with store.read() as tx:
            assert await tx.polls.get_votes([1, 2]) == {1: 1, 2: 0}
