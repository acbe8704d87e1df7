"""Routes of channels: reading, editing, deleting; overwrites, typing, following."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Channel, ChannelType, Json, Overwrite
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.operations import channels, message_storage, threads
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import CHANNEL, TYPING
from discord_sandbox.rest.api_request import ApiRequest
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.validation.field_reader import FieldReader

routes = RouteTable()


@routes("GET", "/channels/{channel}")
def get(request: ApiRequest) -> Json:
    """Get Channel."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    return payloads.channel(request.world, channel)


@routes("PATCH", "/channels/{channel}", CHANNEL)
def change(request: ApiRequest) -> Json:
    """Modify Channel, or a thread."""
    channel = request.channel()
    if channel.guild_id is None:
        raise ApiError(50024)
    if channel.is_thread:
        return payloads.channel(
            request.world, threads.edit(request.world, request.bot_id, channel, request.fields)
        )
    request.world.require(request.bot_id, channel, P.MANAGE_CHANNELS)
    return payloads.channel(request.world, channels.edit(request.world, channel, request.fields))


@routes("DELETE", "/channels/{channel}")
def delete(request: ApiRequest) -> Json:
    """Delete Channel or thread; a DM is merely closed."""
    channel = request.channel()
    if channel.guild_id is None:
        return payloads.channel(request.world, channel)
    request.world.require(
        request.bot_id, channel, P.MANAGE_THREADS if channel.is_thread else P.MANAGE_CHANNELS
    )
    return channels.delete(request.world, channel)


@routes("PUT", "/channels/{channel}/permissions/{overwrite}")
def set_overwrite(request: ApiRequest) -> None:
    """Edit Channel Permissions."""
    channel = _for_roles(request)
    problems = Problems()
    fields = FieldReader(request.fields, problems)
    fields.require("type")
    made = Overwrite(
        request.id("overwrite"), fields.choice("type", {0, 1}) or 0, fields.snowflake("allow") or 0,
        fields.snowflake("deny") or 0,
    )  # fmt: skip
    problems.raise_any()
    channels.set_overwrite(request.world, channel, made)


@routes("DELETE", "/channels/{channel}/permissions/{overwrite}")
def drop_overwrite(request: ApiRequest) -> None:
    """Delete Channel Permission."""
    channel = _for_roles(request)
    if request.id("overwrite") not in channel.overwrites:
        raise ApiError(10009)
    channels.set_overwrite(request.world, channel, Overwrite(request.id("overwrite"), 0))


def _for_roles(request: ApiRequest) -> Channel:
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.MANAGE_ROLES)
    return channel


@routes("POST", "/channels/{channel}/typing", TYPING)
def typing(request: ApiRequest) -> None:
    """Trigger Typing Indicator."""
    channel = request.channel()
    request.world.require(
        request.bot_id, channel, P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
    )
    message_storage.publish_typing(request.world, channel, request.bot_id)


@routes("POST", "/channels/{channel}/followers")
def follow(request: ApiRequest) -> Json:
    """Follow Announcement Channel: MANAGE_WEBHOOKS in the target."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    if channel.type is not ChannelType.ANNOUNCEMENT:
        raise ApiError(50024)
    problems = Problems()
    fields = FieldReader(request.fields, problems)
    fields.require("webhook_channel_id")
    target_id = fields.snowflake("webhook_channel_id")
    problems.raise_any()
    target = request.world.channel(target_id or 0)
    request.world.require(request.bot_id, target, P.MANAGE_WEBHOOKS)
    if target.id not in channel.followers:
        channel.followers.append(target.id)
    return {"channel_id": str(channel.id), "webhook_id": str(target.id)}
