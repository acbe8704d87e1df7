"""Texts of the export and the erasure of personal data."""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t


def export_answer() -> str:
    """Return the text above the file."""
    return t(
        "Here is everything I keep of you, as a file that programs can read too. Only you see this.\n"
        "-# `/privacy delete` erases it."
    )


def export_empty() -> str:
    """Return the text above a file without data."""
    return t("I keep nothing of you. The file says so too.")


def export_too_large() -> str:
    """Return the text for a file that Discord does not take."""
    return t(
        "What I keep of you is larger than a file that I can send here. Ask whoever runs this bot for it; they can "
        "hand it to you another way."
    )


def erasure_question(count: int, stayed: int) -> str:
    """Return what would be erased. `stayed` suggestions were left by an earlier erasure."""
    lines = [
        t(
            "## Erase what I keep of you?\n"
            "Your places in stories, the chapters you read, your stars as I count them, the stories you follow, your "
            "support for ideas, and news for you will be gone. Channels you set up for others stay, without your name "
            "on them."
        )
    ]
    if count:
        lines.append(
            n(
                "You made {count} idea. It can stay for its author without your name and account, or go too.",
                "You made {count} ideas. They can stay for their authors without your name and account, or go too.",
                count,
            )
        )
    if stayed:
        lines.append(
            n(
                "{count} idea of yours is still there from before, without your name. It can go now.",
                "{count} ideas of yours are still there from before, without your name. They can go now.",
                stayed,
            )
        )
    lines.append(t("-# `/privacy export` gives you a copy first."))
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
            "Your idea goes too, with the support it has.",
            "Your {count} ideas go too, with the support they have.",
            count,
        )
    )
    return f"{text} {what}"


def erasure_answer(count: int, *, stayed: bool) -> str:
    """Return the answer after the erasure."""
    lines = [t("Done: what I kept of you is erased.")]
    if count:
        lines.append(
            n(
                "Your idea stayed, without your name.",
                "Your {count} ideas stayed, without your name.",
                count,
            )
            if stayed
            else n("Your idea is gone too.", "Your {count} ideas are gone too.", count)
        )
    lines.append(
        t(
            "-# A scrambled mark of your account remains, so that your old stars under chapters do not bring you back. "
            "If you use me again, I begin to remember again."
        )
    )
    if count and stayed:
        lines.append(
            t(
                "-# It is kept with the ideas that stayed too, and counts for limits and blocks. The same command can "
                "erase them later."
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
    return t("Erase me, ideas stay…")


def erase_with_suggestions_button() -> str:
    """Return the label of the button that erases suggestions too."""
    return t("Erase me and my ideas…")


def confirm_button() -> str:
    """Return the label of the button that erases."""
    return t("Yes, erase it")


def keep_button() -> str:
    """Return the label of the button that keeps everything."""
    return t("Keep everything")


PRIVACY = "What I keep of you: get it, or have it erased"
EXPORT = "Get everything I keep of you as a file; only you see it"
ERASE = "Have what I keep of you erased; I ask twice"
