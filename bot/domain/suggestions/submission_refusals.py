"""Refusals of a new or changed suggestion.

Seen by: readers.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class SuggestionsClosed(Refusal):
    """An idea for a story that takes none."""

    code = "suggestions-closed"
    template = "“{story}” takes no ideas right now. `/story` shows what is new."


class WindowOver(SuggestionsClosed):
    """An idea for a chapter whose closing date has passed."""

    code = "window-over"
    template = (
        "You could send ideas for “{chapter}” of “{story}” until <t:{at}:f>. Use `/suggest` "
        "to send one for a newer chapter."
    )


class WindowPassed(SuggestionsClosed):
    """An idea for a chapter that has been followed by another."""

    code = "window-passed"
    template = (
        "You could send ideas for “{chapter}” of “{story}” until the next chapter, and that "
        "is out now. Use `/suggest` to send one for it."
    )


class SuggestionsFull(SuggestionsClosed):
    """An idea for a story whose queue is full."""

    code = "suggestions-full"
    template = (
        "“{story}” already has {count} ideas waiting for its author, and no more fit. Please "
        "try again later, or support one of them with `/suggestions top`."
    )


class ReaderBlocked(Refusal):
    """An idea of somebody whom the author blocked."""

    code = "reader-blocked"
    template = (
        "The author of “{story}” takes no more ideas from you. You can still read it and "
        "support other people’s ideas."
    )


class WordUnwelcome(Refusal):
    """An idea with a word that the story does not take."""

    code = "word-unwelcome"
    template = "Ideas here can’t contain the word “{word}”. Change it and send your idea again."


class IdeaLost(Refusal):
    """A draft that cannot be read back from its file."""

    code = "idea-lost"
    template = (
        "I could not get your text back from the file. Open it, copy the text, and use `/suggest` again."
    )


class NothingToSuggest(Refusal):
    """*Suggest this* on a message without text."""

    code = "nothing-to-suggest"
    template = "That message has no text. To send an idea in your own words, use `/suggest`."


class SuggestionEmpty(Refusal):
    """An idea without text."""

    code = "suggestion-empty"
    template = "Your idea was empty. Write a sentence or two and send it again."


class SuggestionTooLong(Refusal):
    """An idea that is too long."""

    code = "suggestion-too-long"
    template = "Your idea has {length} characters, but only {limit} fit. Shorten it and send it again."


class IdeaDoubted(Refusal):
    """An idea that is sent only if the person confirms it."""

    code = "idea-doubted"
    template = "Please check your idea once more."


class IdeaAgain(IdeaDoubted):
    """An idea that the same person sent before."""

    code = "idea-again"
    template = (
        "You already sent this idea for “{story}”: it is number {number}. Do you want to send it again?"
    )


class IdeaBare(IdeaDoubted):
    """An idea of a word or a link."""

    code = "idea-bare"
    template = "Is “{idea}” your whole idea? With a few more words the author will know what you mean."


class TooManyOpenSuggestions(Refusal):
    """An idea of somebody who has many that wait."""

    code = "too-many-open-suggestions"
    template = (
        "You already have {count} ideas waiting for “{story}”, the most a reader can have. "
        "Withdraw one with `/suggestions withdraw`, or wait until the author has decided."
    )


class SuggestingTooFast(Refusal):
    """An idea right after another."""

    code = "suggesting-too-fast"
    template = "One idea at a time: you can send the next one <t:{at}:R>."
