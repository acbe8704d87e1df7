"""Texts of alerts about problems that last.

Seen by: authors, operators.
"""

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
    return t("⚠️ Not fixed yet; it began {since}: {what}", since=since, what=what)


def _what(facts: Facts) -> str:
    """Return the alert about a problem that began or lasts."""
    match facts["trouble"]:
        case "chapters-broken":
            return _chapters(facts)
        case "story-file":
            return t(
                "I can’t read the story file of **{story}**: {file}, line {line}: {reason}\n"
                "-# Until you fix it, I use the last version that worked.",
                **facts,
            )
        case "story-chapters":
            return t(
                "I can’t find the chapters of **{story}**: {reason}\n"
                "-# Released chapters stay readable, but no new ones can come out until this is "
                "fixed.",
                **facts,
            )
        case "story-gone":
            return t(
                "The folder of **{story}** ({slug}) is gone. Released chapters stay readable, but no "
                "new ones can come out until the folder is back.",
                **facts,
            )
        case "content-gone":
            return t(
                "The content folder is empty or can’t be read, so no story can continue: {reason}\n"
                "-# Released chapters stay readable. Is a disk not mounted?",
                **facts,
            )
        case "clock":
            return t(
                "The clock of the machine I run on is off by {seconds} seconds, so I release no "
                "chapters until it is right. Please set it; a time service (NTP) keeps it right.",
                **facts,
            )
        case kind:
            raise ValueError(f"no words for {kind}")


def _chapters(facts: Facts) -> str:
    """Return the alert about chapters whose files have errors."""
    text = t("**{story}**, {file}, line {line}: {reason}", **facts)
    if facts["line"] == "0":
        text = t("**{story}**, {file}: {reason}", **facts)
    lines = [text]
    more = int(facts["count"]) - 1
    if more:
        lines.append(
            n("-# … and one more chapter has an error.", "-# … and {count} more chapters have errors.", more)
        )
    if facts["held"] == "yes":
        lines.append(t("-# Until you fix it, this chapter and those after it wait. Everything else goes on."))
    else:
        lines.append(t("-# Until you fix it, I use the last version that worked. Everything else goes on."))
    return "\n".join(lines)


def _over(facts: Facts) -> str:
    """Return the alert that a problem is over."""
    match facts["trouble"]:
        case "chapters-broken":
            return t("✅ The chapters of **{story}** can all be read again.", **facts)
        case "story-file":
            return t("✅ The story file of **{story}** can be read again.", **facts)
        case "story-chapters":
            return t("✅ I can find the chapters of **{story}** again.", **facts)
        case "story-gone":
            return t("✅ The folder of **{story}** is back.", **facts)
        case "content-gone":
            return t("✅ The content folder is back, and the stories continue.")
        case "clock":
            return t("✅ My clock is right again, and chapters come out as planned.")
        case kind:
            raise ValueError(f"no words for {kind}")
