"""Texts of the daily digest of new suggestions.

Seen by: authors.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import n, number, t


def on_answer() -> str:
    """Return the answer after the digest was turned on."""
    return t("Done: when there are new ideas, I tell you once a day, at nine in the morning.")


def off_answer() -> str:
    """Return the answer after the digest was turned off."""
    return t("Done: no more daily messages about new ideas. You can always see them with `/author queue`.")


def notice(facts: Mapping[str, str]) -> str:
    """Return the digest of a day's new suggestions."""
    total = int(facts["count"])
    lines = [n("💡 {count} new idea waits for you:", "💡 {count} new ideas wait for you:", total)]
    story = 0
    while f"{story}.story" in facts:
        count = number(int(facts[f"{story}.count"]))
        lines.append(t("**{story}**: {count}", story=facts[f"{story}.story"], count=count))
        place = 0
        while f"{story}.{place}.number" in facts:
            one, text = facts[f"{story}.{place}.number"], facts[f"{story}.{place}.idea"]
            lines.append(t("> {number}: {idea}", number=one, idea=text) if text else f"> {one}")
            place += 1
        story += 1
    lines.append(t("-# See them all with `/author queue`. Its button turns this daily message off."))
    return "\n".join(lines)


def on_button() -> str:
    """Return the label of the button that turns the digest on."""
    return t("Turn on daily message")


def off_button() -> str:
    """Return the label of the button that turns the digest off."""
    return t("Turn off daily message")
