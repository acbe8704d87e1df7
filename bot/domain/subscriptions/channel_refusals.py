"""Refusals about channels: their kind, the permissions held there, and the role to be mentioned."""

from __future__ import annotations

from bot.domain.errors import Refusal


class NotInServer(Refusal):
    code = "not-in-server"
    template = "That works in a server only. Use it in the channel you want to set up."


class NeedsManageServer(Refusal):
    code = "needs-manage-server"
    template = "Only people with the Manage Server permission can do that."


class ChannelUnsuitable(Refusal):
    code = "channel-unsuitable"
    template = "<#{channel}> cannot take chapters in that style: {reason}"
    fault_template = "This channel takes no chapters in that style: {reason}"


class MissingPermissions(Refusal):
    code = "permissions-missing"
    template = (
        "I am missing permissions in <#{channel}>: {missing}. Give them to me in the channel’s settings and "
        "try again."
    )
    fault_template = "I am missing permissions: {missing}. Give them to me in the channel’s settings."


class TimedOut(Refusal):
    code = "timed-out"
    template = (
        "I am timed out until <t:{at}:f> in this server, and may not post before that. A moderator can end "
        "it sooner."
    )


class MissingRights(Refusal):
    code = "rights-missing"
    template = (
        "I do nothing in <#{channel}> for you that you may not do there yourself: there you lack {missing}. "
        "Pick another channel, or ask somebody who may."
    )


class MentionNotAllowed(Refusal):
    code = "mention-not-allowed"
    template = (
        "You may not mention that role there. Pick one that everybody may mention, or ask somebody who may."
    )


class MentionGone(Refusal):
    code = "mention-gone"
    template = "That role is not there any more. Pick another one with `mention`, or leave it out."


class MentionUnheard(Refusal):
    code = "mention-unheard"
    template = (
        "A mention of that role by me would notify nobody. Allow anyone to @mention it in the role’s "
        "settings, or let me mention all roles, and try again."
    )


class ChannelInvisible(Refusal):
    code = "channel-invisible"
    template = "I cannot see <#{channel}>. Let me view it in the channel’s settings and try again."
    fault_template = (
        "I cannot see this channel. Let me view it in the channel’s settings, or /unsubscribe it."
    )


class ChannelElsewhere(Refusal):
    code = "channel-elsewhere"
    template = "That channel is in another server. Pick one of this server."
    fault_template = "This channel is in another server now. Subscribe another one, or /unsubscribe it."
