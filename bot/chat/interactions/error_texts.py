"""Texts for failures other than the refusals of the domain.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def old_control() -> str:
    """Explain that a component is of an earlier version."""
    return t("This button is from an older version. Use `/read` or the command it came from again.")


def old_form() -> str:
    """Explain that a modal is of an earlier version."""
    return t(
        "This form is from an older version, so what you wrote was not sent. Please use the command again."
    )


def old_command() -> str:
    """Explain that Discord still shows an earlier version of the command."""
    return t("This command has changed. Reload Discord (Ctrl+R, or close and open the app) and try again.")


def bad_option() -> str:
    """Explain that an option has an impossible value."""
    return t("I don’t know one of the options you gave. Pick one from the list, or leave it out.")


def database_away() -> str:
    """Explain that the database cannot be reached."""
    return t("I can’t reach my database right now. Please try again in a minute.")


def broke(reference: str) -> str:
    """Explain an unforeseen failure; the log has the same reference."""
    return t(
        "Something went wrong on my side; as far as I know, nothing was changed. Please try "
        "again. If it happens again, give this code to whoever runs this bot: {reference}",
        reference=reference,
    )
