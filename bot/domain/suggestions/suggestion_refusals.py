"""Refusals of decisions on suggestions, of support for them, and of what shows them."""

from __future__ import annotations

from bot.domain.errors import Refusal


class ChapterNeeded(Refusal):
    code = "chapter-needed"
    template = "Which chapter was it used in? Name one with the `chapter` option, by its number or its title."


class ReviewUnasked(Refusal):
    code = "review-unasked"
    template = (
        "Nobody has asked for new ideas to appear in <#{channel}>. The story’s author can, with the same "
        "command, or in its story.yaml."
    )


class SuggestionUnknown(Refusal):
    code = "suggestion-unknown"
    template = "There is no suggestion {number} that you can see. `/suggestions mine` lists yours."


class SuggestionNotYours(Refusal):
    code = "suggestion-not-yours"
    template = "You have no idea {number}. `/suggestions mine` lists yours."


class TransitionForbidden(Refusal):
    code = "transition-forbidden"
    template = "Suggestion {number} is {state} now, so it cannot be {action}. {hint}"


class MergeTargetInvalid(Refusal):
    code = "merge-target-invalid"
    template = (
        "Suggestion {number} can only be merged into another open suggestion of the same story; {into} is "
        "not one."
    )


class AnonymousUnnamed(Refusal):
    code = "anonymous-unnamed"
    template = (
        "Idea {number} was made anonymously, so nobody is named for it. You can take it back with "
        "`/suggestions withdraw` and make it anew under your name."
    )


class SupportOwn(Refusal):
    code = "support-own"
    template = "Idea {number} is your own, so it has your support already."


class SupportClosed(Refusal):
    code = "support-closed"
    template = (
        "Idea {number} is {state} now, so it takes no more support. `/suggestions top` shows those that do."
    )


class SupportMerged(Refusal):
    code = "support-merged"
    template = "Idea {number} has joined idea {into}. You can support that one: `/suggestions top` shows it."


class MakerUnknown(Refusal):
    code = "maker-unknown"
    template = "Whoever made idea {number} had their data erased, so I cannot tell who that was."


class BlockSelf(Refusal):
    code = "block-self"
    template = "Idea {number} is your own. I do not block you from your own story."


class BlockUnknown(Refusal):
    code = "block-unknown"
    template = "No block was made with idea {number}. `undo` takes the number that the block was made with."


class BoardGone(Refusal):
    code = "board-gone"
    template = "That board is not kept any more. `/author board` makes one anew."


class NothingToPoll(Refusal):
    code = "nothing-to-poll"
    template = (
        "A poll needs two open ideas at least, and “{story}” has {count}. Accept some, or wait for more."
    )


class PollLengthUnclear(Refusal):
    code = "poll-length-unclear"
    template = (
        "I could not read “{text}” as a length of time. Write it like 3 days or 12 hours; Discord allows 1 "
        "hour to 32 days."
    )


class PollUnknown(Refusal):
    code = "poll-unknown"
    template = "That poll is not running any more. `/author poll` opens another."


class UndoTooLate(Refusal):
    code = "undo-too-late"
    template = "It’s too late to undo that: idea {number} is {state}, and people may know by now. {hint}"


class UndoneAlready(Refusal):
    code = "undone-already"
    template = "That is undone already: idea {number} is {state}."


class UndoOvertaken(Refusal):
    code = "undo-overtaken"
    template = "More has happened to idea {number} since: it is {state} now, and I left it so. {hint}"


class UndoMergeOvertaken(Refusal):
    code = "undo-merge-overtaken"
    template = "Idea {into} was decided on since, so idea {number} stays {state}. {hint}"


class UndoCredited(Refusal):
    code = "undo-credited"
    template = "“{chapter}” thanks for idea {number}, so it stays used."


class DecisionGone(Refusal):
    code = "decision-gone"
    template = "That idea is not there any more, so there is nothing to undo."
