"""A position in an author's review queue, encoded in the ids of its buttons, menus and forms.

The id holds everything: the suggestion that is shown, the page of its text, and the filter. So a queue of any age
works after any restart. See `bot.chat.interactions.custom_ids`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Self

from bot.chat.interactions.custom_ids import LARGEST, up_to
from bot.domain.suggestions.panel_contents import QueueFilter, QueueOrder
from bot.domain.suggestions.suggestion import SuggestionState

LONGEST_SEARCH = 40
"""Bytes (UTF-8) of the search terms for which an id has room."""


_LONGEST_SLUG = 24


_PLAIN_SLUG = re.compile(r"[^\s:#=-][^\s:]*")


ALL, SHOWN, GIVEN = "-", "1", "="
"""The scope of a queue: all of the author's stories; the story of the suggestion shown; or, with its token, a story
without a suggestion to show."""


_STATES: dict[str, SuggestionState | None] = {
    "n": SuggestionState.NEW,
    "a": SuggestionState.ACCEPTED,
    "d": SuggestionState.DECLINED,
    "m": SuggestionState.MERGED,
    "u": SuggestionState.USED,
    "w": SuggestionState.WITHDRAWN,
    "x": None,
}


_STATE_LETTERS = {state: letter for letter, state in _STATES.items()}


_ORDERS = {"n": QueueOrder.NEWEST, "s": QueueOrder.SUPPORTED, "c": QueueOrder.CHAPTER}


_ORDER_LETTERS = {order: letter for letter, order in _ORDERS.items()}


_FACTS = (
    rf"(?P<what>[a-z]{{2,8}}):(?P<number>{up_to(LARGEST)}):(?P<page>{up_to(99)}):"
    r"(?P<state>[nadmuwx])(?P<order>[nsc])(?P<held>[h-])(?P<desk>[qrl]):"
    rf"(?P<chapter>|{up_to(999_999_999)}):(?P<scope>-|1|=[^\s:]{{1,25}}):(?P<search>.{{0,40}})"
)


QUEUE = rf"queue:{_FACTS}"


QUEUE_FORM = rf"ask:{_FACTS}"


def story_token(slug: str) -> str:
    """Return a story's slug if it is short, else a digest of it."""
    if len(slug) <= _LONGEST_SLUG and _PLAIN_SLUG.fullmatch(slug):
        return slug
    return "#" + hashlib.blake2b(slug.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """A position in the queue, with the filter and the order of that queue."""

    number: int = 0
    """The suggestion shown; 0 in an empty queue."""
    page: int = 0
    """The page of its text, counted from 0."""
    state: SuggestionState | None = SuggestionState.NEW
    order: QueueOrder = QueueOrder.NEWEST
    held: bool = False
    chapter: int | None = None
    scope: str = ALL
    search: str = ""
    review: bool = False
    """Whether the message is a review, which shows one suggestion and has no neighbours."""
    listed: bool = False
    """Whether the message is a list; `number` is then the suggestion on top of the page."""

    @classmethod
    def within(cls, look: QueueFilter, number: int = 0, *, page: int = 0, listed: bool = False) -> Self:
        """Return the position of a suggestion among those that a filter shows; without a number it shows none."""
        scope = ALL
        if look.story is not None:
            scope = SHOWN if number else GIVEN + story_token(look.story)
        return cls(
            number=number,
            page=page,
            state=look.state,
            order=look.order,
            held=look.held,
            chapter=look.chapter,
            scope=scope,
            search=look.search,
            listed=listed,
        )

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Return the position in a matched id."""
        return cls(
            number=int(match["number"]),
            page=int(match["page"]),
            state=_STATES[match["state"]],
            order=_ORDERS[match["order"]],
            held=match["held"] == "h",
            chapter=int(match["chapter"]) if match["chapter"] else None,
            scope=match["scope"],
            search=match["search"],
            review=match["desk"] == "r",
            listed=match["desk"] == "l",
        )

    def at(self, page: int) -> Self:
        """Return the position of another page of the same suggestion."""
        return replace(self, page=max(page, 0))

    def of_number(self, number: int) -> Self:
        """Return the position of another suggestion, or of a decision that is undone there."""
        return replace(self, number=number, page=0)

    def button(self, what: str) -> str:
        """Return the id of a button or menu with the effect `what`."""
        return f"queue:{what}:{self._facts}"

    def form(self, what: str) -> str:
        """Return the id of the form for the effect `what`."""
        return f"ask:{what}:{self._facts}"

    @property
    def _facts(self) -> str:
        letters = _STATE_LETTERS[self.state] + _ORDER_LETTERS[self.order] + ("h" if self.held else "-")
        chapter = "" if self.chapter is None else str(self.chapter)
        desk = "r" if self.review else "l" if self.listed else "q"
        return f"{self.number}:{self.page}:{letters}{desk}:{chapter}:{self.scope}:{self.search}"


def fit_search(typed: str) -> tuple[str, bool]:
    """Cut search terms to what an id has room for; the second value tells whether they are complete."""
    line = " ".join(typed.split())
    kept = line.encode()[:LONGEST_SEARCH].decode(errors="ignore").strip()
    return kept, kept == line
