"""Texts of the list of an author's review queue.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, number, t
from bot.domain.suggestions.suggestion import SuggestionState

_TITLES = {
    SuggestionState.NEW: later("## Ideas waiting for you"),
    SuggestionState.ACCEPTED: later("## Accepted ideas"),
    SuggestionState.DECLINED: later("## Declined ideas"),
    SuggestionState.MERGED: later("## Merged ideas"),
    SuggestionState.USED: later("## Used ideas"),
    SuggestionState.WITHDRAWN: later("## Withdrawn ideas"),
}


def title(state: SuggestionState | None, *, held: bool) -> str:
    """Return the heading of the list."""
    if held:
        return t("## Ideas held back for your eyes")
    return t(_TITLES[state]) if state is not None else t("## All ideas")


def count(total: int) -> str:
    """Return the number of ideas in the list."""
    return n("-# {count} idea", "-# {count} ideas", total)


def head(one: int, state: str, supporters: int) -> str:
    """Return the first line of an idea in the list."""
    line = f"**{one}** · {state}"
    return f"{line} · 💙 {number(supporters)}" if supporters else line


def origin(story: str, chapter: str) -> str:
    """Return the line with the story and the chapter of an idea; either may be empty."""
    return "-# " + " · ".join(part for part in (story, f"“{chapter}”" if chapter else "") if part)


def held_mark() -> str:
    """Return the sign of an idea that readers don't see yet."""
    return "🔒"


def pick() -> str:
    """Return the placeholder of the menu that opens an idea."""
    return t("Open an idea to decide")


def option(one: int, text: str) -> str:
    """Return an option of that menu."""
    return f"{one}: {text}"


def list_button() -> str:
    """Return the label of the button that shows the queue as a list."""
    return t("List")


def single_button() -> str:
    """Return the label of the button that shows the ideas one at a time."""
    return t("One at a time")
