"""Texts of the questions before a poll is posted, and before it is ended early.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t


def title(story: str, channel: int) -> str:
    """Return the heading: for which story, and where it will be posted."""
    return t("### Post this poll in <#{channel}>?\n-# For **{story}**", story=story, channel=channel)


def changed() -> str:
    """Return the note that the poll differs from the one shown before."""
    return t("The ideas have changed since you asked. This is the poll as it would be now:")


def answer(text: str) -> str:
    """Return one of the answers to choose from, which begins with its idea's number."""
    return f"- {text}"


def run_time(hours: int) -> str:
    """Return how long the poll runs, in days where that is even."""
    if hours % 24 == 0:
        return n("It runs for {count} day.", "It runs for {count} days.", hours // 24)
    return n("It runs for {count} hour.", "It runs for {count} hours.", hours)


def consequences(channel: int) -> str:
    """Return who will see the poll, and what can be done about it later."""
    return t(
        "Everybody who can read <#{channel}> sees it and can vote. Once it is posted I can’t change it, "
        "but you can end it early.",
        channel=channel,
    )


def post_button() -> str:
    """Return the label of the button that posts the poll."""
    return t("Post the poll")


def not_now_button() -> str:
    """Return the label of the button that does not."""
    return t("Not now")


def not_posted() -> str:
    """Return the answer after deciding against a poll."""
    return t("OK, nothing was posted. `/author poll` asks again whenever you like.")


def end_question(story: str, channel: int, stamp: int) -> str:
    """Return the question before a poll is ended early."""
    return t(
        "End the poll for **{story}** in <#{channel}> now? It would run until <t:{stamp}:f>. The votes so far count, "
        "and nobody can vote any more.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def end_now_button() -> str:
    """Return the label of the button that ends the poll."""
    return t("End it")


def let_run_button() -> str:
    """Return the label of the button that lets it run."""
    return t("Let it run")
