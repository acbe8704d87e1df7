"""Passages that stand in a text twice, one soon after the other: titles at the top, and long paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

_LONG = 80
"""Characters from which a paragraph is not repeated by chance."""

_NEAR = 3
"""Paragraphs after the first among which its double is looked for."""

_TOP = 12
"""Lines in which a title may be, and stand twice."""

_LONGEST_TITLE = 120
_NUMBERED = re.compile(
    r"(?:chapter|kapitel|chapitre|cap[ií]tulo|глава|bab|κεφάλαιο|الفصل|פרק|अध्याय|ตอนที่|บทที่|chương|bölüm|rozdział)\b"
    r"|第.{1,6}[章回话話]|제 ?\d|\d+ ?[.:：–—-] ?[^\W\d]",
    re.IGNORECASE,
)


def find_repeated_passages(text: str, lines: Sequence[str], *, is_copied: bool) -> dict[int, str]:
    """Return each passage that was there shortly before: its kind in words, by the index of its line.

    Args:
        text: The text.
        lines: Its lines that are not empty.
        is_copied: Set if the text's top was evidently copied from a web page, which often has the title twice.
    """
    found = dict.fromkeys(_doubles(lines), "the same paragraph")
    blocks = [block for block in text.split("\n\n") if block.strip()]
    if doubles := _doubles(blocks):
        counts = [sum(bool(line.strip()) for line in block.split("\n")) for block in blocks]
        before = [0, *accumulate(counts)]
        found |= {before[double]: "the same paragraph" for double in doubles}
    top = [line.strip(" \t#*_") for line in lines[:_TOP]]
    for number in range(1, len(top)):
        if _is_title(lines, top, number, is_copied):
            found[number] = "the title"
    return found


def _doubles(passages: Sequence[str]) -> list[int]:
    """Return the indices of the long passages that repeat one shortly before."""
    long = [passage for passage in passages if len(passage) > _LONG]
    if len(set(long)) == len(long):
        return []
    last: dict[str, int] = {}
    found = []
    for number, passage in enumerate(passages):
        if len(passage) > _LONG:
            if number - last.get(passage, -_NEAR - 1) <= _NEAR:
                found.append(number)
            last[passage] = number
    return found


def _is_title(lines: Sequence[str], bare: Sequence[str], number: int, is_copied: bool) -> bool:
    """Return whether a line repeats a title; in a text that is copied, one without a sign of being one."""
    title = bare[number]
    if not 1 < len(title) <= _LONGEST_TITLE or not any(map(str.isalpha, title)):
        return False
    first = next((index for index in range(number) if bare[index].casefold() == title.casefold()), None)
    if first is None:
        return False
    heading = lines[first].lstrip().startswith("#") or lines[number].lstrip().startswith("#")
    return heading or (is_copied and first < _NEAR) or _NUMBERED.match(title) is not None
