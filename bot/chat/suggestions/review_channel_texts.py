"""What is said of the channel in which a story's new ideas appear for its author."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import t

GROUP = "Where new ideas appear"
CHANNEL = "Have a story’s new ideas appear in a channel, accepted by who manages its server"
CHANNEL_STORY = "The story; leave it out for the channel that the bot has for all stories"
CHANNEL_PLACE = "The channel; leave it out to see how it stands"
CHANNEL_OFF = "New ideas appear in no channel any more"


def accepted(story: str, channel: int) -> str:
    """Ideas appear there."""
    return t(
        "New ideas for **{story}** appear in <#{channel}>. The same command with `off` ends it.",
        story=story,
        channel=channel,
    )


def accepted_for_all(channel: int) -> str:
    """The same for all stories."""
    return t(
        "New ideas for all stories appear in <#{channel}>, unless a story has a channel of its own. The same command "
        "with `off` ends it.",
        channel=channel,
    )


def asked(story: str, channel: int) -> str:
    """Somebody else has to accept it."""
    return t(
        "New ideas for **{story}** are to appear in <#{channel}>, and do once somebody with the Manage Server "
        "permission uses `/author review channel` in that server, with this story and this channel. Until then "
        "`/author queue` shows them.",
        story=story,
        channel=channel,
    )


def asked_for_all(channel: int) -> str:
    """The same for all stories."""
    return t(
        "New ideas for all stories are to appear in <#{channel}>, and do once somebody with the Manage Server "
        "permission uses `/author review channel` in that server, with this channel and without a story.",
        channel=channel,
    )


def nowhere(story: str) -> str:
    """Ideas appear in no channel."""
    return t("New ideas for **{story}** appear in no channel. `/author queue` shows them.", story=story)


def nowhere_for_all() -> str:
    """The same for all stories."""
    return t("New ideas appear only in channels that stories have of their own, and in `/author queue`.")


def unaccepted(facts: Mapping[str, str]) -> str:
    """News: a file names a channel that nobody has accepted."""
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
