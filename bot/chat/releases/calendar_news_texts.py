"""Texts of news about a story's calendar: a hiatus, its end, or a delay.

Seen by: everyone in the channel, readers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, t
from bot.chat.text.user_text import when
from bot.domain.releases.calendar_news import CalendarNews, NewsKind


def news(told: CalendarNews, story: str, reason: str) -> str:
    """Return the notice after a change of the calendar; the story's title and the reason are escaped already."""
    if told.kind is NewsKind.NOTE:
        return note(told.by, story, reason)
    line = _line(told, story)
    return f"{line}\n> {reason}" if reason else line


def note(by: str, story: str, words: str) -> str:
    """Return an author's word to the readers; everything in it is escaped already."""
    if not by:
        return t("✍️ A note about **{story}**:\n> {words}", story=story, words=words)
    return t("✍️ {author} has a note about **{story}**:\n> {words}", author=by, story=story, words=words)


def _line(told: CalendarNews, story: str) -> str:
    at = when(told.at) if told.at is not None else ""
    match told.kind:
        case NewsKind.HIATUS:
            return t(
                "⏸️ **{story}** takes a break. When it continues, new chapters come here again.", story=story
            )
        case NewsKind.BACK if told.chapter is not None and at:
            return t(
                "▶️ **{story}** continues. Chapter {number} comes {moment}.",
                story=story,
                number=told.chapter,
                moment=at,
            )
        case NewsKind.BACK:
            return t("▶️ **{story}** continues. The next chapter has no date yet.", story=story)
    if told.chapter is None:
        return t("🕰️ **{story}**: no new chapter before {moment}.", story=story, moment=at)
    if told.instead_of is None:
        return t(
            "🕰️ **{story}**: chapter {number} comes {moment}.", story=story, number=told.chapter, moment=at
        )
    return t(
        "🕰️ **{story}**: chapter {number} comes {moment} instead of {before}.",
        story=story,
        number=told.chapter,
        moment=at,
        before=f"<t:{int(told.instead_of.timestamp())}:F>",
    )


def notice(facts: Mapping[str, str]) -> str:
    """Return the direct message to a follower. The facts are escaped already."""
    return news(CalendarNews.from_facts(dict(facts)), facts["story"], facts.get("words", ""))


def tell_button(kind: NewsKind) -> str:
    """Return the label of the button that offers to tell the channels.

    Seen by: authors.
    """
    return t("Tell them it continues") if kind is NewsKind.BACK else t("Tell the channels")


def preview_title() -> str:
    """Introduce the preview of the notice.

    Seen by: authors.
    """
    return t("### Tell your readers?\nThis is the notice, in the language of each server:")


def preview_reached(places: str) -> str:
    """Return who would get the notice.

    Seen by: authors.
    """
    return t("It goes out once, to {places}. Nobody is mentioned.", places=places)


def preview_reaches_nobody() -> str:
    """Return that nobody can be told.

    Seen by: authors.
    """
    return t("There is nobody to tell right now.")


def send_button() -> str:
    """Return the label of the button that sends the notice.

    Seen by: authors.
    """
    return t("Send it")


def without_note_button() -> str:
    """Return the label of the button that leaves the author's note out.

    Seen by: authors.
    """
    return t("Leave my note out")


def with_note_button() -> str:
    """Return the label of the button that puts the author's note in again.

    Seen by: authors.
    """
    return t("Put my note in")


def report_told(places: str) -> str:
    """Return who was told.

    Seen by: authors.
    """
    return t("Told {places}.", places=places)


def report_told_nobody() -> str:
    """Return that no channel was told so far.

    Seen by: authors.
    """
    return t("Nobody has been told so far.")


def report_waiting(count: int) -> str:
    """Return how many channels are still to be told.

    Seen by: authors.
    """
    return n(
        "{count} channel is still to come. I keep trying.",
        "{count} channels are still to come. I keep trying.",
        count,
    )


def report_refused(count: int, reason: str) -> str:
    """Return how many channels did not take the notice, and why.

    Seen by: authors.
    """
    return n(
        "{count} channel did not take it: {reason}",
        "{count} channels did not take it: {reason}",
        count,
        reason=reason,
    )


def look_button() -> str:
    """Return the label of the button that shows how far the notice has come.

    Seen by: authors.
    """
    return t("Look again")
