"""Texts of an author's review queue.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, number, t
from bot.domain.suggestions.panel_contents import QueueOrder


def empty() -> str:
    """Return the text of an empty queue."""
    return t("No ideas here right now. To see others, use `/author queue` with another `state`.")


def position(number: int, total: int) -> str:
    """Return the position in the queue."""
    return f"{number} / {total}"


def title(number: int, story: str) -> str:
    """Return the heading of a suggestion."""
    return t("### Idea {number} for {story}", number=number, story=story)


def suggester(name: str, stamp: int, *, anonymous: bool) -> str:
    """Return the line with the suggester and the date."""
    if anonymous:
        return t("-# By {name}, who does not want to be named · <t:{stamp}:R>", name=name, stamp=stamp)
    return t("-# By {name} · <t:{stamp}:R>", name=name, stamp=stamp)


def erased_suggester() -> str:
    """Return the text in place of an erased suggester's name."""
    return t("somebody whose data was erased")


def made_under(chapter: str) -> str:
    """Return the chapter under which it was made."""
    return t("-# About “{chapter}”", chapter=chapter)


def merged_into(number: int) -> str:
    """Return the suggestion it was merged into."""
    return t("-# Merged into idea {number}", number=number)


def used_in(chapter: str) -> str:
    """Return the chapter that uses it."""
    return t("-# Used in “{chapter}”", chapter=chapter)


def change(state: str, stamp: int, reason: str) -> str:
    """Return a line of its history."""
    line = f"-# {state} · <t:{stamp}:f>"
    return f"{line} · {reason}" if reason else line


QUEUE = "Read your readers’ ideas and decide on them"
QUEUE_STORY = "Only ideas for this story"
QUEUE_STATE = "Only ideas in this state (default: new ones)"
QUEUE_ANY = "all"


def empty_filter() -> str:
    """Return the text of a filter without matches."""
    return t("No ideas here right now. Use the menus below to see others.")


def anonymous_suggester(stamp: int) -> str:
    """Return the line about an anonymous suggester."""
    return t("-# By somebody who stays anonymous · <t:{stamp}:R>", stamp=stamp)


def held_back() -> str:
    """Return the note that readers do not see it yet."""
    return t("-# 🔒 Readers don’t see this yet, because it has a link or an invite. Accept it to show it.")


def supporters(count: int) -> str:
    """Return the number of supporters."""
    return n("-# {count} person supports it", "-# {count} people support it", count)


def used_in_unreleased() -> str:
    """Return the note that an unreleased chapter uses it, which only the author may know by name."""
    return t("-# Used in a chapter that is not out yet")


def similar_title() -> str:
    """Return the heading of similar suggestions."""
    return t("-# Similar ideas:")


def similar_line(one: int, text: str, support: int) -> str:
    """Return the line of a similar suggestion."""
    return t("-# **{number}** ({support}) {idea}", number=one, idea=text, support=number(support))


def search_terms(text: str) -> str:
    """Return the line with the search terms."""
    return t("-# 🔎 “{text}”", text=text)


def search_shortened(text: str) -> str:
    """Return the note that the search terms were cut."""
    return t("That search was too long, so I looked for “{text}”.", text=text)


def text_page(page: int, pages: int) -> str:
    """Return the page of a long text."""
    return t("Text {page} / {pages}", page=page, pages=pages)


def any_state() -> str:
    """Return the option for suggestions of every state."""
    return t("all of them")


def held_only() -> str:
    """Return the option for suggestions that are held back."""
    return t("🔒 hidden from readers so far")


_ORDERS = {
    QueueOrder.NEWEST: later("newest first"),
    QueueOrder.SUPPORTED: later("most supported first"),
    QueueOrder.CHAPTER: later("by chapter"),
}


def order(of: QueueOrder) -> str:
    """Return the name of an order."""
    return t(_ORDERS[of])


def all_stories() -> str:
    """Return the option for all stories."""
    return t("all your stories")


def only_chapter(chapter: str) -> str:
    """Return the option for the suggestions under one chapter."""
    return t("only about “{chapter}”", chapter=chapter)


_MENUS = {
    "state": later("Which ideas"),
    "order": later("In which order"),
    "scope": later("For which story"),
}


def menu(what: str) -> str:
    """Return the placeholder of a menu."""
    return t(_MENUS[what])


def search_title() -> str:
    """Return the title of the search form (45 characters at most)."""
    return t("Search the ideas")


def search_label() -> str:
    """Return the label of its field."""
    return t("Words, or a number")


def search_hint() -> str:
    """Return the hint of its field."""
    return t("Capital letters make no difference. Leave it empty to see all.")


def only_for_authors() -> str:
    """Return the text for somebody who may not decide, or for an erased suggestion."""
    return t("Only the story’s authors can decide here, or this idea no longer exists.")


def search_button() -> str:
    """Return the label of the button that opens the search form."""
    return t("Search…")


def clear_search_button() -> str:
    """Return the label of the button that ends a search."""
    return t("Clear search")
