"""Every command that names a channel asks what that person may do there, against the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands
from discord_sandbox.discord_objects import Role
from discord_sandbox.operations import channels, guilds
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import (
    ADMIN,
    AUTHOR,
    BOT,
    CHAPTERS,
    GUILD,
    READERS,
    READING_ROOM,
    SERIALS,
    STAFF,
    TAGGED,
    WELCOME,
)
from discord_sandbox.server import Sandbox

from bot.chat.command_list import COMMANDS
from bot.domain.authorization import Viewer
from bot.services.guilds.channel_survey import ChannelPermission
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.samples import chapter

P = Permission
LAMP = sample(chapter("one", "Rain."), chapter("two", "Light."))

POSTING: dict[str, dict[str, Any]] = {
    "subscribe": {},
    "resume": {},
    "author board": {},
    "author poll": {},
    "author review channel": {},
}
"""Commands after which the bot posts in the channel, with what else they are given."""

SETTLING: dict[str, dict[str, Any]] = {"unsubscribe": {}, "pause": {}}
"""Commands that only settle what happens there."""


def with_a_channel() -> Iterator[str]:
    """The commands that have an option for a channel."""
    for each in COMMANDS:
        for command in each.walk_commands() if isinstance(each, app_commands.Group) else [each]:
            kinds = [option.type for option in getattr(command, "parameters", ())]
            if discord.AppCommandOptionType.channel in kinds:
                yield command.qualified_name


def test_no_command_with_a_channel_is_left_out_here() -> None:
    assert set(with_a_channel()) == POSTING.keys() | SETTLING.keys()


def manager(sandbox: Sandbox) -> None:
    """The story's author may manage the server, by a role."""
    world, guild = sandbox.world, sandbox.world.guild(GUILD)
    role = Role(world.ids.next(), "managers", int(P.MANAGE_GUILD), 2)
    guilds.add_role(world, guild, role)
    guild.members[AUTHOR].roles.append(role.id)


def take(sandbox: Sandbox, permission: Permission, channel: int = READING_ROOM, who: int = AUTHOR) -> None:
    """Take a right from somebody in a channel."""
    channels.allow(sandbox.world, sandbox.world.channel(channel), who, permission, False)


async def call(bot: Living, command: str, channel: int = READING_ROOM, **more: Any) -> str:
    """What the author is answered who names the channel from another one."""
    person = bot.sandbox.person(AUTHOR)
    answer = await person.invoke(WELCOME, f"/{command}", story="the-lamp", channel=channel, **more)
    return answer.text


async def subscribed(bot: Living, channel: int = READING_ROOM) -> None:
    """The server's owner has a channel subscribed."""
    answer = await bot.sandbox.person(ADMIN).invoke(WELCOME, "/subscribe", story="the-lamp", channel=channel)
    assert "Done" in answer.text, answer.text


async def paused(bot: Living) -> None:
    await bot.sandbox.person(ADMIN).invoke(READING_ROOM, "/pause", story="the-lamp")


async def test_nothing_happens_in_a_channel_that_one_cannot_see(sandbox: Sandbox, store: Database) -> None:
    manager(sandbox)
    async with living(sandbox, store, LAMP) as bot:
        await subscribed(bot)
        await paused(bot)
        take(sandbox, P.VIEW_CHANNEL)
        for command, given in (POSTING | SETTLING).items():
            said = await call(bot, command, **given)
            assert "there yourself: View Channel" in said, (command, said)
        async with store.read() as tx:
            (one,) = await tx.subscriptions.list_by_guild(GUILD)
            assert (one.state, await tx.panels.list_boards("the-lamp")) == ("paused", [])


async def test_the_bot_posts_for_nobody_who_may_not_post_there(sandbox: Sandbox, store: Database) -> None:
    manager(sandbox)
    async with living(sandbox, store, LAMP) as bot:
        await subscribed(bot)
        await paused(bot)
        take(sandbox, P.SEND_MESSAGES)
        for command, given in POSTING.items():
            said = await call(bot, command, **given)
            assert "there yourself: Send Messages" in said, (command, said)
        for command in SETTLING:
            assert "permissions there yourself" not in await call(bot, command), command
        take(sandbox, P.SEND_POLLS, CHAPTERS)
        assert "there yourself: Create Polls" in await call(bot, "author poll", CHAPTERS)
        take(sandbox, P.CREATE_PUBLIC_THREADS, CHAPTERS)
        assert "there yourself: Create Public Threads" in await call(
            bot, "subscribe", CHAPTERS, style="thread"
        )


async def test_a_thread_takes_the_rights_of_its_channel(sandbox: Sandbox, store: Database) -> None:
    manager(sandbox)
    async with living(sandbox, store, LAMP) as bot:
        thread = sandbox.person(READERS[0]).open_thread(READING_ROOM, "Late")
        take(sandbox, P.SEND_MESSAGES_IN_THREADS)
        assert "Send Messages in Threads" in await call(bot, "subscribe", thread.id)
        take(sandbox, P.VIEW_CHANNEL)
        assert "View Channel" in await call(bot, "author board", thread.id)


async def test_owners_may_and_channels_hidden_from_the_bot_are_judged_too(
    sandbox: Sandbox, store: Database
) -> None:
    manager(sandbox)
    async with living(sandbox, store, LAMP) as bot:
        take(sandbox, P.VIEW_CHANNEL, READING_ROOM, ADMIN)
        await subscribed(bot)
        # The bot does not see this one: its overwrites are read from the server's list.
        there = await bot.messenger.get_permissions(STAFF, Viewer(AUTHOR, "Ada", guild_id=GUILD))
        stranger = await bot.messenger.get_permissions(STAFF, Viewer(READERS[0], "Imke", guild_id=GUILD))
        assert there is not None
        assert stranger is not None
        assert ChannelPermission.SEND in there.held
        assert stranger.held == frozenset()
        assert "cannot see" in await call(bot, "author board", STAFF)
        assert await bot.messenger.get_permissions(99, Viewer(AUTHOR, "Ada", guild_id=GUILD)) is None


async def test_the_right_to_mention_counts_where_the_mention_goes(sandbox: Sandbox, store: Database) -> None:
    manager(sandbox)
    world, guild = sandbox.world, sandbox.world.guild(GUILD)
    role = guilds.add_role(world, guild, Role(world.ids.next(), "quiet", 0, 3))
    for who in (AUTHOR, BOT):
        channels.allow(world, world.channel(CHAPTERS), who, P.MENTION_EVERYONE, True)
    channels.allow(world, world.channel(WELCOME), AUTHOR, P.MENTION_EVERYONE, True)
    channels.allow(world, world.channel(READING_ROOM), BOT, P.MENTION_EVERYONE, True)
    async with living(sandbox, store, LAMP) as bot:
        assert "not allowed to mention that role there" in await call(bot, "subscribe", mention=role.id)
        assert "Done" in await call(bot, "subscribe", CHAPTERS, mention=role.id)
        assert "not allowed to mention" in await call(bot, "subscribe", CHAPTERS, mention=GUILD)


async def test_a_forums_tags_are_offered_to_those_who_see_it(sandbox: Sandbox, store: Database) -> None:
    manager(sandbox)
    async with living(sandbox, store, LAMP):
        person = sandbox.person(AUTHOR)

        async def offered() -> list[str]:
            found = await person.autocomplete(WELCOME, "/subscribe", "tag", story="the-lamp", channel=TAGGED)
            return [each["name"] for each in found]

        assert await offered() == ["fantasy", "mystery"]
        take(sandbox, P.VIEW_CHANNEL, TAGGED)
        assert await offered() == []


async def test_a_forum_takes_threads_where_no_style_is_named(sandbox: Sandbox, store: Database) -> None:
    manager(sandbox)
    async with living(sandbox, store, LAMP) as bot:
        assert "Done" in await call(bot, "subscribe", SERIALS)
        asked = await call(bot, "subscribe", TAGGED)
        assert "fantasy, mystery" in asked
        assert "Done" in await call(bot, "subscribe", TAGGED, tag="fantasy")
        assert "only the style" in await call(bot, "subscribe", SERIALS, style="pages")


async def test_the_list_shows_what_was_chosen_and_a_role_that_is_gone(
    sandbox: Sandbox, store: Database
) -> None:
    world, guild = sandbox.world, sandbox.world.guild(GUILD)
    serial = sample(chapter("one", "Rain."), chapter("two", "Light."), backlog=0)
    role = guilds.add_role(world, guild, Role(world.ids.next(), "loud", 0, 3, mentionable=True))
    admin = sandbox.person(ADMIN)
    async with living(sandbox, store, serial) as bot:
        given = {"mention": role.id, "style": "card", "start": "beginning"}
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", **given)
        listed = await admin.invoke(CHAPTERS, "/subscriptions")
        assert f"cards · as released · from the beginning · mentions <@&{role.id}>" in listed.text
        guilds.drop_role(world, guild, role.id)
        for _ in range(2):
            await bot.services.calendar_overrides.publish(Viewer(AUTHOR, "Ada"), "the-lamp")
            await bot.work()
        posts = [each.text for each in admin.messages(CHAPTERS) if each.author_id == BOT and not each.private]
        assert len(posts) == 2
        assert not any("<@&" in each for each in posts)
        told = [each.text for each in admin.messages(admin.dm()) if "was deleted" in each.text]
        assert len(told) == 1
        assert "its role was deleted" in (await admin.invoke(CHAPTERS, "/subscriptions")).text
