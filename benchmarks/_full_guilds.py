"""Guilds of realistic size: channels with topics and overwrites, roles, emoji.

Made anew each time they are told of, since ten thousand of them would fill the sandbox's memory; and the
events that come from them all day.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Guild
from discord_sandbox.seed import guild_id
from discord_sandbox.world import World

CHANNELS, ROLES, EMOJI, OVERWRITES = 20, 10, 30, 4

Json = dict[str, Any]

_plain = payloads.gateway_guild


@contextmanager
def full_guilds() -> Iterator[None]:
    """Have every sandbox describe its guilds as full ones while the context is open."""
    with mock.patch.object(payloads, "gateway_guild", _full_guild):
        yield


def _full_guild(world: World, guild: Guild, *, all_members: bool) -> Json:
    told = _plain(world, guild, all_members=all_members)
    told["roles"] += [role(guild.id, number) for number in range(ROLES - len(told["roles"]))]
    told["channels"] += [channel(guild.id, number) for number in range(len(told["channels"]), CHANNELS)]
    told["emojis"] = [
        {
            "id": str(guild.id + 2000 + number), "name": f"emoji_{guild.id}_{number}", "roles": [], "animated": False,
            "require_colons": True, "managed": False, "available": True,
        }
        for number in range(EMOJI)
    ]  # fmt: skip
    return told


def role(guild: int, number: int, *, permissions: int = 1 << 10) -> Json:
    """Return a role of a guild."""
    return {
        "id": str(guild + 1000 + number), "name": f"Role {number} of {guild}", "color": number, "hoist": False,
        "icon": None, "unicode_emoji": None, "position": number + 2, "permissions": str(permissions),
        "managed": False, "mentionable": False, "flags": 0,
        "colors": {"primary_color": number, "secondary_color": None, "tertiary_color": None},
    }  # fmt: skip


def channel(guild: int, number: int, *, topic: str = "") -> Json:
    """Return a text channel of a guild, closed to some roles."""
    return {
        "id": str(guild + 1 + number), "type": 0, "guild_id": str(guild), "name": f"channel-{number}-{guild}",
        "position": number, "parent_id": None, "nsfw": False, "flags": 0, "rate_limit_per_user": 0,
        "topic": topic or f"What is talked about in channel {number} of server {guild}, and what is not.",
        "last_message_id": str(guild + 5000 + number), "last_pin_timestamp": None,
        "permission_overwrites": [
            {"id": str(guild + 1000 + each), "type": 0, "allow": "2048", "deny": "1024"} for each in range(OVERWRITES)
        ],
    }  # fmt: skip


def _thread(guild: int, number: int, *, archived: bool) -> Json:
    return {
        "id": str(guild + 9000 + number), "type": 11, "guild_id": str(guild), "parent_id": str(guild + 1),
        "owner_id": "5", "name": f"thread-{number}", "last_message_id": None, "rate_limit_per_user": 0,
        "message_count": number, "total_message_sent": number, "member_count": 2, "flags": 0, "applied_tags": [],
        "thread_metadata": {
            "archived": archived, "archive_timestamp": "2026-01-01T00:00:00+00:00", "auto_archive_duration": 1440,
            "locked": False, "create_timestamp": "2026-01-01T00:00:00+00:00",
        },
    }  # fmt: skip


def _reaction(guild: int, number: int, emoji: str) -> Json:
    return {
        "user_id": str(700000 + number), "channel_id": str(guild + 1), "message_id": str(guild + 6000 + number),
        "guild_id": str(guild), "emoji": {"id": None, "name": emoji}, "burst": False, "type": 0,
    }  # fmt: skip


def _member(number: int) -> Json:
    user = {"id": str(700000 + number), "username": f"reader{number}", "discriminator": "0", "avatar": None}
    return {
        "user": user, "nick": None, "avatar": None, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00",
        "premium_since": None, "deaf": False, "mute": False, "flags": 0, "pending": False,
        "communication_disabled_until": None,
    }  # fmt: skip


def events(guilds: int, count: int) -> Iterator[tuple[int, str, str]]:
    """Yield guild, name and payload of `count` events from that many guilds; few of them concern the bot."""
    kinds = itertools.cycle(range(20))
    for number, kind in zip(range(count), kinds, strict=False):
        guild = guild_id(number * 7919 % guilds)
        name, data = _event(guild, number, kind)
        yield guild, name, json.dumps(data)


def _event(guild: int, number: int, kind: int) -> tuple[str, Json]:
    emoji = "▶️" if kind % 3 == 0 else "🔥"
    match kind:
        case 14:
            return "THREAD_CREATE", _thread(guild, number, archived=False) | {"newly_created": True}
        case 15 | 16:
            return "THREAD_UPDATE", _thread(guild, number - number % 7, archived=number % 2 == 0)
        case 17:
            return "CHANNEL_UPDATE", channel(
                guild, 1 + number % (CHANNELS - 1), topic=f"It is {number} o'clock."
            )
        case 18:
            return "GUILD_ROLE_UPDATE", {"guild_id": str(guild), "role": role(guild, number % 8)}
        case 19:
            return "THREAD_DELETE", {
                "id": str(guild + 9000 + number - 5), "guild_id": str(guild), "parent_id": str(guild + 1), "type": 11,
            }  # fmt: skip
        case _ if kind % 2:
            return "MESSAGE_REACTION_REMOVE", _reaction(guild, number - 1, emoji)
        case _:
            told = {"member": _member(number), "message_author_id": str(700000 + number // 2)}
            return "MESSAGE_REACTION_ADD", _reaction(guild, number, emoji) | told
