r"""Characters that LaTeX writes with commands: `caf\'{e}`, `stra\ss{}e`, `a~b`, `---`."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.manuscript.offset_tracking import TrackedText

_ACCENTS = dict(
    zip(
        "\"'`^~=.cvuHkr",
        "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328\u030a",
        strict=True,
    )
)
_ACCENTED = re.compile(
    r"(?<!\\)\\(?:(?P<sign>[\"'`^~=.])(?:\{\\?(?P<held>[A-Za-z])\}|(?P<bare>[A-Za-z]))|(?P<name>[cvuHkr])\{(?P<other>[A-Za-z])\})"
)
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "l": "ł",
    "L": "Ł",
}
_LETTER = re.compile(r"(?<!\\)\\(?P<name>ss|o|O|aa|AA|ae|AE|oe|OE|l|L)(?:\{\}|(?![A-Za-z]) ?)")
_TIE = re.compile(r"(?<=[\w.,;:}])~(?=\w)(?!\w{1,9}~)")
_DASHES = re.compile(r"(?<=[\w.,;:!?”’\"' ])(?<!-)-{2,3}(?!-)(?=[\w“‘\"'` ])")


def read_latex_characters(draft: TrackedText) -> None:
    """Replace them by the characters, in a text that is evidently written in LaTeX."""
    draft.replace(_ACCENTED, _accented)
    draft.replace(_LETTER, lambda found: _LETTERS[found["name"]])
    if "~" in draft.text:
        draft.replace(_TIE, lambda _: "\xa0")
    if "--" in draft.text:
        draft.replace(_DASHES, lambda found: "—" if len(found[0]) == 3 else "–")


def _accented(found: re.Match[str]) -> str | None:
    letter = found["held"] or found["bare"] or found["other"]
    character = unicodedata.normalize("NFC", letter + _ACCENTS[found["sign"] or found["name"]])
    return character if len(character) == 1 else None
