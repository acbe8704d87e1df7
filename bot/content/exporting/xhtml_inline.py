"""Inline markup of a run of text as XHTML: emphasis, links, code, spoilers, directions and line ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote, urlsplit

from bot.domain.pages.inline_markup import Inline, Mark, Piece, PieceKind

_TAGS = {
    "*": ("<em>", "</em>"),
    "_": ("<em>", "</em>"),
    "**": ("<strong>", "</strong>"),
    "__": ("<u>", "</u>"),
    "~~": ("<s>", "</s>"),
    "||": ('<span class="spoiler">', "</span>"),
    "`": ("<code>", "</code>"),
    "\u202a": ('<span dir="ltr">', "</span>"),
    "\u202b": ('<span dir="rtl">', "</span>"),
    "\u202d": ('<bdo dir="ltr">', "</bdo>"),
    "\u202e": ('<bdo dir="rtl">', "</bdo>"),
    "\u2066": ('<bdi dir="ltr">', "</bdi>"),
    "\u2067": ('<bdi dir="rtl">', "</bdi>"),
    "\u2068": ("<bdi>", "</bdi>"),
}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_EMOJI = re.compile(r"<a?(:\w{1,32}:)\d{1,20}>")
_MOMENT = re.compile(r"<t:(-?\d{1,17})(?::(\w))?>")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9.-]+(?::\d{1,5})?", re.IGNORECASE)
_CLOCK_ALONE = "tT"
_FIRST_MOMENT, _LAST_MOMENT = -62_135_596_800, 253_402_300_799
"""Seconds since 1970 that a calendar has a date for."""

Rewrite = Callable[[str], str]


def xml_text(text: str) -> str:
    """Return text for XML, escaped and without the characters that XML forbids."""
    return escape(_NOT_IN_XML.sub("", text))


def inline_xhtml(inline: Inline, rewrite: Rewrite = xml_text) -> str:
    """Return a run's text as XHTML.

    Args:
        inline: The run's text and marks.
        rewrite: Makes XHTML of plain text outside of links; it may set links of its own.
    """
    out: list[str] = []
    open_marks: tuple[Mark, ...] = ()
    for piece in inline.pieces:
        shared = 0
        while shared < min(len(open_marks), len(piece.marks)) and open_marks[shared] is piece.marks[shared]:
            shared += 1
        out += [_tags(mark)[1] for mark in reversed(open_marks[shared:])]
        out += [_tags(mark)[0] for mark in piece.marks[shared:]]
        open_marks = piece.marks
        linked = any(mark.open == "[" for mark in open_marks)
        out.append(_piece(inline, piece, xml_text if linked else rewrite, linked=linked))
    out += [_tags(mark)[1] for mark in reversed(open_marks)]
    return "".join(out)


def _piece(inline: Inline, piece: Piece, rewrite: Rewrite, *, linked: bool) -> str:
    if piece.kind is PieceKind.LINE:
        return "<br/>\n"
    if piece.kind is PieceKind.ATOM:
        return _atom(piece, linked=linked)
    text = inline.content[piece.start : piece.end]
    return rewrite(text) if piece.kind is PieceKind.TEXT else xml_text(text)


def _atom(piece: Piece, *, linked: bool) -> str:
    if piece.out.startswith("`"):
        return f"<code>{xml_text(piece.shown)}</code>"
    if _ADDRESS.fullmatch(piece.shown) and not linked and (address := web_address(piece.shown)):
        return f'<a href="{escape(address)}">{xml_text(piece.shown)}</a>'
    if found := _EMOJI.fullmatch(piece.shown):
        return xml_text(found[1])
    if (found := _MOMENT.fullmatch(piece.shown)) and _FIRST_MOMENT <= int(found[1]) <= _LAST_MOMENT:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return f"{moment:%H:%M} UTC" if found[2] in tuple(_CLOCK_ALONE) else f"{moment:%Y-%m-%d %H:%M} UTC"
    return xml_text(piece.shown)


def _tags(mark: Mark) -> tuple[str, str]:
    if mark.open != "[":
        return _TAGS.get(mark.open.rstrip("\u200b"), ("", ""))
    target = mark.close.removeprefix("](").removesuffix(")").strip()
    address = web_address(target.split(maxsplit=1)[0].strip("<>")) if target else None
    return (f'<a href="{escape(address)}">', "</a>") if address else ("<span>", "</span>")


def web_address(written: str) -> str | None:
    """Return an address of the web as a valid URL, or None if it is none."""
    try:
        parts = urlsplit(written)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
        port_is_fit = parts.port is None or parts.port > 0
    except (UnicodeError, ValueError):
        return None
    if parts.scheme not in ("http", "https") or not port_is_fit or not _HOST.fullmatch(host):
        return None
    path, query, fragment = (
        _STRAY_PERCENT.sub("%25", quote(each, safe="/:@!$&'()*+,;=%~?"))
        for each in (parts.path, parts.query, parts.fragment)
    )
    rest = (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return f"{parts.scheme}://{host}{path.replace('?', '%3F')}{rest}"
