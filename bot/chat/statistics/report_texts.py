"""Texts of a story's statistics.

Seen by: authors.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import compact, t

STATS = "See how many people read each chapter, who reads on, and where they stop"


def title(story: str) -> str:
    """Return the heading of the report."""
    return t("## {story} in numbers", story=story)


def explanation() -> str:
    """Return the small print about the figures."""
    return t(
        "-# Reads: people who opened a chapter, turned its pages or gave it a star, each "
        "counted once. Only looking at a post does not count. Votes: people who gave ⭐. "
        "Comments: messages in the chapters’ threads."
    )


def readers_title() -> str:
    """Return the heading of the chart of readers."""
    return t("### Readers of each chapter\n-# 🟦 reads · 🟨 votes")


def retention_title() -> str:
    """Return the heading of the chart of readers who went on."""
    return t("### Who read on\n-# How many readers of the chapter before also read this one")


def stops_title() -> str:
    """Return the heading of the chart of the places where readers stopped."""
    return t(
        "### Where people stop\n"
        "-# How far those who read in private got into a chapter, in percent of its text · 🟩 "
        "to the end"
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
        "Bars, one for each chapter: typically, {share} of a chapter’s readers also read the next one.",
        share=percent(typical),
    )


def loss_description(number: int, stayed: float) -> str:
    """Return the sentence about the chapter that lost most readers."""
    return t(
        "The fewest read on to chapter {number}: {share}.",
        number=number,
        share=percent(stayed),
    )


def stops_description(ended: float, worst: int | None) -> str:
    """Return the alternative text of the chart of stops: the share at the end, and the worst tenth."""
    text = t(
        "Bars, one for each tenth of a chapter: {share} of those who read in private reached the end.",
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
        "-# On: how many readers of the chapter before also read this one. To: how far at "
        "least half of those who read in private got."
    )


def empty() -> str:
    """Return the text in place of the charts where there is no data."""
    return t(
        "No readers yet. Numbers appear here as soon as somebody opens a chapter, turns a "
        "page or gives a star."
    )


def percent(share: float) -> str:
    """Return a share in percent."""
    return f"{round(share * 100)}%"
