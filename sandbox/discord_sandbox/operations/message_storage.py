"""Storage of messages and publication of their events, used by all other operations on messages."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Channel, Json, Message, MessageType, Ping
from discord_sandbox.events import Event
from discord_sandbox.operations import thread_archiving
from discord_sandbox.world import World


def store(world: World, channel: Channel, message: Message) -> None:
    """Store a message in its channel and publish it."""
    if message.private_to is not None:
        world.private[message.id] = message
        publish_message(world, "MESSAGE_CREATE", message)
        return
    channel.messages[message.id] = message
    channel.last_message_id = message.id
    channel.read_to[message.author_id] = message.id
    if channel.thread is not None and message.id != channel.id:
        channel.thread.message_count += 1
        channel.thread.total_sent += 1
        if message.author_id in world.users:
            thread_archiving.join(world, channel, message.author_id)
    if message.mentions or message.mention_roles or message.mention_everyone:
        world.pings.append(
            Ping(message.id, channel.id, message.author_id, tuple(message.mentions), tuple(message.mention_roles),
                 message.mention_everyone)
        )  # fmt: skip
    publish_message(world, "MESSAGE_CREATE", message)


def publish_message(world: World, name: str, message: Message) -> None:
    """Publish an event whose payload is a message."""
    world.publish(
        Event(
            name,
            lambda: message_payload.gateway_message(world, message),
            guild_id=message.guild_id,
            channel_id=message.channel_id,
            user_id=message.private_to,
            message=message,
            message_id=message.id,
        )
    )


def post_system_message(
    world: World, author_id: int, channel: Channel, kind: MessageType, content: str, reference: Json | None
) -> None:
    """Post a system message: a pin, or an opened thread."""
    message = Message(
        world.ids.next(),
        channel.id,
        channel.guild_id,
        author_id,
        world.now(),
        content,
        type=kind,
        reference=reference,
    )
    store(world, channel, message)


def publish_typing(world: World, channel: Channel, user_id: int) -> None:
    """Publish that someone is typing."""
    data = with_place(
        {"user_id": str(user_id), "timestamp": int(world.now().timestamp())}, channel.id, channel.guild_id
    )
    world.publish(Event("TYPING_START", lambda: data, channel.guild_id, channel.id))


def with_place(data: Json, channel_id: int, guild_id: int | None) -> Json:
    """Return `data` with the ids of its channel and guild."""
    data["channel_id"] = str(channel_id)
    if guild_id is not None:
        data["guild_id"] = payloads.snowflake(guild_id)
    return data
