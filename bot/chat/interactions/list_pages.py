"""Pagination of lists, a message for each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.chat.interactions.outgoing_message import Item, button, row

T = TypeVar("T")


def paginate(things: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Return the things on a page, the page's number counted from 0, and the number of pages.

    A number out of range becomes the nearest page's.
    """
    count = max(1, -(-len(things) // size))
    number = min(max(page, 0), count - 1)
    return things[number * size : (number + 1) * size], number, count


def page_buttons(number: int, count: int, to: Callable[[int], str]) -> list[Item]:
    """Return the buttons to the pages before and after; none if there is only one page."""
    if count <= 1:
        return []
    # Ids must differ within a message, also those of buttons that cannot be pressed.
    return [
        row(
            button("", to(number - 1) if number > 0 else "off:before", emoji="◀️", disabled=number == 0),
            button(
                f"{number + 1} / {count}",
                "off:here",
                disabled=True,
            ),
            button(
                "",
                to(number + 1) if number < count - 1 else "off:after",
                emoji="▶️",
                disabled=number == count - 1,
            ),
        )
    ]
