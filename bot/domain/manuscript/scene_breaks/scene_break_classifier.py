"""Scene breaks in their usual forms: asterisks, dashes, ornaments and a few words."""

from __future__ import annotations

import re
from enum import Enum, auto

from bot.domain.manuscript.scene_breaks.scene_break_signs import (
    BORDERS,
    CAREFUL_ROWS,
    CROSSES,
    DASHES,
    MIDDLES,
    ORNAMENTS,
    ROWS,
    SILENCE,
    SPACED_DOTS,
    SPIRALS,
    WAVES,
    bare_signs,
    is_filling,
    is_ornament,
    is_pictograph,
    is_shade,
)
from bot.domain.manuscript.scene_breaks.scene_break_words import (
    LONGEST_WORDS,
    is_bare_break_word,
    is_break_command,
    is_break_word,
    may_be_break_words,
)

BREAK = "***"
"""The form of a scene break for the parser of pages."""


class Confidence(Enum):
    """Certainty that a line is a scene break."""

    SURE = auto()
    """In any context."""

    ALONE = auto()
    """If it is a paragraph of its own."""

    REPEATED = auto()
    """If it is one, and occurs more than once: it could be the kisses that end a letter, or an answer in a chat."""


LONGEST = 120
"""Longest line, in characters, that can be a scene break, except for a row of one sign."""

_DOTS_OF_CHINESE_SILENCE = 6
_LONG_ROW = 16
"""Different signs at most in a row of ornaments."""

_WORDY = re.compile(r"[^\W\d_xXoO×ー〇ﾟøºஃꕥ]|\d\d")
_LETTER_STARTS = CROSSES | frozenset("0ー〇ஃꕥ")
_SPACER = "&nbsp;"
_ALONE = frozenset("*~+.=_•·–—-#\\") | {"**", "~~", "++", "==", "__", "<>"}
_CORE = re.compile("oOo|OoO|xXx|XxX|[oO]0[oO]|0[oO]0")
_ALTERNATING = re.compile("(?:oO){2,}o?|(?:Oo){2,}O?|(?:xX){2,}x?|(?:Xx){2,}X?")
_AROUND_CORE = BORDERS | CROSSES | frozenset("0.:°_|")
_SCISSORS = re.compile(r"[-=~_–—─━. ]{2,}(?:8<|>8|%<|>%|[✀-✄])[-=~_–—─━. ]*|(?:8<|[✀-✄])[-=~_–—─━. ]{3,}")
_ARROWS = re.compile(r"-> ?[*~#-]+ ?<-")
_EMPHASIZED = re.compile(r"(\*\*\*|\*\*|\*|__|_|~~)(?P<inside>.+)\1")
_BRACKETED = re.compile(r"\[(?P<a>.+)\]|\((?P<b>.+)\)|\{(?P<c>.+)\}")
_HEADING = re.compile(r"#{1,6}\s+(?P<inside>.*[^#\s])(?:\s+#+)?")
_QUOTE = re.compile(r"(?:>\s*)+(?P<inside>[^>\s].*)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MIRRORED = str.maketrans("<>/\\()[]{}«»⟨⟩༺༻꧁꧂「」『』⊱⊰", "><\\/)(][}{»«⟩⟨༻༺꧂꧁」「』『⊰⊱")


def classify_scene_break(line: str) -> Confidence | None:
    """Return the certainty that a line by itself is a scene break; None if it is not."""
    bare = line.strip()
    if not bare:
        return None
    first = bare[0]
    if first.isalnum() and first not in _LETTER_STARTS:
        return _classify_words(bare) if len(bare) <= LONGEST_WORDS else None
    if len(bare) > LONGEST:
        return _classify_long_row(bare) if first in ROWS else None
    if _WORDY.search(bare):
        return Confidence.ALONE if bare == _SPACER else _classify_words(bare)
    return _classify_signs(bare) or _classify_wrapped(bare)


def _classify_long_row(bare: str) -> Confidence | None:
    return None if bare.strip(f"{bare[0]} \t\xa0\u3000") else Confidence.SURE


def _classify_words(bare: str) -> Confidence | None:
    if not may_be_break_words(bare):
        return None
    if is_break_word(bare) or is_break_command(bare):
        return Confidence.SURE
    if is_bare_break_word(bare):
        return Confidence.REPEATED
    wrapped = _HEADING.fullmatch(bare)
    return Confidence.SURE if wrapped and is_break_word(wrapped["inside"]) else None


def _classify_wrapped(bare: str) -> Confidence | None:
    """Judge what is in emphasis, in brackets, or in a heading or quote of its own."""
    if found := _EMPHASIZED.fullmatch(bare):
        return _classify_signs(found["inside"].strip())
    if found := _BRACKETED.fullmatch(bare):
        inside = _classify_signs((found["a"] or found["b"] or found["c"]).strip())
        return inside if inside is Confidence.SURE else None
    if found := _HEADING.fullmatch(bare):
        inside = classify_scene_break(found["inside"])
        return None if inside is Confidence.REPEATED and found["inside"][0].isalpha() else inside
    if (found := _QUOTE.fullmatch(bare)) and (inside := classify_scene_break(found["inside"])):
        # A face may begin with the sign, such as `>.`, but not with a blank behind it.
        return inside if inside is Confidence.SURE or bare[1].isspace() else None
    return None


def _classify_signs(bare: str) -> Confidence | None:
    if bare in _ALONE:
        return Confidence.ALONE
    if len(bare) > 1 and bare.endswith("\\") and not bare.endswith("\\\\"):
        bare = bare[:-1].rstrip()  # It ends a line by hand.
    written = _ESCAPED.sub(r"\1", bare)
    signs = bare_signs(written)
    if not signs:
        return None
    spaced = any(char.isspace() for char in written)
    if len(signs) == 1:
        return _classify_single(signs)
    if not signs.strip("".join(SILENCE)):
        return _classify_dots(signs, spaced)
    if not signs.strip("#"):
        return Confidence.SURE if spaced or len(signs) > 6 else Confidence.ALONE
    if not signs.strip(signs[0]):
        return _classify_row(signs[0], len(signs), spaced=spaced)
    if _SCISSORS.fullmatch(written) or _ARROWS.fullmatch(written):
        return Confidence.SURE
    return _classify_mixture(signs, spaced)


def _classify_single(sign: str) -> Confidence | None:
    if sign in ORNAMENTS:
        return Confidence.SURE
    if sign in _ALONE:
        return Confidence.ALONE
    return Confidence.REPEATED if is_pictograph(sign) or sign in "॥¶" else None


def _classify_dots(signs: str, spaced: bool) -> Confidence | None:
    """Judge dots: in a row they are silence; with blanks between them, or as three raised ones, a break."""
    if len(set(signs)) > 1 or signs[0] not in SPACED_DOTS:
        return None
    if spaced:
        return Confidence.SURE if len(signs) > 2 else Confidence.ALONE if signs[0] == "·" else None
    if signs[0] != "·" or len(signs) % _DOTS_OF_CHINESE_SILENCE == 0:
        return None
    return Confidence.SURE if len(signs) > 2 else None


def _classify_row(sign: str, length: int, *, spaced: bool) -> Confidence | None:
    """Judge a row of one sign, of two or more."""
    if sign in CROSSES:
        return Confidence.REPEATED if length > 2 else None
    if is_pictograph(sign):
        return Confidence.ALONE if length > 2 else Confidence.REPEATED
    if sign in CAREFUL_ROWS:
        # Bars with blanks between them are a row of a table.
        return Confidence.ALONE if length > 2 and not (sign == "|" and spaced) else None
    if not is_ornament(sign):
        return None
    if sign in "×ー":
        return Confidence.SURE if length > 2 else None
    return Confidence.SURE if length > 2 else Confidence.ALONE


def _classify_mixture(signs: str, spaced: bool) -> Confidence | None:
    """Judge a row of different signs."""
    alike = signs == signs[::-1]
    mirrored = signs == signs[::-1].translate(_MIRRORED)
    if _is_face(signs):
        return None
    if all(is_ornament(sign) or is_shade(sign) for sign in signs):
        pictures = any(map(is_pictograph, signs))
        if len(signs) == 2 and signs[0] not in SPIRALS:
            return Confidence.REPEATED if all(map(is_pictograph, signs)) else None
        if pictures:
            return Confidence.ALONE if spaced or alike else Confidence.REPEATED
        if alike and len(signs) > 2:
            # A plus and dashes are the border of a table.
            return Confidence.ALONE if signs[0] == "+" and not signs.strip("+-=") else Confidence.SURE
    if (letters := _classify_letters(signs, alike)) is not None:
        return letters
    if mirrored and len(signs) > 2 and _surrounds(signs):
        return Confidence.SURE
    return _classify_long_mixture(signs, mirrored)


def _classify_letters(signs: str, alike: bool) -> Confidence | None:
    """Judge `oOo`, `xXx`, `0o0` and `.oOo.`: letters as ornaments."""
    if not alike:
        return Confidence.SURE if _ALTERNATING.fullmatch(signs) else None
    kinds = set(signs)
    if kinds <= CROSSES and len(signs) > 2:
        return Confidence.SURE if len({kind.lower() for kind in kinds}) == 1 else Confidence.REPEATED
    if kinds <= {"o", "O", "0"} and len(signs) > 2:
        return Confidence.SURE
    return Confidence.SURE if len(signs) > 4 and kinds <= _AROUND_CORE and _CORE.search(signs) else None


def _surrounds(signs: str) -> bool:
    """Return whether borders surround a short middle, as in `-x-` or `<~*~>`."""
    if not set(signs) - CROSSES - {"*"}:
        return False  # A letter in bold.
    middle = signs.strip("".join(BORDERS - {signs[len(signs) // 2]}))
    return signs[0] in BORDERS and len(middle) <= 5 and set(signs) <= BORDERS | MIDDLES | CROSSES


def _classify_long_mixture(signs: str, mirrored: bool) -> Confidence | None:
    """Judge a row of ornaments with other signs between them."""
    kinds = set(signs)
    if kinds == {"★", "☆"} or len(kinds) > _LONG_ROW or not all(map(is_filling, kinds)):
        return None
    if signs[0] in SPIRALS and (mirrored or signs.startswith("༄༅")):
        return Confidence.ALONE
    ornamental = [sign for sign in signs if not sign.isascii() and (is_ornament(sign) or sign in WAVES)]
    if len(signs) == len(ornamental) > 3:
        return Confidence.ALONE
    if len(signs) < (5 if len(ornamental) < 2 else 4):
        return None
    if ornamental:
        return None if all(sign in DASHES or sign in "～〜" for sign in ornamental) else Confidence.ALONE
    return Confidence.ALONE if mirrored and kinds & ROWS and "`" not in kinds else None


def _is_face(signs: str) -> bool:
    """Return whether it is a face, as `-_-`, `=___=` and `>x<`, or an overturned table."""
    if len(signs) > 2 and signs[0] == signs[-1] != "_" and not signs[1:-1].strip("_"):
        return True
    if len(signs) == 3 and signs[0] == ">" and signs[2] == "<":
        return True
    return len(signs) < 8 and signs[0] in "┻┬" and not signs.strip("┻━┬─")
