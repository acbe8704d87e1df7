"""Other people's text on its way into a message: measured as Discord may count it, shortened, made literal."""

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
    "utf16_length",
    "when",
]

_ELLIPSIS = "…"
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_TURNING = frozenset({"R", "AL", "RLE", "LRE", "RLO", "LRO", "RLI", "LRI", "FSI", "PDF", "PDI"})
"""Classes of characters that are written from right to left, or make others be."""


def clip(text: str, limit: int) -> str:
    """The text if it has at most `limit` UTF-16 units, else its beginning with an ellipsis, cut between characters
    as people see them."""
    if utf16_length(text) <= limit:
        return text
    end, size = 0, 1
    for stop in _stops(text, limit):
        size += utf16_length(text[end:stop])
        if size > limit:
            break
        end = stop
    return text[:end].rstrip() + _ELLIPSIS if limit > 0 else ""


def one_line(text: str, limit: int) -> str:
    """The text on one line, at most `limit` units, for places where nothing formats: labels, choices, form titles."""
    shown = clip(" ".join(text.split()), limit)
    return _ELLIPSIS if is_blank(shown) else shown


def literal_line(text: str, limit: int) -> str:
    """The text on one line with nothing in it that formats or mentions, at most `limit` units as sent, and with its own
    direction of writing."""
    line = " ".join(text.split())
    return isolated(_fitting(line, limit - 2)) if _turns(line) else _fitting(line, limit)


def literal_block(text: str, limit: int) -> str:
    """The text with its line breaks and nothing in it that formats or mentions, at most `limit` units as sent."""
    return _fitting(text.strip(), limit)


def literal_pages(text: str, limit: int) -> list[str]:
    """All of the text with nothing in it that formats or mentions, in pages of at most `limit` units as sent; cut at a
    line's end or between words where one is near, else between characters as people see them."""
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
    """A title or a name that is to stand among other words: written from right to left it would carry them and the
    numbers beside it along (Unicode, UAX #9, Explicit Directional Isolates)."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if _turns(text) else text


def when(moment: datetime) -> str:
    """A moment as each reader's own clock tells it, with how far off it is (docs: reference, Timestamps)."""
    stamp = int(moment.timestamp())
    return f"<t:{stamp}:F> (<t:{stamp}:R>)"


def _turns(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(each) in _TURNING for each in text)


def _stops(text: str, limit: int) -> list[int]:
    """Where a text may be cut within its first `limit` characters, ascending."""
    head = text[:limit]
    return [*cluster_starts(head), len(head)]


def _fitting(text: str, limit: int) -> str:
    """The longest beginning of the text that fits once it is escaped, which lengthens it."""
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
