"""Ideas, from a reader's form to an author's decision and the word of it."""

from __future__ import annotations

from dataclasses import replace

from discord_sandbox.message_view import MessageView
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS, SECOND_AUTHOR
from discord_sandbox.server import Sandbox

from bot.domain.stories.story import SuggestionPolicy
from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.samples import chapter
from tests.support.publishing import confirm, publish_now


async def file_of(sandbox: Sandbox, message: MessageView | None) -> str:
    """The text of a message's file."""
    assert message is not None
    (attached,) = message.data["attachments"]
    assert attached["filename"] == "idea.txt"
    found = sandbox.world.attachments[int(attached["id"])]
    return found.data.decode()


async def test_an_idea_by_option_is_accepted_and_its_maker_told(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        made = await reader.invoke(CHAPTERS, "/suggest", idea="Let the **lamp** speak, @everyone!")
        assert made.private
        assert "number **1**" in made.text
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "Idea 1 for The Lamp" in queue.text
        assert "\\*\\*lamp\\*\\*" in queue.text
        done = await author.submit(await author.press(queue.message, "Accept…"), {"answer": "Lovely!"})
        assert "Idea **1** is now ✅ accepted" in done.text
        assert "No ideas here" in done.text
        await bot.work()
        dm = await reader.sees(reader.dm(), lambda seen: "was accepted" in seen.text)
        assert "The Lamp" in dm.text
        assert "The author says: Lovely!" in dm.text
        assert "accepted" in (await reader.invoke(CHAPTERS, "/suggestions mine")).text


async def test_an_idea_by_form_from_the_post(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"), chapter("two"))) as bot:
        admin, reader, author = (sandbox.person(each) for each in (ADMIN, READERS[0], AUTHOR))
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
        await bot.work()
        post = await reader.sees(CHAPTERS, lambda seen: "Chapter 2" in seen.text)
        opened = await reader.press(post, "Suggest")
        assert opened.form is not None
        assert opened.form["title"] == "An idea for The Lamp"
        assert not bot.client._connection._view_store._modals, "nothing of a form stays in memory"
        sent = await reader.submit(opened, {"idea": "A storm.", "anonymous": True})
        assert "number **1**" in sent.text
        queue = await author.invoke(CHAPTERS, "/author queue", story="the-lamp")
        assert "A storm." in queue.text
        assert "somebody who stays anonymous" in queue.text
        assert "About “Two”" in queue.text


async def test_a_form_survives_a_restart_and_gives_back_what_cannot_be_queued(
    sandbox: Sandbox, store: Database
) -> None:
    serial = sample(chapter("one"))
    reader = sandbox.person(READERS[0])
    async with living(sandbox, store, serial):
        opened = await reader.invoke(CHAPTERS, "/suggest", anonymous=False)
        blank = await reader.invoke(CHAPTERS, "/suggest")
    async with living(sandbox, store, serial):
        assert "number **1**" in (await reader.submit(opened, {"idea": "After the restart."})).text
        for n in range(4):
            await reader.invoke(CHAPTERS, "/suggest", idea=f"More {n}")
        kept = await reader.submit(blank, {"idea": "One too many, but dear to me."})
        assert "ideas waiting" in kept.text
        assert await file_of(sandbox, kept.message) == "One too many, but dear to me."


async def test_every_decision_by_button(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        for n in range(1, 5):
            await reader.invoke(CHAPTERS, "/suggest", idea=f"Idea the {n}.")
        queue = await author.invoke(CHAPTERS, "/author queue", story="the-lamp", state="any")
        assert "4 / 4" not in queue.text
        assert "Idea the 4." in queue.text
        assert queue.message.buttons[:3] == ["Accept…", "Decline…", "Merge…"]

        form = await author.press(queue.message, "Decline…")
        declined = await author.submit(form, {"answer": "Not this *time*."})
        assert "Idea **4** is now 🚫 declined" in declined.text
        assert "Not this \\*time\\*." in declined.text
        assert declined.message.id == queue.message.id
        reopened = await author.press(declined.message, "Reopen")
        assert "Idea **4** is now 🕓 waiting" in reopened.text

        third = await author.press(reopened.message, "▶️")
        assert "Idea the 3." in third.text
        form = await author.press(third.message, "Merge…")
        assert "enter the number" in (await author.submit(form, {"answer": "two"})).text
        form = await author.press(third.message, "Merge…")
        assert "can only be merged" in (await author.submit(form, {"answer": "3"})).text
        form = await author.press(third.message, "Merge…")
        assert "Merged into idea 4" in (await author.submit(form, {"answer": "4"})).text

        second = await author.press(third.message, "▶️")
        accepted = await author.submit(await author.press(second.message, "Accept…"), {"answer": "Yes."})
        form = await author.press(accepted.message, "Used…")
        used = await author.submit(form, {"answer": "1"})
        assert "Used in “One”" in used.text


async def test_two_who_decide_at_once_decide_once(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        await reader.invoke(CHAPTERS, "/suggest", idea="Now or never.")
        first = await author.invoke(CHAPTERS, "/author queue", state="any")
        second = await author.invoke(CHAPTERS, "/author queue", state="any")
        await author.submit(await author.press(first.message, "Accept…"), {"answer": ""})
        late = await author.press(second.message, "Accept…")
        assert "is accepted. Possible now" in late.text
        assert late.message.buttons[0] == "Merge…", "the view shows how it stands"


async def test_what_is_not_ones_own_is_refused(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        reader, other = sandbox.person(READERS[0]), sandbox.person(SECOND_AUTHOR)
        await reader.invoke(CHAPTERS, "/suggest", idea="Mine.")
        assert "Only authors" in (await reader.invoke(CHAPTERS, "/author queue")).text
        assert (
            "no idea 1" in (await other.invoke(CHAPTERS, "/author decide", number=1, decision="accept")).text
        )
        assert "You have no idea 1" in (await other.invoke(CHAPTERS, "/suggestions withdraw", number=1)).text
        assert (
            "You have no idea 9"
            in (await other.invoke(CHAPTERS, "/suggestions withdraw", number=2**53 - 1)).text
        )
        asked = await reader.invoke(CHAPTERS, "/suggestions withdraw", number=1)
        assert "Mine." in asked.text
        assert "can’t be undone" in asked.text
        kept = await reader.press(asked.message, "Keep it")
        assert "idea **1** stays" in kept.text
        asked = await reader.invoke(CHAPTERS, "/suggestions withdraw", number=1)
        assert "withdrawn" in (await reader.press(asked.message, "Withdraw it")).text
        again = await reader.invoke(CHAPTERS, "/suggestions withdraw", number=1)
        assert "Idea 1 is withdrawn" in again.text
        assert "Only the authors" in (await reader.invoke(CHAPTERS, "/author publish", story="the-lamp")).text


async def test_the_calendar_in_the_authors_hand(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one"), chapter("two"), chapter("three"), backlog=1)
    async with living(sandbox, store, serial) as bot:
        author = sandbox.person(AUTHOR)
        out = await publish_now(author, CHAPTERS)
        assert "Out now: chapter 2" in out.text
        assert bot.woken
        assert "Three · <t:" in out.text
        assert (
            "don’t understand"
            in (await author.invoke(CHAPTERS, "/author delay", story="the-lamp", until="soon")).text
        )
        held = await confirm(
            author, CHAPTERS, "hiatus", "Start the hiatus", story="the-lamp", reason="Moving *house*"
        )
        assert "On hiatus: Moving \\*house\\*" in held.text
        assert "neither" not in (await author.invoke(CHAPTERS, "/author continue", story="the-lamp")).text


async def test_news_that_no_dm_brings_comes_with_the_next_answer(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        reader.accept_dms(False)
        await reader.invoke(CHAPTERS, "/suggest", idea="Tell me.")
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="decline", reason="Too dark.")
        await bot.work()
        await reader.invoke(CHAPTERS, "/help")
        told = await reader.sees(CHAPTERS, lambda seen: "While you were away" in seen.text)
        assert told.private
        assert "Too dark." in told.text
        await reader.invoke(CHAPTERS, "/library")
        assert len([each for each in reader.messages(CHAPTERS) if "While you were away" in each.text]) == 1


async def test_autocomplete_offers_what_one_may_see(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"), chapter("two"), backlog=1)):
        reader, author, admin = (sandbox.person(each) for each in (READERS[0], AUTHOR, ADMIN))
        assert [each["value"] for each in await reader.autocomplete(CHAPTERS, "/read", "story", "la")] == [
            "the-lamp"
        ]
        offered = await reader.autocomplete(CHAPTERS, "/read", "chapter", "", story="the-lamp")
        assert [each["name"] for each in offered] == ["1. One"], "unreleased titles are nobody's to see"
        assert await reader.autocomplete(CHAPTERS, "/read", "chapter", "", story="no-such") == []
        assert await reader.autocomplete(CHAPTERS, "/author publish", "story", "") == []
        assert len(await author.autocomplete(CHAPTERS, "/author publish", "story", "")) == 1
        assert await admin.autocomplete(CHAPTERS, "/unsubscribe", "story", "") == []
        await reader.invoke(CHAPTERS, "/suggest", idea="Mine.")
        numbers = await reader.autocomplete(CHAPTERS, "/suggestions withdraw", "number", "")
        assert numbers == [{"name": "1: Mine.", "value": 1}]
        assert await reader.autocomplete(CHAPTERS, "/author decide", "number", "") == []
        chapters = await author.autocomplete(
            CHAPTERS, "/author decide", "chapter", "", number=1, decision="used"
        )
        assert [each["name"] for each in chapters] == ["2. Two (to come)", "1. One"]


async def test_news_after_a_thinking_answer_leaves_the_answer_standing(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        admin, author = sandbox.person(ADMIN), sandbox.person(AUTHOR)
        admin.accept_dms(False)
        await admin.invoke(CHAPTERS, "/suggest", idea="Mine too.")
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        await bot.work()
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        await admin.sees(CHAPTERS, lambda seen: "While you were away" in seen.text)
        assert any("from now on I post" in each.text for each in admin.messages(CHAPTERS))


async def test_a_story_that_takes_no_ideas_says_so(sandbox: Sandbox, store: Database) -> None:
    closed = sample(chapter("one"))
    closed = replace(closed, story=replace(closed.story, suggestions=SuggestionPolicy(open=False)))
    async with living(sandbox, store, closed):
        reader = sandbox.person(READERS[0])
        by_form = await reader.invoke(CHAPTERS, "/suggest", story="the-lamp")
        assert "takes no ideas" in by_form.text
        assert "Your text" not in by_form.text
        by_option = await reader.invoke(
            CHAPTERS, "/suggest", idea="*Precious* words " * 200, story="the-lamp"
        )
        assert await file_of(sandbox, by_option.message) == "*Precious* words " * 200
