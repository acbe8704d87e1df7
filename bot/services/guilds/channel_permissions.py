"""Permissions of the person who names a channel in a command.

The bot does nothing in a channel on behalf of somebody who may not do it there themselves. Every command with a channel
goes through here, whether the channel is named or the one it is used in.
"""

from __future__ import annotations

from enum import StrEnum

from bot.domain.authorization import Viewer
from bot.domain.permissions import permission_names
from bot.domain.subscriptions.channel_refusals import ChannelElsewhere, MissingRights, NotInServer
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.services.guilds.channel_survey import (
    ChannelKind,
    ChannelPermission,
    ChannelSurveyor,
    HeldPermissions,
)


class ChannelTask(StrEnum):
    """The task that a command is about to do in a channel, which decides the permissions required."""

    SETTLE = "settle"
    POST = "post"
    THREAD = "thread"
    POLL = "poll"


def task_for_style(style: ReleaseStyle) -> ChannelTask:
    """Return the task of posting chapters in that style."""
    return ChannelTask.THREAD if style is ReleaseStyle.THREAD else ChannelTask.POST


def required_permissions(errand: ChannelTask, kind: ChannelKind) -> tuple[ChannelPermission, ...]:
    """Return the permissions that a task needs in a channel of that kind, in the order of Discord's settings."""
    if errand is ChannelTask.SETTLE:
        return (ChannelPermission.SEE,)
    if kind is ChannelKind.THREAD:
        sending: tuple[ChannelPermission, ...] = (ChannelPermission.SEE, ChannelPermission.SEND_IN_THREADS)
    elif errand is ChannelTask.THREAD and kind is not ChannelKind.FORUM:
        sending = (
            ChannelPermission.SEE,
            ChannelPermission.SEND,
            ChannelPermission.OPEN_THREADS,
            ChannelPermission.SEND_IN_THREADS,
        )
    else:
        # Whoever may send makes a forum's post (docs: resources/channel, Start Thread in Forum).
        sending = (ChannelPermission.SEE, ChannelPermission.SEND)
    return (*sending, ChannelPermission.POLL) if errand is ChannelTask.POLL else sending


async def held_permissions(
    messenger: ChannelSurveyor, viewer: Viewer, channel_id: int
) -> HeldPermissions | None:
    """Return the viewer's permissions in a channel of their guild.

    The answer is None where the bot cannot see the channel. It may be deleted: then its subscriptions can still be
    managed, and whatever posts there finds that it cannot.

    Raises:
        NotInServer: They are in no guild.
        ChannelElsewhere: The channel is in another guild.
        Refusal: Discord did not answer.
    """
    if viewer.guild_id is None:
        raise NotInServer
    rights = await messenger.get_permissions(channel_id, viewer)
    if rights is not None and rights.guild_id != viewer.guild_id:
        raise ChannelElsewhere
    return rights


def require_held(rights: HeldPermissions | None, channel_id: int, errand: ChannelTask) -> None:
    """Refuse a task that they may not do there themselves.

    Raises:
        MissingRights: Some permissions are missing, which it names.
    """
    if rights is None:
        return
    missing = [right for right in required_permissions(errand, rights.kind) if right not in rights.held]
    if missing:
        raise MissingRights(channel=channel_id, missing=permission_names(missing))


async def require_permissions(
    messenger: ChannelSurveyor, viewer: Viewer, channel_id: int, errand: ChannelTask
) -> None:
    """Ask Discord for the viewer's permissions and refuse a task that they may not do there themselves.

    Raises:
        Refusal: The permissions are missing, or the channel is not in their guild.
    """
    require_held(await held_permissions(messenger, viewer, channel_id), channel_id, errand)
