"""Texts of a poll about a story's suggestions."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, t

POLL = "Ask the readers about the best ideas in a poll of Discord’s"


POLL_CHANNEL = "Where the poll goes; this channel if you leave it out"


POLL_LENGTH = "How long it runs, such as “12 hours” or “5 days”; 3 days if you leave it out"


POLL_ANSWERS = "How many ideas to choose from; 5 if you leave it out"


def votes(count: int) -> str:
    """What it got in a poll."""
    return n("-# Poll: {count} vote", "-# Poll: {count} votes", count)


def question(story: str) -> str:
    """What a poll asks where the author has no question."""
    return t("{story}: which idea shall it be?", story=story)


def intro(story: str) -> str:
    """Above a poll."""
    return t("**{story}** · Vote for what should happen. The author decides, your votes help.", story=story)


def option(one: int, idea: str) -> str:
    """An answer."""
    return f"{one}: {idea}"


def erased_option() -> str:
    """An answer whose idea was erased before the poll was opened."""
    return t("(taken back)")


def poll_answer(story: str, channel: int, stamp: int) -> str:
    """The answer to /author poll."""
    return t(
        "Done: a poll about the best ideas for **{story}** is on its way to <#{channel}>. It ends <t:{stamp}:R>; "
        "then I put the votes on the ideas.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def already_running(story: str, channel: int, stamp: int) -> str:
    """The answer where one is running."""
    return t(
        "A poll for **{story}** is running in <#{channel}> already. It ends <t:{stamp}:R>.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def end_answer() -> str:
    """The answer to ending one."""
    return t("Done: the poll is over. Its votes are on the ideas in a moment.")


def result_notice(facts: Mapping[str, str]) -> str:
    """News: what came of a poll."""
    votes = int(facts["votes"])
    if not facts["number"] or not votes:
        return t("📊 The poll for **{story}** in <#{channel}> is over. Nobody voted.", **facts)
    if facts.get("veiled"):
        return n(
            "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all})."
            "\n-# `/author queue` has the votes of all.",
            "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all})."
            "\n-# `/author queue` has the votes of all.",
            votes,
            **facts,
        )
    return n(
        "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all}):\n"
        "> {idea}\n-# `/author queue` has the votes of all.",
        "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all}):\n"
        "> {idea}\n-# `/author queue` has the votes of all.",
        votes,
        **facts,
    )


def failure_notice(facts: Mapping[str, str]) -> str:
    """News: a poll came to nothing."""
    return t(
        "⚠️ The poll for **{story}** in <#{channel}> came to nothing: {reason}\n-# `/author poll` opens another.",
        **facts,
    )


def end_button() -> str:
    """Return the label of the button that ends a poll early."""
    return t("End the poll now")
