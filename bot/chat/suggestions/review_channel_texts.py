"""Texts of the channel in which a story's new suggestions appear.

Seen by: authors, server managers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import t

GROUP = "Choose where new ideas appear"
CHANNEL = "Show a story’s new ideas in a channel; somebody who manages its server has to agree"
CHANNEL_STORY = "The story (without it: the channel for the ideas of all stories)"
CHANNEL_PLACE = "The channel (without it: see the current setting)"
CHANNEL_OFF = "Stop showing new ideas in a channel"


def shown_in(story: str, channel: int) -> str:
    """Return the text for a story with a review channel."""
    return t(
        "New ideas for **{story}** appear in <#{channel}>. To stop, use the same command with `off`.",
        story=story,
        channel=channel,
    )


def all_shown_in(channel: int) -> str:
    """Return the text for a review channel of all stories."""
    return t(
        "New ideas for all stories appear in <#{channel}>, unless a story has its own "
        "channel. To stop, use the same command with `off`.",
        channel=channel,
    )


def awaiting_consent(story: str, channel: int) -> str:
    """Return the text for a story's channel that the guild has not consented to."""
    return t(
        "New ideas for **{story}** will appear in <#{channel}> as soon as that server "
        "agrees: somebody with the Manage Server permission uses `/author review channel` "
        "there, with this story and this channel. Until then, see them with `/author queue`.",
        story=story,
        channel=channel,
    )


def all_awaiting_consent(channel: int) -> str:
    """Return the text for a channel of all stories that the guild has not consented to."""
    return t(
        "New ideas for all stories will appear in <#{channel}> as soon as that server "
        "agrees: somebody with the Manage Server permission uses `/author review channel` "
        "there, with this channel and without a story.",
        channel=channel,
    )


def shown_nowhere(story: str) -> str:
    """Return the text for a story without a review channel."""
    return t("New ideas for **{story}** appear in no channel. See them with `/author queue`.", story=story)


def all_shown_nowhere() -> str:
    """Return the text where there is no review channel for all stories."""
    return t(
        "There is no channel for the ideas of all stories. Ideas appear in the stories’ own "
        "channels and in `/author queue`."
    )


def request_notice(facts: Mapping[str, str]) -> str:
    """Return the notice that a file names a channel which the guild has not consented to."""
    if not facts["story"]:
        return t(
            "📮 The configuration sends new ideas to <#{channel}>. They appear there as soon as "
            "that server agrees: somebody with the Manage Server permission uses `/author review "
            "channel` there, with this channel and without a story.",
            **facts,
        )
    return t(
        "📮 The file of **{story}** sends new ideas to <#{channel}>. They appear there as "
        "soon as that server agrees: somebody with the Manage Server permission uses "
        "`/author review channel` there, with this story and this channel. Until then, see "
        "them with `/author queue`.",
        **facts,
    )


def refusal_notice(facts: Mapping[str, str]) -> str:
    """Return the notice that suggestions cannot be posted in their channel."""
    return t(
        "⚠️ I can’t show new ideas for **{story}** in <#{channel}>: {reason}\n"
        "-# You still see them all with `/author queue`.",
        **facts,
    )
