"""Operations on guilds: members, roles, outages."""

from __future__ import annotations

from datetime import datetime, timedelta

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Guild, Json, Member, Role
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.permissions import Permission
from discord_sandbox.world import World

INVITE = 563259191192640
"""Permissions the bot is invited with by default."""


def join(world: World, guild: Guild, user_id: int, *, permissions: int = INVITE) -> Member:
    """Add a user; a bot gets a managed role with the permissions of its invitation."""
    if user_id in guild.members:
        return guild.members[user_id]
    member = Member(user_id, world.now())
    guild.members[user_id] = member
    if world.users[user_id].bot:
        role = Role(
            world.ids.next(), world.users[user_id].username, permissions, len(guild.roles), bot_id=user_id
        )
        guild.roles[role.id] = role
        member.roles.append(role.id)
    if user_id == world.bot.id:
        world.publish(Event("GUILD_CREATE", lambda: {"id": str(guild.id), "joined": True}, guild.id))
    else:
        world.publish(
            Event(
                "GUILD_MEMBER_ADD",
                lambda: payloads.member(world, member) | {"guild_id": str(guild.id)},
                guild.id,
            )
        )
    return member


def leave(world: World, guild: Guild, user_id: int) -> None:
    """Remove a user; a bot's own role is deleted with it.

    Raises:
        ApiError: 10007 not a member.
    """
    member = world.member(guild, user_id)
    if user_id == world.bot.id:
        world.publish(Event("GUILD_DELETE", lambda: {"id": str(guild.id)}, guild.id))
    del guild.members[user_id]
    for role in [each for each in guild.roles.values() if each.bot_id == user_id]:
        del guild.roles[role.id]
    for thread in guild.threads.values():
        if thread.thread is not None:
            thread.thread.members.pop(user_id, None)
    data = {"guild_id": str(guild.id), "user": payloads.user(world.users[member.user_id])}
    world.publish(Event("GUILD_MEMBER_REMOVE", lambda: data, guild.id))


def set_locale(world: World, guild: Guild, locale: str) -> None:
    """Change the guild's preferred locale."""
    guild.locale = locale
    world.publish(Event("GUILD_UPDATE", lambda: payloads.guild(guild), guild.id))


def set_available(world: World, guild: Guild, available: bool) -> None:
    """Begin or end an outage: GUILD_DELETE with `unavailable`, later GUILD_CREATE."""
    if guild.available == available:
        return
    guild.available = available
    if available:
        world.publish(Event("GUILD_CREATE", lambda: {"id": str(guild.id), "joined": False}, guild.id))
    else:
        data = {"id": str(guild.id), "unavailable": True}
        world.publish(Event("GUILD_DELETE", lambda: data, guild.id))


def publish_member(world: World, guild: Guild, member: Member) -> None:
    """Publish a member's current state."""
    data = payloads.member(world, member) | {"guild_id": str(guild.id)}
    world.publish(Event("GUILD_MEMBER_UPDATE", lambda: data, guild.id))


def time_out(world: World, guild: Guild, user_id: int, length: timedelta | None) -> datetime | None:
    """Restrict a member to reading for a duration, or end that; return the end.

    Raises:
        ApiError: 10007 not a member.
    """
    member = world.member(guild, user_id)
    member.timed_out_until = world.now() + length if length is not None else None
    publish_member(world, guild, member)
    return member.timed_out_until


def add_role(world: World, guild: Guild, role: Role) -> Role:
    """Add a role to a guild."""
    guild.roles[role.id] = role
    _tell_role(world, guild, role, "GUILD_ROLE_CREATE")
    return role


def publish_role(world: World, guild: Guild, role: Role) -> None:
    """Publish a role's current state."""
    _tell_role(world, guild, role, "GUILD_ROLE_UPDATE")


def _tell_role(world: World, guild: Guild, role: Role, name: str) -> None:
    world.publish(Event(name, lambda: {"guild_id": str(guild.id), "role": payloads.role(role)}, guild.id))


def drop_role(world: World, guild: Guild, role_id: int) -> None:
    """Delete a role.

    Raises:
        ApiError: 10011 unknown, 50028 for `@everyone` and managed roles.
    """
    role = guild.roles.get(role_id)
    if role is None:
        raise ApiError(10011)
    if role.id == guild.id or role.bot_id is not None:
        raise ApiError(50028)
    del guild.roles[role_id]
    for member in guild.members.values():
        if role_id in member.roles:
            member.roles.remove(role_id)
    data: Json = {"guild_id": str(guild.id), "role_id": str(role_id)}
    world.publish(Event("GUILD_ROLE_DELETE", lambda: data, guild.id))


def set_bit(world: World, guild: Guild, who: int, permission: Permission, on: bool) -> None:
    """Grant or revoke one permission of a role, or of a bot's own role.

    Raises:
        ApiError: 10011 `who` is neither a role nor a bot with one.
    """
    role = guild.roles.get(who) or next((each for each in guild.roles.values() if each.bot_id == who), None)
    if role is None:
        raise ApiError(10011)
    role.permissions = int(role.permissions | permission if on else role.permissions & ~permission)
    publish_role(world, guild, role)
