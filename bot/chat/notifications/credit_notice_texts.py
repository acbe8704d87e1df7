"""Texts of notices about credits.

Seen by: readers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, t
from bot.chat.suggestions.suggestion_texts import text_withheld

Facts = Mapping[str, str]


def used(facts: Facts) -> str:
    """Return the notice that a released chapter uses a suggestion. The facts are escaped; `link` leads to a post."""
    lines = [_used(facts)]
    if facts.get("idea"):
        lines.append(f"> {facts['idea']}")
    if facts.get("link"):
        lines.append(t("[Go to the chapter]({link})", link=facts["link"]))
    if facts.get("veiled"):
        lines.append(text_withheld())
    return "\n".join(lines)


def _used(facts: Facts) -> str:
    match facts.get("part"):
        case "joined":
            return t(
                "⭐ Your idea **{number}**, which was merged into idea **{into}**, is in “{chapter}” "
                "of **{story}**. Thank you!",
                **facts,
            )
        case "supported":
            return t(
                "⭐ Idea **{number}**, which you support, is in “{chapter}” of **{story}**. Thank you!",
                **facts,
            )
        case _:
            return t("⭐ Your idea **{number}** is in “{chapter}” of **{story}**. Thank you!", **facts)


def ignored(facts: Facts) -> str:
    """Return the notice for an author that some numbers in a chapter's `thanks` could not be credited.

    Seen by: authors.
    """
    lines = [
        t(
            "⚠️ “{chapter}” of **{story}** is out, but I could not thank anybody for some "
            "numbers in its `thanks`:",
            **facts,
        )
    ]
    index = 0
    while f"{index}.number" in facts:
        start = f"{index}."
        own = {name.removeprefix(start): value for name, value in facts.items() if name.startswith(start)}
        lines.append(f"- {_flaw(own)}")
        index += 1
    if (more := int(facts["count"]) - index) > 0:
        lines.append(n("-# … and {count} more like this.", "-# … and {count} more like this.", more))
    lines.append(
        t(
            "-# Correct them in the chapter’s file. `fascicle check -c` finds such numbers "
            "before a chapter is out."
        )
    )
    return "\n".join(lines)


def _flaw(facts: Facts) -> str:
    """Return the line about a number that could not be credited.

    Seen by: authors.
    """
    match facts["flaw"]:
        case "foreign":
            return t("Idea {number} is for another story.", **facts)
        case "declined":
            return t("Idea {number} was declined. You can reopen it with `/author decide`.", **facts)
        case "withdrawn":
            return t("Idea {number} was withdrawn by the person who sent it.", **facts)
        case "merged":
            return t("Idea {number} was merged into {into}. Write {into} instead.", **facts)
        case "elsewhere":
            return t("Idea {number} was already used in another chapter.", **facts)
        case _:
            return t("There is no idea {number}.", **facts)
