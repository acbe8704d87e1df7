"""Refusals of a new or changed suggestion."""

from __future__ import annotations

from bot.domain.errors import Refusal


class SuggestionsClosed(Refusal):
    code = "suggestions-closed"
    template = "“{story}” takes no suggestions at the moment. `/story` shows what is new there."


class WindowOver(SuggestionsClosed):
    code = "window-over"
    template = (
        "Ideas for “{chapter}” of “{story}” were taken until <t:{at}:f>. `/suggest` takes one for a newer "
        "chapter."
    )


class WindowPassed(SuggestionsClosed):
    code = "window-passed"
    template = (
        "Ideas for “{chapter}” of “{story}” were taken until the next chapter, which is out. `/suggest` "
        "takes one for that."
    )


class SuggestionsFull(SuggestionsClosed):
    code = "suggestions-full"
    template = (
        "“{story}” has {count} ideas waiting for its author, as many as fit. Please try again when some are "
        "decided, or support one of them: `/suggestions top`."
    )


class ReaderBlocked(Refusal):
    code = "reader-blocked"
    template = (
        "The author of “{story}” takes no more ideas from you. You can go on reading it and supporting "
        "others’ ideas."
    )


class WordUnwelcome(Refusal):
    code = "word-unwelcome"
    template = "“{word}” is a word that ideas may not have here. Change it and send your idea again."


class IdeaLost(Refusal):
    code = "idea-lost"
    template = (
        "I could not read your text back from the file. Open it, copy the text, and use `/suggest` again."
    )


class NothingToSuggest(Refusal):
    code = "nothing-to-suggest"
    template = "There is no text in that message. `/suggest` makes an idea of your own words."


class SuggestionEmpty(Refusal):
    code = "suggestion-empty"
    template = "There was no idea in that. Write a sentence or two and send it again."


class SuggestionTooLong(Refusal):
    code = "suggestion-too-long"
    template = "That idea has {length} characters; {limit} fit. Shorten it and send it again."


class IdeaDoubted(Refusal):
    code = "idea-doubted"
    template = "Please look at your idea once more."


class IdeaAgain(IdeaDoubted):
    code = "idea-again"
    template = (
        "You made that idea for “{story}” already: it has number {number}. Do you want to make it once more?"
    )


class IdeaBare(IdeaDoubted):
    code = "idea-bare"
    template = "Is “{idea}” all of your idea? A few words more tell the author what you mean."


class TooManyOpenSuggestions(Refusal):
    code = "too-many-open-suggestions"
    template = (
        "You have {count} undecided ideas for “{story}”, as many as one reader may have. `/suggestions "
        "withdraw` takes one back, or wait until the author has decided."
    )


class SuggestingTooFast(Refusal):
    code = "suggesting-too-fast"
    template = "One idea at a time: you can send the next one <t:{at}:R>."
