"""News told to one person, by direct message or after their next command."""

from __future__ import annotations

from collections.abc import Mapping

WAITING = "While you were away:"


def news(kind: str, facts: Mapping[str, str]) -> str:
    """The words for a notice; the facts are literal already."""
    match kind:
        case "suggestion-accepted":
            said = f"✅ Your idea **{facts['number']}** for **{facts['story']}** was accepted."
        case "suggestion-declined":
            said = f"Your idea **{facts['number']}** for **{facts['story']}** was not taken up this time."
        case "suggestion-merged":
            said = f"🔗 Your idea **{facts['number']}** for **{facts['story']}** joined idea **{facts['into']}**."
        case "suggestion-used":
            where = f" in “{facts['chapter']}”" if facts.get("chapter") else " in a chapter to come"
            said = f"⭐ Your idea **{facts['number']}** for **{facts['story']}** was used{where}. Thank you!"
        case "suggestion-reopened":
            said = f"Your idea **{facts['number']}** for **{facts['story']}** is open again."
        case "following":
            return (
                f"📖 Here I am: new chapters of **{facts['story']}** will come to you here.\n"
                "-# `/unfollow` ends it."
            )
        case "subscription-parked":
            return (
                f"⚠️ I could not post **{facts['story']}** in <#{facts['channel']}> and have stopped there: "
                f"{facts['reason']}\n-# `/subscriptions` shows how it stands. No chapter is lost."
            )
        case "revision-refused":
            return (
                f"⚠️ “{facts['chapter']}” of **{facts['story']}** was revised, and I could not change its post in "
                f"<#{facts['channel']}>: {facts['reason']}\n-# `/read` shows the new text."
            )
        case "look-ahead":
            return _ahead(facts)
        case _:
            raise ValueError(f"no words for {kind}")
    idea = f"\n> {facts['idea']}" if facts.get("idea") else ""
    reason = f"\nThe author says: {facts['reason']}" if facts.get("reason") else ""
    return said + idea + reason


def server_news(kind: str, facts: Mapping[str, str]) -> str:
    """The words for a notice where everybody in a server can read it; so they do not name the story."""
    match kind:
        case "subscription-parked":
            return (
                f"⚠️ I could not post a new chapter in <#{facts['channel']}> and have stopped there: "
                f"{facts['reason']}\n-# For whoever manages this server: `/subscriptions` shows how it stands. No "
                "chapter is lost."
            )
        case _:
            raise ValueError(f"no words for {kind}")


def _ahead(facts: Mapping[str, str]) -> str:
    count = int(facts["count"])
    lines = ["🔭 A look at the next day. As things stand, this will not work:"]
    number = 0
    while f"{number}.kind" in facts:
        start = f"{number}."
        own = {name.removeprefix(start): value for name, value in facts.items() if name.startswith(start)}
        lines.append(f"- {_problem(own)}")
        number += 1
    if count > number:
        lines.append(f"-# … and {count - number} more of the kind.")
    return "\n".join(lines)


def _problem(facts: Mapping[str, str]) -> str:
    """One thing that somebody can mend before the hour."""
    story = f"**{facts['story']}**"
    at = f"<t:{facts['at']}:F> (<t:{facts['at']}:R>)" if "at" in facts else ""
    match facts["kind"]:
        case "dry":
            return f"{story} has no finished chapter for {at}. Finish one by then, or `/author delay` it."
        case "picture":
            return (
                f"{story}, “{facts['chapter']}”, {at}: the picture {facts['path']} cannot be sent. Put it into the "
                "story’s folder as PNG, JPEG, GIF or WebP of 8 MiB at most."
            )
        case "file":
            where = f"{facts['file']}, line {facts['line']}" if facts["line"] != "0" else facts["file"]
            return f"{story}, {where}: {facts['reason']}"
        case "destination":
            return f"{story} cannot be posted in <#{facts['channel']}> {at}: {facts['reason']}"
        case "destinations":
            channels = "one channel" if facts["count"] == "1" else f"{facts['count']} channels"
            return f"{story} cannot be posted in {channels} {at}. Whoever set them up has been told why."
        case kind:
            raise ValueError(f"no words for {kind}")
