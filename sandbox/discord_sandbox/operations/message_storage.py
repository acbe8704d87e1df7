"""Putting finished messages into the world, and telling of them: what every other act on messages stands on."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.events import Event
from discord_sandbox.model import Channel, Json, Message, MessageType, Ping
from discord_sandbox.operations import thread_archiving
from discord_sandbox.world import World


def store(world: World, channel: Channel, message: Message) -> None:
    """Put a finished message into its channel and tell of it."""
    if message.private_to is not None:
        world.private[message.id] = message
        tell(world, "MESSAGE_CREATE", message)
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
    tell(world, "MESSAGE_CREATE", message)


def tell(world: World, name: str, message: Message) -> None:
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


def notice(
    world: World, author_id: int, channel: Channel, kind: MessageType, content: str, reference: Json | None
) -> None:
    """A system message: something was pinned, a thread was opened."""
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


def tell_typing(world: World, channel: Channel, user_id: int) -> None:
    """Publish that someone types."""
    data = placed(
        {"user_id": str(user_id), "timestamp": int(world.now().timestamp())}, channel.id, channel.guild_id
    )
    world.publish(Event("TYPING_START", lambda: data, channel.guild_id, channel.id))


def placed(data: Json, channel_id: int, guild_id: int | None) -> Json:
    """`data` with the ids of its channel and guild."""
    data["channel_id"] = str(channel_id)
    if guild_id is not None:
        data["guild_id"] = payloads.snowflake(guild_id)
    return data
