"""Votes, comments, statistics and previews, as people meet them in Discord."""

from __future__ import annotations

import asyncio

from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Member, Role
from discord_sandbox.operations import guilds
from discord_sandbox.permissions import EVERYONE
from discord_sandbox.seed import ADMIN, AUTHOR, BOT, CHAPTERS, GUILD, READERS
from discord_sandbox.server import Sandbox

from bot.clock import SystemClock
from bot.domain.statistics.counters import Counters
from bot.services.people.pseudonyms import pseudonym
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample, until
from tests.chat.live.test_page_turns import subscribed
from tests.chat.samples import chapter, long_text

ELSEWHERE = GUILD + (9 << 40)


async def figures(store: Database, release_id: int = 1) -> Counters:
    async with store.read() as tx:
        return (await tx.counters.count_by_release([release_id]))[release_id]


async def becomes(store: Database, expected: Counters) -> None:
    """Wait until the chapter's figures are these."""
    async with asyncio.timeout(10):
        while await figures(store) != expected:  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)


async def recount(bot: Living) -> None:
    """Go through all posts."""
    while await bot.services.reconciliation.run_batch() is not None:
        pass


def second_server(sandbox: Sandbox) -> None:
    """Another server with the bot in it, and the same people."""
    guild = Guild(ELSEWHERE, "Elsewhere", ADMIN)
    guild.roles[ELSEWHERE] = Role(ELSEWHERE, "@everyone", EVERYONE)
    for user in (ADMIN, *READERS):
        guild.members[user] = Member(user, sandbox.world.now())
    guild.channels[ELSEWHERE + 1] = Channel(ELSEWHERE + 1, ChannelType.TEXT, "stories", ELSEWHERE)
    sandbox.world.add_guild(guild)
    guilds.join(sandbox.world, guild, BOT)


async def test_one_person_is_one_vote_wherever_their_stars_stand(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        second_server(sandbox)
        here, there = await subscribed(bot), await subscribed(bot, channel=ELSEWHERE + 1)
        one, two = sandbox.person(READERS[0]), sandbox.person(READERS[1])
        one.react(here, "⭐")
        one.react(there, "⭐", burst=True)
        two.react(here, "⭐")
        await becomes(store, Counters(reads=2, votes=2))
        one.unreact(here, "⭐")
        two.unreact(here, "⭐")
        await becomes(store, Counters(reads=2, votes=1))
        one.unreact(there, "⭐")
        await becomes(store, Counters(reads=2, votes=0))
        await recount(bot)
        assert await figures(store) == Counters(reads=2, votes=0), "Discord's own lists say the same"


async def test_stars_given_and_taken_back_while_the_bot_was_away_are_counted(
    sandbox: Sandbox, store: Database
) -> None:
    serial = sample(chapter("one", long_text(300)))
    one, two, three = (sandbox.person(each) for each in READERS[:3])
    async with living(sandbox, store, serial) as bot:
        post = await subscribed(bot)
        one.react(post, "⭐")
        two.react(post, "⭐")
        await becomes(store, Counters(reads=2, votes=2))
    two.unreact(post, "⭐")
    three.react(post, "⭐", burst=True)
    sandbox.person(ADMIN).react(post, "⭐")
    async with store.begin() as tx:
        await tx.personal_data.record_erasure(await pseudonym(tx, ADMIN), SystemClock().now())
    async with living(sandbox, store, serial) as bot:
        await recount(bot)
        assert await figures(store) == Counters(reads=3, votes=2)
        async with store.read() as tx:
            assert await tx.counters.list_star_owners(post.id) == {READERS[0], READERS[2]}


async def test_stars_that_a_moderator_cleared_are_gone(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        post = await subscribed(bot)
        doubted: list[None] = []
        bot.services.counters.on_marked.subscribe(lambda: doubted.append(None))
        sandbox.person(READERS[0]).react(post, "⭐")
        await becomes(store, Counters(reads=1, votes=1))
        sandbox.person(ADMIN).clear_reactions(post)
        await until(lambda: doubted)
        await recount(bot)
        assert await figures(store) == Counters(reads=1, votes=0)


async def test_comments_in_the_chapters_thread_are_counted(sandbox: Sandbox, store: Database) -> None:
    serial = sample(chapter("one", long_text(300)))
    reader = sandbox.person(READERS[0])
    async with living(sandbox, store, serial) as bot:
        post = await subscribed(bot)
        thread = reader.open_thread(CHAPTERS, "What a lamp", under=post)
        reader.say(thread, "It was lit!")
        sandbox.person(READERS[1]).say(thread, "And then it was not.")
    async with living(sandbox, store, serial) as bot:
        await recount(bot)
        await becomes(store, Counters(comments=2))
        await recount(bot)
        assert await figures(store) == Counters(comments=2), "none is counted twice"


async def test_the_figures_stand_under_the_chapter(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", long_text(300)))) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        reader.react(post, "⭐")
        await becomes(store, Counters(reads=1, votes=1))
        reader.react(post, "▶️")
        shown = await reader.sees(CHAPTERS, lambda seen: "Page 2 of" in seen.text)
        assert "1 reader · 1 vote" in shown.text
        opened = await sandbox.person(READERS[1]).press(shown, "Read")
        assert "1 reader · 1 vote" in opened.text


async def test_an_author_sees_how_their_story_is_read(sandbox: Sandbox, store: Database) -> None:
    serial = sample(*(chapter(f"part-{n}", long_text(150)) for n in range(1, 31)))
    async with living(sandbox, store, serial) as bot:
        author = sandbox.person(AUTHOR)
        empty = await author.invoke(CHAPTERS, "/author stats", story="the-lamp")
        assert empty.private
        assert "No readers yet" in empty.text
        assert "30" in empty.text, "the newest chapters stand first"
        reader = sandbox.person(READERS[0])
        for number in ("1", "2"):
            assert (await reader.invoke(CHAPTERS, "/read", story="the-lamp", chapter=number)).private
        told = await author.invoke(CHAPTERS, "/author stats", story="the-lamp")
        assert "Readers of each chapter" in told.text
        assert "Who read on" in told.text
        await author.press(told.message, "◀️")
        await until(lambda: "  25 " in author.message(told.message).text)
        rows = [line.split() for line in author.message(told.message).text.splitlines()]
        assert ["1", "1", "0", "0", "–"] in [row[:5] for row in rows]
        assert ["2", "1", "0", "0", "100%"] in [row[:5] for row in rows]
        stranger = await reader.invoke(CHAPTERS, "/author stats", story="the-lamp")
        assert "author" in stranger.text.lower()
        assert "Readers of each" not in stranger.text
        assert bot.client.is_ready()


async def test_an_author_previews_a_chapter_to_come_also_after_a_restart(
    sandbox: Sandbox, store: Database
) -> None:
    serial = sample(chapter("one"), chapter("soon", long_text(200)), backlog=1)
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, serial):
        offered = await author.autocomplete(CHAPTERS, "/author preview", "chapter", "", story="the-lamp")
        assert [choice["name"] for choice in offered if "Soon" in choice["name"]] == ["2. Soon (to come)"]
        shown = await author.invoke(CHAPTERS, "/author preview", story="the-lamp", chapter="soon")
        assert shown.private
        assert "not out" in shown.text
        assert "Page 1 of" in shown.text
        denied = await sandbox.person(READERS[0]).invoke(
            CHAPTERS, "/author preview", story="the-lamp", chapter="soon"
        )
        assert "word1" not in denied.text
    async with living(sandbox, store, serial):
        on = await author.press(shown.message, "▶️")
        assert "Page 2 of" in on.text
        assert on.message.id == shown.message.id


async def test_a_chapter_that_no_file_is_of_is_refused(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))):
        told = await sandbox.person(AUTHOR).invoke(
            CHAPTERS, "/author preview", story="the-lamp", chapter="nine"
        )
        assert "no chapter file" in told.text
