"""Mentions of a message, and the users they notify."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discord_sandbox.discord_objects import Channel
from discord_sandbox.permissions import Permission
from discord_sandbox.validation.message_draft import AllowedMentions
from discord_sandbox.world import World

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")
_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Users, roles and everyone that a text notifies."""

    users: list[int]
    roles: list[int]
    everyone: bool

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


def resolve(
    world: World, channel: Channel, rights: int, text: str, allowed: AllowedMentions, replied_to: int | None
) -> Mentions:
    """Read mentions as Discord does: outside code, known users and roles, and only those allowed.

    A role is notified when it is mentionable or the author may mention everyone; `@everyone` needs that permission.
    """
    text = _CODE.sub("", text)
    users = [user for user in _ids(_USER, text) if user in world.users and _allows(allowed, "users", user)]
    if replied_to is not None and allowed.replied_user and replied_to not in users:
        users.append(replied_to)
    guild = world.guild_of(channel)
    if guild is None:
        return Mentions(users, [], False)
    mass = bool(rights & Permission.MENTION_EVERYONE)
    roles = [
        role
        for role in _ids(_ROLE, text)
        if role in guild.roles and (mass or guild.roles[role].mentionable) and _allows(allowed, "roles", role)
    ]
    everyone = mass and "everyone" in allowed.parse and _EVERYONE.search(text) is not None
    return Mentions(users, roles, everyone)


def _ids(pattern: re.Pattern[str], text: str) -> list[int]:
    return list(dict.fromkeys(int(found) for found in pattern.findall(text)))


def _allows(allowed: AllowedMentions, kind: str, one: int) -> bool:
    return kind in allowed.parse or one in (allowed.users if kind == "users" else allowed.roles)
