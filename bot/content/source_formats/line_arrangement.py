"""Meaning of line ends that a page writes as `<br>`: verse, lines of a chat or a letter, or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

_LONG = 90
"""Letters that no line of verse has."""
_SHORT = 60
_SPEECH = re.compile(r"[\"“”„«»‘'「『—–-]")
_CHAT = re.compile(r"\[?\d{1,2}[:.]\d{2}|[\[<(]?[\w .@'-]{1,30}[\])>]?:\s")


class LineRole(Enum):
    """Meaning of the line ends of a paragraph."""

    VERSE = auto()
    LINES = auto()
    """They are meant, but it is no verse."""
    PARAGRAPHS = auto()
    """Each line is a paragraph."""


def arrange(lines: Sequence[str]) -> LineRole:
    """Return the meaning of the line ends between two or more lines."""
    bare = [line.strip() for line in lines]
    if any(len(line) > _LONG for line in bare):
        return LineRole.PARAGRAPHS
    if sum(bool(_CHAT.match(line)) for line in bare) * 2 >= len(bare):
        return LineRole.LINES
    spoken = sum(bool(_SPEECH.match(line)) for line in bare)
    ended = sum(line[-1:] in '.!?…"”’»' for line in bare)
    if spoken * 2 > len(bare) and ended == len(bare):
        return LineRole.PARAGRAPHS
    if len(bare) > 2 or all(len(line) <= _SHORT for line in bare):
        return LineRole.VERSE
    return LineRole.LINES if ended < len(bare) else LineRole.PARAGRAPHS
