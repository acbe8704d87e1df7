"""Texts of an author's review queue."""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, number, t
from bot.domain.suggestions.panel_views import QueueOrder


def empty() -> str:
    """Where there is nothing to decide."""
    return t("There are no ideas here at the moment. `/author queue` with another `state` shows the others.")


def position(number: int, total: int) -> str:
    """Where in the queue this is."""
    return f"{number} / {total}"


def title(number: int, story: str) -> str:
    """The heading of an idea."""
    return t("### Idea {number} for {story}", number=number, story=story)


def suggester(name: str, stamp: int, *, anonymous: bool) -> str:
    """Who made it and when."""
    if anonymous:
        return t("-# By {name}, who asks not to be named · <t:{stamp}:R>", name=name, stamp=stamp)
    return t("-# By {name} · <t:{stamp}:R>", name=name, stamp=stamp)


def erased_suggester() -> str:
    """In place of a name."""
    return t("somebody whose data was erased")


def made_under(chapter: str) -> str:
    """Where it was made."""
    return t("-# Made under “{chapter}”", chapter=chapter)


def merged_into(number: int) -> str:
    """Where it went."""
    return t("-# Joined idea {number}", number=number)


def used_in(chapter: str) -> str:
    """What it shaped."""
    return t("-# Used in “{chapter}”", chapter=chapter)


def change(state: str, stamp: int, reason: str) -> str:
    """A line of its record."""
    line = f"-# {state} · <t:{stamp}:f>"
    return f"{line} · {reason}" if reason else line


QUEUE = "Go through the ideas for your stories and decide"


QUEUE_STORY = "Only ideas for this story"


QUEUE_STATE = "Only ideas that stand so; new ones if you leave it out"


QUEUE_ANY = "all"


def empty_filter() -> str:
    """Where no idea is as it was looked for."""
    return t("There are no ideas here at the moment. The menus below show others.")


def anonymous_suggester(stamp: int) -> str:
    """In place of who made an idea that nobody is to know."""
    return t("-# By somebody who stays anonymous · <t:{stamp}:R>", stamp=stamp)


def held_back() -> str:
    """An idea that readers do not see yet."""
    return t("-# 🔒 Readers don’t see it yet, because of a link or an invite in it. Accept it to show it.")


def supporters(count: int) -> str:
    """How many stand behind an idea."""
    return n("-# {count} person supports it", "-# {count} people support it", count)


def used_in_unreleased() -> str:
    """It shaped a chapter that is not out: its name is nobody's but the author's."""
    return t("-# Used in a chapter to come")


def similar_title() -> str:
    """Introduces ideas that resemble the one on show."""
    return t("-# Alike:")


def similar_line(one: int, idea: str, support: int) -> str:
    """One of them."""
    return t("-# **{number}** ({support}) {idea}", number=one, idea=idea, support=number(support))


def search_terms(text: str) -> str:
    """What was searched for."""
    return t("-# 🔎 “{text}”", text=text)


def search_shortened(text: str) -> str:
    """A search that was too long."""
    return t("That is long for a search. I looked for “{text}”.", text=text)


def text_page(page: int, pages: int) -> str:
    """Which part of a long idea this is."""
    return t("Text {page} / {pages}", page=page, pages=pages)


def any_state() -> str:
    """A choice of the menu of states."""
    return t("all of them")


def held_only() -> str:
    """A choice of the menu of states."""
    return t("🔒 held back for your eyes")


_ORDERS = {
    QueueOrder.NEWEST: later("newest first"),
    QueueOrder.SUPPORTED: later("most supported first"),
    QueueOrder.CHAPTER: later("by chapter"),
}


def order(of: QueueOrder) -> str:
    """How a queue is sorted."""
    return t(_ORDERS[of])


def all_stories() -> str:
    """A choice of the menu of stories."""
    return t("all your stories")


def only_chapter(chapter: str) -> str:
    """A choice of the menu of stories: one chapter's ideas."""
    return t("only made under “{chapter}”", chapter=chapter)


_MENUS = {
    "state": later("Which ideas"),
    "order": later("In which order"),
    "scope": later("For which story"),
}


def menu(what: str) -> str:
    """What a menu is for, before anything is picked."""
    return t(_MENUS[what])


def search_title() -> str:
    """The title of the form for a search (45 characters at most)."""
    return t("Search the ideas")


def search_label() -> str:
    """What it asks."""
    return t("Words, or a number")


def search_hint() -> str:
    """How it is looked for."""
    return t("Small and capital letters are the same. Leave it empty to see all.")


def only_for_authors() -> str:
    """Somebody else pressed a button of a review, or the idea was erased."""
    return t("Only the story’s authors decide here, and only as long as the idea is there.")


def search_button() -> str:
    """Return the label of the button that opens the search form."""
    return t("Search…")


def clear_search_button() -> str:
    """Return the label of the button that ends a search."""
    return t("Clear search")
