"""A suggestion's text split into pages that fit beside the facts about it."""

from __future__ import annotations

from bot.chat.interactions.outgoing_message import TEXT_LIMIT
from bot.chat.text.user_text import literal_block, utf16_length
from bot.domain.pages import escape
from bot.domain.pages.text_length import cluster_starts

PAGE_LENGTH = 2_200
"""UTF-16 units of text on one page, as sent; the rest of a message is left to the facts about the suggestion."""


def split_text(text: str) -> list[str]:
    """Split a suggestion's text into pages, each escaped, between words if possible."""
    found: list[str] = []
    rest = text.strip()
    while rest:
        end = _page_length(rest)
        found.append(literal_block(rest[:end], TEXT_LIMIT))
        rest = rest[end:].lstrip("\n ")
    return found or [literal_block(text, PAGE_LENGTH)]


def _page_length(text: str) -> int:
    """Return the number of characters that fit on a page, found by bisection over grapheme clusters."""
    if utf16_length(escape(text)) <= PAGE_LENGTH:
        return len(text)
    starts = [*cluster_starts(text[: PAGE_LENGTH + 1]), min(len(text), PAGE_LENGTH + 1)]
    low, high = 1, len(starts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if utf16_length(escape(text[: starts[middle]])) <= PAGE_LENGTH:
            low = middle
        else:
            high = middle - 1
    end = starts[low]
    gap = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
    return gap if gap > end * 0.6 else end
