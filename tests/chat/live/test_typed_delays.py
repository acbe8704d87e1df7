"""`/author delay until` in words: what is offered while somebody types, and the moment that the answer names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from discord_sandbox.seed import AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.live.test_calendar import dates
from tests.chat.samples import chapter

TWO = (chapter("one"), chapter("two"))


@pytest.mark.parametrize(
    ("language", "until", "unclear", "offered"),
    [
        ("en-GB", "in 30 days", "Write it like “tomorrow 18:00”", r"^\w+day, \w+ \d+, \d{4}, 00:00 \(UTC\)$"),
        ("de", "in 30 Tagen", "Schreib es wie „morgen 18 Uhr“", r"^\w+, \d+\. \w+ \d{4}, 00:00 \(UTC\)$"),
        ("fr", "dans 30 jours", "Write it like “tomorrow 18:00”", r"00:00 \(UTC\)$"),
        ("ja", "30日後", "Write it like “tomorrow 18:00”", r"00:00 \(UTC\)$"),
        ("pt-BR", "em 30 dias", "Write it like “tomorrow 18:00”", r"00:00 \(UTC\)$"),
    ],
)
async def test_the_answer_names_the_moment_that_was_understood(
    sandbox: Sandbox, store: Database, language: str, until: str, unclear: str, offered: str
) -> None:
    sandbox.person(AUTHOR).speak(language)
    async with living(sandbox, store, sample(*TWO, backlog=1)):
        author = sandbox.person(AUTHOR)
        before = datetime.now(UTC)
        choices = await author.autocomplete(CHAPTERS, "/author delay", "until", until, story="the-lamp")
        assert len(choices) == 1
        assert re.search(offered, choices[0]["name"]), choices[0]["name"]
        for typed in (until, choices[0]["value"]):
            answer = await author.invoke(CHAPTERS, "/author delay", story="the-lamp", until=typed)
            held = dates(answer.text)[0]
            assert timedelta(days=29) < held - before <= timedelta(days=30, minutes=5)
            assert f"<t:{int(held.timestamp())}:R>" in answer.text
        refused = await author.invoke(CHAPTERS, "/author delay", story="the-lamp", until="sat on a mat")
        assert unclear in refused.text


async def test_usual_moments_are_offered_to_the_author_before_anything_is_typed(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(*TWO, backlog=1)):
        author, reader = sandbox.person(AUTHOR), sandbox.person(READERS[0])
        usual = await author.autocomplete(CHAPTERS, "/author delay", "until", "", story="the-lamp")
        moments = [datetime.fromisoformat(each["value"]) for each in usual]
        assert len(moments) >= 4
        assert moments == sorted(moments)
        assert (
            await author.autocomplete(CHAPTERS, "/author delay", "until", "gibberish", story="the-lamp") == []
        )
        assert await reader.autocomplete(CHAPTERS, "/author delay", "until", "", story="the-lamp") == []
