"""Why Discord refused something, for the admin who can mend it."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[int, str] = {
    10003: "This channel is gone. Subscribe another one, or /unsubscribe it.",
    10004: "I am no longer in this server. Invite me again to go on.",
    10013: "This person cannot be reached: the account is gone.",
    10015: "The webhook is gone. Subscribe the channel again.",
    20009: "Discord may not show this content to that person.",
    50001: "I cannot see this channel. Let me view it in the channel’s settings, and I go on.",
    50003: "Discord does not allow this in this kind of channel. Pick a text channel.",
    50007: "This person takes no direct messages from me.",
    50008: "This kind of channel takes no messages. Pick a text channel.",
    50013: "I am not allowed to post here. Let me send messages, embed links and attach files in the channel’s "
    "settings, and I go on.",
    50024: "Discord does not allow this in this kind of channel. Pick a text channel.",
    50027: "The webhook no longer works. Subscribe the channel again.",
    50083: "The thread is archived and I may not reopen it. Reopen it, and I go on.",
    50278: "This person and I share no server any more, so I cannot write to them.",
    40058: "A forum takes posts, not messages. Pick a text channel.",
    40066: "This forum asks for a tag on every post. Subscribe it again with a tag.",
    40067: "This forum asks for a tag on every post. Subscribe it again with a tag.",
    90001: "Somebody who blocked me made this message, so I cannot react to it.",
    160005: "The thread is locked. Unlock it, and I go on.",
    160006: "The server has as many open threads as Discord allows. Close some, and I go on.",
    160007: "The server has as many open announcement threads as Discord allows. Close some, and I go on.",
    220001: "A forum takes posts, not messages. Pick a text channel.",
    220002: "A forum takes posts, not messages. Pick a text channel.",
    220003: "A forum takes posts, not messages. Pick a text channel.",
    220004: "A forum takes posts, not messages. Pick a text channel.",
}

_UNFIT: Mapping[int, str] = {
    10014: "Discord does not know the emoji.",
    30010: "The message has as many kinds of reactions as Discord allows.",
    30015: "The page has more pictures than Discord allows in one message.",
    40005: "The page’s pictures are too large for Discord.",
    50045: "The page’s pictures are too large for Discord.",
    200000: "The server’s AutoMod blocked the page. Allow me in its settings, and I go on.",
    240000: "Discord blocked a link on the page.",
}


def refusal(code: int, said: str) -> str:
    """Why the destination does not take it, and the mend."""
    return (
        REFUSALS.get(code)
        or f"Discord refused it ({_said(code, said)}). Check my permissions here, and I go on."
    )


def unfit(code: int, said: str) -> str:
    """What is wrong with the one message."""
    return (
        _UNFIT.get(code)
        or f"Discord did not accept the page ({_said(code, said)}). Please tell whoever runs me."
    )


def _said(code: int, said: str) -> str:
    words = " ".join(said.split())[:200] or "no reason given"
    return f"{code}: {words}" if code else words


DISCORD_BUSY = "Discord is not answering me properly at the moment. Please try again in a minute."

NO_CHANNEL = "There is no channel in that server where I may write."
