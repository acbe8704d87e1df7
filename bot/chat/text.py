"""Other people's text on its way into a message: measured as Discord may count it, shortened, made literal."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from bot.domain.pages import escape
from bot.domain.pages.units import cluster_starts, is_blank, units

__all__ = ["clip", "literal_block", "literal_line", "one_line", "units", "when"]

_ELLIPSIS = "…"


def clip(text: str, limit: int) -> str:
    """The text if it has at most `limit` UTF-16 units, else its beginning with an ellipsis, cut between characters
    as people see them."""
    if units(text) <= limit:
        return text
    end, size = 0, 1
    for stop in _stops(text, limit):
        size += units(text[end:stop])
        if size > limit:
            break
        end = stop
    return text[:end].rstrip() + _ELLIPSIS if limit > 0 else ""


def one_line(text: str, limit: int) -> str:
    """The text on one line, at most `limit` units, for places where nothing formats: labels, choices, form titles."""
    shown = clip(" ".join(text.split()), limit)
    return _ELLIPSIS if is_blank(shown) else shown


def literal_line(text: str, limit: int) -> str:
    """The text on one line with nothing in it that formats or mentions, at most `limit` units as sent."""
    return _fitting(" ".join(text.split()), limit)


def literal_block(text: str, limit: int) -> str:
    """The text with its line breaks and nothing in it that formats or mentions, at most `limit` units as sent."""
    return _fitting(text.strip(), limit)


def when(moment: datetime) -> str:
    """A moment as each reader's own clock tells it, with how far off it is (docs: reference, Timestamps)."""
    stamp = int(moment.timestamp())
    return f"<t:{stamp}:F> (<t:{stamp}:R>)"


def _stops(text: str, limit: int) -> list[int]:
    """Where a text may be cut within its first `limit` characters, ascending."""
    head = text[:limit]
    return [*cluster_starts(head), len(head)]


def _fitting(text: str, limit: int) -> str:
    """The longest beginning of the text that fits once it is escaped, which lengthens it."""
    if is_blank(text):
        return _ELLIPSIS
    shown = escape(text)
    if units(shown) <= limit:
        return shown
    stops = _stops(text, limit)

    def escaped(at: int) -> str:
        return escape(text[: stops[at]].rstrip() + _ELLIPSIS)

    kept = bisect_right(range(len(stops)), limit, key=lambda at: units(escaped(at)))
    return escaped(kept - 1) if kept else _ELLIPSIS
