"""Escaping of literal text for Discord's Markdown."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"[\\*_~|`]")
_PARTED = re.compile(r"(?<=``)(?=`)|(?<=\])(?=\(\s*<?https?://)", re.IGNORECASE)
_LINE_MARK = re.compile(
    r"(?P<lead>[ \t]*)(?:(?P<digits>\d+)(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|-#|>|[-+]+(?:\s|$)))"
)
_EVERY_LINE_MARK = re.compile(
    r"(?m)^(?P<lead>[^\S\n]*+)(?:(?P<digits>\d++)(?=[.)])|(?=#|>|[-+]))",
)
_FOREIGN = re.compile(r"[\\*_~|`\[\]()<]|:(?=//)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MENTION = re.compile(r"@(?=\S)")

ZERO_WIDTH = "\u200b"


def literal(text: str) -> str:
    """Escape text from inside a line, so that no mark, link or code starts or ends in it."""
    return _ACTIVE.sub(r"\\\g<0>", text)


def line_start(text: str) -> str:
    """Escape text that starts a line, so that Discord takes it for no heading, quote, list or small print."""
    found = _LINE_MARK.match(text)
    if not found:
        return text
    at = found.end()
    return f"{text[:at]}\\{text[at:]}"


def escape(text: str) -> str:
    """Escape untrusted text: nothing in it formats, links, mentions or ends a mark around it.

    Every character is kept. A zero-width space goes after each `@`, because Discord's server looks for mentions
    before it looks for backslashes.
    """
    marked = _FOREIGN.sub(r"\\\g<0>", text)
    lined = _EVERY_LINE_MARK.sub(lambda found: f"{found[0]}\\", marked)
    return _MENTION.sub(f"@{ZERO_WIDTH}", lined)


def unescape(text: str) -> str:
    """Return the text that `escape` made this of."""
    return _ESCAPED.sub(r"\1", text.replace(f"@{ZERO_WIDTH}", "@"))


def code(text: str) -> str:
    """Separate the signs in code that would end it or make a link, invisibly, because nothing can be escaped there."""
    return _PARTED.sub(ZERO_WIDTH, text)
