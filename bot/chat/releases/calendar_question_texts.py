"""Texts of the questions before a chapter is published or a hiatus begins.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import listed, n, t
from bot.domain.pages import LengthUnit, TextLength
from bot.services.releases.calendar_audience import CalendarAudience
from bot.services.releases.calendar_questions import Outdated


def publish_title(title: str) -> str:
    """Return the heading of the question about a chapter."""
    return t("### Publish “{title}” now?", title=title)


def chapter(number: int, story: str, length: str) -> str:
    """Return the line with the chapter's place and length."""
    return t("Chapter {number} of **{story}** · {length}", number=number, story=story, length=length)


def length(measured: TextLength) -> str:
    """Return a chapter's length, in words or characters."""
    match measured.unit:
        case LengthUnit.CHARACTERS:
            return n("{count} character", "{count} characters", measured.count)
        case LengthUnit.ABOUT_WORDS:
            return n("about {count} word", "about {count} words", measured.count)
        case LengthUnit.WORDS:
            return n("{count} word", "{count} words", measured.count)


def places(channels: int, followers: int) -> str:
    """Return how many channels and followers there are; empty if there is none."""
    counted = []
    if channels:
        counted.append(n("{count} channel", "{count} channels", channels))
    if followers:
        counted.append(n("{count} follower", "{count} followers", followers))
    return listed(counted) if counted else ""


def goes_to(reached: str) -> str:
    """Return who gets the chapter at once."""
    return t("It goes to {places} now.", places=reached)


def goes_to_nobody() -> str:
    """Return that the chapter is posted nowhere at present."""
    return t("It is not posted anywhere now. Readers can open it with `/read`.")


def left_out(audience: CalendarAudience, silent_forums: int = 0) -> str | None:
    """Return which subscriptions get nothing now, and why; None if all do."""
    counted = []
    if audience.paused:
        counted.append(n("{count} is paused", "{count} are paused", audience.paused))
    if audience.parked:
        counted.append(n("{count} takes no posts", "{count} take no posts", audience.parked))
    if audience.paced:
        counted.append(n("{count} has its own schedule", "{count} have their own schedule", audience.paced))
    if silent_forums:
        counted.append(
            n("{count} is a forum without a chapter", "{count} are forums without a chapter", silent_forums)
        )
    return t("-# Left out: {places}.", places=listed(counted)) if counted else None


def slot_stays_empty(moment: str) -> str:
    """Return what becomes of the slot that the chapter would have taken."""
    return t("Its release time {moment} stays empty. No other chapter moves.", moment=moment)


def nothing_moves() -> str:
    """Return that the calendar stays as it is."""
    return t("No other chapter moves.")


def hold_stays() -> str:
    """Return that a delay or a hiatus goes on after the chapter."""
    return t("The story stays on hold after it.")


def no_way_back() -> str:
    """Return the warning under the question."""
    return t("-# This can’t be undone.")


def publish_button() -> str:
    """Return the label of the button that publishes."""
    return t("Publish now")


def not_now_button() -> str:
    """Return the label of the button that leaves everything as it is."""
    return t("Not now")


def nothing_done() -> str:
    """Return the answer to “Not now”."""
    return t("All right, nothing was changed.")


def released_already(number: int, title: str, story: str) -> str:
    """Return the answer if the chapter came out meanwhile."""
    return t(
        "“{title}” is out already: it is chapter {number} of **{story}**. Nothing else was published.",
        title=title,
        number=number,
        story=story,
    )


def asked_again(why: Outdated) -> str:
    """Return why the question is put again instead of publishing."""
    if why is Outdated.ANOTHER_NEXT:
        return t("Another chapter is next by now, so I ask again.")
    return t("Something about this chapter has changed since, so I ask again.")


def hiatus_title(story: str) -> str:
    """Return the heading of the question about a hiatus."""
    return t("### Put {story} on hiatus?", story=story)


def hiatus_asked_again() -> str:
    """Return why the question is put again instead of starting the hiatus."""
    return t("The calendar has changed since, so I ask again.")


def what_stops() -> str:
    """Introduce the planned chapters that a hiatus stops."""
    return t("These chapters wait until you continue:")


def nothing_planned() -> str:
    """Return that a hiatus stops no planned chapter."""
    return t("No chapter is planned. New ones wait until you continue.")


def more_chapters(count: int) -> str:
    """Return how many planned chapters are not listed."""
    return n("-# … and {count} more chapter", "-# … and {count} more chapters", count)


def concerns(reached: str) -> str:
    """Return whom the hiatus concerns."""
    return t("It concerns {places}.", places=reached)


def paced_go_on(count: int) -> str:
    """Return how many subscriptions a hiatus does not concern."""
    return n(
        "-# {count} with its own schedule still gets what is out.",
        "-# {count} with their own schedule still get what is out.",
        count,
    )


def how_to_continue() -> str:
    """Return how a hiatus or a delay ends."""
    return t("-# To end it, use `/author continue`. Release times that pass until then stay empty.")


def note() -> str:
    """Introduce the author's note, which is quoted below."""
    return t("Your note to readers:")


def hiatus_button() -> str:
    """Return the label of the button that starts the hiatus."""
    return t("Start the hiatus")


def continue_button() -> str:
    """Return the label of the button that ends a delay or a hiatus."""
    return t("Continue now")
