"""Texts of a story's statistics."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import compact, t

STATS = "See how your story is read: by chapter, from chapter to chapter, and within"


def title(story: str) -> str:
    """Return the heading of the report."""
    return t("## {story} in figures", story=story)


def explanation() -> str:
    """Return the small print about the figures."""
    return t(
        "-# A read is one person once per chapter, by opening, turning or starring; who only looks at a post is not "
        "counted. Votes are people with ⭐, comments are messages in the chapters’ threads."
    )


def readers_title() -> str:
    """Return the heading of the chart of readers."""
    return t("### Readers of each chapter\n-# 🟦 reads · 🟨 votes")


def retention_title() -> str:
    """Return the heading of the chart of readers who went on."""
    return t("### Who went on\n-# Of the readers of the chapter before, how many read this one too")


def stops_title() -> str:
    """Return the heading of the chart of the places where readers stopped."""
    return t(
        "### Where people stop\n-# How far into a chapter they came in private readers, in percent of its text · 🟩 to "
        "the end"
    )


def readers_description(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return the alternative text of the chart of readers, from (chapter, reads) of the first and the last."""
    return t(
        "Bars, one for each chapter: {first_reads} reads of chapter {first}, {last_reads} of chapter {last}.",
        first=first[0],
        first_reads=compact(first[1]),
        last=last[0],
        last_reads=compact(last[1]),
    )


def retention_description(typical: float) -> str:
    """Return the alternative text of the chart of readers who went on."""
    return t(
        "Bars, one for each chapter: in the middle, {share} of the readers of a chapter went on to the next.",
        share=percent(typical),
    )


def loss_description(number: int, stayed: float) -> str:
    """Return the sentence about the chapter that lost most readers."""
    return t(
        "Fewest went on to chapter {number}: {share}.",
        number=number,
        share=percent(stayed),
    )


def stops_description(ended: float, worst: int | None) -> str:
    """Return the alternative text of the chart of stops: the share at the end, and the worst tenth."""
    text = t(
        "Bars, one for each tenth of a chapter: {share} of its private readers came to the end.",
        share=percent(ended),
    )
    if worst is None:
        return text
    stop = t(
        "Most of the others stopped between {low} and {high} percent.", low=worst * 10, high=worst * 10 + 10
    )
    return f"{text} {stop}"


def columns() -> Sequence[str]:
    """Return the table's headings, of five letters at most."""
    return (t("Ch."), t("Reads"), t("Votes"), t("Com."), t("On"), t("To"))


def legend() -> str:
    """Return the explanation of the table's last two columns."""
    return t(
        "-# On: of the readers of the chapter before. To: how much of the text half of the private readers came to at "
        "least."
    )


def empty() -> str:
    """Return the text in place of the charts where there is no data."""
    return t(
        "Nobody was seen reading yet. Figures appear as soon as somebody turns a page, stars a post or opens one."
    )


def percent(share: float) -> str:
    """Return a share in percent."""
    return f"{round(share * 100)}%"
