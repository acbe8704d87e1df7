"""Refusals of decisions on suggestions, of support for them, and of what shows them.

Seen by: authors.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class ChapterNeeded(Refusal):
    """“Used” without a chapter."""

    code = "chapter-needed"
    template = "Which chapter was it used in? Name one with the `chapter` option, by its number or its title."


class ReviewUnasked(Refusal):
    """Consent to a review channel that no author asked for.

    Seen by: server managers.
    """

    code = "review-unasked"
    template = (
        "The story’s author has not asked to show new ideas in <#{channel}>. They can ask "
        "with the same command, or in story.yaml."
    )


class SuggestionUnknown(Refusal):
    """The number of an idea that does not exist or may not be seen.

    Seen by: readers, authors.
    """

    code = "suggestion-unknown"
    template = "There is no idea {number} that you can see. `/suggestions mine` lists yours."


class SuggestionNotYours(Refusal):
    """`/suggestions withdraw` of somebody else's idea.

    Seen by: readers.
    """

    code = "suggestion-not-yours"
    template = "You have no idea {number}. `/suggestions mine` lists yours."


class TransitionForbidden(Refusal):
    """A decision or a withdrawal that the idea's state does not allow.

    Seen by: readers, authors.
    """

    code = "transition-forbidden"
    template = "Idea {number} is {state}. {hint}"


class MergeTargetInvalid(Refusal):
    """A merge into an idea that is not open or for another story."""

    code = "merge-target-invalid"
    template = "Idea {number} can only be merged into another open idea for the same story; you gave {into}."


class AnonymousUnnamed(Refusal):
    """“Name me” under an anonymous idea.

    Seen by: readers.
    """

    code = "anonymous-unnamed"
    template = (
        "Idea {number} is anonymous, so nobody can be named for it. To be named, withdraw it "
        "with `/suggestions withdraw` and send it again under your name."
    )


class SupportOwn(Refusal):
    """Support for one's own idea.

    Seen by: readers.
    """

    code = "support-own"
    template = "Idea {number} is your own, so it already has your support."


class SupportClosed(Refusal):
    """Support for an idea that is decided.

    Seen by: readers.
    """

    code = "support-closed"
    template = (
        "Idea {number} is already {state}, so you can’t support it any more. `/suggestions "
        "top` shows the ones you can."
    )


class SupportMerged(Refusal):
    """Support for an idea that was merged.

    Seen by: readers.
    """

    code = "support-merged"
    template = (
        "Idea {number} was merged into idea {into}. You can support that one: `/suggestions top` shows it."
    )


class MakerUnknown(Refusal):
    """`/author block` on an idea whose sender erased their data."""

    code = "maker-unknown"
    template = "The person who sent idea {number} has erased their data, so I can’t tell who it was."


class BlockSelf(Refusal):
    """`/author block` on one's own idea."""

    code = "block-self"
    template = "Idea {number} is your own, and you can’t block yourself."


class BlockUnknown(Refusal):
    """`/author block` with `undo` and a number that nobody was blocked with."""

    code = "block-unknown"
    template = (
        "Nobody was blocked with idea {number}. For `undo`, give the number of the idea you blocked with."
    )


class BoardGone(Refusal):
    """A button of a board that was removed."""

    code = "board-gone"
    template = "That board no longer exists. To make a new one, use `/author board`."


class NothingToPoll(Refusal):
    """`/author poll` on a story with fewer than two open ideas."""

    code = "nothing-to-poll"
    template = (
        "A poll needs at least two open ideas, and “{story}” has {count}. Accept some, or wait for more."
    )


class PollLengthUnclear(Refusal):
    """`/author poll` with a length that makes no sense."""

    code = "poll-length-unclear"
    template = (
        "I don’t understand “{text}” as a length of time. Write it like 3 days or 12 hours; "
        "Discord allows 1 hour to 32 days."
    )


class PollUnknown(Refusal):
    """“End the poll now” after its end."""

    code = "poll-unknown"
    template = "That poll is no longer running. To start another, use `/author poll`."


class UndoTooLate(Refusal):
    """“Undo” more than a minute after the decision."""

    code = "undo-too-late"
    template = "It’s too late to undo that: idea {number} is {state}, and people may know by now. {hint}"


class UndoneAlready(Refusal):
    """“Undo” pressed a second time."""

    code = "undone-already"
    template = "That is already undone: idea {number} is {state}."


class UndoOvertaken(Refusal):
    """“Undo” after somebody has decided again."""

    code = "undo-overtaken"
    template = "Idea {number} has changed since then: it is {state} now, and I left it like that. {hint}"


class UndoMergeOvertaken(Refusal):
    """“Undo” of a merge whose target was decided on."""

    code = "undo-merge-overtaken"
    template = "Idea {into} was decided since then, so idea {number} stays {state}. {hint}"


class UndoCredited(Refusal):
    """“Undo” of “used” when the chapter thanks for the idea."""

    code = "undo-credited"
    template = "The chapter “{chapter}” thanks for idea {number}, so it stays used. To change that, edit its `thanks`."


class DecisionGone(Refusal):
    """“Undo” for an idea that was deleted."""

    code = "decision-gone"
    template = "That idea no longer exists, so there is nothing to undo."
