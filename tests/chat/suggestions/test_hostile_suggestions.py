"""Hostile text is stored as written, and harmless in every place that shows ideas."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from discord_sandbox.message_view import MessageView
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.chat.notifications import notice_view
from bot.domain.stories.story import SuggestionPolicy
from bot.domain.suggestions.suggestion import clean_text
from bot.services.notifications.notice_messenger import Notice
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.samples import chapter

HOSTILE = {
    "pings": "@everyone @here <@1> <@&2> <#3> </help:4> everybody look",
    "links": "[click me](https://evil.test) <https://evil.test> https://evil.test discord.gg/evil",
    "zalgo": "Z" + "\u0334\u0321\u0308" * 400 + "algo comes",
    "fences": "```\n# not code\n```\n`x` ``` ``",
    "formats": "# Head\n> quote\n-# small\n- list\n**bold** __under__ ~~gone~~ ||spoiler|| *it* _it_",
    "emoji": "😀" * 4000,
    "family": "👨‍👩‍👧‍👦" * 500,
    "turned": "\u202e\u2067gpj.exe \u202d reversed \u2066\u2066\u2066",
    "formula": '=HYPERLINK("https://evil.test","x")\n+1\n-1\n@SUM(A1)',
    "stamps": "<t:0:R> <:emoji:1> <a:emoji:2> <id:customize>",
    "breaks": "\n\n\n\n> a\n\n\n>>> b",
    "nothing much": "\u200b\u200b.\u200b",
}


def harmless(seen: MessageView, *, but: str = "") -> None:
    """Nothing in a message pings, links, or formats that was not the bot's doing."""
    text = seen.text.replace(but, "") if but else seen.text
    assert not seen.data.get("mentions")
    assert not seen.data.get("mention_roles")
    assert not seen.data.get("mention_everyone")
    assert not re.search(r"(?<!\\)@(?:everyone|here)", text)
    assert not re.search(r"(?<!\\)<(?:@|#|/|:|a:|id:)", text)
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(", text)
    assert not re.search(r"(?<![\\<])https?:(?!//discord)//", text)
    assert "```" not in text
    assert not re.search(r"(?<!\\)\|\|", text)


async def everywhere(bot: Living, sandbox: Sandbox, number: int) -> list[MessageView]:
    """Every message that shows that idea."""
    reader, other, author = (sandbox.person(each) for each in (*READERS[:2], AUTHOR))
    shown: list[Any] = [
        mine := await reader.invoke(CHAPTERS, "/suggestions mine"),
        await reader.press(mine.message, "Show all"),
        top := await other.invoke(CHAPTERS, "/suggestions top", story="the-lamp"),
        await other.press(top.message, "Support"),
        await author.invoke(CHAPTERS, "/author queue", story="the-lamp"),
        await other.invoke(CHAPTERS, "/suggest", idea=(await stored(bot, number))[:3000]),
        await author.invoke(
            CHAPTERS, "/author decide", number=number, decision="decline", reason=HOSTILE["pings"]
        ),
    ]
    if "Show all" in top.message.buttons:
        shown.append(await other.press(top.message, "Show all"))
    await bot.work()
    told = [
        await person.sees(person.dm(), lambda seen: "not taken up" in seen.text) for person in (reader, other)
    ]
    return [*(each.message for each in shown if each.message is not None), *told]


async def stored(bot: Living, number: int) -> str:
    async with bot.store.read() as tx:
        found = await tx.suggestions.get(number)
    assert found is not None
    return found.text


BARE = ("emoji", "family", "nothing much")
"""Kinds that look like a slip, and are asked about first."""


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_text_is_kept_as_written_and_shown_harmlessly(
    sandbox: Sandbox, store: Database, kind: str
) -> None:
    text = HOSTILE[kind]
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        reader, author = sandbox.person(READERS[0]), sandbox.person(AUTHOR)
        opened = await reader.invoke(CHAPTERS, "/suggest")
        answer = await reader.submit(opened, {"idea": text})
        if kind in BARE:
            await reader.press(answer.message, "Send it anyway")
        made = await reader.sees(CHAPTERS, lambda seen: seen.private and "number **1**" in seen.text)
        assert await stored(bot, 1) == clean_text(text)
        if kind in ("links", "formula"):
            assert "only after the author accepts it" in made.text
            queue = await author.invoke(CHAPTERS, "/author queue")
            harmless(queue.message)
            top = await sandbox.person(READERS[1]).invoke(CHAPTERS, "/suggestions top", story="the-lamp")
            assert "no open ideas" in top.text
            await author.invoke(CHAPTERS, "/author decide", number=1, decision="accept")
            await author.invoke(CHAPTERS, "/author decide", number=1, decision="reopen")
        for message in await everywhere(bot, sandbox, 1):
            harmless(message)


@pytest.mark.parametrize("kind", HOSTILE)
def test_news_of_it_are_harmless(kind: str) -> None:
    text = HOSTILE[kind]
    facts = dict.fromkeys(("idea", "reason", "other", "story"), text)
    facts |= {"number": "1", "into": "2", "about": "2", "part": "supported"}
    for what in ("accepted", "declined", "merged", "reopened", "withdrawn"):
        view = notice_view.notice_message(Notice(1, f"idea-{what}", facts, "n")).view()
        for item in view.walk_children():
            shown = str(getattr(item, "content", ""))
            assert not re.search(r"(?<!\\)@(?:everyone|here)", shown)
            assert not re.search(r"(?<!\\)\[[^\]]*\]\(", shown)


async def test_a_hostile_prompt_stands_harmless_under_the_chapter(sandbox: Sandbox, store: Database) -> None:

    serial = sample(chapter("one"))
    asked = replace(serial.story, suggestions=SuggestionPolicy(prompt=HOSTILE["pings"]))
    async with living(sandbox, store, replace(serial, story=asked)) as bot:
        admin = sandbox.person(ADMIN)
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
        await bot.work()
        post = await admin.sees(CHAPTERS, lambda seen: "💡" in seen.text)
        assert "everybody look" in post.text, "it is shown"
        harmless(post)
