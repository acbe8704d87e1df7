"""Texts of the channel in which a story's new suggestions appear.

Seen by: authors, server managers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import t

GROUP = "Where new ideas appear"
CHANNEL = "Have a story’s new ideas appear in a channel, with the consent of those who manage its server"
CHANNEL_STORY = "The story; leave it out for the channel that the bot has for all stories"
CHANNEL_PLACE = "The channel; leave it out to see how it stands"
CHANNEL_OFF = "New ideas appear in no channel any more"


def shown_in(story: str, channel: int) -> str:
    """Return the text for a story with a review channel."""
    return t(
        "New ideas for **{story}** appear in <#{channel}>. The same command with `off` ends it.",
        story=story,
        channel=channel,
    )


def all_shown_in(channel: int) -> str:
    """Return the text for a review channel of all stories."""
    return t(
        "New ideas for all stories appear in <#{channel}>, unless a story has a channel of its own. The same command "
        "with `off` ends it.",
        channel=channel,
    )


def awaiting_consent(story: str, channel: int) -> str:
    """Return the text for a story's channel that the guild has not consented to."""
    return t(
        "New ideas for **{story}** are to appear in <#{channel}>, and do once somebody with the Manage Server "
        "permission uses `/author review channel` in that server, with this story and this channel. Until then "
        "`/author queue` shows them.",
        story=story,
        channel=channel,
    )


def all_awaiting_consent(channel: int) -> str:
    """Return the text for a channel of all stories that the guild has not consented to."""
    return t(
        "New ideas for all stories are to appear in <#{channel}>, and do once somebody with the Manage Server "
        "permission uses `/author review channel` in that server, with this channel and without a story.",
        channel=channel,
    )


def shown_nowhere(story: str) -> str:
    """Return the text for a story without a review channel."""
    return t("New ideas for **{story}** appear in no channel. `/author queue` shows them.", story=story)


def all_shown_nowhere() -> str:
    """Return the text where there is no review channel for all stories."""
    return t("New ideas appear only in channels that stories have of their own, and in `/author queue`.")


def request_notice(facts: Mapping[str, str]) -> str:
    """Return the notice that a file names a channel which the guild has not consented to."""
    if not facts["story"]:
        return t(
            "📮 The configuration names <#{channel}> for new ideas. Nothing appears there until somebody with the "
            "Manage Server permission uses `/author review channel` in that server, with this channel and without a "
            "story.",
            **facts,
        )
    return t(
        "📮 The file of **{story}** names <#{channel}> for new ideas. Nothing appears there until somebody with the "
        "Manage Server permission uses `/author review channel` in that server, with this story and this channel. "
        "Until then `/author queue` shows them.",
        **facts,
    )


def refusal_notice(facts: Mapping[str, str]) -> str:
    """Return the notice that suggestions cannot be posted in their channel."""
    return t(
        "⚠️ New ideas for **{story}** cannot be shown in <#{channel}>: {reason}\n"
        "-# `/author queue` still shows them all.",
        **facts,
    )
