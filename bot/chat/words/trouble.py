"""What people are told when something cannot be done, beside the refusals of the domain."""

from __future__ import annotations

OLD_CONTROL = "This button has grown old: run `/read` again, or the command it came from."
OLD_FORM = "This form has grown old: run the command again. What you wrote was not sent."
OLD_COMMAND = "This command has changed. Reload Discord (Ctrl+R, or close and open the app) and try again."
BAD_OPTION = "I could not make sense of one of the options. Pick from what is offered, or leave it out."
NOT_READY = "I am just starting. Please try again in a moment."


def broke(reference: str) -> str:
    """Something unforeseen; the log has the same reference."""
    return (
        "Something went wrong on my side, and nothing was changed that I know of. Please try again; if it happens "
        f"again, tell whoever runs me this reference: {reference}"
    )
