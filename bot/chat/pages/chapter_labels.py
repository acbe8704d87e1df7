"""Labels of chapters in menus, lists and options.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t
from bot.chat.pages import page_texts
from bot.chat.text.user_text import isolated, one_line
from bot.domain.releases.release import Release

_LABEL = 100
"""Units in a choice's label (docs: interactions/application-commands, Autocomplete)."""

_BUTTON, _BUTTON_TITLE = 80, 60
"""Units of a button's label, and of a title in it."""

_MARKED = 65
"""Units of the name where a remark follows it."""


def chapter_name(number: int, title: str | None) -> str:
    """Return a chapter's name for a list; its title is None where it would give something away."""
    if title is None:
        return page_texts.chapter_of(number)
    return page_texts.numbered(number, isolated(title))


def next_chapter_label(following: Release) -> str:
    """Return the label of the button to the next chapter."""
    return one_line(page_texts.next_chapter(one_line(following.title, _BUTTON_TITLE)), _BUTTON)


def chapter_label(number: int, title: str | None, *, withdrawn: bool = False, coming: bool = False) -> str:
    """Return a chapter's label for an option, with a remark if it is withdrawn or not yet released."""
    name = one_line(chapter_name(number, title), _MARKED if withdrawn or coming else _LABEL)
    if coming:
        return t("{name} (to come)", name=name)
    return t("{name} (withdrawn for now)", name=name) if withdrawn else name
