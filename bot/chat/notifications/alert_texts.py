"""Texts of alerts about problems that last."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, t

Facts = Mapping[str, str]


def news(facts: Facts) -> str:
    """Return the notice that a problem began, lasts or is over. The facts are escaped already."""
    if facts["phase"] == "over":
        return _over(facts)
    what = _what(facts)
    if facts["phase"] == "began":
        return f"⚠️ {what}"
    since = f"<t:{facts['since']}:R>"
    return t("⚠️ Still so, since {since}: {what}", since=since, what=what)


def _what(facts: Facts) -> str:
    match facts["trouble"]:
        case "chapters-broken":
            return _chapters(facts)
        case "story-file":
            return t(
                "I cannot read the story file of **{story}**: {file}, line {line}: {reason}\n"
                "-# I go on with what it said before. What you changed in it since does not count yet.",
                **facts,
            )
        case "story-chapters":
            return t(
                "I find no chapters of **{story}**: {reason}\n"
                "-# What is out stays out and nothing is forgotten, but nothing new can come out.",
                **facts,
            )
        case "story-gone":
            return t(
                "The folder of **{story}** ({slug}) is gone. What is out stays out and nothing is forgotten, but "
                "nothing new can come out until the folder is back.",
                **facts,
            )
        case "content-gone":
            return t(
                "The content folder is empty or cannot be read, so no story can go on: {reason}\n"
                "-# What is out stays out and nothing is forgotten. Is a disk not mounted?",
                **facts,
            )
        case "clock":
            return t(
                "My machine’s clock differs from Discord’s by {seconds} seconds, so I release nothing until it is "
                "right. Please set it; a time service (NTP) keeps it so.",
                **facts,
            )
        case kind:
            raise ValueError(f"no words for {kind}")


def _chapters(facts: Facts) -> str:
    text = t("**{story}**, {file}, line {line}: {reason}", **facts)
    if facts["line"] == "0":
        text = t("**{story}**, {file}: {reason}", **facts)
    lines = [text]
    more = int(facts["count"]) - 1
    if more:
        lines.append(
            n("-# … and one more chapter with a fault.", "-# … and {count} more chapters with faults.", more)
        )
    if facts["held"] == "yes":
        lines.append(
            t(
                "-# Until it is fixed, neither it nor what comes after it can come out. Everything else goes on."
            )
        )
    else:
        lines.append(t("-# Until it is fixed, I go on with it as it was before. Everything else goes on."))
    return "\n".join(lines)


def _over(facts: Facts) -> str:
    match facts["trouble"]:
        case "chapters-broken":
            return t("✅ The chapters of **{story}** can all be read again.", **facts)
        case "story-file":
            return t("✅ The story file of **{story}** can be read again.", **facts)
        case "story-chapters":
            return t("✅ The chapters of **{story}** are there again.", **facts)
        case "story-gone":
            return t("✅ The folder of **{story}** is there again.", **facts)
        case "content-gone":
            return t("✅ The content folder is there again, and the stories go on.")
        case "clock":
            return t("✅ My machine’s clock is right again, and chapters are released.")
        case kind:
            raise ValueError(f"no words for {kind}")
