"""Channels: reading, changing, deleting them; overwrites, typing, following."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.model import Channel, ChannelType, Json, Overwrite
from discord_sandbox.operations import channels, message_storage, threads
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import CHANNEL, TYPING
from discord_sandbox.rest.api_request import Call
from discord_sandbox.rest.router import Table
from discord_sandbox.validation.field_reader import Fields

routes = Table()


@routes("GET", "/channels/{channel}")
def get(call: Call) -> Json:
    """Get Channel."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    return payloads.channel(call.world, channel)


@routes("PATCH", "/channels/{channel}", CHANNEL)
def change(call: Call) -> Json:
    """Modify Channel, or a thread."""
    channel = call.channel()
    if channel.guild_id is None:
        raise ApiError(50024)
    if channel.is_thread:
        return payloads.channel(call.world, threads.edit(call.world, call.bot_id, channel, call.fields))
    call.world.require(call.bot_id, channel, P.MANAGE_CHANNELS)
    return payloads.channel(call.world, channels.edit(call.world, channel, call.fields))


@routes("DELETE", "/channels/{channel}")
def delete(call: Call) -> Json:
    """Delete Channel or thread; a DM is merely closed."""
    channel = call.channel()
    if channel.guild_id is None:
        return payloads.channel(call.world, channel)
    call.world.require(call.bot_id, channel, P.MANAGE_THREADS if channel.is_thread else P.MANAGE_CHANNELS)
    return channels.delete(call.world, channel)


@routes("PUT", "/channels/{channel}/permissions/{overwrite}")
def set_overwrite(call: Call) -> None:
    """Edit Channel Permissions."""
    channel = _for_roles(call)
    problems = Problems()
    fields = Fields(call.fields, problems)
    fields.require("type")
    made = Overwrite(
        call.id("overwrite"), fields.choice("type", {0, 1}) or 0, fields.snowflake("allow") or 0,
        fields.snowflake("deny") or 0,
    )  # fmt: skip
    problems.raise_any()
    channels.set_overwrite(call.world, channel, made)


@routes("DELETE", "/channels/{channel}/permissions/{overwrite}")
def drop_overwrite(call: Call) -> None:
    """Delete Channel Permission."""
    channel = _for_roles(call)
    if call.id("overwrite") not in channel.overwrites:
        raise ApiError(10009)
    channels.set_overwrite(call.world, channel, Overwrite(call.id("overwrite"), 0))


def _for_roles(call: Call) -> Channel:
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.MANAGE_ROLES)
    return channel


@routes("POST", "/channels/{channel}/typing", TYPING)
def typing(call: Call) -> None:
    """Trigger Typing Indicator."""
    channel = call.channel()
    call.world.require(
        call.bot_id, channel, P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
    )
    message_storage.tell_typing(call.world, channel, call.bot_id)


@routes("POST", "/channels/{channel}/followers")
def follow(call: Call) -> Json:
    """Follow Announcement Channel: MANAGE_WEBHOOKS in the target."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    if channel.type is not ChannelType.ANNOUNCEMENT:
        raise ApiError(50024)
    problems = Problems()
    fields = Fields(call.fields, problems)
    fields.require("webhook_channel_id")
    target_id = fields.snowflake("webhook_channel_id")
    problems.raise_any()
    target = call.world.channel(target_id or 0)
    call.world.require(call.bot_id, target, P.MANAGE_WEBHOOKS)
    if target.id not in channel.followers:
        channel.followers.append(target.id)
    return {"channel_id": str(channel.id), "webhook_id": str(target.id)}
