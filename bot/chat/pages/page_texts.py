"""What stands on a chapter's pages, in channels and in the private reader, around the story's own words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import compact, listed, n, number, t
from bot.domain.statistics.counters import Counters

SCENE_BREAK = "⁂"

_WORDS_A_MINUTE = 230


def read() -> str:
    """The button that opens the private reader."""
    return t("Read")


def suggest() -> str:
    """The button that asks for an idea."""
    return t("Suggest")


def earlier() -> str:
    """Leads to the chapters before those listed."""
    return t("Earlier chapters…")


def later_ones() -> str:
    """Leads to the chapters after those listed."""
    return t("Later chapters…")


def authors_note() -> str:
    """Above what the author says beside the story."""
    return t("Author’s note")


def in_thread() -> str:
    """Under a post whose chapter is in its thread."""
    return t("-# 🧵 The whole chapter is in the thread under this post.")


def on_card() -> str:
    """Under an announcement."""
    return t("-# 📖 `/read` opens it in private, at your own place.")


def follows() -> str:
    """In a forum post's first message."""
    return t("-# 🧵 The chapter follows below.")


def withdrawn() -> str:
    """In the place of a chapter that was withdrawn."""
    return t(
        "The author has withdrawn this chapter for now.\n"
        "-# When it returns it will stand here again. Places and stars are kept."
    )


def withdrawn_briefly() -> str:
    """The same in a list."""
    return t("withdrawn for now")


def chapter_of(number: int, released: int | None = None) -> str:
    """Where the chapter stands."""
    if released is not None and released > number:
        return t("Chapter {number} of {released}", number=number, released=released)
    return t("Chapter {number}", number=number)


def length(words: int) -> str:
    """How long the chapter is and takes."""
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    return n("{count} word · {minutes} min", "{count} words · {minutes} min", words, minutes=number(minutes))


def point_of_view(name: str) -> str:
    """Through whose eyes the page is told."""
    return t("Told by {name}", name=name)


def warnings(listed: str) -> str:
    """What readers may want to know first; they uncover it themselves."""
    return t("-# Content notes: ||{listed}||", listed=listed)


def revised(note: str) -> str:
    """What the author says of a change."""
    return t("-# ✏️ Revised: {note}", note=note)


def page_of(number: int, count: int) -> str:
    """The foot of every page."""
    return t("-# Page {number} of {count}", number=number, count=count)


def goes_on(link: str) -> str:
    """Leads to the chapter's next page, further down in the thread."""
    return t("**[The chapter goes on further down.]({link})**", link=link)


def next_release(moment: str) -> str:
    """When it goes on."""
    return t("-# Next chapter: {moment}", moment=moment)


def succeeding(title: str) -> str:
    """The next chapter, which is out."""
    return t("-# Next: *{title}*", title=title)


def next_chapter() -> str:
    """The button that opens it."""
    return t("Next chapter")


def written_by(names: Sequence[str]) -> str:
    """Credits."""
    return t("-# Written by {names}", names=listed(names))


def picture(alt: str) -> str:
    """Stands for a picture that cannot be shown."""
    return t("-# [Picture: {alt}]", alt=alt) if alt else t("-# [A picture]")


def skipped(count: int) -> str:
    """Introduces the chapters that came out while this channel could not be posted to."""
    return n("Also new since the last post here, one chapter:", "Also new since the last post here:", count)


def and_more(count: int) -> str:
    """What did not fit in a list of chapters."""
    return n(
        "-# … and {count} more. `/read` opens any of them.",
        "-# … and {count} more. `/read` opens any of them.",
        count,
    )


def numbered(number: int, title: str) -> str:
    """A chapter in a list."""
    return f"{number}. {title}"


def counter_line(figures: Counters) -> str:
    """Under a chapter. Reads are a floor, and shown as one; what there is none of is not named."""
    said = []
    if figures.reads:
        said.append(n("{many}+ read", "{many}+ reads", figures.reads, many=compact(figures.reads)))
    if figures.votes:
        said.append(n("{many} vote", "{many} votes", figures.votes, many=compact(figures.votes)))
    if figures.comments:
        said.append(n("{many} comment", "{many} comments", figures.comments, many=compact(figures.comments)))
    return f"-# {' · '.join(said)}"


def asked(prompt: str) -> str:
    """The author's question after a chapter."""
    return f"💡 {prompt}"


def asked_until(moment: str) -> str:
    """Until when ideas are taken."""
    return t("-# Ideas until {moment}", moment=moment)


def asked_till_next() -> str:
    """Ideas are taken until the next chapter."""
    return t("-# Ideas until the next chapter is out")
