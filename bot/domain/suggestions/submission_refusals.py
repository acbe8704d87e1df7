"""Refusals of a new or changed suggestion."""

from __future__ import annotations

from bot.domain.errors import Refusal


class SuggestionsClosed(Refusal):
    code = "suggestions-closed"
    template = "“{story}” takes no ideas right now. `/story` shows what is new."


class WindowOver(SuggestionsClosed):
    code = "window-over"
    template = (
        "You could send ideas for “{chapter}” of “{story}” until <t:{at}:f>. Use `/suggest` "
        "to send one for a newer chapter."
    )


class WindowPassed(SuggestionsClosed):
    code = "window-passed"
    template = (
        "You could send ideas for “{chapter}” of “{story}” until the next chapter, and that "
        "is out now. Use `/suggest` to send one for it."
    )


class SuggestionsFull(SuggestionsClosed):
    code = "suggestions-full"
    template = (
        "“{story}” already has {count} ideas waiting for its author, and no more fit. Please "
        "try again later, or support one of them with `/suggestions top`."
    )


class ReaderBlocked(Refusal):
    code = "reader-blocked"
    template = (
        "The author of “{story}” takes no more ideas from you. You can still read it and "
        "support other people’s ideas."
    )


class WordUnwelcome(Refusal):
    code = "word-unwelcome"
    template = "Ideas here can’t contain the word “{word}”. Change it and send your idea again."


class IdeaLost(Refusal):
    code = "idea-lost"
    template = (
        "I could not get your text back from the file. Open it, copy the text, and use `/suggest` again."
    )


class NothingToSuggest(Refusal):
    code = "nothing-to-suggest"
    template = "That message has no text. To send an idea in your own words, use `/suggest`."


class SuggestionEmpty(Refusal):
    code = "suggestion-empty"
    template = "Your idea was empty. Write a sentence or two and send it again."


class SuggestionTooLong(Refusal):
    code = "suggestion-too-long"
    template = "Your idea has {length} characters, but only {limit} fit. Shorten it and send it again."


class IdeaDoubted(Refusal):
    code = "idea-doubted"
    template = "Please check your idea once more."


class IdeaAgain(IdeaDoubted):
    code = "idea-again"
    template = (
        "You already sent this idea for “{story}”: it is number {number}. Do you want to send it again?"
    )


class IdeaBare(IdeaDoubted):
    code = "idea-bare"
    template = "Is “{idea}” your whole idea? With a few more words the author will know what you mean."


class TooManyOpenSuggestions(Refusal):
    code = "too-many-open-suggestions"
    template = (
        "You already have {count} ideas waiting for “{story}”, the most a reader can have. "
        "Withdraw one with `/suggestions withdraw`, or wait until the author has decided."
    )


class SuggestingTooFast(Refusal):
    code = "suggesting-too-fast"
    template = "One idea at a time: you can send the next one <t:{at}:R>."
