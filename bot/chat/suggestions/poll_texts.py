"""Texts of a poll about a story's suggestions.

Seen by: authors, everyone in the channel.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, t

POLL = "Let readers vote on the best ideas in a Discord poll"
POLL_CHANNEL = "The channel for the poll (default: this one)"
POLL_LENGTH = "How long it runs, such as “12 hours” or “5 days” (default: 3 days)"
POLL_ANSWERS = "How many ideas to choose from (default: 5)"


def votes(count: int) -> str:
    """Return the number of votes for a suggestion.

    Seen by: authors.
    """
    return n("-# Poll: {count} vote", "-# Poll: {count} votes", count)


def question(story: str) -> str:
    """Return the default question of a poll."""
    return t("{story}: which idea should it be?", story=story)


def intro(story: str) -> str:
    """Return the text above a poll."""
    return t("**{story}** · Vote for what should happen. The author decides, your votes help.", story=story)


def option(one: int, text: str) -> str:
    """Return an option of a poll."""
    return f"{one}: {text}"


def erased_option() -> str:
    """Return the option whose suggestion was erased before the poll was opened."""
    return t("(withdrawn)")


def poll_answer(story: str, channel: int, stamp: int) -> str:
    """Return the answer to `/author poll`.

    Seen by: authors.
    """
    return t(
        "Done: a poll about the best ideas for **{story}** is on its way to <#{channel}>. It "
        "ends <t:{stamp}:R>; then each idea shows its votes.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def already_running(story: str, channel: int, stamp: int) -> str:
    """Return the answer to `/author poll` while a poll is running.

    Seen by: authors.
    """
    return t(
        "A poll for **{story}** is already running in <#{channel}>. It ends <t:{stamp}:R>.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def end_answer() -> str:
    """Return the answer after a poll was ended early.

    Seen by: authors.
    """
    return t("Done: the poll is over. In a moment each idea shows its votes.")


def result_notice(facts: Mapping[str, str]) -> str:
    """Return the notice about a poll's result.

    Seen by: authors.
    """
    votes = int(facts["votes"])
    if not facts["number"] or not votes:
        return t("📊 The poll for **{story}** in <#{channel}> is over. Nobody voted.", **facts)
    if facts.get("veiled"):
        return n(
            "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea "
            "**{number}** ({count} of {all}).\n"
            "-# See all votes with `/author queue`.",
            "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea "
            "**{number}** ({count} of {all}).\n"
            "-# See all votes with `/author queue`.",
            votes,
            **facts,
        )
    return n(
        "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea "
        "**{number}** ({count} of {all}):\n"
        "> {idea}\n"
        "-# See all votes with `/author queue`.",
        "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea "
        "**{number}** ({count} of {all}):\n"
        "> {idea}\n"
        "-# See all votes with `/author queue`.",
        votes,
        **facts,
    )


def failure_notice(facts: Mapping[str, str]) -> str:
    """Return the notice that a poll failed.

    Seen by: authors.
    """
    return t(
        "⚠️ The poll for **{story}** in <#{channel}> failed: {reason}\n"
        "-# To start another, use `/author poll`.",
        **facts,
    )


def end_button() -> str:
    """Return the label of the button that ends a poll early.

    Seen by: authors.
    """
    return t("End the poll now")
