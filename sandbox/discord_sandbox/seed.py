"""Initial contents of a sandbox: one guild with channels and people, or very many guilds for benchmarks."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable

from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Json, Member, Overwrite, Role, User
from discord_sandbox.operations import guilds
from discord_sandbox.operations.threads import REQUIRE_TAG
from discord_sandbox.permissions import EVERYONE, Permission
from discord_sandbox.world import World, deny_everyone

Seed = Callable[[World], None]

BOT = 200000000000000000
AUTHOR = 100000000000000001
SECOND_AUTHOR = 100000000000000002
ADMIN = 100000000000000010
READERS = (100000000000000011, 100000000000000012, 100000000000000013)
GUILD = 300000000000000000

CATEGORY = GUILD + 1
WELCOME = GUILD + 2
CHAPTERS = GUILD + 3
READING_ROOM = GUILD + 4
ANNOUNCEMENTS = GUILD + 5
SERIALS = GUILD + 6
AFTER_DARK = GUILD + 7
STAFF = GUILD + 8
TAGGED = GUILD + 9
READERS_ROLE = GUILD + 50

_PEOPLE = (
    (ADMIN, "mara", "Mara Lind", "admin"),
    (AUTHOR, "adaquill", "Ada Quill", "author"),
    (SECOND_AUTHOR, "bea", "Bea Castellanos", "author"),
    (READERS[0], "imke", "Imke", "reader"),
    (READERS[1], "tomasz", "Tomasz", "reader"),
    (READERS[2], "yuki", "Yuki", "reader"),
)


def bot_token(bot_id: int = BOT) -> str:
    """Return the token of the sandbox's bot: in Discord's three parts, the first of which encodes the id."""
    return f"{urlsafe_b64encode(str(bot_id).encode()).decode().rstrip('=')}.sandbox.opens-nothing-but-this-server"


def one_guild(world: World) -> None:
    """Add Lantern House: every kind of channel, an owner, two authors, three readers, and the bot."""
    people(world)
    guild = Guild(GUILD, "Lantern House", ADMIN, features=["COMMUNITY", "NEWS"], system_channel_id=WELCOME)
    guild.roles[GUILD] = Role(GUILD, "@everyone", EVERYONE)
    guild.roles[READERS_ROLE] = Role(READERS_ROLE, "Readers", 0, 1, color=0x3BA55D, mentionable=True)
    for user_id, *_ in _PEOPLE:
        guild.members[user_id] = Member(user_id, world.now())
    for user_id in READERS:
        guild.members[user_id].roles.append(READERS_ROLE)
    for channel in _channels():
        channel.position = len(guild.channels)
        guild.channels[channel.id] = channel
    world.add_guild(guild)
    guilds.join(world, guild, world.bot.id)


def people(world: World) -> None:
    """Add the bot and all people."""
    world.set_bot(User(BOT, "fascicle", "Fascicle", bot=True), bot_token())
    for user_id, username, name, note in _PEOPLE:
        world.add_user(User(user_id, username, name, note=note))


def _channels() -> list[Channel]:
    def make(
        number: int, name: str, kind: ChannelType = ChannelType.TEXT, topic: str | None = None
    ) -> Channel:
        return Channel(number, kind, name, GUILD, CATEGORY, topic)

    after_dark = make(AFTER_DARK, "after-dark", topic="For adults.")
    after_dark.nsfw = True
    staff = make(STAFF, "staff", topic="The bot does not see this channel.")
    staff.overwrites = deny_everyone(GUILD, int(Permission.VIEW_CHANNEL))
    staff.overwrites[AUTHOR] = Overwrite(AUTHOR, 1, allow=int(Permission.VIEW_CHANNEL))
    serials = make(SERIALS, "serials", ChannelType.FORUM, "One post a chapter.")
    serials.tags = [_tag(SERIALS + 1000, "chapter", "📖"), _tag(SERIALS + 1001, "news", "📰")]
    tagged = make(TAGGED, "shelves", ChannelType.FORUM, "Every post needs a tag.")
    tagged.tags = [_tag(TAGGED + 1000, "fantasy", "🐉"), _tag(TAGGED + 1001, "mystery", "🔎")]
    tagged.flags = REQUIRE_TAG
    return [
        Channel(CATEGORY, ChannelType.CATEGORY, "The House", GUILD),
        make(WELCOME, "welcome", topic="Come in."),
        make(CHAPTERS, "chapters", topic="New chapters appear here."),
        make(READING_ROOM, "reading-room", topic="Talk about what you read."),
        make(ANNOUNCEMENTS, "announcements", ChannelType.ANNOUNCEMENT),
        serials,
        tagged,
        after_dark,
        staff,
    ]


def _tag(number: int, name: str, emoji: str) -> Json:
    return {"id": str(number), "name": name, "moderated": False, "emoji_id": None, "emoji_name": emoji}


def many_guilds(count: int, *, channels: int = 1) -> Seed:
    """Return a seed of `count` small guilds with `channels` text channels each, all with the bot.

    Guild n has the id `guild_id(n)`, its channel k `channel_id(n, k)`.
    """

    def seed(world: World) -> None:
        people(world)
        for number in range(count):
            world.add_guild(_small(world, number, channels))

    return seed


def guild_id(number: int) -> int:
    """Return the id of a guild of `many_guilds`; consecutive ones fall on different shards."""
    return GUILD + ((number + 1) << 22)


def channel_id(number: int, which: int = 0) -> int:
    """Return the id of a channel of a guild of `many_guilds`."""
    return guild_id(number) + 1 + which


def _small(world: World, number: int, channels: int) -> Guild:
    own = guild_id(number)
    guild = Guild(own, f"Server {number + 1}", ADMIN)
    guild.roles[own] = Role(own, "@everyone", EVERYONE)
    role = own + 500
    guild.roles[role] = Role(role, "Fascicle", guilds.INVITE, 1, bot_id=world.bot.id)
    guild.members[world.bot.id] = Member(world.bot.id, world.now(), [role])
    guild.members[ADMIN] = Member(ADMIN, world.now())
    for which in range(channels):
        channel = channel_id(number, which)
        guild.channels[channel] = Channel(
            channel, ChannelType.TEXT, f"channel-{which + 1}", own, position=which
        )
    return guild
