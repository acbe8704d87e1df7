"""Kicks, permissions, age flags, deletions and outages, against the sandbox: parked, never lost, and on again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from discord_sandbox import payloads
from discord_sandbox.discord_objects import ChannelType
from discord_sandbox.events import Event
from discord_sandbox.message_view import MessageView
from discord_sandbox.operations import channels, guilds, thread_archiving
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import ADMIN, AFTER_DARK, AUTHOR, BOT, CHAPTERS, GUILD, READERS, TAGGED, WELCOME
from discord_sandbox.server import Sandbox

from bot.domain.authorization import Viewer
from bot.domain.stories.story import Rating
from bot.domain.subscriptions.subscription import DeliveryFault, Subscription, SubscriptionState
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample, until
from tests.chat.samples import chapter

LAMP = sample(chapter("one", "Rain."), chapter("two", "Light."), backlog=0)
ADULT = sample(
    chapter("one", "Rain."),
    chapter("two", "Light."),
    backlog=0,
    slug="after-midnight",
    title="After Midnight",
    rating=Rating.EXPLICIT,
)
ADA = Viewer(AUTHOR, "Ada", age_restricted=True)


async def get_subscription(bot: Living) -> Subscription:
    """How the only subscription stands."""
    async with bot.store.read() as tx:
        (one,) = await tx.subscriptions.list_by_guild(GUILD)
    return one


async def subscribe(bot: Living, channel: int = CHAPTERS, story: str = "the-lamp") -> None:
    """An admin subscribes a channel."""
    answer = await bot.sandbox.person(ADMIN).invoke(channel, "/subscribe", story=story)
    assert "Done" in answer.text, answer.text


async def next_chapter(bot: Living, story: str = "the-lamp") -> None:
    """The author brings one out; it goes where it can."""
    await bot.services.calendar_overrides.publish(ADA, story)
    await bot.work()


async def noticed(bot: Living, *, since: int) -> None:
    """Discord's event has reached the bot, which does what follows from it."""
    await until(lambda: len(bot.woken) > since)
    await bot.work()


async def refused(bot: Living) -> DeliveryFault:
    """Why the only subscription is parked; waits until it is."""
    async with asyncio.timeout(5):
        while (stands := await get_subscription(bot)).state is not SubscriptionState.PARKED:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)
    assert stands.fault is not None
    return stands.fault


def said(sandbox: Sandbox, channel: int) -> list[MessageView]:
    """What the bot has said in a channel, for everybody."""
    seen = sandbox.person(ADMIN).messages(channel)
    return [message for message in seen if message.author_id == BOT and not message.private]


def posts(sandbox: Sandbox, channel: int = CHAPTERS) -> list[str]:
    """The chapters' texts in a channel, in order."""
    seen = [message.text for message in said(sandbox, channel)]
    return [next((words for words in ("Rain.", "Light.") if words in text), text) for text in seen]


async def test_a_permission_taken_and_given_in_the_channel(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        place = sandbox.world.channel(CHAPTERS)
        channels.allow(sandbox.world, place, BOT, Permission.SEND_MESSAGES, False)
        await next_chapter(bot)
        assert (await refused(bot)).code == "discord-50013"
        assert posts(sandbox) == []
        before = len(bot.woken)
        channels.allow(sandbox.world, place, BOT, Permission.SEND_MESSAGES, None)
        await noticed(bot, since=before)
        assert posts(sandbox) == ["Rain."]
        assert (await get_subscription(bot)).state is SubscriptionState.ACTIVE
        shown = await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscriptions")
        assert "Continued by itself" in shown.text
        await next_chapter(bot)
        assert posts(sandbox) == ["Rain.", "Light."]


async def test_a_right_taken_from_the_bots_role_and_given_back(sandbox: Sandbox, store: Database) -> None:
    guild = sandbox.world.guild(GUILD)
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        for role in (BOT, GUILD):
            guilds.set_bit(sandbox.world, guild, role, Permission.VIEW_CHANNEL, False)
        await next_chapter(bot)
        await refused(bot)
        before = len(bot.woken)
        guilds.set_bit(sandbox.world, guild, BOT, Permission.VIEW_CHANNEL, True)
        await noticed(bot, since=before)
        assert posts(sandbox) == ["Rain."]


async def test_a_hidden_channel_that_is_shown_again(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        place = sandbox.world.channel(CHAPTERS)
        channels.allow(sandbox.world, place, BOT, Permission.VIEW_CHANNEL, False)
        await next_chapter(bot)
        assert (await refused(bot)).code == "discord-50001"
        before = len(bot.woken)
        channels.allow(sandbox.world, place, BOT, Permission.VIEW_CHANNEL, None)
        await noticed(bot, since=before)
        assert posts(sandbox) == ["Rain."]


async def test_colours_names_and_topics_ask_discord_nothing(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        place = sandbox.world.channel(CHAPTERS)
        channels.allow(sandbox.world, place, BOT, Permission.SEND_MESSAGES, False)
        await next_chapter(bot)
        asked = len(sandbox.trace.requests())
        channels.edit(sandbox.world, place, {"topic": "a clock", "name": "new name"})
        # Events come in order: once the language is told, so is the topic.
        guild = sandbox.world.guild(GUILD)
        guild.locale = "de"
        sandbox.world.publish(Event("GUILD_UPDATE", lambda: payloads.guild(guild), guild_id=GUILD))
        await until(lambda: bot.client.locale_of(GUILD) == "de")
        await bot.work()
        assert len(sandbox.trace.requests()) == asked


async def test_an_adult_story_stops_where_the_age_flag_is_taken_and_returns_with_it(
    sandbox: Sandbox, store: Database
) -> None:
    place = sandbox.world.channel(AFTER_DARK)
    async with living(sandbox, store, ADULT) as bot:
        await subscribe(bot, AFTER_DARK, "after-midnight")
        channels.edit(sandbox.world, place, {"nsfw": False})
        await next_chapter(bot, "after-midnight")
        assert (await refused(bot)).code == "age-restricted"
        assert posts(sandbox, AFTER_DARK) == [], "not one page of it"
        before = len(bot.woken)
        channels.edit(sandbox.world, place, {"nsfw": True})
        await noticed(bot, since=before)
        assert posts(sandbox, AFTER_DARK) == ["Rain."]


async def test_a_thread_is_as_restricted_as_its_channel(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, ADULT) as bot:
        thread = sandbox.person(READERS[0]).open_thread(AFTER_DARK, "Late")
        assert await bot.messenger.is_age_restricted(thread.id) is True
        channels.edit(sandbox.world, sandbox.world.channel(AFTER_DARK), {"nsfw": False})
        assert await bot.messenger.is_age_restricted(thread.id) is False


async def test_a_locked_thread_is_posted_in_once_it_is_unlocked(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, LAMP) as bot:
        thread = sandbox.person(READERS[0]).open_thread(CHAPTERS, "Reading together")
        await subscribe(bot, thread.id)
        thread_archiving.set_archived(sandbox.world, thread, True, locked=True)
        await next_chapter(bot)
        await refused(bot)
        before = len(bot.woken)
        thread_archiving.set_archived(sandbox.world, thread, False, locked=False)
        await noticed(bot, since=before)
        assert posts(sandbox, thread.id) == ["Rain."]


async def test_a_channel_that_is_deleted_stays_listed_with_the_reason(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        channels.delete(sandbox.world, sandbox.world.channel(CHAPTERS))
        await next_chapter(bot)
        assert (await refused(bot)).code == "discord-10003"
        asked = len(sandbox.trace.requests())
        await next_chapter(bot)
        assert [r.path for r in sandbox.trace.requests()[asked:] if str(CHAPTERS) in r.path] == []
        await bot.services.guild_retention.purge_expired()
        shown = await sandbox.person(ADMIN).invoke(WELCOME, "/subscriptions")
        assert "channel no longer exists" in shown.text


@pytest.mark.parametrize("asleep", [False, True])
async def test_kicked_and_invited_again(sandbox: Sandbox, store: Database, asleep: bool) -> None:
    """While the bot runs, and while it does not: of a removal that it slept through Discord tells nothing."""
    guild = sandbox.world.guild(GUILD)
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        if not asleep:
            guilds.leave(sandbox.world, guild, BOT)
            assert (await refused(bot)).code == "removed"
    if asleep:
        guilds.leave(sandbox.world, guild, BOT)
    async with living(sandbox, store, LAMP) as bot:
        assert (await refused(bot)).code == "removed"
        asked = len(sandbox.trace.requests())
        await next_chapter(bot)
        await next_chapter(bot)
        assert len(sandbox.trace.requests()) == asked, "nothing is tried where the bot is not"
        before = len(bot.woken)
        guilds.join(sandbox.world, guild, BOT)
        await noticed(bot, since=before)
        assert posts(sandbox) == ["Rain.", "Light."]
        assert (await get_subscription(bot)).state is SubscriptionState.ACTIVE


async def test_an_outage_parks_nothing_and_tells_nobody(sandbox: Sandbox, store: Database) -> None:
    guild = sandbox.world.guild(GUILD)
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        guilds.set_available(sandbox.world, guild, False)
        await until(lambda: bot.client.has_outage(GUILD))
        asked = len(sandbox.trace.requests())
        await next_chapter(bot)
        assert len(sandbox.trace.requests()) == asked
        assert (await get_subscription(bot)).state is SubscriptionState.ACTIVE
        guilds.set_available(sandbox.world, guild, True)
        await until(lambda: not bot.client.has_outage(GUILD))
        async with store.begin() as tx:
            assert await tx.guilds.erase_left_before(bot.publisher._clock.now()) == 0
        assert posts(sandbox) == []


async def test_what_changed_while_the_bot_was_away_is_seen_when_it_is_back(
    sandbox: Sandbox, store: Database
) -> None:
    place = sandbox.world.channel(CHAPTERS)
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        channels.allow(sandbox.world, place, BOT, Permission.SEND_MESSAGES, False)
        await next_chapter(bot)
        await refused(bot)
    channels.allow(sandbox.world, place, BOT, Permission.SEND_MESSAGES, None)
    async with living(sandbox, store, LAMP) as bot:
        await until(lambda: bot.woken)
        await bot.work()
        assert posts(sandbox) == ["Rain."]


@pytest.mark.parametrize("board", [WELCOME, None])
async def test_an_admin_who_takes_no_messages_hears_of_it_in_the_server(
    sandbox: Sandbox, store: Database, board: int | None
) -> None:
    """In the channel for Discord's own messages; where there is none, in the first that the bot may write in."""
    guild = sandbox.world.guild(GUILD)
    guild.system_channel_id = board
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        sandbox.world.users[ADMIN].accepts_dms = False
        channels.allow(sandbox.world, sandbox.world.channel(CHAPTERS), BOT, Permission.SEND_MESSAGES, False)
        await next_chapter(bot)
        await bot.work()
        told = [
            (place.id, message)
            for place in guild.channels.values()
            if place.type is ChannelType.TEXT
            for message in said(sandbox, place.id)
        ]
        assert len(told) == 1
        where, message = told[0]
        assert where != CHAPTERS
        assert board is None or where == board
        assert f"<#{CHAPTERS}>" in message.text
        assert "Lamp" not in message.text
        assert "While you were away" not in (await sandbox.person(ADMIN).invoke(WELCOME, "/help")).text


async def test_without_any_place_in_the_server_it_waits_for_their_next_command(
    sandbox: Sandbox, store: Database
) -> None:
    guild = sandbox.world.guild(GUILD)
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        sandbox.world.users[ADMIN].accepts_dms = False
        for role in (BOT, GUILD):
            guilds.set_bit(sandbox.world, guild, role, Permission.SEND_MESSAGES, False)
        await next_chapter(bot)
        await refused(bot)
        admin = sandbox.person(ADMIN)
        before = {message.id for message in admin.messages(WELCOME)}
        await admin.invoke(WELCOME, "/help")
        told = await admin.sees(
            WELCOME, lambda seen: "While you were away" in seen.text and seen.id not in before
        )
        assert told.private, "it is theirs alone"
        assert f"<#{CHAPTERS}>" in told.text
        assert not said(sandbox, WELCOME)


async def test_a_time_out_is_named_and_ends(sandbox: Sandbox, store: Database) -> None:
    guild = sandbox.world.guild(GUILD)
    async with living(sandbox, store, LAMP) as bot:
        await subscribe(bot)
        ends = guilds.time_out(sandbox.world, guild, BOT, timedelta(hours=1))
        assert ends is not None
        await next_chapter(bot)
        assert (await refused(bot)).code == "timed-out"
        shown = await sandbox.person(ADMIN).invoke(WELCOME, "/subscriptions")
        assert f"timed out in this server until <t:{int(ends.timestamp())}:f>" in shown.text
        async with store.read() as tx:
            look_at = await tx.parking.find_next_look()
        assert look_at is not None
        assert timedelta(0) <= look_at - ends < timedelta(seconds=30)
        before = len(bot.woken)
        guilds.time_out(sandbox.world, guild, BOT, None)
        await noticed(bot, since=before)
        assert posts(sandbox) == ["Rain."]


async def test_a_deleted_tag_is_answered_with_those_there_are(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, LAMP) as bot:
        admin = sandbox.person(ADMIN)
        await admin.invoke(WELCOME, "/subscribe", story="the-lamp", channel=TAGGED, tag="fantasy")
        place = sandbox.world.channel(TAGGED)
        place.tags = place.tags[1:]
        await next_chapter(bot)
        await refused(bot)
        shown = await admin.invoke(WELCOME, "/subscriptions")
        assert "no longer has that tag" in shown.text
        assert "mystery" in shown.text
        again = await admin.invoke(WELCOME, "/subscribe", story="the-lamp", channel=TAGGED, tag="mystery")
        assert "on its way" in again.text, again.text
        await bot.work()
        assert (await get_subscription(bot)).state is SubscriptionState.ACTIVE
