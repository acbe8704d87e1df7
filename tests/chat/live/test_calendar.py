"""When it goes on: readers see the honest next date, authors the calendar that their command made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from discord_sandbox.seed import AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.domain.stories.story import Serial, Status
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.samples import chapter
from tests.support.publishing import confirm

FIVE = tuple(chapter(key, f"The text of {key}.") for key in ("one", "two", "three", "four", "five"))
HALF_PAST_NOON = timedelta(hours=12, minutes=30)


def dates(text: str) -> list[datetime]:
    """The moments that a text names as Discord timestamps, each once, in order."""
    stamps = re.findall(r"<t:(\d+):[fR]>", text)
    return [datetime.fromtimestamp(int(stamp), UTC) for stamp in dict.fromkeys(stamps)]


def is_slot(moment: datetime) -> bool:
    """Whether a release of the sample story's schedule is then."""
    return moment - moment.replace(hour=0, minute=0, second=0, microsecond=0) == HALF_PAST_NOON


async def both(sandbox: Sandbox) -> tuple[str, str]:
    """What /story and /library say to a reader."""
    reader = sandbox.person(READERS[0])
    story = await reader.invoke(CHAPTERS, "/story", story="the-lamp")
    return story.text, (await reader.invoke(CHAPTERS, "/library")).text


@pytest.mark.parametrize(
    ("serial", "said"),
    [
        (sample(*FIVE, backlog=5), "the next chapter is not finished"),
        (sample(*FIVE, backlog=5, status=Status.COMPLETE), "all chapters are out"),
        (sample(*FIVE, backlog=2, status=Status.HIATUS), "On hiatus"),
        (sample(*FIVE[:2], chapter("three", "x", draft=True), backlog=2), "is not finished"),
    ],
)
async def test_where_there_is_no_date_the_reason_is_said(
    sandbox: Sandbox, store: Database, serial: Serial, said: str
) -> None:
    async with living(sandbox, store, serial):
        for text in await both(sandbox):
            assert said in text
            assert dates(text) == []


async def test_readers_see_the_date_that_each_command_of_the_author_makes(
    sandbox: Sandbox, store: Database
) -> None:
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, sample(*FIVE, backlog=1)) as bot:

        async def command(name: str, **options: object) -> list[datetime]:
            button = {"publish": "Publish now", "hiatus": "Start the hiatus"}.get(name, "")
            answer = await confirm(author, CHAPTERS, name, button, story="the-lamp", **options)
            assert "Next chapters of" in answer.text, answer.text
            await bot.work()
            return dates(answer.text)

        for text in await both(sandbox):
            (first,) = dates(text)
            assert is_slot(first)
        calendar = await command("publish")
        assert calendar[:2] == [first + timedelta(days=1), first + timedelta(days=2)], "its slot stays empty"
        assert [dates(text) for text in await both(sandbox)] == [[first + timedelta(days=1)]] * 2

        until = (first + timedelta(days=10)).date().isoformat()
        calendar = await command("delay", until=until, reason="Flu")
        resumes = first + timedelta(days=10)
        assert calendar[1:3] == [resumes, resumes + timedelta(days=1)]
        for text in await both(sandbox):
            assert resumes in dates(text)
            assert "Flu" in text

        assert not [moment for moment in await command("hiatus", reason="Moving") if is_slot(moment)]
        for text in await both(sandbox):
            assert "On hiatus: Moving" in text
            assert dates(text) == []

        calendar = await command("continue")
        assert calendar[0] == first + timedelta(days=1)
        assert [dates(text) for text in await both(sandbox)] == [[first + timedelta(days=1)]] * 2


async def test_a_story_whose_files_are_away_has_no_date(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(*FIVE, backlog=2)) as bot:
        await gone(bot)
        for text in await both(sandbox):
            assert "no date yet" in text
            assert dates(text) == []


async def gone(bot: Living) -> None:
    """Take the story's files away."""
    bot.content.held.clear()
    await bot.content_sync.sync()
