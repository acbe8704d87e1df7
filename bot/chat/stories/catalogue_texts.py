"""Texts of the library and of a story's page."""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, t
from bot.domain.stories.story import Rating, Status
from bot.services.stories.upcoming import Unscheduled

LIBRARY = "See which stories there are to read"


STORY = "See how one story stands: its chapters and when the next one comes"


def library_title() -> str:
    """The heading of the library."""
    return t("## Library")


def library_empty() -> str:
    """Where there is no story to see."""
    return t(
        "There is nothing to read here yet. Stories for adults are shown in age-restricted channels only; others "
        "appear here as soon as an author adds them."
    )


def story_menu() -> str:
    """The menu of the library."""
    return t("Look into a story…")


def library_button() -> str:
    """The button that leads back."""
    return t("Library")


_RATINGS = {
    Rating.GENERAL: later("for everyone"),
    Rating.TEEN: later("for teens and up"),
    Rating.MATURE: later("mature"),
    Rating.EXPLICIT: later("explicit"),
}


_STATUSES = {
    Status.ONGOING: later("ongoing"),
    Status.HIATUS: later("on hiatus"),
    Status.EDITING: later("being edited"),
    Status.COMPLETE: later("complete"),
}


_UNSCHEDULED = {
    Unscheduled.COMPLETE: later("no more chapters are to come"),
    Unscheduled.UNFINISHED: later("no date yet: the next chapter is still to be written"),
    Unscheduled.UNPLANNED: later("no date yet for the next chapter"),
}


def rating(of: Rating) -> str:
    """For whom a story is."""
    return t(_RATINGS[of])


def status(of: Status) -> str:
    """Whether a story goes on."""
    return t(_STATUSES[of])


def unscheduled(why: Unscheduled) -> str:
    """Why there is no next date."""
    return t(_UNSCHEDULED[why])


def chapter_count(count: int) -> str:
    """How much there is to read."""
    return n("1 chapter", "{count} chapters", count) if count else t("nothing out yet")


def next_chapter(moment: str) -> str:
    """When the next chapter comes."""
    return t("Next chapter {moment}", moment=moment)


def hold(until: str | None, reason: str) -> str:
    """Why no chapter comes; `until` is None where nobody knows."""
    held = t("No new chapters before {until}", until=until) if until else t("On hiatus")
    return f"{held}: {reason}" if reason else held


def authors(names: str) -> str:
    """Who wrote it."""
    return t("by {names}", names=names)


def finished_chapters(count: int) -> str:
    """For its authors only: what is ready."""
    return n(
        "-# For you as its author: {count} finished and waiting.",
        "-# For you as its author: {count} finished and waiting.",
        count,
    )


def dated_chapter(line: str, stamp: int) -> str:
    """A chapter with the day it came out."""
    return f"{line} · <t:{stamp}:d>"


def new_chapters(count: int) -> str:
    """What a visit begins with, and what a story's page says."""
    return n(
        "🆕 {count} chapter new since your last visit.",
        "🆕 {count} chapters new since your last visit.",
        count,
    )


def bookmark(number: int) -> str:
    """Where somebody is in a story, in a list of stories."""
    return t("you are in chapter {number}", number=number)


def bookmark_of(number: int, count: int) -> str:
    """The same on the story's own page."""
    return t("-# 🔖 You are in chapter {number} of {count}.", number=number, count=count)


def following_story() -> str:
    """On the page of a story that somebody follows."""
    return t("-# 🔔 You follow it: new chapters come to your direct messages. `/unfollow` ends it.")


def cover_description(title: str) -> str:
    """Stands for a story's cover where it is not seen."""
    return t("The cover of {title}", title=title)
