"""Inline marks of pandoc and pymdownx that Discord lacks, and what only Discord would take for a mark."""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript.superscripts import to_subscript, to_superscript

_RAISED = re.compile(
    r"\^(?<=[\w)\]»”’*.,]\^)(?P<text>[\w+=()−-]{1,20}|[\w+-]{1,12}(?:\\ [\w+-]{1,12}){1,4})\^(?!\^)"
)
_FACES = frozenset("oOwWvVuUqQTxXеоО")
_LOWERED = re.compile(
    r"~(?<=[A-Za-z0-9)\]]~)(?P<text>[0-9+=()-]{1,12}|(?<=\b[A-Za-z]~)[A-Za-z0-9]{1,8}(?=~(?![A-Za-z])))~(?!~)"
)
_INSERTED = re.compile(r"\+\+(?<![+\w\\]\+\+)(?=[^\s+])(?P<text>[^+\n]{1,400})(?<=[^\s+])\+\+(?![+\w])")
_CARETS = re.compile(r"\^\^(?<![\^\\]\^\^)(?=\w)(?P<text>[^\^\n]{1,400})(?<=[^\s^])\^\^(?!\^)")
_HIGHLIGHT = re.compile(
    r"==(?<![=\\]==)(?![\s=])(?P<text>(?:[^=\n]|\n(?![ \t]*+(?:\n|$)))++(?:=(?!=)(?:[^=\n]|\n(?![ \t]*+(?:\n|$)))*+)*)"
    r"(?<!\s)==(?!=)"
)
_DISCORD = re.compile(
    r"<(?<!\\<)(?:@[!&]?\d{1,14}|#\d{1,14}|a?:\w{1,32}:\d{1,14}|/[^\s<>][^\n<>]{0,99}:\d{1,14}"
    r"|t:-?\d{1,8}(?::[tTdDfFsSR])?|id:[\w-]{1,20})>"
)
"""Mentions, emoji and times whose number is too short for one of Discord's: nobody copied them from there."""

_NOTHING = re.compile(
    r"(?m)^(?:[ \t]*+(?:_[ \t\u00a0]_|\*\*[ \t\u00a0]\*\*|__[ \t\u00a0]__)[ \t]*+"
    r"|[^\S\n]*+(?:(?:[\u200b\u200c\u200d\u2060\ufeff\u00ad]|&#(?:8203|820[45]|8288|x200[bcdBCD]);|&(?:ZeroWidthSpace|zwnj|zwj|NoBreak);)"
    r"[^\S\n]*+)++)$"
)
_NOTHING_SIGNS = {
    "_": ("_ _", "_\u00a0_"),
    "*": ("** **", "**\u00a0**"),
    "&": ("&#", "&Z", "&z", "&N"),
    **{sign: (sign,) for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad"},
}
"""Signs of such lines, by a character of theirs that few texts have and that is looked for first."""

_SPOILER = re.compile(r"\|\|(?<![|\\]\|\|)(?=[^\s|])(?P<text>[^|]{1,9000}+)(?<=\S)\|\|(?!\|)")
_BARS = re.compile(r"(?<=[^\s|\\][ \t])\|\|(?=[ \t]++[^\s|])")
"""Bars with blanks on both sides, which part the values of a line: `HP: 10 || MP: 5 || XP: 3`."""

_NEAR = 200
_PARAGRAPH = re.compile(r"\s*\n[ \t]*+\n\s*")


def _spoiler(found: re.Match[str]) -> str | None:
    if not _PARAGRAPH.search(found["text"]):
        return None
    return "||" + _PARAGRAPH.sub("||\n\n||", found["text"]) + "||"


def _bars(text: str, found: re.Match[str]) -> str | None:
    """Return them escaped, except in a line that begins with such a mark."""
    line = text[max(0, found.start() - _NEAR) : found.start()].rpartition("\n")[2]
    return None if line.lstrip("> \t").startswith("||") else "\\|\\|"


def read_inline_marks(draft: TrackedText) -> None:
    """Turn the marks into small digits or plain text."""
    text = draft.text
    if "==" in text:
        draft.replace(_HIGHLIGHT, lambda found: found["text"])
    if "++" in text:
        draft.replace(_INSERTED, lambda found: found["text"])
    if "^" in text:
        draft.replace(_CARETS, lambda found: found["text"])
        draft.replace(_RAISED, _raised)
    if "||" in text:
        draft.replace(_SPOILER, _spoiler)
    if " || " in text:
        draft.replace(_BARS, lambda found: _bars(draft.text, found))
    if "~" in text:
        draft.replace(_LOWERED, lambda found: to_subscript(found["text"]) or found["text"])


def _raised(found: re.Match[str]) -> str | None:
    if found["text"] in _FACES:
        return None
    return to_superscript(found["text"]) or found["text"].replace("\\ ", " ")


def escape_discord_tokens(draft: TrackedText) -> None:
    """Escape what looks like a mention, an emoji or a time of Discord's, but cannot be one: `<@1>`."""
    if "<@" in draft.text or "<#" in draft.text or (":" in draft.text and "<" in draft.text):
        draft.replace(_DISCORD, lambda found: f"\\{found[0]}")


def clear_empty_lines(draft: TrackedText) -> None:
    """Empty the lines on which there is nothing to see: Discord's `_ _`, and characters without a width."""
    text = draft.text
    if any(first in text and any(sign in text for sign in signs) for first, signs in _NOTHING_SIGNS.items()):
        draft.replace(_NOTHING, lambda _: "")
