"""Refusals about channels: their kind, the permissions held there, and the role to be mentioned.

Seen by: server managers.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class NotInServer(Refusal):
    """A server's command in direct messages."""

    code = "not-in-server"
    template = "That works only in a server. Use it in the channel you want to set up."


class NeedsManageServer(Refusal):
    """A server's command of somebody who may not manage the server.

    Seen by: readers.
    """

    code = "needs-manage-server"
    template = "Only people with the Manage Server permission can do that."


class ChannelUnsuitable(Refusal):
    """A channel whose kind does not fit the style."""

    code = "channel-unsuitable"
    template = "<#{channel}> cannot take chapters in that style: {reason}"
    fault_template = "This channel takes no chapters in that style: {reason}"


class MissingPermissions(Refusal):
    """A channel where the bot lacks permissions.

    Seen by: authors, server managers.
    """

    code = "permissions-missing"
    template = (
        "I am missing permissions in <#{channel}>: {missing}. Give them to me in the channel’s settings and "
        "try again."
    )
    fault_template = "I am missing permissions: {missing}. Give them to me in the channel’s settings."


class TimedOut(Refusal):
    """A server where a moderator timed the bot out.

    Seen by: authors, server managers.
    """

    code = "timed-out"
    template = (
        "I am timed out in this server until <t:{at}:f> and can’t post before then. A "
        "moderator can end it sooner."
    )


class MissingRights(Refusal):
    """A channel where the person lacks permissions for what they ask of the bot.

    Seen by: authors, server managers.
    """

    code = "rights-missing"
    template = (
        "To do this in <#{channel}>, you need these permissions there yourself: {missing}. "
        "Pick another channel, or ask somebody who has them."
    )


class MentionNotAllowed(Refusal):
    """A role that the person may not mention."""

    code = "mention-not-allowed"
    template = (
        "You are not allowed to mention that role there. Pick one that everybody can "
        "mention, or ask somebody who is allowed to."
    )


class MentionGone(Refusal):
    """A role that no longer exists."""

    code = "mention-gone"
    template = "That role no longer exists. Pick another with `mention`, or leave it out."


class MentionUnheard(Refusal):
    """A role that the bot may not mention."""

    code = "mention-unheard"
    template = (
        "If I mention that role, nobody is notified. Allow anyone to @mention it in the "
        "role’s settings, or let me mention all roles, and try again."
    )


class ChannelInvisible(Refusal):
    """A channel that the bot cannot see.

    Seen by: authors, server managers.
    """

    code = "channel-invisible"
    template = "I cannot see <#{channel}>. Let me view it in the channel’s settings and try again."
    fault_template = (
        "I cannot see this channel. Let me view it in the channel’s settings, or /unsubscribe it."
    )


class ChannelElsewhere(Refusal):
    """A channel of another server.

    Seen by: authors, server managers.
    """

    code = "channel-elsewhere"
    template = "That channel is in another server. Pick one of this server."
    fault_template = "This channel is in another server now. Subscribe another one, or /unsubscribe it."
