"""Permissions of a member in a channel, computed from what REST returns.

discord.py's own computation uses its cache and is silently wrong where roles, channels or overwrites are not cached.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import discord

from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import MentionReach
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission

Json = Mapping[str, Any]

_ALL = discord.Permissions.all().value
_TIMED_OUT = discord.Permissions(view_channel=True, read_message_history=True).value

_KINDS = {
    0: ChannelKind.TEXT,
    1: ChannelKind.DIRECT,
    5: ChannelKind.ANNOUNCEMENT,
    10: ChannelKind.THREAD,
    11: ChannelKind.THREAD,
    12: ChannelKind.THREAD,
    15: ChannelKind.FORUM,
}


def channel_kind(channel: Json) -> ChannelKind:
    """Return a channel's kind as far as it matters (docs: resources/channel, Channel Types)."""
    return _KINDS.get(int(channel["type"]), ChannelKind.OTHER)


def needed_for_style(kind: ChannelKind, style: ReleaseStyle) -> tuple[str, ...]:
    """Return the permissions that a subscription of that style needs, in the order of Discord's settings.

    Manage Messages is not among them: without it a page turns on adding and on removing a reaction.
    """
    posting = ["view_channel"]
    if kind is ChannelKind.THREAD:
        posting.append("send_messages_in_threads")
    else:
        posting.append("send_messages")
        if style is ReleaseStyle.THREAD:
            # Discord lets whoever may send make a forum's post (docs: resources/channel, Start Thread in Forum).
            posting += ["create_public_threads"] if kind is not ChannelKind.FORUM else []
            posting.append("send_messages_in_threads")
    return (*posting, "embed_links", "attach_files", "read_message_history", "add_reactions")


def needed_for_panel(kind: ChannelKind, *, poll: bool) -> tuple[str, ...]:
    """Return the permissions that a panel or a poll needs."""
    send = "send_messages_in_threads" if kind is ChannelKind.THREAD else "send_messages"
    return ("view_channel", send, "read_message_history", *(("send_polls",) if poll else ()))


def missing_for_panel(held: discord.Permissions, kind: ChannelKind, *, poll: bool) -> tuple[str, ...]:
    """Return the permissions that a panel or a poll lacks."""
    return tuple(name for name in needed_for_panel(kind, poll=poll) if not getattr(held, name))


def missing_for_style(
    held: discord.Permissions, kind: ChannelKind, *, style: ReleaseStyle
) -> tuple[str, ...]:
    """Return the permissions that a subscription lacks."""
    return tuple(name for name in needed_for_style(kind, style) if not getattr(held, name))


def command_permissions(held: discord.Permissions) -> frozenset[ChannelPermission]:
    """Return those held permissions that commands check."""
    return frozenset(right for right in ChannelPermission if getattr(held, right.value))


def mention_reach(role_id: int, roles: Sequence[Json], held: discord.Permissions) -> MentionReach:
    """Return the reach of a role's mention where the bot holds these permissions.

    See docs: resources/message, Allowed Mentions.
    """
    role = next((each for each in roles if int(each["id"]) == role_id), None)
    if role is None:
        return MentionReach.GONE
    if role.get("mentionable"):
        return MentionReach.OPEN
    return MentionReach.GRANTED if held.mention_everyone else MentionReach.UNHEARD


def timed_out_until(member: Json, now: datetime) -> datetime | None:
    """Return when a member's time-out ends; None if they are in none."""
    until = member.get("communication_disabled_until")
    ends = datetime.fromisoformat(until) if until is not None else None
    return ends if ends is not None and ends > now else None


def permissions_in(
    channel: Json, *, guild_id: int, roles: Sequence[Json], member: Json, now: datetime
) -> discord.Permissions:
    """Compute a member's permissions in a channel; for a thread, `channel` is its parent.

    In Discord's order (docs: topics/permissions): the permissions of the everyone role and the member's roles;
    administrators have all; then the channel's overwrites for everyone, for the roles together, for the member. A
    member in time-out can only view and read, and without viewing nothing else is possible.
    """
    held_roles = {guild_id, *(int(role) for role in member["roles"])}
    bits = 0
    for role in roles:
        if int(role["id"]) in held_roles:
            bits |= int(role["permissions"])
    if discord.Permissions(bits).administrator:
        return discord.Permissions(_ALL)
    bits = _apply_overwrites(bits, channel, guild_id, held_roles, int(member["user"]["id"]))
    if timed_out_until(member, now) is not None:
        bits &= _TIMED_OUT
    return discord.Permissions(bits if discord.Permissions(bits).view_channel else 0)


def _apply_overwrites(bits: int, channel: Json, guild_id: int, roles: Collection[int], member_id: int) -> int:
    overwrites = {int(each["id"]): each for each in channel.get("permission_overwrites") or ()}
    steps = [[guild_id], [role for role in roles if role != guild_id], [member_id]]
    for ids in steps:
        applied = [overwrites[each] for each in ids if each in overwrites]
        for each in applied:
            bits &= ~int(each["deny"])
        for each in applied:
            bits |= int(each["allow"])
    return bits
