"""Texts of the export and the erasure of personal data.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t


def export_answer() -> str:
    """Return the text above the file."""
    return t(
        "Here is everything I store about you, as a file that programs can read too. Only "
        "you see this.\n"
        "-# To erase it, use `/privacy delete`."
    )


def export_empty() -> str:
    """Return the text above a file without data."""
    return t("I store nothing about you. The file says so too.")


def export_too_large() -> str:
    """Return the text for a file that Discord does not take."""
    return t(
        "What I store about you is too large to send here as a file. Ask whoever runs this "
        "bot; they can give it to you another way."
    )


def erasure_question(count: int, stayed: int) -> str:
    """Return what would be erased. `stayed` suggestions were left by an earlier erasure."""
    lines = [
        t(
            "## Erase what I store about you?\n"
            "This erases your places in stories, the chapters you have read, your stars in my "
            "counts, the stories you follow, your support for ideas, and messages waiting for "
            "you. Channels you set up for others stay, without your name."
        )
    ]
    if count:
        lines.append(
            n(
                "You sent {count} idea. The author can keep it without your name and account, or I "
                "erase it too.",
                "You sent {count} ideas. The authors can keep them without your name and account, or "
                "I erase them too.",
                count,
            )
        )
    if stayed:
        lines.append(
            n(
                "{count} idea of yours is still there from an earlier time, without your name. You "
                "can erase it now.",
                "{count} ideas of yours are still there from an earlier time, without your name. You "
                "can erase them now.",
                stayed,
            )
        )
    lines.append(t("-# Would you like a copy first? Use `/privacy export`."))
    return "\n".join(lines)


def confirmation(count: int, *, stay: bool) -> str:
    """Return the second question."""
    text = t("**Really erase it all?** This cannot be undone.")
    if not count:
        return text
    what = (
        n("Your idea stays, without your name.", "Your {count} ideas stay, without your name.", count)
        if stay
        else n(
            "Your idea is erased too, with its support.",
            "Your {count} ideas are erased too, with their support.",
            count,
        )
    )
    return f"{text} {what}"


def erasure_answer(count: int, *, stayed: bool) -> str:
    """Return the answer after the erasure."""
    lines = [t("Done: your data is erased.")]
    if count:
        lines.append(
            n(
                "Your idea stayed, without your name.",
                "Your {count} ideas stayed, without your name.",
                count,
            )
            if stayed
            else n("Your idea is erased too.", "Your {count} ideas are erased too.", count)
        )
    lines.append(
        t(
            "-# I keep only a scrambled code of your account, so that your old stars under "
            "chapters are not counted again. If you use me again, I start storing data about you "
            "again."
        )
    )
    if count and stayed:
        lines.append(
            t(
                "-# That code also stays with your ideas, so that limits and blocks still work. You "
                "can erase the ideas later with the same command."
            )
        )
    return "\n".join(lines)


def nothing_erased() -> str:
    """Return the answer to somebody who keeps everything."""
    return t("Nothing was erased.")


def erase_button() -> str:
    """Return the label of the button for somebody without suggestions."""
    return t("Erase…")


def erase_keeping_suggestions_button() -> str:
    """Return the label of the button that keeps suggestions without their suggester."""
    return t("Erase my data, keep my ideas…")


def erase_with_suggestions_button() -> str:
    """Return the label of the button that erases suggestions too."""
    return t("Erase my data and my ideas…")


def confirm_button() -> str:
    """Return the label of the button that erases."""
    return t("Yes, erase it")


def keep_button() -> str:
    """Return the label of the button that keeps everything."""
    return t("Keep everything")


PRIVACY = "What I store about you: get it or erase it"
EXPORT = "Get everything I store about you as a file; only you see it"
ERASE = "Erase everything I store about you; I ask twice first"
