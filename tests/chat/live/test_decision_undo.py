"""Undo and the list of the queue in the whole bot, over real sockets."""

from __future__ import annotations

from datetime import timedelta

from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS, READING_ROOM
from discord_sandbox.server import Sandbox

from bot.domain.suggestions.suggestion import UNDO_TIME
from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.live.test_author_desk import in_channel, suggest
from tests.chat.samples import chapter


async def test_undo_in_queue_review_and_command(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one"))
    author, reader = sandbox.person(AUTHOR), sandbox.person(READERS[0])
    async with living(sandbox, store, serial, review_channel=READING_ROOM, undo_time=UNDO_TIME) as bot:
        await suggest(sandbox, "A talking cat", "More rain")
        queue = await author.invoke(CHAPTERS, "/author queue", story="the-lamp")
        form = await author.press(queue.message, "Accept…")
        accepted = await author.submit(form, {"answer": "At last."})
        assert "Idea **2** is ✅ accepted now. I will tell the person who sent it <t:" in accepted.text
        assert "talking cat" in accepted.text, "the next is shown"
        await bot.work()
        (review,) = in_channel(sandbox, READING_ROOM, "Idea 2")
        assert "Readers don’t know yet" in review.text
        undone = await author.press(accepted.message, "Undo")
        assert "Undone: idea **2** is 🕓 waiting" in undone.text
        assert "More rain" in undone.text, "it is there again"
        await bot.work()
        (review,) = in_channel(sandbox, READING_ROOM, "Idea 2")
        assert "Undo" not in review.buttons

        form = await author.press(review, "Decline…")
        declined = await author.submit(form, {"answer": "No."})
        assert "Undo" in declined.message.buttons
        stranger = await sandbox.person(ADMIN).press(declined.message, "Undo")
        assert "Only the story’s authors" in stranger.text
        late = declined.message
    async with living(sandbox, store, serial, review_channel=READING_ROOM, undo_time=UNDO_TIME) as bot:
        # Pressed after a restart; and then again, when it is too late.
        undone = await author.press(late, "Undo")
        assert "🕓 waiting" in undone.text
        done = await author.invoke(CHAPTERS, "/author decide", number=1, decision="decline", reason="Hm")
        assert done.message.buttons == ["Undo"]
        assert "as it was before" in (await author.press(done.message, "Undo")).text
    brief = timedelta(seconds=1)
    async with living(sandbox, store, serial, undo_time=brief) as bot:
        done = await author.invoke(CHAPTERS, "/author decide", number=1, decision="decline", reason="Hm")
        await bot.services.notification_outbox.sweep()
        assert reader.messages(reader.dm()) == []

        async def told() -> bool:
            await bot.services.notification_outbox.sweep()
            return bool(reader.messages(reader.dm()))

        while not await told():
            pass
        late_answer = await author.press(done.message, "Undo")
        assert "too late" in late_answer.text
        reopened = await author.press(late_answer.message, "Reopen")
        assert "Idea **1** is 🕓 waiting" in reopened.text


async def test_the_list_opens_an_idea_and_comes_back_to_its_place(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        for start in (0, 4, 8):
            for n in range(start, start + 4):
                await sandbox.person(READERS[start // 4]).invoke(
                    CHAPTERS, "/suggest", idea=f"Idea about {'abcdefghijkl'[n] * 9}"
                )
        author = sandbox.person(AUTHOR)
        queue = await author.invoke(CHAPTERS, "/author queue", story="the-lamp")
        listed = await author.press(queue.message, "List")
        assert "Ideas waiting for you" in listed.text
        assert "-# 12 ideas" in listed.text
        assert "1 / 2" in listed.message.buttons
        second = await author.press(listed.message, "▶️")
        assert [n for n in range(1, 13) if f"**{n}** · 🕓" in second.text] == [1, 2, 3, 4]
        opened = await author.choose(second.message, "Open an idea to decide", "3")
        assert "Idea about ccccccccc" in opened.text
        form = await author.press(opened.message, "Decline…")
        next_one = await author.submit(form, {"answer": ""})
        back = await author.press(next_one.message, "List")
        assert "2 / 2" in back.message.buttons
        assert [n for n in range(1, 13) if f"**{n}** · 🕓" in back.text] == [1, 2, 4]
        state = await author.choose(back.message, "queue:state", "declined")
        assert "**3** · 🚫 declined" in state.text
        form = await author.press(state.message, "Search…")
        found = await author.submit(form, {"answer": "kkkk"})
        assert "No ideas here" in found.text
        everything = await author.choose(found.message, "queue:state", "any")
        assert "**11**" in everything.text
        single = await author.press(everything.message, "One at a time")
        assert "Idea 11 for The Lamp" in single.text
