"""Sentence and word boundaries in a paragraph.

UAX #29's sentence boundaries are found by one expression over the whole paragraph and then refined: uniseg's walk
takes some 40 microseconds a character, this one less than a tenth of one. Every place found here is a boundary
there (marks left out); language-specific knowledge (abbreviations, a speaker named after a quotation) removes
further ones. In doubt a place is not a boundary: there is always another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.pages.text_length import extends

_CLOSERS = r"\"'”’»›)\]}」』】》〉〕）］｝*_~|`\u00b9\u00b2\u00b3\u2070-\u2079†‡"
"""Signs between a stop and the next sentence: closing quotation marks and brackets, marks, the numbers of notes."""

_OPENERS = "“‘«‹"
"""They close too, in German and Danish; but only there does a space follow them."""

_STOPS = ".!?‽⁇⁈⁉؟۔।॥։።፧"

_END = re.compile(
    rf"(?<![{_STOPS}])(?P<stop>[{_STOPS}]++)(?P<close>(?:[{_CLOSERS}{_OPENERS}]|[ \u00a0\u202f][»›](?=[\s.,;:]))*+)"
    r"(?P<space>[ \t\n\u00a0\u2002-\u200a\u202f\u3000]++)(?=\S)"
    rf"|(?<![。！？｡．])(?P<wide>[。！？｡．]++)(?P<shut>[{_CLOSERS}]*+)(?P<gap>[ \t\n\u3000]*+)(?=\S)"
)
_ABBREVIATION = re.compile(
    "mr|mrs|ms|mx|dr|prof|rev|fr|sr|jr|st|ste|mt|hon|pres|gov|sen|rep|gen|col|maj|capt|cpt|cmdr|lt|sgt|cpl|pvt|"
    "messrs|mme|mlle|mlles|mm|vs|viz|etc|eg|ie|cf|al|esq|ave|blvd|dept|est|approx|ca|inc|ltd|bros|"
    "bzw|usw|nr|hr|bd|sog|evtl|ggf"
)
_BEFORE_NUMBER = re.compile(
    "no|nos|vol|vols|ch|chap|p|pp|fig|figs|art|sec|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_SPEAKS = re.compile(
    r"(?:[\w'’.-]+\s+){1,3}?(?:said|says|asked|asks|cried|replied|answered|whispered|muttered|murmured|shouted|called|"
    r"added|exclaimed|began|continued|remarked|repeated|went on|thought|told|snapped|sighed|laughed)\b"
)
_SPEAKS_FIRST = re.compile(
    r"(?:قال|قالت|سأل|سألت|أجاب|أجابت|صاح|صاحت|همس|همست|رد|ردت|אמר|אמרה|שאל|שאלה|ענה|ענתה|קרא|קראה|לחש|לחשה)\b"
    r"|[^\s，。！？、：；“”「」『』]{1,6}?[说說道问問喊叫答]"
)
_QUOTES = frozenset("\"'”’“»«›")
_ORDINAL_BEFORE = re.compile(r"(?:(?<![\d.,:])\d{1,2}|\b[IVXLC]{2,})$")
"""Ordinals before a full stop: `am 3. Oktober`, `Ludwig XIV. ging`."""

_DASHES = frozenset("—–―")
_WORD_END = re.compile(
    r"(?<![ \t\n\u3000])[ \t\n\u3000]++(?=\S)"
    r"|(?<=[、，；：・…—])|(?<=[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef])|\u200b"
)
_NOT_FIRST = frozenset(
    "、。，．・：；？！ーゝゞ々…‥—–―～〜）］｝〕〉》」』】〙〗”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%‰℃,.:;?!)]}"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖“‘([{")


_HOLDS_BEFORE = re.compile(
    r"--|[—–―…‥,;:!?.)\]}’”»›」』]|-(?=\s)|[\"'](?=\s|[.,;:!?)]|\Z)|[‘“](?=\s|[.,;:!?)]|\Z)"
)
"""What no page begins with after a blank: a dash that interrupts the sentence, a stop, a closing quotation mark."""


def may_begin_page(text: str, at: int) -> bool:
    """Return whether a page may begin there, inside a paragraph and after a blank."""
    if (found := _HOLDS_BEFORE.match(text, at)) is None:
        return True
    if found[0] in "»›’”‘“.":
        # They open, too: German and Danish quotations, `’tis`, `.NET`, `...and`.
        following = text[found.end() : found.end() + 1]
        return found[0] != "”" and following.isalnum()
    return False


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the offsets after the whitespace behind each sentence of `text` but the last; `text` may hold marks."""
    for found in _END.finditer(text):
        at = found.end()
        if extends(text[at]):
            continue
        if found["wide"]:
            follower = text[at]
            spoken = found["shut"] or found["gap"]
            if follower in _NOT_FIRST or (spoken and "\u3040" <= follower <= "\u309f"):
                continue
            if spoken and _SPEAKS_FIRST.match(text, at):
                continue
        elif not _ends_sentence(text, found):
            continue
        yield at


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    """Return whether a terminator with whitespace behind it really ends a sentence."""
    stop, at = found["stop"], found.end()
    letter = _FIRST_LETTER.search(text, at, at + 60)
    if (letter and letter[0].islower()) or text[at] in ".!?…,;:”’)]}":
        return False
    if (
        text[at] in _DASHES
        or text.startswith("--", at)
        or (text[at] in "»›" and text[at + 1 : at + 2].isspace())
    ):
        # Who speaks on after a dash is not told from who begins to; and » may close.
        return False
    before = text[found.start() - 1] if found.start() else " "
    if stop.startswith("..") or (before == "…" and stop == "."):
        return False
    quoted = any(char in _QUOTES for char in found["close"])
    if quoted and (_SPEAKS.match(text, at) or _SPEAKS_FIRST.match(text, at)):
        return False
    return stop != "." or not _is_abbreviation(text, found.start(), at)


def _is_abbreviation(text: str, stop: int, at: int) -> bool:
    ordinal = _ORDINAL_BEFORE.search(text, max(0, stop - 24), stop)
    found = _WORD_BEFORE.search(text, max(0, stop - 24), stop)
    if ordinal or not found:
        return ordinal is not None
    word = found[0].casefold()
    if len(word) == 1 or "." in word:
        return True
    return bool(_ABBREVIATION.fullmatch(word) or (text[at].isdigit() and _BEFORE_NUMBER.fullmatch(word)))


def word_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets between words of `text[start:end]`, each with the weight of a clause that ends there.

    The weight is 1 at a comma, 2 at more than that. A word ends at whitespace, and by UAX #29 after every
    character of Chinese and Japanese; but no line of those begins with a closing mark or a small kana, or ends
    with an opening bracket.
    """
    for found in _WORD_END.finditer(text, start, end):
        at = found.end()
        if not start < at < end or extends(text[at]):
            continue
        before = text[found.start() - 1] if found.start() else " "
        if found[0] and not may_begin_page(text, at):
            continue
        if not found[0] and (text[at] in _NOT_FIRST or before in _NOT_LAST or text[at].isspace()):
            continue
        yield at, 2 if before in ";:；：—…" else int(before in ",、，،")
