"""The custom ids of buttons, menus and forms: all the state there is, so that they work after any restart.

An id is a word and its facts, joined by colons, at most 100 characters (docs: components/reference, Custom ID).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Self

from bot.domain.suggestion import Decision, SuggestionState

LIMIT = 100

_LONGEST_SLUG = 48
_PLAIN_SLUG = re.compile(r"[^\s:#][^\s:]*")
_NUMBER = r"\d{1,19}"
_TOKEN = r"[^\s:]{1,48}"

READ = rf"read:(?P<release>{_NUMBER})"
OPEN = rf"open:(?P<story>{_TOKEN})"
SUGGEST = rf"suggest:(?P<chapter>{_NUMBER}):(?P<story>{_TOKEN})"
SUGGEST_FORM = rf"idea:(?P<chapter>{_NUMBER}):(?P<story>{_TOKEN}):(?P<anonymous>[01])"
_REVISION = r"(?P<revision>\d{1,9})"
PAGE = rf"page:(?P<release>{_NUMBER}):(?P<page>-?\d{{1,6}}):{_REVISION}"
CHAPTERS = rf"chapters:(?P<release>{_NUMBER}):(?P<page>\d{{1,6}}):{_REVISION}"
STORY = rf"story:(?P<page>\d{{1,6}}):(?P<story>{_TOKEN})"
SHELF = r"shelf:(?P<page>\d{1,6})"
SHELF_PICK = "pick"
SUBSCRIPTIONS = r"subscriptions:(?P<page>\d{1,6})"
MINE = r"mine:(?P<page>\d{1,6})"
_QUEUE_FACTS = rf"(?P<number>{_NUMBER}):(?P<position>\d{{1,9}}):(?P<state>[a-z]{{2,12}}):(?P<scoped>[01])"
QUEUE = rf"queue:(?P<what>[a-z]{{2,12}}):{_QUEUE_FACTS}"
QUEUE_FORM = rf"decide:(?P<what>[a-z]{{2,12}}):{_QUEUE_FACTS}"


def token(slug: str) -> str:
    """A story's slug as it stands in ids: itself, or a digest of it where it is too long or holds what ids may not."""
    if len(slug) <= _LONGEST_SLUG and _PLAIN_SLUG.fullmatch(slug):
        return slug
    return "#" + hashlib.blake2b(slug.encode(), digest_size=12).hexdigest()


def read(release_id: int) -> str:
    """Open that chapter in the private reader."""
    return f"read:{release_id}"


def open_story(slug: str) -> str:
    """Open that story at the reader's place."""
    return f"open:{token(slug)}"


def suggest(slug: str, chapter_number: int = 0) -> str:
    """Open the form for an idea; chapter 0 is none in particular."""
    return f"suggest:{chapter_number}:{token(slug)}"


def suggest_form(slug_token: str, chapter_number: int, anonymous: bool) -> str:
    """The form itself."""
    return f"idea:{chapter_number}:{slug_token}:{int(anonymous)}"


def page(release_id: int, number: int, revision: int = 0) -> str:
    """Show that page in the private reader; -1 is the last. The number counts in that revision's pages, 0: in those
    there are when it is pressed."""
    return f"page:{release_id}:{number}:{revision}"


def chapters(release_id: int, number: int, revision: int = 0) -> str:
    """The reader's list of chapters, on that page of that revision."""
    return f"chapters:{release_id}:{number}:{revision}"


def story(slug: str, list_page: int) -> str:
    """Show a story, with that page of its chapters."""
    return f"story:{list_page}:{token(slug)}"


def shelf(list_page: int) -> str:
    """Show that page of the library."""
    return f"shelf:{list_page}"


def subscriptions(list_page: int) -> str:
    """Show that page of a server's subscriptions."""
    return f"subscriptions:{list_page}"


def mine(list_page: int) -> str:
    """Show that page of one's own ideas."""
    return f"mine:{list_page}"


@dataclass(frozen=True, slots=True)
class QueueSpot:
    """A place in an author's queue: the idea on show, its position, the filter, and whether only its story's ideas
    are looked at."""

    number: int
    position: int
    state: SuggestionState | None
    scoped: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The spot in an id that matched."""
        state = match["state"]
        return cls(
            number=int(match["number"]),
            position=int(match["position"]),
            state=SuggestionState(state) if state in _STATES else None,
            scoped=match["scoped"] == "1",
        )

    def at(self, position: int) -> Self:
        """The same queue at another position."""
        return replace(self, position=max(position, 0))

    def button(self, what: Decision | str) -> str:
        """The id of a button that does `what` here."""
        return f"queue:{what}:{self._facts}"

    def form(self, what: Decision) -> str:
        """The id of the form that asks for what the decision needs."""
        return f"decide:{what}:{self._facts}"

    @property
    def _facts(self) -> str:
        return f"{self.number}:{self.position}:{self.state or 'any'}:{int(self.scoped)}"


_STATES = {state.value for state in SuggestionState}
