"""Refusals of what authors do to the release of their stories."""

from __future__ import annotations

from bot.domain.errors import Refusal


class NothingToPublish(Refusal):
    code = "nothing-to-publish"
    template = "“{story}” has no finished chapter waiting. Put the next one into its folder first."


class ChapterBroken(Refusal):
    code = "chapter-broken"
    template = "The next chapter of “{story}” cannot be read: {fault} Mend that, and I look again."


class ClockWrong(Refusal):
    code = "clock-wrong"
    template = (
        "My machine’s clock is not right, so I release nothing until it is. Whoever runs me has been told; "
        "please try again later."
    )


class HoldInPast(Refusal):
    code = "hold-in-past"
    template = (
        "“{until}” is not in the future. Give a day to come, such as “tomorrow”, “in 3 days” or 2030-01-31."
    )


class MomentUnclear(Refusal):
    code = "moment-unclear"
    template = (
        "I could not read “{text}” as a moment. Write it like “tomorrow 18:00”, “next friday”, “in 3 days” or "
        "2030-01-31 18:00."
    )


class AlreadyOnHiatus(Refusal):
    code = "already-on-hiatus"
    template = "“{story}” is on hiatus already. `/author continue` ends it."


class NothingHeld(Refusal):
    code = "nothing-held"
    template = "“{story}” is neither delayed nor on hiatus: its calendar is running."


class HiatusInFile(Refusal):
    code = "hiatus-in-file"
    template = (
        "“{story}” is on hiatus because its story.yaml says `status: hiatus`. Change it there to go on."
    )


class HoldChanged(Refusal):
    code = "hold-changed"
    template = (
        "The calendar of “{story}” has been changed since that message. `/story` shows how it stands; "
        "`/author continue` ends a delay or a hiatus."
    )


class ReasonLost(Refusal):
    code = "hiatus-reason-lost"
    template = "I cannot read your note in that message any more. Please give `/author hiatus` again."
