"""Texts for failures other than the refusals of the domain."""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def old_control() -> str:
    """Explain that a component is of an earlier version."""
    return t("This button has grown old: run `/read` again, or the command it came from.")


def old_form() -> str:
    """Explain that a modal is of an earlier version."""
    return t("This form has grown old: run the command again. What you wrote was not sent.")


def old_command() -> str:
    """Explain that Discord still shows an earlier version of the command."""
    return t("This command has changed. Reload Discord (Ctrl+R, or close and open the app) and try again.")


def bad_option() -> str:
    """Explain that an option has an impossible value."""
    return t("I could not make sense of one of the options. Pick from what is offered, or leave it out.")


def database_away() -> str:
    """Explain that the database cannot be reached."""
    return t("I can't reach my database right now. Please try again in a minute.")


def broke(reference: str) -> str:
    """Explain an unforeseen failure; the log has the same reference."""
    return t(
        "Something went wrong on my side, and nothing was changed that I know of. Please try again; if it happens "
        "again, tell whoever runs me this reference: {reference}",
        reference=reference,
    )
