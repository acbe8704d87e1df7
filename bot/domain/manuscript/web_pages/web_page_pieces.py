"""Pieces of a web page in a manuscript that was copied from one: buttons, counters, notices, closing talk.

A story may have any of these words, so a line counts if it consists of nothing else, and where that is not enough, only
near other such lines or at the chapter's ends. The warning at load time and the import go by what is found here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.domain.manuscript.web_pages.web_page_counters import BARE_NUMBER, CountOf, classify_counter, is_tally
from bot.domain.manuscript.web_pages.web_page_lines import (
    ADDRESS,
    BYLINE,
    COPYRIGHT,
    COUNTERS_WITHOUT_WORDS,
    FIELD,
    FIELD_OF_AN_ARCHIVE,
    LINK,
    MARKS,
    NEIGHBOUR,
    QUOTES,
    SENTENCE_ENDS,
    SEPARATORS,
)
from bot.domain.manuscript.web_pages.web_page_phrases import (
    AD_WORDS,
    BUTTONS,
    FOREIGN_NOTICE,
    LIKELY_BUTTONS,
    LIKELY_WORDS,
    NOTE_HEADINGS,
    TRIGGERS,
    find_site_notices,
    find_talk,
)
from bot.domain.text.sign_search import find_signs

_SHORT, _LONG = 100, 400
"""The longest line of the page's own words, and the longest sentence to readers, in characters."""

_AROUND = 20
"""Marks and blanks around such a line, at most."""

_SENTENCE = 40
"""Characters from which a line with a full stop is nothing but a sentence."""

TOP, END = 12, 15
"""The first and last lines of a chapter with text in them, among which furniture is likely."""

_NEAR = 6
"""Lines with text within which one piece of a web page makes another likely."""

_SEPARATORS = frozenset("|｜·•/／\t")
_LOOKED_UP = BUTTONS | AD_WORDS
_LONGEST_LOOKED_UP = max(map(len, _LOOKED_UP))
_ODD = frozenset(MARKS) - set(" \t\u3000\xa0_(（【…") | set("0123456789")
"""First signs of lines that are looked at wherever they stand."""


class PieceKind(StrEnum):
    """Kind of a piece, in words for its author."""

    BUTTON = "a button or link"
    COUNTER = "a counter"
    NOTICE = "a notice of the site"
    FOOTER = "a footer"
    HEADER = "a header"
    TALK = "talk to the readers of that site"
    NOTE = "a note of the author’s"


class Certainty(IntEnum):
    """Certainty that a line is a piece of a web page."""

    BESIDE = 0
    """Only near one that is sure."""
    LIKELY = 1
    """Near one that is sure, or near any other at an end of the chapter."""
    AT_AN_END = 2
    """At an end of the chapter."""
    ANYWHERE = 3


class WebPagePiece(NamedTuple):
    """A line of a web page."""

    line: int
    """Counted from 0 among the lines with text."""
    kind: PieceKind
    certainty: Certainty


def find_web_page_pieces(lines: Sequence[str]) -> dict[int, WebPagePiece]:
    """Return every line that is surely enough a piece of a web page in its place, by its index.

    Args:
        lines: The lines of a chapter that are not empty; a heading begins with `#`.
    """
    found = [*_short_lines(lines), *_bare_numbers(lines), *_at_the_ends(lines), *_notices(lines)]
    return _sure_enough(found, len(lines)) if found else {}


def _short_lines(lines: Sequence[str]) -> Iterator[WebPagePiece]:
    """Find buttons, counters and fields: lines of nothing else.

    All lines but those at the ends and near what is found are only looked up, for a book has many.
    """
    found: dict[int, WebPagePiece] = {}
    at_hand = [
        number
        for number, line in enumerate(lines)
        if line[0] in _ODD or (len(line) <= _LONGEST_LOOKED_UP and line.lower() in _LOOKED_UP)
    ]
    ads = _advertisements(lines, at_hand)
    waiting = sorted({*at_hand, *_ends(len(lines))}, reverse=True)
    seen = set(waiting)
    while waiting:
        number = waiting.pop()
        line = lines[number]
        if len(line) > (_LONG if "](" in line else _SHORT) or _is_sentence(line):
            continue
        piece = (PieceKind.BUTTON, Certainty.ANYWHERE) if number in ads else _short_line(line)
        if piece is None:
            continue
        found[number] = WebPagePiece(number, *piece)
        if piece[1] is Certainty.ANYWHERE:
            near = {*range(max(0, number - _NEAR), min(len(lines), number + _NEAR + 1))} - seen
            seen |= near
            waiting += near
    return iter(found.values())


def _is_sentence(line: str) -> bool:
    return len(line) > _SENTENCE and line[-1] in SENTENCE_ENDS and "©" not in line and "eserved" not in line


def _advertisements(lines: Sequence[str], at_hand: Sequence[int]) -> set[int]:
    """Return the headings of advertisements if there are several."""
    bare = {number: lines[number].strip(MARKS).lower() for number in at_hand if len(lines[number]) < _SHORT}
    words = {number: word for number, word in bare.items() if word in AD_WORDS}
    times = Counter(words.values())
    return {number for number, word in words.items() if times[word] > 1}


def _short_line(line: str) -> tuple[PieceKind, Certainty] | None:
    if "](" in line:
        line = LINK.sub(r"\1", line)
    bare = line.strip(MARKS)
    heading = line.lstrip()[:1] == "#"
    if not bare or bare[0] in QUOTES:
        return None
    low = bare.casefold()
    if low in BUTTONS or low.rstrip("!！.。~～:：?？ ") in BUTTONS:
        return PieceKind.BUTTON, Certainty.ANYWHERE
    if low in LIKELY_BUTTONS:
        return PieceKind.BUTTON, Certainty.LIKELY if heading else Certainty.AT_AN_END
    if low in LIKELY_WORDS or NEIGHBOUR.fullmatch(low):
        return PieceKind.BUTTON, Certainty.LIKELY
    if FIELD_OF_AN_ARCHIVE.match(low):
        return PieceKind.HEADER, Certainty.AT_AN_END
    if FIELD.match(low):
        return PieceKind.HEADER, Certainty.BESIDE
    if COPYRIGHT.match(bare):
        return PieceKind.FOOTER, Certainty.AT_AN_END
    if (counted := classify_counter(line.strip())) is not None:
        sure = {CountOf.SEVERAL: Certainty.ANYWHERE, CountOf.WEB_PAGE: Certainty.AT_AN_END}
        return PieceKind.COUNTER, Certainty.LIKELY if heading else sure.get(counted, Certainty.LIKELY)
    return _row_of_buttons(low)


def _row_of_buttons(low: str) -> tuple[PieceKind, Certainty] | None:
    parts = low.split()
    apart = not _SEPARATORS.isdisjoint(low) or "  " in low
    if apart:
        parts = [part for each in SEPARATORS.split(low) if (part := each.strip(MARKS))]
    if not 1 < len(parts) < 9 or not all(
        part in LIKELY_WORDS or part in LIKELY_BUTTONS or part in BUTTONS for part in parts
    ):
        return None
    return PieceKind.BUTTON, Certainty.AT_AN_END if apart or len(parts) > 2 else Certainty.LIKELY


def _ends(count: int) -> list[int]:
    return [*range(min(TOP, count)), *range(max(TOP, count - END), count)]


def _bare_numbers(lines: Sequence[str]) -> Iterator[WebPagePiece]:
    """Find three or four numbers one below the other at an end, unless they count up or down."""
    run: list[int] = []
    for number in [*_ends(len(lines)), -1]:
        bare = lines[number].strip(MARKS) if number >= 0 else ""
        if bare and (not run or run[-1] == number - 1) and len(bare) < 16 and BARE_NUMBER.fullmatch(bare):
            run.append(number)
            continue
        if 2 < len(run) < 5 and not is_tally([lines[each].strip(MARKS) for each in run]):
            yield from (WebPagePiece(each, PieceKind.COUNTER, Certainty.AT_AN_END) for each in run)
        run = []


def _at_the_ends(lines: Sequence[str]) -> Iterator[WebPagePiece]:
    """Find what counts at the top or the end alone: names, addresses, notes, closing talk."""
    ends = [number for number in _ends(len(lines)) if len(lines[number]) <= _LONG + _AROUND]
    text = "\n".join([lines[number] for number in ends]).lower()
    is_talk, is_notice = find_talk(text), find_site_notices(text)
    for number in ends:
        line = lines[number].strip(MARKS)
        if len(line) > _LONG or not line:
            continue
        low = line.lower()
        if NOTE_HEADINGS.match(low.lstrip("([（【")):
            yield WebPagePiece(number, PieceKind.NOTE, Certainty.AT_AN_END)
        elif is_talk(low):
            yield WebPagePiece(number, PieceKind.TALK, Certainty.AT_AN_END)
        elif number < TOP and COUNTERS_WITHOUT_WORDS.fullmatch(line):
            yield WebPagePiece(number, PieceKind.COUNTER, Certainty.AT_AN_END)
        elif number < TOP and BYLINE.fullmatch(line):
            yield WebPagePiece(number, PieceKind.HEADER, Certainty.BESIDE)
        elif is_notice(low):
            yield WebPagePiece(number, PieceKind.NOTICE, Certainty.AT_AN_END)
        elif ADDRESS.fullmatch(line):
            yield WebPagePiece(number, PieceKind.NOTICE, Certainty.LIKELY)


def _notices(lines: Sequence[str]) -> Iterator[WebPagePiece]:
    """Find notices, which may stand anywhere."""
    short = [number for number, line in enumerate(lines) if len(line) <= _LONG]
    triggers = find_signs("\n".join([lines[number] for number in short]).lower(), TRIGGERS)
    if not triggers:
        return
    for number in short:
        low = lines[number].lower()
        if any(trigger in low for trigger in triggers) and _is_notice(low):
            yield WebPagePiece(number, PieceKind.NOTICE, Certainty.ANYWHERE)


def _is_notice(line: str) -> bool:
    bare = line.strip(MARKS)
    return bool(bare) and bare[0] not in QUOTES and FOREIGN_NOTICE.search(bare) is not None


def _sure_enough(found: Sequence[WebPagePiece], count: int) -> dict[int, WebPagePiece]:
    """Return, by line, the pieces that are sure in their place, or for what stands near them."""
    ends = set(_ends(count))
    sure = {
        piece.line: piece
        for piece in found
        if piece.certainty is Certainty.ANYWHERE
        or (piece.certainty is Certainty.AT_AN_END and piece.line in ends)
    }
    pieces = {line for line, piece in sure.items() if piece.kind is not PieceKind.NOTE}
    likely = {piece.line for piece in found if piece.certainty >= Certainty.LIKELY and piece.line in ends}
    kept = dict(sure)
    for piece in found:
        near = range(piece.line - _NEAR, piece.line + _NEAR + 1)
        if piece.line in sure:
            continue
        others = likely - {piece.line} if piece.certainty and piece.line in ends else ()
        if any(line in pieces or line in others for line in near):
            kept[piece.line] = piece
    return dict(sorted(kept.items()))
