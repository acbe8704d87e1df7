"""Adding and removing reactions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Channel, Json, Message, Reaction
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.permissions import P
from discord_sandbox.world import World

MOST = 20
"""Maximum number of distinct emoji under one message."""
_CUSTOM = re.compile(r"(?:a:)?(\w{1,32}):(\d{1,20})")
_PRESENTATION = "\N{VARIATION SELECTOR-16}"
_JOINERS = {0x200D, 0xFE0F, 0x20E3}


def read_emoji(world: World, text: str) -> Reaction:
    """Read the emoji of a URL: `⭐`, or `name:id` of an existing one.

    Raises:
        ApiError: 10014 unknown.
    """
    custom = _CUSTOM.fullmatch(text)
    if custom is not None:
        known = world.emojis.get(int(custom[2]))
        if known is None:
            raise ApiError(10014)
        return Reaction(int(custom[2]), known["name"])
    if not text or len(text) > 20 or not all(_may_be_emoji(each) for each in text):
        raise ApiError(10014)
    if text.isascii() and _JOINERS.isdisjoint(map(ord, text)):
        raise ApiError(10014)
    return Reaction(None, text)


def _may_be_emoji(character: str) -> bool:
    code = ord(character)
    return (
        code in _JOINERS
        or 0xE0020 <= code <= 0xE007F
        or character in "0123456789#*"
        or (unicodedata.category(character) in ("So", "Sk", "Sm", "Po", "Cn", "Co") and code > 0x7F)
    )


def key_of(reaction: Reaction) -> str:
    """Return the identity of an emoji: its id, or its characters without the presentation selector."""
    return str(reaction.id) if reaction.id else reaction.name.replace(_PRESENTATION, "")


def add(
    world: World, user_id: int, channel: Channel, message: Message, emoji: Reaction, *, burst: bool = False
) -> None:
    """Add a reaction; an emoji already present needs only READ_MESSAGE_HISTORY, a new one ADD_REACTIONS too.

    With `burst` it is a super reaction, which people can give and bots cannot.

    Raises:
        ApiError: 50083 in an archived thread, 30010 beyond twenty emoji, 50001 and 50013.
    """
    _require_awake(channel)
    key = key_of(emoji)
    standing = message.reactions.get(key)
    wanted = P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY
    world.require(user_id, channel, wanted if standing else wanted | P.ADD_REACTIONS)
    if message.private_to is not None:
        raise ApiError(10008)
    if standing is None:
        if len(message.reactions) >= MOST:
            raise ApiError(30010)
        standing = message.reactions[key] = emoji
    if user_id in standing.users:
        return
    standing.users[user_id] = burst
    _tell(
        world,
        "MESSAGE_REACTION_ADD",
        message,
        lambda: _added_payload(world, message, user_id, standing, burst),
    )


def remove(
    world: World, actor_id: int, user_id: int, channel: Channel, message: Message, emoji: Reaction
) -> None:
    """Remove a reaction; another's needs MANAGE_MESSAGES.

    Raises:
        ApiError: 50013 without the permission, 50003 in a DM.
    """
    _require_awake(channel)
    if actor_id != user_id:
        _require_moderator(world, actor_id, channel)
    else:
        world.require(actor_id, channel, P.VIEW_CHANNEL)
    key = key_of(emoji)
    standing = message.reactions.get(key)
    if standing is None:
        raise ApiError(10014)
    burst = standing.users.pop(user_id, None)
    if burst is None:
        return
    if not standing.users:
        del message.reactions[key]
    _tell(world, "MESSAGE_REACTION_REMOVE", message, lambda: _told(message, user_id, standing, burst))


def clear(
    world: World, actor_id: int, channel: Channel, message: Message, emoji: Reaction | None = None
) -> None:
    """Remove all reactions, or all of one emoji."""
    _require_awake(channel)
    _require_moderator(world, actor_id, channel)
    if emoji is None:
        message.reactions.clear()
        _tell(world, "MESSAGE_REACTION_REMOVE_ALL", message, lambda: _place(message))
    elif message.reactions.pop(key_of(emoji), None) is not None:
        _tell(
            world, "MESSAGE_REACTION_REMOVE_EMOJI", message, lambda: _place(message) | {"emoji": emoji.emoji}
        )


def _require_awake(channel: Channel) -> None:
    if channel.thread is not None and channel.thread.archived:
        raise ApiError(50083)


def _require_moderator(world: World, actor_id: int, channel: Channel) -> None:
    if channel.guild_id is None:
        raise ApiError(50003)
    world.require(actor_id, channel, P.VIEW_CHANNEL | P.MANAGE_MESSAGES)


def _tell(world: World, name: str, message: Message, make: Callable[[], Json]) -> None:
    world.publish(Event(name, make, message.guild_id, message.channel_id, message_id=message.id))


def _place(message: Message) -> Json:
    data: Json = {"channel_id": str(message.channel_id), "message_id": str(message.id)}
    if message.guild_id is not None:
        data["guild_id"] = str(message.guild_id)
    return data


def _told(message: Message, user_id: int, reaction: Reaction, burst: bool) -> Json:
    who = {"user_id": str(user_id), "emoji": reaction.emoji, "burst": burst, "type": int(burst)}
    return _place(message) | who


def _added_payload(world: World, message: Message, user_id: int, reaction: Reaction, burst: bool) -> Json:
    data = _told(message, user_id, reaction, burst) | {"burst_colors": payloads.burst_colors(burst)}
    if message.webhook_id is None:
        data["message_author_id"] = str(message.author_id)
    guild = world.guilds.get(message.guild_id or 0)
    if guild is not None and user_id in guild.members:
        data["member"] = payloads.member(world, guild.members[user_id])
    return data
