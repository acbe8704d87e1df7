"""A story for one server, in direct messages and where the bot is a guest, against the sandbox."""

from __future__ import annotations

from dataclasses import replace

from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Role
from discord_sandbox.operations import guilds
from discord_sandbox.permissions import EVERYONE
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.domain.stories.story import Serial
from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.samples import chapter, long_text

HOME, FAR = 410000000000000000, 420000000000000000
LAMP = sample(chapter("one", long_text(300)), chapter("two", "Light."))
OURS = Serial(replace(LAMP.story, guilds=frozenset({HOME})), LAMP.chapters)
MEMBER, STRANGER = READERS[0], READERS[1]


def server(sandbox: Sandbox, guild_id: int, *people: int, bot: bool) -> int:
    """Another server with one channel; returns the channel."""
    world = sandbox.world
    guild = Guild(guild_id, "Home", ADMIN)
    guild.roles[guild_id] = Role(guild_id, "@everyone", EVERYONE)
    guild.channels[guild_id + 1] = Channel(guild_id + 1, ChannelType.TEXT, "room", guild_id)
    world.add_guild(guild)
    for user_id in (ADMIN, *people):
        guilds.join(world, guild, user_id)
    if bot:
        guilds.join(world, guild, world.bot.id)
    return guild_id + 1


async def test_members_read_it_in_direct_messages_and_nobody_else_hears_of_it(
    sandbox: Sandbox, store: Database
) -> None:
    home = server(sandbox, HOME, MEMBER, AUTHOR, bot=True)
    far = server(sandbox, FAR, MEMBER, STRANGER, bot=False)
    async with living(sandbox, store, OURS):
        for person in (sandbox.person(MEMBER), sandbox.person(STRANGER)):
            theirs = person.id == MEMBER
            person.install_app()
            for place in (person.dm().id, far):
                library = await person.invoke(place, "/library")
                assert ("The Lamp" in library.text) is theirs, (place, library.text)
                read = await person.invoke(place, "/read", story="the-lamp")
                assert ("word1" in read.text) is theirs
                assert theirs or "There is no story “the-lamp”" in read.text
                offered = await person.autocomplete(place, "/read", "story", "")
                assert bool(offered) is theirs
            followed = await person.invoke(person.dm().id, "/follow", story="the-lamp")
            assert ("Done" in followed.text) is theirs
        # A server decides for itself, whoever is in it.
        for reader in (MEMBER, STRANGER):
            library = await sandbox.person(reader).invoke(CHAPTERS, "/library")
            assert "The Lamp" not in library.text
        assert "The Lamp" in (await sandbox.person(MEMBER).invoke(home, "/library")).text
        assert "The Lamp" in (await sandbox.person(AUTHOR).invoke(CHAPTERS, "/library")).text


async def test_buttons_of_a_reader_are_for_members_still(sandbox: Sandbox, store: Database) -> None:
    server(sandbox, HOME, MEMBER, bot=True)
    member = sandbox.person(MEMBER)
    async with living(sandbox, store, OURS):
        opened = await member.invoke(member.dm().id, "/read", story="the-lamp")
        assert "word1" in opened.text
    guilds.leave(sandbox.world, sandbox.world.guild(HOME), MEMBER)
    async with living(sandbox, store, OURS):
        turned = await member.press(opened.message, "▶️")
        assert "can’t show you that here" in turned.text
        assert "Lamp" not in turned.text


async def test_while_discord_does_not_say_they_are_asked_to_try_again(
    sandbox: Sandbox, store: Database
) -> None:
    server(sandbox, HOME, MEMBER, bot=True)
    member = sandbox.person(MEMBER)
    async with living(sandbox, store, OURS):
        sandbox.faults.add("error", method="GET", route="*/members/*", guild=HOME)
        asked = await member.invoke(member.dm().id, "/read", story="the-lamp")
        assert "try again in a minute" in asked.text
        assert "word1" not in asked.text
