"""Refusals of decisions on suggestions, of support for them, and of what shows them."""

from __future__ import annotations

from bot.domain.errors import Refusal


class ChapterNeeded(Refusal):
    code = "chapter-needed"
    template = "Which chapter was it used in? Name one with the `chapter` option, by its number or its title."


class ReviewUnasked(Refusal):
    code = "review-unasked"
    template = (
        "The story’s author has not asked to show new ideas in <#{channel}>. They can ask "
        "with the same command, or in story.yaml."
    )


class SuggestionUnknown(Refusal):
    code = "suggestion-unknown"
    template = "There is no idea {number} that you can see. `/suggestions mine` lists yours."


class SuggestionNotYours(Refusal):
    code = "suggestion-not-yours"
    template = "You have no idea {number}. `/suggestions mine` lists yours."


class TransitionForbidden(Refusal):
    code = "transition-forbidden"
    template = "Idea {number} is {state}. {hint}"


class MergeTargetInvalid(Refusal):
    code = "merge-target-invalid"
    template = "Idea {number} can only be merged into another open idea for the same story; you gave {into}."


class AnonymousUnnamed(Refusal):
    code = "anonymous-unnamed"
    template = (
        "Idea {number} is anonymous, so nobody can be named for it. To be named, withdraw it "
        "with `/suggestions withdraw` and send it again under your name."
    )


class SupportOwn(Refusal):
    code = "support-own"
    template = "Idea {number} is your own, so it already has your support."


class SupportClosed(Refusal):
    code = "support-closed"
    template = (
        "Idea {number} is already {state}, so you can’t support it any more. `/suggestions "
        "top` shows the ones you can."
    )


class SupportMerged(Refusal):
    code = "support-merged"
    template = (
        "Idea {number} was merged into idea {into}. You can support that one: `/suggestions top` shows it."
    )


class MakerUnknown(Refusal):
    code = "maker-unknown"
    template = "The person who sent idea {number} has erased their data, so I can’t tell who it was."


class BlockSelf(Refusal):
    code = "block-self"
    template = "Idea {number} is your own, and you can’t block yourself."


class BlockUnknown(Refusal):
    code = "block-unknown"
    template = (
        "Nobody was blocked with idea {number}. For `undo`, give the number of the idea you blocked with."
    )


class BoardGone(Refusal):
    code = "board-gone"
    template = "That board no longer exists. To make a new one, use `/author board`."


class NothingToPoll(Refusal):
    code = "nothing-to-poll"
    template = (
        "A poll needs at least two open ideas, and “{story}” has {count}. Accept some, or wait for more."
    )


class PollLengthUnclear(Refusal):
    code = "poll-length-unclear"
    template = (
        "I don’t understand “{text}” as a length of time. Write it like 3 days or 12 hours; "
        "Discord allows 1 hour to 32 days."
    )


class PollUnknown(Refusal):
    code = "poll-unknown"
    template = "That poll is no longer running. To start another, use `/author poll`."
