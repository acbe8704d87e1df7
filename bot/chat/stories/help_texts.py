"""Texts of `/help`."""

from __future__ import annotations

from bot.chat.i18n.gettext import t

HELP = "See what you can do here"


def for_reader() -> str:
    """Return the help for every reader."""
    return t(
        "## What I do\n"
        "I bring serial stories to Discord, chapter by chapter.\n"
        "- `/library` shows what there is, `/story` how one story stands.\n"
        "- `/read` opens a private reader at your own place. Only you see it.\n"
        "- `/follow` brings a story’s new chapters to your direct messages.\n"
        "- Under a chapter in a channel, ◀️ ▶️ turn its pages for everyone there and ⭐ is your vote for it.\n"
        "- `/suggest` tells an author what should happen; `/suggestions mine` shows what became of it.\n"
        "- `/suggestions top` shows what other readers want, so that you can support it.\n"
        "- `/privacy export` gives you all that I keep of you, `/privacy delete` erases it."
    )


def for_manager() -> str:
    """Return the help for those who manage the guild."""
    return t(
        "### You manage this server\n"
        "- `/subscribe` has a story’s chapters posted in a channel, `/unsubscribe` ends it.\n"
        "- `/pause` and `/resume` keep its place; `/subscriptions` shows how everything stands."
    )


def for_author(titles: str) -> str:
    """Return the help for authors of the stories `titles`."""
    return t(
        "### You write here: {titles}\n"
        "- `/author queue` goes through your readers’ ideas, `/author decide` decides on one.\n"
        "- `/author publish` brings the next chapter out now; `/author delay`, `/author hiatus` and `/author "
        "continue` move the calendar.",
        titles=titles,
    )
