"""Refusals of what authors do to the release of their stories.

Seen by: authors.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class NothingToPublish(Refusal):
    """`/author publish` without a finished chapter."""

    code = "nothing-to-publish"
    template = "“{story}” has no finished chapter waiting. Put the next one into its folder first."


class ChapterBroken(Refusal):
    """`/author publish` where the next chapter's file has errors."""

    code = "chapter-broken"
    template = "The next chapter of “{story}” cannot be read: {fault} Please fix that and try again."


class ClockWrong(Refusal):
    """A release while the machine's clock is known to be wrong."""

    code = "clock-wrong"
    template = (
        "The clock of the machine I run on is wrong, so I release no chapters until it is "
        "right. I have told whoever runs this bot; please try again later."
    )


class HoldInPast(Refusal):
    """`/author delay` until a moment that is past."""

    code = "hold-in-past"
    template = (
        "“{until}” is not in the future. Give a later day, such as “tomorrow”, “in 3 days” or 2030-01-31."
    )


class MomentUnclear(Refusal):
    """`/author delay` until something that is no day or time."""

    code = "moment-unclear"
    template = (
        "I don’t understand “{text}” as a day or time. Write it like “tomorrow 18:00”, “next "
        "friday”, “in 3 days” or 2030-01-31 18:00."
    )


class AlreadyOnHiatus(Refusal):
    """`/author hiatus` during a hiatus."""

    code = "already-on-hiatus"
    template = "“{story}” is already on hiatus. To continue it, use `/author continue`."


class NothingHeld(Refusal):
    """`/author continue` without a delay or a hiatus."""

    code = "nothing-held"
    template = "“{story}” is neither delayed nor on hiatus: its chapters come out as planned."


class HiatusInFile(Refusal):
    """`/author continue` where the story's file asks for the hiatus."""

    code = "hiatus-in-file"
    template = (
        "“{story}” is on hiatus because its story.yaml says `status: hiatus`. Change it there to go on."
    )


class HoldChanged(Refusal):
    """A button under an answer about the calendar, after the calendar was changed."""

    code = "hold-changed"
    template = (
        "The calendar of “{story}” has changed since that message. `/story` shows it; to end "
        "a delay or a hiatus, use `/author continue`."
    )


class ReasonLost(Refusal):
    """A button whose message no longer has the author's note."""

    code = "hiatus-reason-lost"
    template = "I can no longer read your note in that message. Please use `/author hiatus` again."
