"""Ideas for a story for adults outside age-restricted channels, and ids that nobody but a forger writes."""

from __future__ import annotations

import pytest
from discord_sandbox.message_view import InteractionOutcome, MessageView
from discord_sandbox.people.command_caller import PATIENCE
from discord_sandbox.people.person import Person
from discord_sandbox.seed import AFTER_DARK, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox
from discord_sandbox.validation import component_rules

from bot.domain.authorization import Viewer
from bot.store.database import Database
from tests.chat.live.running_bot import adult, living, sample
from tests.chat.samples import chapter

SECRET, OTHER_SECRET = "The velvet room opens", "Silk and candle wax"
HUGE = ("9223372036854775808", "9999999999999999999", "١٢", "007")


def shows_nothing(*seen: MessageView) -> bool:
    """Whether neither text stands on these messages."""
    return not any(text in str(each.data) for each in seen for text in (SECRET, OTHER_SECRET))


async def test_texts_stay_in_age_restricted_channels_with_a_way_there(
    sandbox: Sandbox, store: Database
) -> None:
    mira, jonas, author = (sandbox.person(each) for each in (*READERS[:2], AUTHOR))
    for person in (mira, jonas, author):
        person.confirm_age(AFTER_DARK)
    async with living(sandbox, store, adult(chapter("one"))) as bot:
        await mira.invoke(AFTER_DARK, "/suggest", idea=SECRET)
        await jonas.invoke(AFTER_DARK, "/suggest", idea=OTHER_SECRET)
        await bot.services.supporters.support(Viewer(mira.id, "Mira", age_restricted=True), 2)

        mine = await mira.invoke(CHAPTERS, "/suggestions mine")
        assert shows_nothing(mine.message)
        assert "**1** · After Midnight" in mine.text
        where = await mira.press(mine.message, "Where to read it")
        assert where.private
        assert f"<#{AFTER_DARK}>" in where.text
        assert "`/suggestions mine`" in where.text
        assert SECRET in (await mira.invoke(AFTER_DARK, "/suggestions mine")).text

        queue = await author.invoke(CHAPTERS, "/author queue")
        assert shows_nothing(queue.message)
        assert "Idea 2 for After Midnight" in queue.text
        assert "`/author queue`" in (await author.press(queue.message, "Where to read it")).text
        form = await author.press(queue.message, "Merge…")
        assert SECRET not in str(form.form)
        for option, command in (("number", "/author decide"), ("number", "/suggestions withdraw")):
            for person in (author, mira):
                offered = await person.autocomplete(CHAPTERS, command, option, "")
                assert SECRET not in str(offered)
                dark = await person.autocomplete(AFTER_DARK, command, option, "")
                assert bool(offered) is bool(dark)
        decided = await author.invoke(CHAPTERS, "/author decide", number=2, decision="accept", reason=SECRET)
        assert shows_nothing(decided.message)
        await bot.work()
        news = await mira.sees(mira.dm(), lambda seen: "which you support, was accepted" in seen.text)
        assert shows_nothing(news)
        assert "`/suggestions top`" in (await mira.press(news, "Where to read it")).text

        await mira.press(news, "No direct messages about ideas")
        await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
        await bot.work()
        await mira.invoke(CHAPTERS, "/help")
        away = await mira.sees(CHAPTERS, lambda seen: "While you were away" in seen.text)
        assert shows_nothing(away)
        assert "`/suggestions mine`" in (await mira.press(away, "Where to read 1")).text
        in_there = await author.invoke(AFTER_DARK, "/author queue", state="any")
        assert OTHER_SECRET in in_there.text


async def press_forged(person: Person, message: MessageView, button: str, forged: str) -> InteractionOutcome:
    """Press a button whose id is another by now."""
    custom_id = message.control(button)["custom_id"]
    held = person.find(message.channel_id, message.id)
    component = component_rules.find(held.components, custom_id)
    assert component is not None
    component["custom_id"] = forged
    try:
        return await person.outcome(person.begin_press(message.channel_id, message.id, forged), PATIENCE)
    finally:
        component["custom_id"] = custom_id


def forged_ids(number: str) -> tuple[str, ...]:
    """An id of every kind with that in the place of its number."""
    return (
        *(f"{word}:{number}" for word in ("read", "go", "name", "where", "mine", "unboard", "endpoll")),
        *(f"{word}:{number}:1:1" for word in ("page", "chapters", "star", "send", "jump", "peek", "look")),
        *(f"{word}:{number}:1" for word in ("support", "told", "instead")),
        f"instead:1:{number}",
        f"suggest:{number}:the-lamp",
        f"edit:{number}:the-lamp:00",
        f"queue:accept:{number}:0:nn-q::-:",
        f"queue:decline:{number}:0:nn-q::-:",
    )


NOT_AN_AUTHORS = ("queue:withdraw:1:0:nn-q::-:", "queue:thank:1:0:nn-q::-:")
FORMS = (f"ask:decline:{HUGE[0]}:0:nn-q::-:", "ask:thank:1:0:nn-q::-:", "ask:elope:1:0:nn-q::-:")


async def test_forged_ids_are_old_buttons_and_forms(
    sandbox: Sandbox, store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
    async with living(sandbox, store, sample(chapter("one"))):
        await reader.invoke(CHAPTERS, "/suggest", idea="Let it rain.")
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert queue.message is not None
        for custom_id in (
            *forged_ids(HUGE[0]),
            *(f"support:{other}:1" for other in HUGE[1:]),
            *NOT_AN_AUTHORS,
        ):
            said = await press_forged(author, queue.message, "Accept…", custom_id)
            assert "is from an older version" in said.text, custom_id
        for custom_id in FORMS:
            form = await author.press(queue.message, "Decline…")
            assert form.interaction.form is not None
            form.interaction.form["custom_id"] = custom_id
            assert "is from an older version" in (await author.submit(form, {"answer": "No."})).text, (
                custom_id
            )
        another = await author.invoke(CHAPTERS, "/suggestions withdraw", number=1)
        for number in (2, 2**53 - 1):
            unknown = await author.invoke(CHAPTERS, "/suggestions withdraw", number=number)
            assert another.text.replace("idea 1", "N") == unknown.text.replace(f"idea {number}", "N")
        assert "waiting" in (await reader.invoke(CHAPTERS, "/suggestions mine")).text
    assert "interaction_failed" not in [getattr(record, "action", "") for record in caplog.records]


async def test_blocking_is_answered_alike_whoever_made_it(sandbox: Sandbox, store: Database) -> None:
    first, second, author = (sandbox.person(each) for each in (*READERS[:2], AUTHOR))
    async with living(sandbox, store, sample(chapter("one"))):
        await first.invoke(CHAPTERS, "/suggest", idea="Named")
        await first.invoke(CHAPTERS, "/suggest", idea="Hidden", anonymous=True)
        await second.invoke(CHAPTERS, "/suggest", idea="Another", anonymous=True)
        await author.invoke(CHAPTERS, "/author block", number=1)
        for undo in (False, False, True, True):
            said = [
                (await author.invoke(CHAPTERS, "/author block", number=number, undo=undo)).text
                for number in (2, 3)
            ]
            assert said[0].replace("2", "N") == said[1].replace("3", "N")
        assert "takes no more ideas" in (await first.invoke(CHAPTERS, "/suggest", idea="Again")).text
        assert "number **4**" in (await second.invoke(CHAPTERS, "/suggest", idea="Again")).text
