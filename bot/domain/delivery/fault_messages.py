"""Reasons why a destination, or one message, was refused, for the admin who can mend it.

Seen by: server managers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.message_templates import Message, MessageTemplate


def _by_code(texts: Mapping[int, str]) -> Mapping[int, MessageTemplate]:
    return {code: MessageTemplate(f"discord-{code}", text) for code, text in texts.items()}


DISCORD_REFUSALS = _by_code(
    {
        10003: "This channel no longer exists. Subscribe another one, or /unsubscribe it.",
        10004: "I am no longer in this server. Invite me again, and I will continue.",
        10013: "This account no longer exists, so I can’t reach this person.",
        10015: "The webhook no longer exists. Subscribe the channel again.",
        20009: "Discord may not show this content to that person.",
        50001: ("I cannot see this channel. Let me view it in the channel’s settings, and I will continue."),
        50003: "Discord does not allow this in this kind of channel. Pick a text channel.",
        50007: "This person takes no direct messages from me.",
        50008: "This kind of channel takes no messages. Pick a text channel.",
        50013: (
            "I am not allowed to post here. Let me send messages, embed links and attach files "
            "in the channel’s settings, and I will continue."
        ),
        50024: "Discord does not allow this in this kind of channel. Pick a text channel.",
        50027: "The webhook no longer works. Subscribe the channel again.",
        50083: ("The thread is archived, and I am not allowed to reopen it. Reopen it, and I will continue."),
        50278: "I share no server with this person any more, so I can’t send them messages.",
        40058: "A forum takes posts, not messages. Pick a text channel.",
        40066: "This forum needs a tag on every post. Subscribe it again with a tag.",
        40067: "This forum needs a tag on every post. Subscribe it again with a tag.",
        90001: "The person who wrote this message has blocked me, so I can’t react to it.",
        160005: "The thread is locked. Unlock it, and I will continue.",
        160006: ("The server has as many open threads as Discord allows. Close some, and I will continue."),
        160007: (
            "The server has as many open announcement threads as Discord allows. Close some, and "
            "I will continue."
        ),
        220001: "A forum takes posts, not messages. Pick a text channel.",
        220002: "A forum takes posts, not messages. Pick a text channel.",
        220003: "A forum takes posts, not messages. Pick a text channel.",
        220004: "A forum takes posts, not messages. Pick a text channel.",
    }
)

"""A channel or a person that Discord refuses, by Discord's code."""

DISCORD_UNFIT = _by_code(
    {
        10014: "Discord does not know the emoji.",
        30010: "The message has as many kinds of reactions as Discord allows.",
        30015: "The page has more pictures than Discord allows in one message.",
        40005: "The page’s pictures are too large for Discord.",
        50045: "The page’s pictures are too large for Discord.",
        200000: ("The server’s AutoMod blocked the page. Allow me in its settings, and I will continue."),
        240000: "Discord blocked a link on the page.",
    }
)

"""One message that Discord does not take, by Discord's code."""

REFUSED = MessageTemplate(
    "discord-refused", "Discord refused it ({said}). Check my permissions here, and I will continue."
)
"""A refusal of Discord's that the bot has no words for."""

NOT_ACCEPTED = MessageTemplate(
    "discord-not-accepted", "Discord did not accept the page ({said}). Please tell whoever runs this bot."
)
"""A message that Discord does not take, for a reason that the bot has no words for."""


NO_CHANNEL = MessageTemplate("no-channel", "That server has no channel that I am allowed to write in.")
"""A notice for a server without a channel for it."""


HISTORY_UNREADABLE = MessageTemplate(
    "history-unreadable",
    "I cannot tell whether the last chapter arrived: allow Read Message History here",
)
"""A channel whose history the bot must read after an unclear answer."""

SENT_UNVERIFIABLE = MessageTemplate(
    "blind", "I may have posted it already, but I can’t check: let me read the message history there."
)
"""A board, poll or review in a channel whose history the bot must read after an unclear answer."""

BOT_REMOVED = MessageTemplate(
    "removed", "I was removed from this server. Invite me again, and I will continue by myself."
)
"""A server that removed the bot."""

MESSAGE_DELETED = MessageTemplate("message-deleted", "its message was deleted")
"""A board, poll or review whose message somebody deleted."""


FAULT_MESSAGES = (
    *DISCORD_REFUSALS.values(),
    *DISCORD_UNFIT.values(),
    REFUSED,
    NOT_ACCEPTED,
    NO_CHANNEL,
    HISTORY_UNREADABLE,
    SENT_UNVERIFIABLE,
    BOT_REMOVED,
    MESSAGE_DELETED,
)


def discord_refusal(code: int, said: str) -> Message:
    """Return why the destination does not take it, and the mend."""
    known = DISCORD_REFUSALS.get(code)
    return known() if known is not None else REFUSED(said=_said(code, said))


def discord_unfit(code: int, said: str) -> Message:
    """Return what is wrong with the one message."""
    known = DISCORD_UNFIT.get(code)
    return known() if known is not None else NOT_ACCEPTED(said=_said(code, said))


def _said(code: int, said: str) -> str:
    words = " ".join(said.split())[:200] or "no reason given"
    return f"{code}: {words}" if code else words
