"""What people are told when something cannot be done, beside the refusals of the domain."""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def old_control() -> str:
    """A button that nobody knows any more."""
    return t("This button has grown old: run `/read` again, or the command it came from.")


def old_form() -> str:
    """A form that nobody knows any more."""
    return t("This form has grown old: run the command again. What you wrote was not sent.")


def old_command() -> str:
    """A command that Discord shows as it was before."""
    return t("This command has changed. Reload Discord (Ctrl+R, or close and open the app) and try again.")


def bad_option() -> str:
    """An option that cannot be what it should be."""
    return t("I could not make sense of one of the options. Pick from what is offered, or leave it out.")


def database_away() -> str:
    """Nothing can be read or written down at the moment."""
    return t("I can't reach my database right now. Please try again in a minute.")


def broke(reference: str) -> str:
    """Something unforeseen; the log has the same reference."""
    return t(
        "Something went wrong on my side, and nothing was changed that I know of. Please try again; if it happens "
        "again, tell whoever runs me this reference: {reference}",
        reference=reference,
    )
