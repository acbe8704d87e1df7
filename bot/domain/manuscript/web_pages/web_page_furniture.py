"""Pieces of a web page in a manuscript that was copied from one: buttons, counters, notices, closing talk.

Only remarks are made. A story may have any of these words, so a line counts if it consists of nothing else, and where
that is not enough, only near other such lines or at the chapter's ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript.web_pages.repeated_passages import find_repeated_passages
from bot.domain.manuscript.web_pages.web_page_counters import BARE_NUMBER, CountOf, classify_counter, is_tally
from bot.domain.manuscript.web_pages.web_page_lines import (
    ADDRESS,
    BYLINE,
    COPYRIGHT,
    FIELD,
    FIELD_OF_AN_ARCHIVE,
    LINK,
    MARKS,
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

_TOP, _END = 12, 15
"""The first and last lines of a chapter with text in them, among which furniture is likely."""

_NEAR = 6
"""Lines with text within which one piece of a web page makes another likely."""

_SEPARATORS = frozenset("|｜·•/／\t")
_LOOKED_UP = BUTTONS | AD_WORDS
_LONGEST_LOOKED_UP = max(map(len, _LOOKED_UP))
_ODD = frozenset(MARKS) - set(" \t\u3000\xa0_(（【…") | set("0123456789")
"""First signs of lines that are looked at wherever they stand."""


class Kind(StrEnum):
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


class _Piece(NamedTuple):
    line: int
    """Counted from 0 among the lines with text."""
    kind: Kind
    certainty: Certainty


def remark_furniture(draft: TrackedText) -> None:
    """Remark on every line that looks like a piece of a web page, and on passages that stand there twice."""
    text = draft.text
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    found = [*_short_lines(lines), *_bare_numbers(lines), *_at_the_ends(lines), *_notices(lines)]
    kept = _sure_enough(found, len(lines)) if found else {}
    passages = find_repeated_passages(text, lines, is_copied=min(kept, default=_TOP) < _TOP)
    if not kept and not passages:
        return
    starts = _starts(text)
    for number, piece in kept.items():
        draft.remark(starts[number], *_message(piece, len(lines)))
    for number, passage in passages.items():
        if number not in kept:
            problem = f"{passage} stands here twice, as it may when it is copied from a web page"
            draft.remark(starts[number], problem, "Take one out, unless you mean it.")


def _starts(text: str) -> list[int]:
    """Return the offset of the first sign of each line with text in it."""
    starts: list[int] = []
    at = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            starts.append(at + len(line) - len(line.lstrip()))
        at += len(line) + 1
    return starts


def _message(piece: _Piece, count: int) -> tuple[str, str]:
    if piece.kind is Kind.NOTE:
        key = "note_before" if piece.line < min(_TOP, count - piece.line) else "note_after"
        return (
            "this looks like a note of yours to the readers, and is shown as a part of the story",
            f"If it is one, move it to {key} in the front matter.",
        )
    mend = "Take it out, or let `fascicle import` do so once there is that command."
    if piece.kind is Kind.TALK:
        mend = "Take it out, or say it to your readers here with note_after in the front matter."
    return (
        f"this looks like a part of the web page that the text was copied from ({piece.kind}): readers would see it",
        mend,
    )


def _short_lines(lines: Sequence[str]) -> Iterator[_Piece]:
    """Find buttons, counters and fields: lines of nothing else.

    All lines but those at the ends and near what is found are only looked up, for a book has many.
    """
    found: dict[int, _Piece] = {}
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
        piece = (Kind.BUTTON, Certainty.ANYWHERE) if number in ads else _short_line(line)
        if piece is None:
            continue
        found[number] = _Piece(number, *piece)
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


def _short_line(line: str) -> tuple[Kind, Certainty] | None:
    if "](" in line:
        line = LINK.sub(r"\1", line)
    bare = line.strip(MARKS)
    heading = line.lstrip()[:1] == "#"
    if not bare or bare[0] in QUOTES:
        return None
    low = bare.casefold()
    if low in BUTTONS or low.rstrip("!！.。~～:：?？ ") in BUTTONS:
        return Kind.BUTTON, Certainty.ANYWHERE
    if low in LIKELY_BUTTONS:
        return Kind.BUTTON, Certainty.LIKELY if heading else Certainty.AT_AN_END
    if low in LIKELY_WORDS:
        return Kind.BUTTON, Certainty.LIKELY
    if FIELD_OF_AN_ARCHIVE.match(low):
        return Kind.HEADER, Certainty.AT_AN_END
    if FIELD.match(low):
        return Kind.HEADER, Certainty.BESIDE
    if COPYRIGHT.match(bare):
        return Kind.FOOTER, Certainty.AT_AN_END
    if (counted := classify_counter(line.strip())) is not None:
        sure = {CountOf.SEVERAL: Certainty.ANYWHERE, CountOf.WEB_PAGE: Certainty.AT_AN_END}
        return Kind.COUNTER, Certainty.LIKELY if heading else sure.get(counted, Certainty.LIKELY)
    return _row_of_buttons(low)


def _row_of_buttons(low: str) -> tuple[Kind, Certainty] | None:
    parts = low.split()
    apart = not _SEPARATORS.isdisjoint(low) or "  " in low
    if apart:
        parts = [part for each in SEPARATORS.split(low) if (part := each.strip(MARKS))]
    if not 1 < len(parts) < 9 or not all(
        part in LIKELY_WORDS or part in LIKELY_BUTTONS or part in BUTTONS for part in parts
    ):
        return None
    return Kind.BUTTON, Certainty.AT_AN_END if apart or len(parts) > 2 else Certainty.LIKELY


def _ends(count: int) -> list[int]:
    return [*range(min(_TOP, count)), *range(max(_TOP, count - _END), count)]


def _bare_numbers(lines: Sequence[str]) -> Iterator[_Piece]:
    """Find three or four numbers one below the other at an end, unless they count up or down."""
    run: list[int] = []
    for number in [*_ends(len(lines)), -1]:
        bare = lines[number].strip(MARKS) if number >= 0 else ""
        if bare and (not run or run[-1] == number - 1) and len(bare) < 16 and BARE_NUMBER.fullmatch(bare):
            run.append(number)
            continue
        if 2 < len(run) < 5 and not is_tally([lines[each].strip(MARKS) for each in run]):
            yield from (_Piece(each, Kind.COUNTER, Certainty.AT_AN_END) for each in run)
        run = []


def _at_the_ends(lines: Sequence[str]) -> Iterator[_Piece]:
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
            yield _Piece(number, Kind.NOTE, Certainty.AT_AN_END)
        elif is_talk(low):
            yield _Piece(number, Kind.TALK, Certainty.AT_AN_END)
        elif number < _TOP and BYLINE.fullmatch(line):
            yield _Piece(number, Kind.HEADER, Certainty.BESIDE)
        elif is_notice(low):
            yield _Piece(number, Kind.NOTICE, Certainty.AT_AN_END)
        elif ADDRESS.fullmatch(line):
            yield _Piece(number, Kind.NOTICE, Certainty.LIKELY)


def _notices(lines: Sequence[str]) -> Iterator[_Piece]:
    """Find notices, which may stand anywhere."""
    short = [number for number, line in enumerate(lines) if len(line) <= _LONG]
    triggers = find_signs("\n".join([lines[number] for number in short]).lower(), TRIGGERS)
    if not triggers:
        return
    for number in short:
        low = lines[number].lower()
        if any(trigger in low for trigger in triggers) and _is_notice(low):
            yield _Piece(number, Kind.NOTICE, Certainty.ANYWHERE)


def _is_notice(line: str) -> bool:
    bare = line.strip(MARKS)
    return bool(bare) and bare[0] not in QUOTES and FOREIGN_NOTICE.search(bare) is not None


def _sure_enough(found: Sequence[_Piece], count: int) -> dict[int, _Piece]:
    """Return, by line, the pieces that are sure in their place, or for what stands near them."""
    ends = set(_ends(count))
    sure = {
        piece.line: piece
        for piece in found
        if piece.certainty is Certainty.ANYWHERE
        or (piece.certainty is Certainty.AT_AN_END and piece.line in ends)
    }
    pieces = {line for line, piece in sure.items() if piece.kind is not Kind.NOTE}
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
