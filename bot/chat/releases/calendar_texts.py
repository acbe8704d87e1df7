"""Texts of a story's release calendar.

Seen by: authors.
"""

from __future__ import annotations

from datetime import datetime

from bot.chat.i18n.gettext import day_and_time, t

PUBLISH = "Publish the next finished chapter now"
DELAY = "Hold new chapters back until a day you choose"
DELAY_UNTIL = "Such as: tomorrow, friday 18:00, in 3 days, 2030-01-31 18:00"
HIATUS = "Take a break: no new chapters until you continue"
HOLD_REASON = "A note to your readers"
CONTINUE = "End a delay or a hiatus: chapters come out again"


def publish_answer(number: int, title: str, story: str) -> str:
    """Return the answer to `/author publish`."""
    return t(
        "Out now: chapter {number} of **{story}**, “{title}”. It is on its way to every subscribed channel.",
        number=number,
        title=title,
        story=story,
    )


def moment_choice(moment: datetime) -> str:
    """Return a moment to pick, in the clock of the story's zone, which its end names."""
    return f"{day_and_time(moment)} ({moment.tzname()})"


def title(story: str) -> str:
    """Return the heading of the calendar."""
    return t("### Next chapters of {story}", story=story)


def release(title: str, moment: str) -> str:
    """Return the line of a planned release."""
    return f"{title} · {moment}"


def finished_until(moment: str) -> str:
    """Return the first slot for which no chapter is finished."""
    return t(
        "-# No chapter is finished for {moment} yet. Add one by then, or use `/author delay`.", moment=moment
    )


def empty() -> str:
    """Return the text of an empty calendar."""
    return t(
        "Nothing is planned. Put finished chapters into the story’s folder, and they come "
        "out at the next release times."
    )


def in_story_zone(moment: datetime) -> str:
    """Return the end of a delay by the clock of the story's zone, beside the reader's own."""
    return t("-# By the story’s clock: {moment}", moment=moment_choice(moment))
