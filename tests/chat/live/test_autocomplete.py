"""Finding one's way in the whole bot: what is typed, which story a thread means, the next chapter, the way back."""

from __future__ import annotations

from dataclasses import replace

from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS, SERIALS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.live.test_page_turns import subscribed
from tests.chat.live.test_private_reader import publish
from tests.chat.live.test_release_styles import threads_of
from tests.chat.samples import chapter, long_text


async def refresh(bot: Living) -> None:
    """Bring posts up to date."""
    while await bot.post_refresh.run_batch() is not None:
        pass


async def test_what_a_list_shows_and_what_is_typed_are_found(sandbox: Sandbox, store: Database) -> None:
    titles = {7: "King’s Café", 17: "Über den Dächern", 3: "7 Lamps"}
    chapters = [replace(chapter(f"secret-{n}"), title=titles.get(n, f"Night {n} of 7")) for n in range(1, 61)]
    async with living(sandbox, store, sample(*chapters, backlog=60)):
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        for typed, number in (("7", "7"), ("17", "17"), ("60", "60")):
            offered = await reader.autocomplete(CHAPTERS, "/read", "chapter", typed, story="the-lamp")
            assert offered[0] == {"name": f"Chapter {number}", "value": number}
        known = await author.autocomplete(CHAPTERS, "/read", "chapter", "kings cafe", story="the lamp")
        assert [each["name"] for each in known] == ["7. King’s Café"]
        for typed in ("7. King’s Café", "7. king's cafe", "7", "Chapter 7"):
            opened = await reader.invoke(CHAPTERS, "/read", story="THE LAMP", chapter=typed)
            assert "Chapter 7 of 60" in opened.text, typed
        assert "Chapter 17 of 60" in (await author.invoke(CHAPTERS, "/read", chapter="uber den dachern")).text
        assert [each["value"] for each in await reader.autocomplete(CHAPTERS, "/read", "story", "LÁMP")] == [
            "the-lamp"
        ]


async def test_a_chapters_thread_says_which_story_and_chapter_are_meant(
    sandbox: Sandbox, store: Database
) -> None:
    lamp = sample(chapter("one", long_text(100)), chapter("two", long_text(100)))
    birds = sample(chapter("nest"), slug="birds", title="Birds")
    async with living(sandbox, store, lamp, birds) as bot:
        admin, reader = sandbox.person(ADMIN), sandbox.person(READERS[0])
        for story, channel in (("birds", CHAPTERS), ("the-lamp", CHAPTERS), ("the-lamp", SERIALS)):
            await admin.invoke(
                CHAPTERS, "/subscribe", story=story, channel=channel, style="thread", start="latest"
            )
        await bot.work()
        asked = await reader.invoke(CHAPTERS, "/suggest", idea="Let it rain in the town")
        assert "Which story?" in asked.text
        (post,) = threads_of(sandbox, SERIALS)
        under = [each for each in threads_of(sandbox, CHAPTERS) if each.name == "Two"]
        for thread, idea in ((under[0], "Let it rain in the town"), (post, "Let it snow in the town")):
            made = await reader.invoke(thread, "/suggest", idea=idea)
            assert "Your idea for **The Lamp**" in made.text
            assert "The Lamp" in (await reader.invoke(thread, "/read")).text
        async with store.read() as tx:
            ideas = await tx.suggestions.list_by_suggester(READERS[0])
        assert [(each.story, each.chapter) for each in ideas] == [("the-lamp", "two")] * 2
        said = reader.say(under[0], "A storm should come up the river.")
        form = await reader.invoke(under[0], "Suggest this", target=said.id)
        assert form.form is not None
        assert form.form["title"].endswith("The Lamp") or "The Lamp" in form.form["title"]


async def test_an_old_chapters_end_leads_to_the_next_and_looking_back_leads_back(
    sandbox: Sandbox, store: Database
) -> None:
    chapters = [replace(chapter(f"part-{n}", f"Beginning of {n}."), title=f"Title {n}") for n in range(1, 4)]
    async with living(sandbox, store, sample(*chapters, backlog=1)) as bot:
        reader = sandbox.person(READERS[0])
        post = await subscribed(bot)
        assert "Next chapter: <t:" in post.text
        await publish(bot)
        await bot.work()
        await refresh(bot)
        old = reader.message(post)
        assert "Next: Title 2 ▶" in old.buttons
        assert "Next chapter: <t:" not in old.text
        opened = await reader.press(old, "Next: Title 2 ▶")
        assert opened.private
        assert "Beginning of 2." in opened.text
        assert "Next chapter: <t:" in opened.text
        looked_up = await reader.invoke(CHAPTERS, "/read", chapter="1")
        assert "Next: Title 2 ▶" in looked_up.message.buttons
        assert "Back to where you were" in looked_up.message.buttons
    async with living(sandbox, store, sample(*chapters, backlog=1)) as bot:
        back = await reader.press(looked_up.message, "Back to where you were")
        assert back.message.id == looked_up.message.id
        assert "Beginning of 2." in back.text
        assert "Back to where you were" not in back.message.buttons
        first = await reader.press(back.message, "⏮️")
        stayed = await reader.press(first.message, "Read on from here")
        assert "Back to where you were" not in stayed.message.buttons
        assert "Beginning of 1." in (await reader.invoke(CHAPTERS, "/read")).text
        assert "Beginning of 2." in (await reader.press(stayed.message, "⏭️")).text


async def test_a_slip_is_given_back_and_sent_once_by_whoever_is_sure(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        reader = sandbox.person(READERS[0])
        await reader.invoke(CHAPTERS, "/suggest", idea="Let it rain")
        doubted = await reader.invoke(CHAPTERS, "/suggest", idea="let it RAIN!", anonymous=True)
        assert "it is number 1" in doubted.text
        assert "Edit" in " ".join(doubted.message.buttons)
    async with living(sandbox, store, sample(chapter("one"))):
        sent = await reader.press(doubted.message, "Send it anyway")
        assert sent.state == "done"
        await reader.sees(CHAPTERS, lambda seen: seen.private and "is number **2**" in seen.text)
        assert "Send it anyway" not in reader.message(doubted.message).buttons
        async with store.read() as tx:
            made = await tx.suggestions.get(2)
        assert made is not None
        assert (made.text, made.anonymous) == ("let it RAIN!", True)
        letter = await reader.invoke(CHAPTERS, "/suggest", idea="x")
        assert "Is “x” your whole idea?" in letter.text


async def test_used_and_merge_ask_for_what_they_need(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"), chapter("two"), backlog=1)):
        for number, idea in enumerate(("Let it rain", "Let it rain again", "A cat that talks")):
            await sandbox.person(READERS[number % 3]).invoke(CHAPTERS, "/suggest", idea=idea)
        author = sandbox.person(AUTHOR)
        refused = await author.invoke(CHAPTERS, "/author decide", number=1, decision="used")
        assert "Idea 1 is open. Possible now" in refused.text
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        form = await author.invoke(CHAPTERS, "/author decide", number=1, decision="used")
        labels = [each["label"] for each in form.form["components"][0]["component"]["options"]]
        assert labels == ["2. Two (to come)", "1. One"]
        wrong = await author.submit(form, {"answer": "nine"})
        assert "no published chapter “nine”" in wrong.text
        form = await author.invoke(CHAPTERS, "/author decide", number=1, decision="used")
        used = await author.submit(form, {"answer": "2"})
        assert "used" in used.text
        async with store.read() as tx:
            idea = await tx.suggestions.get(1)
        assert idea is not None
        assert idea.used_in == "two"
        form = await author.invoke(CHAPTERS, "/author decide", number=3, decision="merge")
        merged = await author.submit(form, {"answer": "2"})
        assert "merged" in merged.text
        shown = await author.invoke(CHAPTERS, "/author preview", story="the-lamp", chapter="2")
        assert "Two" in shown.text
