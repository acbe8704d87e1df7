"""Rendering of messages in the language of the moment.

A message's template is the key of its translation. Of its facts, nested messages are translated, codes (a rating, a
state) get the words that this edge has for them, and everything else is shown as it is.

Seen by: readers, authors.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from bot.chat.i18n.gettext import ENGLISH, language, later, listed, t, unfilled
from bot.chat.i18n.rating_names import rating_name
from bot.domain.message_json import TEMPLATES
from bot.domain.message_templates import Fact, Listing, Message, Reason, placeholders
from bot.domain.pages import escape
from bot.domain.stories.story import Rating

_DECISIONS = {
    "accept": later("accept"),
    "decline": later("decline"),
    "merge": later("merge"),
    "used": later("mark as used"),
    "reopen": later("reopen"),
}
"""Decisions inside another message, by code."""

_STATES = {
    "new": later("new"),
    "accepted": later("accepted"),
    "declined": later("declined"),
    "merged": later("merged"),
    "used": later("used"),
    "withdrawn": later("withdrawn"),
}
"""States of a suggestion inside another message, by code."""

_PLAIN = {"why"}
"""Facts whose messages hold no markup, though their templates may have characters that Discord reads as such."""


def render_reason(reason: Reason) -> str:
    """Return the message in the language of the moment; nothing in it is escaped.

    Plain text is translated only where it is exactly one of the sentences that messages are stored of: so it was stored
    before messages had codes.
    """
    if isinstance(reason, Message):
        return _rendered(reason, _unchanged)
    return unfilled(reason) if reason in _complete_sentences() else reason


def render_fact(name: str, fact: Fact, escaped: Callable[[str], str]) -> str | int:
    """Return a refusal's fact in the language of the moment, with what people wrote in it escaped."""
    if isinstance(fact, Listing):
        return listed([_item(name, each, escaped) for each in fact.items], fact.style)
    if isinstance(fact, Message):
        return _rendered(fact, escape)
    if not isinstance(fact, str):
        return fact
    return _code(name, fact) or escaped(fact)


def _rendered(message: Message, escaped: Callable[[str], str]) -> str:
    facts = {name: _nested(name, fact, escaped) for name, fact in message.facts.items()}
    return unfilled(message.template).format_map(facts)


def _nested(name: str, fact: Fact, escaped: Callable[[str], str]) -> str | int:
    if isinstance(fact, Message):
        return escaped(_rendered(fact, _unchanged)) if name in _PLAIN else _rendered(fact, escaped)
    if not isinstance(fact, str | Listing):
        return fact
    if language() == ENGLISH:
        # English lists and codes inside of messages as logs and the command line do.
        return escaped(str(fact))
    if isinstance(fact, Listing):
        return listed([_item(name, each, escaped) for each in fact.items], fact.style)
    return _code(name, fact) or escaped(fact)


def _item(name: str, item: Message | str, escaped: Callable[[str], str]) -> str:
    if isinstance(item, Message):
        return _rendered(item, escaped)
    return _code(name, item) or escaped(item)


def _code(name: str, code: str) -> str | None:
    """The words for a fact that is a code of the domain's; None if it is none."""
    match name:
        case "rating" if code in set(Rating):
            return rating_name(Rating(code))
        case "state" if code in _STATES:
            return t(_STATES[code])
        case "decisions" if code in _DECISIONS:
            return t(_DECISIONS[code])
    return None


def _unchanged(text: str) -> str:
    return text


@cache
def _complete_sentences() -> frozenset[str]:
    return frozenset(text for text in TEMPLATES.values() if not placeholders(text))
