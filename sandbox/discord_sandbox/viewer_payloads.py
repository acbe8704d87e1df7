"""JSON of the world as one person sees it, for the control API."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads, permissions
from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Json, Member, Message, User
from discord_sandbox.permissions import P
from discord_sandbox.world import World

_CAN = {
    "send": P.SEND_MESSAGES,
    "react": P.ADD_REACTIONS,
    "threads": P.CREATE_PUBLIC_THREADS,
    "attach": P.ATTACH_FILES,
    "manage": P.MANAGE_CHANNELS,
    "manage_messages": P.MANAGE_MESSAGES,
    "commands": P.USE_APPLICATION_COMMANDS,
}


def user(one: User) -> Json:
    """Return a user with their picture."""
    return payloads.user(one) | {"bot": one.bot, "avatar_url": f"/sandbox/avatars/{one.id}.svg"}


def person(world: World, one: User) -> Json:
    """Return a person the page can act as."""
    owned = [guild.name for guild in world.guilds.values() if guild.owner_id == one.id]
    parts = [one.note, "owner of " + ", ".join(owned[:3]) if owned else ""]
    return user(one) | {
        "accepts_dms": one.accepts_dms,
        "locale": one.locale,
        "note": ", ".join(filter(None, parts)),
    }


def color(guild: Guild | None, user_id: int) -> str | None:
    """Return the colour of a member's highest coloured role."""
    member = guild.members.get(user_id) if guild else None
    if guild is None or member is None:
        return None
    colored = [guild.roles[each] for each in member.roles if each in guild.roles and guild.roles[each].color]
    return f"#{max(colored, key=lambda role: role.position).color:06x}" if colored else None


def message(world: World, one: Message, viewer: int) -> Json:
    """Return a message with the viewer's own reactions and votes, whether it pings, and whether it is private."""
    data = message_payload.message(world, one, viewer)
    guild = world.guilds.get(one.guild_id or 0)
    author = data["author"]
    author["avatar_url"] = f"/sandbox/avatars/{one.author_id}.svg"
    member = guild.members.get(viewer) if guild else None
    pinged = viewer in one.mentions or one.mention_everyone
    pinged = pinged or (member is not None and not set(one.mention_roles).isdisjoint(member.roles))
    return data | {
        "guild_id": payloads.snowflake(one.guild_id),
        "ephemeral": one.private_to is not None,
        "pings_me": pinged,
        "color": color(guild, one.author_id),
        "interaction_id": payloads.snowflake(one.interaction_id),
    }


def channel(world: World, one: Channel, viewer: int) -> Json:
    """Return a channel with the viewer's permissions and unread state."""
    rights = world.rights(viewer, one)
    can = {name: bool(rights & bit) for name, bit in _CAN.items()}
    if one.is_thread:
        can["send"] = bool(rights & P.SEND_MESSAGES_IN_THREADS)
    if one.type is ChannelType.CATEGORY:
        can["send"] = False
    me = world.users[viewer]
    unread, mentions = _unread(one, viewer)
    return payloads.channel(world, one, viewer) | {
        "my_permissions": str(rights),
        "can": can,
        "unread": unread,
        "mentions": mentions,
        "last_read_id": payloads.snowflake(one.read_to.get(viewer)),
        "nsfw": world.age_restricted(one),
        "gated": world.age_restricted(one) and one.guild_id not in me.of_age_in,
        "bot_can_see": world.may(world.bot.id, one, P.VIEW_CHANNEL),
    }


def unread_dms(world: World, user_id: int) -> int:
    """Return how many messages wait for somebody in their DMs."""
    return sum(_unread(each, user_id)[1] for each in world.dms_of(user_id))


def _unread(one: Channel, viewer: int) -> tuple[bool, int]:
    read_to = one.read_to.get(viewer, 0)
    if one.is_forum or not one.messages or next(reversed(one.messages)) <= read_to:
        return False, 0
    if one.thread is not None and viewer not in one.thread.members:
        return False, 0
    mentions = 0
    for each in reversed(one.messages.values()):
        if each.id <= read_to or mentions == 99:
            break
        mentions += viewer in each.mentions or (one.guild_id is None and each.author_id != viewer)
    return True, mentions


def visible(world: World, one: Channel, viewer: int) -> bool:
    """Return whether the viewer sees a channel; a category is visible with any channel in it."""
    if one.type is not ChannelType.CATEGORY:
        return world.may(viewer, one, P.VIEW_CHANNEL)
    guild = world.guilds[one.guild_id or 0]
    inside = (each for each in guild.channels.values() if each.parent_id == one.id)
    return any(world.may(viewer, each, P.VIEW_CHANNEL) for each in inside)


def guild(world: World, one: Guild, viewer: int) -> Json:
    """Return a guild with everything the viewer sees of it."""
    active = [each for each in one.threads.values() if each.thread and not each.thread.archived]
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner_id),
        "bot_member": world.bot.id in one.members,
        "unavailable": not one.available,
        "roles": [payloads.role(each) for each in one.roles.values()],
        "members": [_member(world, one, each) for each in one.members.values()],
        "channels": [
            channel(world, each, viewer) for each in one.channels.values() if visible(world, each, viewer)
        ],
        "threads": [channel(world, each, viewer) for each in active if visible(world, each, viewer)],
        "my_permissions": str(permissions.base(one, one.members[viewer])),
    }


def _member(world: World, one: Guild, member: Member) -> Json:
    return {
        "user": user(world.users[member.user_id]),
        "nick": member.nick,
        "roles": [str(role) for role in member.roles],
        "color": color(one, member.user_id),
    }
