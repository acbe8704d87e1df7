"""Reasons for Discord's refusals, for those who can solve the problem.

A fault is stored with its subscription and read by people of any language. So it is worded in English here, and
translated when it is shown; see `bot.chat.i18n.late_translation`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import later

REFUSALS: Mapping[int, str] = {
    10003: later("This channel is gone. Subscribe another one, or /unsubscribe it."),
    10004: later("I am no longer in this server. Invite me again to go on."),
    10013: later("This person cannot be reached: the account is gone."),
    10015: later("The webhook is gone. Subscribe the channel again."),
    20009: later("Discord may not show this content to that person."),
    50001: later("I cannot see this channel. Let me view it in the channel’s settings, and I go on."),
    50003: later("Discord does not allow this in this kind of channel. Pick a text channel."),
    50007: later("This person takes no direct messages from me."),
    50008: later("This kind of channel takes no messages. Pick a text channel."),
    50013: later(
        "I am not allowed to post here. Let me send messages, embed links and attach files in the channel’s "
        "settings, and I go on."
    ),
    50024: later("Discord does not allow this in this kind of channel. Pick a text channel."),
    50027: later("The webhook no longer works. Subscribe the channel again."),
    50083: later("The thread is archived and I may not reopen it. Reopen it, and I go on."),
    50278: later("This person and I share no server any more, so I cannot write to them."),
    40058: later("A forum takes posts, not messages. Pick a text channel."),
    40066: later("This forum asks for a tag on every post. Subscribe it again with a tag."),
    40067: later("This forum asks for a tag on every post. Subscribe it again with a tag."),
    90001: later("Somebody who blocked me made this message, so I cannot react to it."),
    160005: later("The thread is locked. Unlock it, and I go on."),
    160006: later("The server has as many open threads as Discord allows. Close some, and I go on."),
    160007: later(
        "The server has as many open announcement threads as Discord allows. Close some, and I go on."
    ),
    220001: later("A forum takes posts, not messages. Pick a text channel."),
    220002: later("A forum takes posts, not messages. Pick a text channel."),
    220003: later("A forum takes posts, not messages. Pick a text channel."),
    220004: later("A forum takes posts, not messages. Pick a text channel."),
}

UNFIT: Mapping[int, str] = {
    10014: later("Discord does not know the emoji."),
    30010: later("The message has as many kinds of reactions as Discord allows."),
    30015: later("The page has more pictures than Discord allows in one message."),
    40005: later("The page’s pictures are too large for Discord."),
    50045: later("The page’s pictures are too large for Discord."),
    200000: later("The server’s AutoMod blocked the page. Allow me in its settings, and I go on."),
    240000: later("Discord blocked a link on the page."),
}


REFUSED = later("Discord refused it ({said}). Check my permissions here, and I go on.")
NOT_ACCEPTED = later("Discord did not accept the page ({said}). Please tell whoever runs me.")

NO_CHANNEL = later("There is no channel in that server where I may write.")

DISCORD_BUSY = later("Discord is not answering me properly at the moment. Please try again in a minute.")


def refusal(code: int, text: str) -> str:
    """Return the reason why a channel or person takes no posts, with the remedy."""
    return REFUSALS.get(code) or REFUSED.format(said=_quote(code, text))


def unfit(code: int, text: str) -> str:
    """Return the reason why Discord did not accept one message."""
    return UNFIT.get(code) or NOT_ACCEPTED.format(said=_quote(code, text))


def _quote(code: int, text: str) -> str:
    words = " ".join(text.split())[:200] or "no reason given"
    return f"{code}: {words}" if code else words
