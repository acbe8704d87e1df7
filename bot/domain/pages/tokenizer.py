"""Tokenizer of inline Markdown: marks, links, code and Discord's own tokens in one run, found in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from bot.domain.pages.bidi import find_directional_spans
from bot.domain.pages.delimiters import DelimiterRun, Span, drop_deep_spans, match_delimiters
from bot.domain.pages.escaping import ZERO_WIDTH, code
from bot.domain.pages.text_length import is_blank, utf16_length

ATOM_ROOM = 64
"""Units that indivisible parts leave free on a page, for the marks and prefixes around them."""

_LABEL_MARKS_MOST = 20
_LABEL_MARK = re.compile(r"[*_~|`<\\]")
_MAY_HOLD_MARKS = re.compile(r"[\\`<\[*_~|\n\u202a-\u202e\u2066-\u2069]|\]\(|https?://", re.IGNORECASE)
_TOKEN = re.compile(
    r"""
    (?P<escape>\\?\]\(|\\[!-/:-@\[-`{-~])
  | (?P<code>`+)
  | (?P<token><(?:https?://[^\s<>]+|t:-?\d{1,17}(?::[tTdDfFsSR])?|@[!&]?\d{1,20}|\#\d{1,20}
        |a?:\w{1,32}:\d{1,20}|/[^\s<>][^\n<>]{0,99}:\d{1,20}|id:\w{1,20})>)
  | (?P<url>https?://(?:(?!\*\*|~~|\|\|)[^\s<>\[\]\\`])*+)
  | (?P<link>\[)
  | (?P<marks>\*+|_+|~+|\|+)
  | (?P<line>\n)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINK = re.compile(
    r"""\[(?P<label>(?:[^\[\]\\\n]|\\[^\[\]\n]|\[(?:[^\[\]\\\n]|\\[^\[\]\n])*+\])++)
    \]\(\s*+(?P<url><https?://[^\s<>\\]++>|https?://(?:[^\s()<>\\]|\([^\s()<>\\]*+\))++)
    (?P<title>\s++(?:"[^"\n]*+"|'[^'\n]*+'))?+\s*+\)""",
    re.VERBOSE | re.IGNORECASE,
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_URL_END = re.compile(r"\*\*|~~|\|\|")
_URL_TAIL = """.,:;!?"'”’»*_~|。、，．！？；：」』】》）…"""
_TICKS = re.compile("`+")
_WORDISH = re.compile(r"[0-9A-Za-z_]")


@dataclass(frozen=True, slots=True)
class Atom:
    """Something indivisible."""

    start: int
    end: int
    out: str
    """Its Markdown."""
    shown: str
    """Its visible text."""
    node: bool = False
    """Set if it counts as a mark."""


@dataclass(slots=True)
class Scan:
    """The tokens of one run."""

    content: str
    limit: int
    atoms: list[Atom] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    holds: list[tuple[int, int]] = field(default_factory=list)
    _foreign: list[Atom] = field(default_factory=list)
    _ticks: dict[int, list[int]] | None = None

    @classmethod
    def of(cls, content: str, limit: int) -> Scan:
        """Scan the whole of `content` for pages of `limit` units."""
        scan = cls(content, limit)
        scan._region(0, len(content), limit - ATOM_ROOM)
        scan.atoms.sort(key=_start)
        scan._foreign.sort(key=_start)
        scan.spans = [rewritten for span in drop_deep_spans(scan.spans) if (rewritten := scan._settled(span))]
        scan.spans += find_directional_spans(content, [*scan.spans, *scan.atoms])
        return scan

    def _region(self, start: int, end: int, room: int, in_link: bool = False) -> None:
        """Scan a stretch whose marks are matched among themselves: a run, or the text of a link."""
        rows: list[DelimiterRun] = []
        at = start
        while found := _TOKEN.search(self.content, at, end):
            at = found.end()
            match found.lastgroup:
                case "escape":
                    shown = found[0][1:] if found[0][0] == "\\" else found[0]
                    self._atom(found.start(), at, "]\\(" if shown == "](" else f"\\{shown}", shown)
                case "line":
                    self._atom(found.start(), at, "\n", "\n")
                case "code":
                    at = self._code(found.start(), at, end, room)
                case "token":
                    if utf16_length(found[0]) > room:
                        at = found.start() + 1
                    else:
                        self._atom(found.start(), at, found[0], _token_words(found[0]), foreign=True)
                case "url":
                    at = self._url(found.start(), found[0], end, room)
                case "link" if not in_link:
                    at = self._link(found.start(), at, end, room)
                case "marks":
                    rows.append(self._row(found.start(), found[0]))
        self.spans.extend(match_delimiters(self.content, rows))

    def _atom(self, start: int, end: int, out: str, shown: str, foreign: bool = False) -> None:
        self.atoms.append(Atom(start, end, out, shown, foreign))
        if foreign and any(char in out for char in "*_~|"):
            self._foreign.append(self.atoms[-1])

    def _code(self, start: int, inner: int, end: int, room: int) -> int:
        """Read code between rows of backticks of one length; return the offset to continue at."""
        length = inner - start
        closing = self._next_ticks(length, inner)
        stop = -1 if closing is None else closing + length
        if closing is None or stop > end or self.content.find("``", inner, closing) >= 0:
            return inner
        inside = self.content[inner:closing]
        if "\n" in inside:
            return inner
        fence = "``" if "`" in inside else "`"
        if len(fence) == 2 and (inside[0] == "`" or inside[-1] == "`"):
            return inner
        out = fence + code(inside) + fence
        if utf16_length(out) <= room:
            self._atom(start, stop, out, inside, foreign=True)
            return stop
        if fence == "``":
            opening, ending = fence + ZERO_WIDTH, ZERO_WIDTH + fence
        else:
            opening = ending = fence
        self.spans.append(Span("code", start, inner, closing, stop, opening, ending))
        return stop

    def _next_ticks(self, length: int, at: int) -> int | None:
        """Return where the next row of exactly so many backticks begins; all rows are found once."""
        if self._ticks is None:
            self._ticks = {}
            for row in _TICKS.finditer(self.content):
                self._ticks.setdefault(len(row[0]), []).append(row.start())
        rows = self._ticks.get(length, [])
        number = bisect_left(rows, at)
        return rows[number] if number < len(rows) else None

    def _url(self, start: int, url: str, end: int, room: int) -> int:
        """Read a bare address; `<>` separates it from text right behind it, which Discord would add to it."""
        url = _trimmed(url)
        stop = start + len(url)
        scheme = url.find("://") + 3
        if scheme < 3 or scheme >= len(url) or utf16_length(url) + 2 > room:
            return self._literal_url(start, max(stop, start + max(4, scheme)))
        alone = (stop >= end or self.content[stop].isspace()) and self.content[start - 1 : start] != "<"
        self._atom(start, stop, url if alone else f"<{url}>", url, foreign=True)
        return stop

    def _literal_url(self, start: int, stop: int) -> int:
        """Escape an address longer than a page, so that Discord makes neither a link nor marks of it."""
        for found in _SCHEME.finditer(self.content, start, stop):
            self._atom(*found.span(), found[0].replace(":", "\\:"), found[0])
        if any(char in "*_~|" for char in self.content[start:stop]):
            self._foreign.append(Atom(start, stop, self.content[start:stop], ""))
        return stop

    def _link(self, start: int, inner: int, end: int, room: int) -> int:
        """Read a masked link: whole if it fits a page, else cut inside its text, else literal."""
        found = _LINK.match(self.content, start, end)
        if not found or "://" in found["label"] or is_blank(found["label"]):
            return inner
        target = self.content[found.end("label") : found.end()].replace("\n", " ")
        marks = len(_LABEL_MARK.findall(found["label"]))
        whole = utf16_length(found[0]) + marks + 4 <= room and marks <= _LABEL_MARKS_MOST
        if not whole and utf16_length(target) > self.limit // 4:
            return inner
        if whole:
            self.holds.append((start, found.end()))
        self._region(*found.span("label"), room if whole else self.limit // 2, in_link=True)
        self.spans.append(Span("link", start, start + 1, found.end("label"), found.end(), "[", target))
        if any(char in target for char in "*_~|"):
            self._foreign.append(Atom(found.end("label"), found.end(), target, ""))
        return found.end()

    def _row(self, start: int, row: str) -> DelimiterRun:
        """Return a row of mark characters that may open and close by Discord's loose rules."""
        before = self.content[start - 1] if start else " "
        end = start + len(row)
        after = self.content[end] if end < len(self.content) else " "
        if row[0] in "~|":
            either = len(row) == 2 if row[0] == "~" else len(row) > 1
            return DelimiterRun(row[0], start, len(row), len(row), either, either)
        opens, closes = not after.isspace(), not before.isspace()
        if row == "_":
            opens, closes = opens and not _WORDISH.match(before), closes and not _WORDISH.match(after)
        return DelimiterRun(row[0], start, len(row), len(row), opens, closes)

    def _settled(self, span: Span) -> Span | None:
        """Return the span with delimiters that nothing inside it can end early, or None: then they stay literal."""
        if span.sort in ("code", "link"):
            return span
        first = bisect_left(self._foreign, span.inner_start, key=_start)
        inside = [
            atom.out for atom in self._foreign[first : bisect_left(self._foreign, span.inner_end, key=_start)]
        ]
        if span.sort != "em":
            return None if any(span.open in out for out in inside) else span
        for char in (span.open, "_" if span.open == "*" else "*"):
            if char == "_" and not self._stands_apart(span):
                continue
            if self.content.find(char, span.inner_start, span.inner_end) < 0:
                return replace(span, open=char, close=char)
        char = span.open if self._stands_apart(span) else "*"
        ended = any(char in out for out in inside)
        return None if ended else replace(span, open=char, close=char)

    def _stands_apart(self, span: Span) -> bool:
        """Return whether `_` works here: no letter, digit or underscore of ASCII touches it from outside."""
        before, after = (
            self.content[max(0, span.start - 1) : span.start],
            self.content[span.end : span.end + 1],
        )
        return not _WORDISH.match(before) and not _WORDISH.match(after)


def _trimmed(url: str) -> str:
    """Strip from an address what follows it in a sentence: marks, stops, and brackets that it did not open."""
    if found := _URL_END.search(url):
        url = url[: found.start()]
    url = url.rstrip(_URL_TAIL)
    unopened = url.count(")") - url.count("(")
    end = len(url)
    while unopened > 0 and end and url[end - 1] == ")":
        end -= 1
        unopened -= 1
        while end and url[end - 1] in _URL_TAIL:
            end -= 1
    return url[:end]


def may_hold_marks(content: str) -> bool:
    """Return whether there is anything to find; most paragraphs of prose have nothing."""
    return _MAY_HOLD_MARKS.search(content) is not None


def _start(atom: Atom) -> int:
    return atom.start


def _token_words(token: str) -> str:
    """Return the visible text of `<https://…>`, a mention, an emoji or a timestamp."""
    inside = token[1:-1]
    return inside if inside[:4].lower() == "http" else token
