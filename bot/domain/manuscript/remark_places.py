"""Places of remarks in a converted text: which part of what readers see comes from a place in the author's file."""

from __future__ import annotations

import re

_NOT_SHOWN = re.compile(r"<[^<>\n]{0,300}>|&#?\w{1,10};|\]\([^()\n]{0,300}\)")
_WINDOW = 16
"""Letters by which a place is recognized."""

_TRIED = 6
"""Windows of letters that are tried on each side of the place."""


class Letters:
    """The letters and digits of a text with their offsets, free of markup, blanks and case."""

    def __init__(self, text: str) -> None:
        bare = _NOT_SHOWN.sub(lambda found: " " * len(found[0]), text)
        self.offsets = [at for at, character in enumerate(bare) if character.isalnum()]
        self.text = "".join([bare[at].lower()[0] for at in self.offsets])

    def index(self, at: int) -> int:
        """Return how many letters come before an offset of the text."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < at:
                low = middle + 1
            else:
                high = middle
        return low

    def nearest(self, letters: str, to: int) -> int | None:
        """Return the index of the occurrence of some letters that is nearest to another index."""
        before = self.text.rfind(letters, 0, to + len(letters))
        after = self.text.find(letters, to)
        found = [index for index in (before, after) if index >= 0]
        return min(found, key=lambda index: abs(index - to)) if found else None


def find_place(written: Letters, shown: Letters, at: int) -> int | None:
    """Return the offset in the shown text of what stands at, or nearest to, an offset of the written text.

    Text is recognized by its letters, from the place on or before it; where none of them is shown, the place is
    estimated. None if nothing is shown at all.
    """
    if not shown.text:
        return None
    index = written.index(at)
    expected = index * len(shown.text) // max(1, len(written.text))
    for step in range(_TRIED):
        for start in (index + step * _WINDOW, index - (step + 1) * _WINDOW):
            letters = written.text[max(0, start) : start + _WINDOW]
            if len(letters) < _WINDOW // 2:
                continue
            found = shown.nearest(letters, max(0, min(expected + start - index, len(shown.text))))
            if found is not None:
                place = found if start >= index else min(found + len(letters), len(shown.text) - 1)
                return shown.offsets[place]
    return shown.offsets[min(expected, len(shown.text) - 1)]
