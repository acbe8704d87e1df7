"""Texts on a chapter's pages, in posts and in the private reader.

Seen by: readers, everyone in the channel.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import listed, n, number, t
from bot.domain.pages import LengthUnit, TextLength
from bot.domain.statistics.counters import Counters


def read() -> str:
    """Label the button that opens the private reader."""
    return t("Read")


def suggest() -> str:
    """Label the button that opens the modal for a suggestion."""
    return t("Suggest")


def earlier() -> str:
    """Label the option that leads to the chapters before those listed."""
    return t("Earlier chapters…")


def later_ones() -> str:
    """Label the option that leads to the chapters after those listed."""
    return t("Later chapters…")


def authors_note() -> str:
    """Introduce an author's note."""
    return t("Author’s note")


def in_thread() -> str:
    """Point to the thread that has the chapter."""
    return t("-# 🧵 The whole chapter is in the thread under this post.")


def on_card() -> str:
    """Point from a card to the private reader."""
    return t("-# 📖 `/read` opens it just for you, where you left off.")


def follows() -> str:
    """Announce the chapter below a forum post's first message."""
    return t("-# 🧵 The chapter follows below.")


def withdrawn() -> str:
    """Replace the text of a withdrawn chapter."""
    return t(
        "The author has withdrawn this chapter for now.\n"
        "-# When it comes back, you will find it here. Your place and its stars are kept."
    )


def withdrawn_briefly() -> str:
    """Mark a withdrawn chapter in a list."""
    return t("withdrawn for now")


def chapter_of(number: int, released: int | None = None) -> str:
    """Name the chapter by its number."""
    if released is not None and released > number:
        return t("Chapter {number} of {released}", number=number, released=released)
    return t("Chapter {number}", number=number)


def length(measured: TextLength) -> str:
    """Tell the chapter's words or characters, and its reading time."""
    count, minutes = measured.count, number(measured.minutes)
    match measured.unit:
        case LengthUnit.CHARACTERS:
            return n(
                "{count} character · {minutes} min",
                "{count} characters · {minutes} min",
                count,
                minutes=minutes,
            )
        case LengthUnit.ABOUT_WORDS:
            return n(
                "about {count} word · {minutes} min",
                "about {count} words · {minutes} min",
                count,
                minutes=minutes,
            )
        case LengthUnit.WORDS:
            return n("{count} word · {minutes} min", "{count} words · {minutes} min", count, minutes=minutes)


def point_of_view(name: str) -> str:
    """Name the narrator."""
    return t("Told by {name}", name=name)


def warnings(listed: str) -> str:
    """List the content notes behind a spoiler."""
    return t("-# Content notes: ||{listed}||", listed=listed)


def revised(note: str) -> str:
    """Quote the author's note on a revision."""
    return t("-# ✏️ Revised: {note}", note=note)


def page_of(number: int, count: int) -> str:
    """Tell the page's number."""
    return t("-# Page {number} of {count}", number=number, count=count)


def page_mark(number: int, count: int) -> str:
    """Count the page where it stands below the one before it."""
    return f"-# {number} / {count}"


def goes_on(link: str) -> str:
    """Link to the chapter's next page, further down in the thread."""
    return t("**[The chapter continues further down.]({link})**", link=link)


def next_release(moment: str) -> str:
    """Tell when the next chapter comes."""
    return t("-# Next chapter: {moment}", moment=moment)


def succeeding(title: str) -> str:
    """Name the next chapter, which is out."""
    return t("-# Next: *{title}*", title=title)


def next_chapter(title: str) -> str:
    """Label the button that opens the next chapter."""
    return t("Next: {title} ▶", title=title)


def follow() -> str:
    """Label the button that follows the story."""
    return t("Follow")


def following() -> str:
    """Label the same button for somebody who follows the story; it ends that."""
    return t("Following ✓")


def written_by(names: Sequence[str]) -> str:
    """Name the authors."""
    return t("-# Written by {names}", names=listed(names))


def picture(alt: str) -> str:
    """Stand in for a picture that cannot be shown."""
    return t("-# [Picture: {alt}]", alt=alt) if alt else t("-# [A picture]")


def skipped(count: int) -> str:
    """Introduce the chapters released while this channel could not be posted to."""
    return n(
        "One more chapter came out since the last post here:",
        "These chapters also came out since the last post here:",
        count,
    )


def and_more(count: int) -> str:
    """Count the chapters that a list had no room for."""
    return n(
        "-# … and {count} more. `/read` opens any of them.",
        "-# … and {count} more. `/read` opens any of them.",
        count,
    )


def numbered(number: int, title: str) -> str:
    """Name a chapter in a list."""
    return f"{number}. {title}"


def counter_line(figures: Counters) -> str:
    """Count reads, votes and comments, without those that are zero."""
    said = []
    if figures.reads:
        said.append(n("{count} reader", "{count} readers", figures.reads))
    if figures.votes:
        said.append(n("{count} vote", "{count} votes", figures.votes))
    if figures.comments:
        said.append(n("{count} comment", "{count} comments", figures.comments))
    return f"-# {' · '.join(said)}"


def asked(prompt: str) -> str:
    """Ask the author's question."""
    return f"💡 {prompt}"


def asked_until(moment: str) -> str:
    """Tell until when suggestions are taken."""
    return t("-# Send your ideas until {moment}", moment=moment)


def asked_till_next() -> str:
    """Tell that suggestions are taken until the next chapter."""
    return t("-# Send your ideas until the next chapter is out")
