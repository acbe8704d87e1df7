"""What the person who asks may do in the channel that a command names: the bot does nothing there on behalf of
somebody who may not do it themselves.

One function for every command with a channel, whether it is named or the one the command is used in.
"""

from __future__ import annotations

from enum import StrEnum

from bot.domain.authorization import Viewer
from bot.domain.errors import ChannelElsewhere, NotInServer, RightsMissing
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.services.guilds.channel_survey import (
    ChannelKind,
    ChannelPermission,
    ChannelSurveyor,
    HeldPermissions,
)


class ChannelTask(StrEnum):
    """What a command is about to do in a channel: settle what happens there already, post messages, open a thread for
    each chapter, open a poll."""

    SETTLE = "settle"
    POST = "post"
    THREAD = "thread"
    POLL = "poll"


def task_for_style(style: ReleaseStyle) -> ChannelTask:
    """What chapters in that style do in a channel."""
    return ChannelTask.THREAD if style is ReleaseStyle.THREAD else ChannelTask.POST


def required_permissions(errand: ChannelTask, kind: ChannelKind) -> tuple[ChannelPermission, ...]:
    """The rights that an errand takes in a channel of that kind, in the order of Discord's settings."""
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
    """What that person may do in a channel of the server they are in.

    None where Discord shows the bot no such channel. It may be gone: what happens there can still be settled, and
    whatever wants to post there finds that it cannot.

    Raises:
        NotInServer: they are in no server.
        ChannelElsewhere: the channel is of another one.
        Refusal: Discord did not answer.
    """
    if viewer.guild_id is None:
        raise NotInServer
    rights = await messenger.rights(channel_id, viewer)
    if rights is not None and rights.guild_id != viewer.guild_id:
        raise ChannelElsewhere
    return rights


def require_held(rights: HeldPermissions | None, channel_id: int, errand: ChannelTask) -> None:
    """Refuse an errand that they may not do there themselves.

    Raises:
        RightsMissing: with what they lack.
    """
    if rights is None:
        return
    missing = [right for right in required_permissions(errand, rights.kind) if right not in rights.held]
    if missing:
        raise RightsMissing(channel=channel_id, missing=", ".join(missing))


async def require_permissions(
    messenger: ChannelSurveyor, viewer: Viewer, channel_id: int, errand: ChannelTask
) -> None:
    """Both: refuse an errand in a channel where that person may not do the same.

    Raises:
        Refusal: why.
    """
    require_held(await held_permissions(messenger, viewer, channel_id), channel_id, errand)
