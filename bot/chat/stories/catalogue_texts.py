"""Texts of the library and of a story's page.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, t
from bot.domain.stories.story import Status
from bot.services.stories.catalogue import LibraryFilter
from bot.services.stories.upcoming import Unscheduled

LIBRARY = "See which stories there are to read"
SEARCH = "Part of a title, an author’s name or a tag"
STORY = "See a story’s chapters and when the next one comes"


def library_title() -> str:
    """Return the heading of the library."""
    return t("## Library")


def library_empty() -> str:
    """Return the text of a library with nothing to read."""
    return t(
        "There is nothing to read here yet. Stories for adults are shown in age-restricted channels only; others "
        "appear here as soon as an author adds them."
    )


def story_count(count: int) -> str:
    """Return the number of stories that the library shows."""
    return n("-# {count} story", "-# {count} stories", count)


def search_result(search: str, count: int) -> str:
    """Return what was searched for and how many stories fit."""
    if not count:
        return t(
            "Nothing fits “{search}”. A part of a title, an author’s name or a tag finds more.", search=search
        )
    return n("-# {count} story fits “{search}”", "-# {count} stories fit “{search}”", count, search=search)


def nothing_followed() -> str:
    """Return the text of the library for somebody who asks for what they follow and follows nothing."""
    return t("You follow nothing yet. **Follow** on a story brings its new chapters to your DMs.")


_LIBRARY_FILTERS = {
    LibraryFilter.ALL: later("All"),
    LibraryFilter.ONGOING: later("Ongoing"),
    LibraryFilter.COMPLETE: later("Finished"),
    LibraryFilter.FOLLOWED: later("You follow"),
}


def library_filter(shown: LibraryFilter) -> str:
    """Return the label of the button that shows only some stories."""
    return t(_LIBRARY_FILTERS[shown])


def search() -> str:
    """Return the label of the button that asks what to search for, and the title of its form."""
    return t("Search")


def search_label() -> str:
    """Return the label of that form's field."""
    return t("Title, author or tag")


def show_all() -> str:
    """Return the label of the button that ends a search."""
    return t("End the search")


def story_menu() -> str:
    """Return the placeholder of the library's menu."""
    return t("Open a story…")


def library_button() -> str:
    """Return the label of the button back to the library."""
    return t("Library")


_STATUSES = {
    Status.ONGOING: later("ongoing"),
    Status.HIATUS: later("on hiatus"),
    Status.EDITING: later("being edited"),
    Status.COMPLETE: later("complete"),
}


_UNSCHEDULED = {
    Unscheduled.COMPLETE: later("all chapters are out"),
    Unscheduled.UNFINISHED: later("no date yet: the next chapter is not finished"),
    Unscheduled.UNPLANNED: later("no date yet for the next chapter"),
}


def status(of: Status) -> str:
    """Return a story's status, such as "ongoing"."""
    return t(_STATUSES[of])


def unscheduled(why: Unscheduled) -> str:
    """Return the reason why the next chapter has no date."""
    return t(_UNSCHEDULED[why])


def chapter_count(count: int) -> str:
    """Return the number of released chapters."""
    return n("1 chapter", "{count} chapters", count) if count else t("nothing out yet")


def next_chapter(moment: str) -> str:
    """Return the date of the next chapter."""
    return t("Next chapter {moment}", moment=moment)


def hold(until: str | None, reason: str) -> str:
    """Return the reason for a pause; `until` is None for a hiatus of unknown length."""
    held = t("No new chapters before {until}", until=until) if until else t("On hiatus")
    return f"{held}: {reason}" if reason else held


def authors(names: str) -> str:
    """Return the line with the authors' names."""
    return t("by {names}", names=names)


def finished_chapters(count: int) -> str:
    """Return the note for authors about finished chapters that are not released.

    Seen by: authors.
    """
    return n(
        "-# Only authors see this: finished and waiting: {count}.",
        "-# Only authors see this: finished and waiting: {count}.",
        count,
    )


def dated_chapter(line: str, stamp: int) -> str:
    """Return a chapter's line with its release date."""
    return f"{line} · <t:{stamp}:d>"


def new_chapters(count: int) -> str:
    """Return the number of chapters released since this reader's last visit."""
    return n(
        "🆕 {count} new chapter since your last visit.",
        "🆕 {count} new chapters since your last visit.",
        count,
    )


def bookmark(number: int) -> str:
    """Return the reader's place in a story, for the library."""
    return t("you are in chapter {number}", number=number)


def bookmark_of(number: int, count: int) -> str:
    """Return the reader's place among all chapters, for the story's page."""
    return t("-# 🔖 You are in chapter {number} of {count}.", number=number, count=count)


def following_story() -> str:
    """Return the note that this reader follows the story."""
    return t("-# 🔔 You follow it: new chapters come to your direct messages.")


def cover_description(title: str) -> str:
    """Return the alternative text of a story's cover."""
    return t("The cover of {title}", title=title)


def first_unread(number: int) -> str:
    """Return the label of the button to the first unread chapter."""
    return t("First unread: chapter {number}", number=number)


def unfollow() -> str:
    """Return the label of the button that stops following the story."""
    return t("Unfollow")
