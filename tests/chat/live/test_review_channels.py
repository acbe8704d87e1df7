"""A channel for new ideas, asked for and accepted in Discord, against the sandbox."""

from __future__ import annotations

from dataclasses import replace

from discord_sandbox.operations import channels
from discord_sandbox.seed import ADMIN, AFTER_DARK, AUTHOR, BOT, CHAPTERS, READERS, READING_ROOM, WELCOME
from discord_sandbox.server import Sandbox

from bot.domain.authorization import Viewer
from bot.domain.stories.story import Rating, Serial, SuggestionPolicy
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.samples import chapter

LAMP = sample(chapter("one", "Rain."))
NAMED = Serial(replace(LAMP.story, suggestions=SuggestionPolicy(review_channel=READING_ROOM)), LAMP.chapters)
COMMAND = "/author review channel"


async def idea(bot: Living, words: str, reader: int = READERS[0], place: int = CHAPTERS) -> None:
    """A reader makes one."""
    made = await bot.sandbox.person(reader).invoke(place, "/suggest", idea=words, story=bot_story(bot))
    assert "number" in made.text, made.text
    await bot.work()


def bot_story(bot: Living) -> str:
    return next(iter(bot.content.held))


def shown(sandbox: Sandbox, channel: int = READING_ROOM) -> list[str]:
    """The ideas in a channel."""
    seen = sandbox.person(ADMIN).messages(channel)
    return [each.text for each in seen if each.author_id == BOT and not each.private]


async def test_what_the_file_names_waits_for_who_manages_the_server(
    sandbox: Sandbox, store: Database
) -> None:
    author, admin = sandbox.person(AUTHOR), sandbox.person(ADMIN)
    async with living(sandbox, store, NAMED) as bot:
        for _ in range(2):
            await bot.services.review_channels.sweep()
            await bot.work()
        told = [each.text for each in author.messages(author.dm())]
        assert len(told) == 1
        assert f"sends new ideas to <#{READING_ROOM}>" in told[0]
        await idea(bot, "Let the lamp speak.")
        assert shown(sandbox) == []
        for who in (READERS[0], AUTHOR):
            said = await sandbox.person(who).invoke(WELCOME, COMMAND, story="the-lamp", channel=READING_ROOM)
            assert ("Only the authors" if who != AUTHOR else "Manage Server") in said.text
        await idea(bot, "Let it rain.", READERS[1])
        assert shown(sandbox) == []
        offered = await admin.autocomplete(WELCOME, COMMAND, "story")
        assert [each["value"] for each in offered] == ["the-lamp"], "the author has asked for it here"
        done = await admin.invoke(WELCOME, COMMAND, story="the-lamp", channel=READING_ROOM)
        assert f"appear in <#{READING_ROOM}>" in done.text
        await idea(bot, "Let it snow.", READERS[2])
        assert len(shown(sandbox)) == 1
        ended = await admin.invoke(WELCOME, COMMAND, story="the-lamp", off=True)
        assert "in no channel" in ended.text
        await idea(bot, "Let it stop.", READERS[2])
        assert len(shown(sandbox)) == 1


async def test_ideas_for_adults_appear_among_adults_only(sandbox: Sandbox, store: Database) -> None:
    dark = sample(
        chapter("one", "Rain."), slug="after-midnight", title="After Midnight", rating=Rating.EXPLICIT
    )
    for who in (ADMIN, READERS[0]):
        sandbox.person(who).confirm_age(AFTER_DARK)
    author = sandbox.person(AUTHOR)
    author.confirm_age(AFTER_DARK)
    async with living(sandbox, store, dark) as bot:
        refused = await author.invoke(WELCOME, COMMAND, story="after-midnight", channel=READING_ROOM)
        assert "age-restricted" in refused.text
        await author.invoke(WELCOME, COMMAND, story="after-midnight", channel=AFTER_DARK)
        admin = sandbox.person(ADMIN)
        done = await admin.invoke(WELCOME, COMMAND, story="after-midnight", channel=AFTER_DARK)
        assert "appear in" in done.text
        channels.edit(sandbox.world, sandbox.world.channel(AFTER_DARK), {"nsfw": False})
        await bot.services.submissions.submit(
            Viewer(READERS[0], "Imke", age_restricted=True),
            SuggestionDraft("Let it burn.", story="after-midnight", chapter=None, anonymous=False),
        )
        await bot.work()
        assert shown(sandbox, AFTER_DARK) == []
