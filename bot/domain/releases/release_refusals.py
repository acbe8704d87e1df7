"""Refusals of what authors do to the release of their stories."""

from __future__ import annotations

from bot.domain.errors import Refusal


class NothingToPublish(Refusal):
    code = "nothing-to-publish"
    template = "“{story}” has no finished chapter waiting. Put the next one into its folder first."


class ChapterBroken(Refusal):
    code = "chapter-broken"
    template = "The next chapter of “{story}” cannot be read: {fault} Please fix that and try again."


class ClockWrong(Refusal):
    code = "clock-wrong"
    template = (
        "The clock of the machine I run on is wrong, so I release no chapters until it is "
        "right. I have told whoever runs this bot; please try again later."
    )


class HoldInPast(Refusal):
    code = "hold-in-past"
    template = (
        "“{until}” is not in the future. Give a later day, such as “tomorrow”, “in 3 days” or 2030-01-31."
    )


class MomentUnclear(Refusal):
    code = "moment-unclear"
    template = (
        "I don’t understand “{text}” as a day or time. Write it like “tomorrow 18:00”, “next "
        "friday”, “in 3 days” or 2030-01-31 18:00."
    )


class AlreadyOnHiatus(Refusal):
    code = "already-on-hiatus"
    template = "“{story}” is already on hiatus. To continue it, use `/author continue`."


class NothingHeld(Refusal):
    code = "nothing-held"
    template = "“{story}” is neither delayed nor on hiatus: its chapters come out as planned."


class HiatusInFile(Refusal):
    code = "hiatus-in-file"
    template = (
        "“{story}” is on hiatus because its story.yaml says `status: hiatus`. Change it there to go on."
    )
