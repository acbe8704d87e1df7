"""Permission bits and their computation.

The order of the computation is that of Discord's "Permissions" page: owner, roles, administrator, then the overwrites
of `@everyone`, of the member's roles together, and of the member. Without a basic permission, those that depend on
it are removed.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntFlag

from discord_sandbox.discord_objects import Channel, Guild, Member


class Permission(IntFlag):
    """Discord's permission bits, under their documented names."""

    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    VIEW_GUILD_INSIGHTS = 1 << 19
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MUTE_MEMBERS = 1 << 22
    DEAFEN_MEMBERS = 1 << 23
    MOVE_MEMBERS = 1 << 24
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    REQUEST_TO_SPEAK = 1 << 32
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EMBEDDED_ACTIVITIES = 1 << 39
    MODERATE_MEMBERS = 1 << 40
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41
    USE_SOUNDBOARD = 1 << 42
    CREATE_GUILD_EXPRESSIONS = 1 << 43
    CREATE_EVENTS = 1 << 44
    USE_EXTERNAL_SOUNDS = 1 << 45
    SEND_VOICE_MESSAGES = 1 << 46
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


P = Permission

ALL = int(sum(Permission))
NONE = 0

EVERYONE = int(
    P.VIEW_CHANNEL | P.SEND_MESSAGES | P.SEND_MESSAGES_IN_THREADS | P.CREATE_PUBLIC_THREADS | P.EMBED_LINKS
    | P.ATTACH_FILES | P.READ_MESSAGE_HISTORY | P.ADD_REACTIONS | P.USE_EXTERNAL_EMOJIS | P.SEND_POLLS
    | P.USE_APPLICATION_COMMANDS | P.USE_EXTERNAL_APPS | P.CHANGE_NICKNAME | P.CREATE_INSTANT_INVITE | P.CONNECT
    | P.SPEAK
)  # fmt: skip
"""Permissions of `@everyone` in a new guild."""

IN_DMS = int(
    P.VIEW_CHANNEL | P.SEND_MESSAGES | P.EMBED_LINKS | P.ATTACH_FILES | P.READ_MESSAGE_HISTORY | P.ADD_REACTIONS
    | P.USE_EXTERNAL_EMOJIS | P.USE_EXTERNAL_STICKERS | P.SEND_POLLS | P.MENTION_EVERYONE | P.PIN_MESSAGES
    | P.USE_APPLICATION_COMMANDS | P.USE_EXTERNAL_APPS
)  # fmt: skip
"""Permissions of both sides of a DM, which has neither roles nor overwrites."""

_TIMED_OUT = int(P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
_FALL_WITH_SEND = int(P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES | P.ATTACH_FILES | P.EMBED_LINKS)
_ADMIN = int(P.ADMINISTRATOR)
_VIEW = int(P.VIEW_CHANNEL)
_SEND = int(P.SEND_MESSAGES)
_SEND_IN_THREADS = int(P.SEND_MESSAGES_IN_THREADS)


def base(guild: Guild, member: Member) -> int:
    """Return a member's permissions by roles alone."""
    if guild.owner_id == member.user_id:
        return ALL
    roles = guild.roles
    bits = roles[guild.id].permissions
    for role_id in member.roles:
        role = roles.get(role_id)
        if role is not None:
            bits |= role.permissions
    return ALL if bits & _ADMIN else bits


def within(guild: Guild, member: Member, channel: Channel, now: datetime) -> int:
    """Return a member's permissions in a channel; a thread uses its parent's overwrites."""
    bits = base(guild, member)
    if bits == ALL:
        return ALL
    place = guild.channels.get(channel.parent_id or 0, channel) if channel.is_thread else channel
    bits = apply_overwrites(bits, guild.id, member, place)
    if not bits & _VIEW:
        return NONE
    if not bits & (_SEND_IN_THREADS if channel.is_thread else _SEND):
        bits &= ~_FALL_WITH_SEND
    if member.timed_out_until is not None and member.timed_out_until > now:
        bits &= _TIMED_OUT
    return bits


def apply_overwrites(bits: int, guild_id: int, member: Member, channel: Channel) -> int:
    """Apply a channel's overwrites to `bits`: everyone's, then those of all roles, then the member's own."""
    overwrites = channel.overwrites
    if not overwrites:
        return bits
    everyone = overwrites.get(guild_id)
    if everyone is not None:
        bits = bits & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in member.roles:
        own = overwrites.get(role_id)
        if own is not None:
            allow |= own.allow
            deny |= own.deny
    bits = bits & ~deny | allow
    personal = overwrites.get(member.user_id)
    if personal is not None:
        bits = bits & ~personal.deny | personal.allow
    return bits


def names(bits: int) -> list[str]:
    """Return the names of the set bits, in the order of their values."""
    return [permission.name or "" for permission in Permission if bits & permission]
