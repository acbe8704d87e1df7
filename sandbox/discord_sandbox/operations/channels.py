"""Operations on channels of a guild."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Json, Overwrite
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.events import Event
from discord_sandbox.operations import thread_archiving
from discord_sandbox.permissions import P
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.world import World

MOST = 500
_KINDS = frozenset({0, 2, 4, 5, 15})


def create(world: World, guild: Guild, body: Json) -> Channel:
    """Create a channel.

    Raises:
        ApiError: 30013 beyond 500 channels, 50035 for a faulty body.
    """
    if len(guild.channels) >= MOST:
        raise ApiError(30013)
    problems = Problems()
    fields = FieldReader(body, problems)
    fields.require("name")
    name = fields.text("name", 100, 1, trim=True) or ""
    kind = ChannelType(fields.choice("type", _KINDS) or 0)
    channel = Channel(
        world.ids.next(), kind, _normalize_name(name, kind), guild.id, position=len(guild.channels)
    )
    _take(world, channel, fields)
    problems.raise_any()
    guild.channels[channel.id] = world.channels[channel.id] = channel
    world.publish(Event("CHANNEL_CREATE", lambda: payloads.channel(world, channel), guild.id, channel.id))
    return channel


def edit(world: World, channel: Channel, body: Json) -> Channel:
    """Edit a channel that is not a thread."""
    problems = Problems()
    fields = FieldReader(body, problems)
    name = fields.text("name", 100, 1, trim=True)
    if name:
        channel.name = _normalize_name(name, channel.type)
    _take(world, channel, fields)
    problems.raise_any()
    publish_channel(world, channel)
    return channel


def _take(world: World, channel: Channel, fields: FieldReader) -> None:
    topic = fields.text("topic", 4096 if channel.is_forum else 1024)
    if "topic" in fields.data:
        channel.topic = topic
    if "parent_id" in fields.data:
        _put_under(world, channel, fields)
    channel.nsfw = fields.boolean("nsfw", channel.nsfw)
    channel.slowmode = fields.integer("rate_limit_per_user", 0, 21600, channel.slowmode)
    channel.position = fields.integer("position", 0, 2**31, channel.position)
    channel.flags = fields.integer("flags", 0, 2**31, channel.flags)
    if fields.has("permission_overwrites"):
        read = [_overwrite(each) for each in fields.objects("permission_overwrites", 100)]
        channel.overwrites = {each.id: each for each in read}
    if fields.has("available_tags"):
        channel.tags = [_tag(world, each) for each in fields.objects("available_tags", 20)]


def _put_under(world: World, channel: Channel, fields: FieldReader) -> None:
    """Move a channel into a category of its guild, or out of any."""
    parent = world.channels.get(fields.snowflake("parent_id") or 0)
    if fields.has("parent_id") and (
        parent is None or parent.type is not ChannelType.CATEGORY or parent.guild_id != channel.guild_id
    ):
        fields.fault("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
        return
    channel.parent_id = parent.id if parent else None


def _overwrite(fields: FieldReader) -> Overwrite:
    fields.require("id", "type")
    kind = fields.choice("type", {0, 1})
    return Overwrite(
        fields.snowflake("id") or 0, kind or 0, fields.snowflake("allow") or 0, fields.snowflake("deny") or 0
    )


def _tag(world: World, fields: FieldReader) -> Json:
    fields.require("name")
    return {
        "id": str(fields.snowflake("id") or world.ids.next()),
        "name": fields.text("name", 20, 1),
        "moderated": fields.boolean("moderated"),
        "emoji_id": fields.data.get("emoji_id"),
        "emoji_name": fields.data.get("emoji_name"),
    }


def _normalize_name(name: str, kind: ChannelType) -> str:
    """Normalize a name: text channels are named in lower case without spaces."""
    if kind in (ChannelType.TEXT, ChannelType.ANNOUNCEMENT, ChannelType.FORUM):
        return "-".join(name.lower().split())
    return name


def publish_channel(world: World, channel: Channel) -> None:
    """Publish a channel's current state."""
    if channel.is_thread:
        thread_archiving.publish_thread(world, channel)
        return
    world.publish(
        Event("CHANNEL_UPDATE", lambda: payloads.channel(world, channel), channel.guild_id, channel.id)
    )


def delete(world: World, channel: Channel) -> Json:
    """Delete a channel or thread and the threads in it, and return its last payload."""
    guild = world.guild_of(channel)
    if guild is None:
        raise ApiError(50003)
    told = payloads.channel(world, channel)
    if channel.is_thread:
        _forget_thread(world, guild, channel)
        return told
    for thread in [each for each in guild.threads.values() if each.parent_id == channel.id]:
        _forget_thread(world, guild, thread)
    guild.channels.pop(channel.id, None)
    world.channels.pop(channel.id, None)
    for hook in [each for each in world.webhooks.values() if each.channel_id == channel.id]:
        del world.webhooks[hook.id]
    world.publish(Event("CHANNEL_DELETE", lambda: told, guild.id, channel.id))
    return told


def _forget_thread(world: World, guild: Guild, thread: Channel) -> None:
    data = {
        "id": str(thread.id), "guild_id": str(guild.id), "parent_id": str(thread.parent_id), "type": int(thread.type)
    }  # fmt: skip
    guild.threads.pop(thread.id, None)
    world.channels.pop(thread.id, None)
    parent = world.channels.get(thread.parent_id or 0)
    starter = parent.messages.get(thread.id) if parent else None
    if starter is not None:
        starter.thread_id = None
    world.publish(Event("THREAD_DELETE", lambda: data, guild.id, thread.parent_id))


def set_overwrite(world: World, channel: Channel, overwrite: Overwrite) -> None:
    """Set the overwrite of a role or member; an empty one is removed."""
    if channel.is_thread or channel.guild_id is None:
        raise ApiError(50024)
    if overwrite.allow or overwrite.deny:
        channel.overwrites[overwrite.id] = overwrite
    else:
        channel.overwrites.pop(overwrite.id, None)
    publish_channel(world, channel)


def allow(world: World, channel: Channel, who: int, permission: P, state: bool | None) -> None:
    """Allow (True), deny (False) or inherit (None) one permission of a role or member in a channel."""
    guild = world.guild_of(channel)
    if guild is None:
        raise ApiError(50024)
    place = world.channels[channel.parent_id or 0] if channel.is_thread else channel
    standing = place.overwrites.get(who) or Overwrite(who, 0 if who in guild.roles else 1)
    allow_bits = standing.allow & ~permission | (permission if state else 0)
    deny_bits = standing.deny & ~permission | (permission if state is False else 0)
    set_overwrite(world, place, Overwrite(who, standing.type, int(allow_bits), int(deny_bits)))
