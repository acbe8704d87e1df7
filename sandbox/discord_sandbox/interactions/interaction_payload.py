"""Payload of an interaction for the bot."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Channel, Guild, Json
from discord_sandbox.interactions.interaction import Interaction, InteractionKind
from discord_sandbox.operations.attachments import LARGEST
from discord_sandbox.permissions import EVERYONE
from discord_sandbox.world import World

GUILD_INSTALL, USER_INSTALL = "0", "1"
IN_GUILD, IN_BOT_DM, IN_PRIVATE = 0, 1, 2


def interaction_create(world: World, one: Interaction) -> Json:
    """Return the payload of INTERACTION_CREATE."""
    channel = world.channels[one.channel_id]
    guild = world.guild_of(channel)
    user = world.users[one.user_id]
    data: Json = {
        "id": str(one.id),
        "application_id": str(world.bot.id),
        "type": int(one.kind),
        "token": one.token,
        "version": 1,
        "data": one.data,
        "channel_id": str(channel.id),
        "channel": _channel(world, channel, one.user_id),
        "app_permissions": str(app_permissions(world, channel, guild)),
        "locale": user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": one.owners,
        "context": context_of(world, channel),
        "attachment_size_limit": LARGEST,
    }
    if guild is None:
        data["user"] = payloads.user(user)
    else:
        data |= _guild_part(world, guild, channel, one.user_id)
    source = (
        one.source if one.kind is InteractionKind.COMPONENT else one.opener.source if one.opener else None
    )
    if source is not None:
        data["message"] = message_payload.message(world, source, world.bot.id)
    return data


def _guild_part(world: World, guild: Guild, channel: Channel, user_id: int) -> Json:
    member = payloads.member(world, guild.members[user_id])
    member["permissions"] = str(world.rights(user_id, channel))
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": guild.features},
        "guild_locale": guild.locale,
        "member": member,
    }


def _channel(world: World, channel: Channel, user_id: int) -> Json:
    data = payloads.channel(world, channel)
    data.pop("permission_overwrites", None)
    return data | {"permissions": str(world.rights(user_id, channel))}


def app_permissions(world: World, channel: Channel, guild: Guild | None) -> int:
    """Return the app's permissions in a channel; where it is only user-installed, those of everyone."""
    if guild is not None and world.bot.id not in guild.members:
        return EVERYONE
    return world.rights(world.bot.id, channel)


def context_of(world: World, channel: Channel) -> int:
    """Return the context of an interaction: guild, the bot's own DM, or another DM."""
    if channel.guild_id is not None:
        return IN_GUILD
    return IN_BOT_DM if world.bot.id in channel.recipients else IN_PRIVATE


def owners(world: World, channel: Channel, user_id: int, allowed: list[int]) -> dict[str, str]:
    """Return the installations of the app that cover an invocation: the guild's, the person's own."""
    found = {}
    guild = world.guild_of(channel)
    if 0 in allowed and (guild is None or world.bot.id in guild.members):
        found[GUILD_INSTALL] = str(guild.id) if guild else "0"
    if 1 in allowed and world.users[user_id].installed:
        found[USER_INSTALL] = str(user_id)
    return found
