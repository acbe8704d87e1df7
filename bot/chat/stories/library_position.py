"""The part of the library that a message shows, held in the ids of its buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.chat.interactions.custom_ids import PAGE_NUMBER
from bot.chat.text.user_text import utf16_length
from bot.services.stories.catalogue import LibraryFilter, LibraryRequest

MAX_SEARCH = 60
"""Units of a search, so that it fits into an id with the rest; what is longer is cut and still finds its story."""

_CODES = {
    LibraryFilter.ALL: "a",
    LibraryFilter.ONGOING: "o",
    LibraryFilter.COMPLETE: "c",
    LibraryFilter.FOLLOWED: "f",
}
_FILTERS = {code: shown for shown, code in _CODES.items()}
_PLACE = rf"(?P<filter>[{''.join(_FILTERS)}]):(?P<search>[^\n]{{0,{MAX_SEARCH}}})"

# Buttons of earlier versions end after the page, and their menus after the word.
SHOW = rf"shelf:(?P<page>{PAGE_NUMBER})(?::{_PLACE})?"
PICK = rf"pick(?::{_PLACE})?"
ASK = rf"shelf-search:{_PLACE}"
ASKED = rf"shelf-searched:(?P<filter>[{''.join(_FILTERS)}])"


@dataclass(frozen=True, slots=True)
class LibraryPosition:
    """A filter, a search and a page of the library."""

    shown: LibraryFilter = LibraryFilter.ALL
    search: str = ""
    page: int = 0

    @classmethod
    def of(cls, facts: re.Match[str]) -> Self:
        """Return the position that an id holds."""
        found = facts.groupdict()
        return cls(
            _FILTERS[found.get("filter") or "a"],
            searchable(found.get("search") or ""),
            int(found.get("page") or 0),
        )

    @property
    def request(self) -> LibraryRequest:
        """Return the position as the catalogue takes it."""
        return LibraryRequest(self.shown, self.search, self.page)

    def turn(self, page: int) -> str:
        """Return the id that shows another page."""
        return replace(self, page=page).show_id

    @property
    def show_id(self) -> str:
        """Return the id that shows this part of the library."""
        return f"shelf:{self.page}:{self._place}"

    @property
    def pick_id(self) -> str:
        """Return the id of the menu whose story leads back here."""
        return f"pick:{self._place}"

    @property
    def ask_id(self) -> str:
        """Return the id of the button that asks what to search for."""
        return f"shelf-search:{self._place}"

    @property
    def asked_id(self) -> str:
        """Return the id of the form that it opens."""
        return f"shelf-searched:{_CODES[self.shown]}"

    @property
    def _place(self) -> str:
        return f"{_CODES[self.shown]}:{self.search}"


WHOLE_LIBRARY = LibraryPosition()


def searchable(typed: str) -> str:
    """Return a search on one line, no longer than an id has room for."""
    line = " ".join(typed.split())
    while utf16_length(line) > MAX_SEARCH:
        line = line[:-1]
    return line.strip()
