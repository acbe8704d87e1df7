"""People's text for messages: measured as Discord counts it, shortened, and escaped."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from datetime import datetime

from bot.domain.pages import escape
from bot.domain.pages.text_length import cluster_starts, is_blank, utf16_length

__all__ = [
    "clip",
    "isolated",
    "literal_block",
    "literal_line",
    "literal_pages",
    "one_line",
    "short_when",
    "soon",
    "utf16_length",
    "when",
]

_ELLIPSIS = "…"
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "LRE", "RLO", "LRO", "RLI", "LRI", "FSI", "PDF", "PDI"})
"""Bidirectional classes of characters that are written from right to left or change the direction."""


def clip(text: str, limit: int) -> str:
    """Shorten a text to at most `limit` UTF-16 units, with an ellipsis if cut.

    It is cut between words if that costs at most a quarter of it, else between grapheme clusters.
    """
    if utf16_length(text) <= limit:
        return text
    end, size = 0, 1
    for stop in _stops(text, limit):
        size += utf16_length(text[end:stop])
        if size > limit:
            break
        end = stop
    space = text.rfind(" ", 0, end + 1)
    if space >= end * 3 // 4:
        end = space
    return text[:end].rstrip() + _ELLIPSIS if limit > 0 else ""


def one_line(text: str, limit: int) -> str:
    """Shorten a text to one line for places without markup, such as labels, choices and titles of modals."""
    shown = clip(" ".join(text.split()), limit)
    return _ELLIPSIS if is_blank(shown) else shown


def literal_line(text: str, limit: int) -> str:
    """Return a text on one line, escaped and isolated in its writing direction, at most `limit` units as sent."""
    line = " ".join(text.split())
    return isolated(_fitting(line, limit - 2)) if _has_right_to_left(line) else _fitting(line, limit)


def literal_block(text: str, limit: int) -> str:
    """Return a text with its line breaks, escaped, at most `limit` units as sent."""
    return _fitting(text.strip(), limit)


def literal_pages(text: str, limit: int) -> list[str]:
    """Split a text, escaped, into pages of at most `limit` units as sent.

    Pages end at a line's end or between words if one is near, else between grapheme clusters.
    """
    pages = []
    rest = text.strip()
    while len(rest) > limit or utf16_length(escape(rest)) > limit:
        stops = _stops(rest, limit)
        kept = bisect_right(range(len(stops)), limit, key=lambda at: utf16_length(escape(rest[: stops[at]])))
        end = stops[max(1, kept - 1)] if len(stops) > 1 else limit
        space = max(rest.rfind(" ", end * 2 // 3, end), rest.rfind("\n", end * 2 // 3, end))
        end = space if space > 0 else end
        pages.append(escape(rest[:end].rstrip()))
        rest = rest[end:].lstrip()
    return [*pages, escape(rest)] if rest and not is_blank(rest) else pages or [_ELLIPSIS]


def isolated(text: str) -> str:
    """Isolate a title or a name in its writing direction.

    Written from right to left it would otherwise reorder the numbers and words around it (Unicode, UAX #9, Explicit
    Directional Isolates).
    """
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if _has_right_to_left(text) else text


def when(moment: datetime) -> str:
    """Return a moment as a timestamp in each reader's time zone, and relative to now (docs: reference, Timestamps).

    Without the weekday, so that it stays on one line of a phone; Discord shows the full moment where one points at it.
    """
    stamp = int(moment.timestamp())
    return f"<t:{stamp}:f> (<t:{stamp}:R>)"


def soon(moment: datetime) -> str:
    """Return a moment relative to now, which fits on a phone's line; a tap or a hover shows the date."""
    return f"<t:{int(moment.timestamp())}:R>"


def short_when(moment: datetime) -> str:
    """Return a date in figures, in each reader's time zone, and relative to now."""
    return f"<t:{int(moment.timestamp())}:d> ({soon(moment)})"


def _has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in text)


def _stops(text: str, limit: int) -> list[int]:
    """Return the ascending positions at which the first `limit` characters may be cut."""
    head = text[:limit]
    return [*cluster_starts(head), len(head)]


def _fitting(text: str, limit: int) -> str:
    """Return the longest beginning of the text that fits after escaping, which lengthens it."""
    if is_blank(text):
        return _ELLIPSIS
    shown = escape(text)
    if utf16_length(shown) <= limit:
        return shown
    stops = _stops(text, limit)

    def escaped(at: int) -> str:
        return escape(text[: stops[at]].rstrip() + _ELLIPSIS)

    kept = bisect_right(range(len(stops)), limit, key=lambda at: utf16_length(escaped(at)))
    return escaped(kept - 1) if kept else _ELLIPSIS
