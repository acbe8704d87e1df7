"""A chapter's thanks to the readers whose suggestions shaped it.

Seen by: readers, everyone in the channel.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import listed, n


def thanks(names: Sequence[str], others: int) -> str:
    """Thank the suggesters: those who agreed by name, the others as a number."""
    if not names:
        return n(
            "-# With thanks to {count} reader for an idea",
            "-# With thanks to {count} readers for their ideas",
            others,
        )
    if not others:
        return n(
            "-# With thanks to {names} for an idea",
            "-# With thanks to {names} for their ideas",
            len(names),
            names=listed(names),
        )
    return n(
        "-# With thanks to {names} and {count} more reader for their ideas",
        "-# With thanks to {names} and {count} more readers for their ideas",
        others,
        names=", ".join(names),
    )


def thanks_by_number(numbers: Sequence[int]) -> str:
    """Thank for suggestions by their numbers, as previews do."""
    return n(
        "-# With thanks for the reader’s idea {numbers}",
        "-# With thanks for the readers’ ideas {numbers}",
        len(numbers),
        numbers=listed([str(each) for each in numbers]),
    )
