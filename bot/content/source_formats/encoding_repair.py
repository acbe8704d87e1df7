"""Repair of texts that were written in two encodings, or encoded twice, as copying between programs leaves them."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

_STRAY = re.compile("[\udc80-\udcff]+")
_LONGEST_STRAY = 2
"""Bytes of the older encoding side by side: letters and quotes of Western languages rarely have more."""

_LEAST = 3
_SAMPLED = 200
_LOST_QUOTE = ("â€\ufffd", "â€\x9d")
"""The closing quote, whose last byte Windows-1252 does not have; programs write what they will in its place."""


class RepairedText(NamedTuple):
    """A text of which some places were mended."""

    text: str
    places: int
    """Number of the places."""
    line: int
    """Line of the first of them, from 1."""


def decode_mixed(raw: bytes) -> RepairedText | None:
    """Return a text in UTF-8 into which pieces in Windows-1252 were pasted; None if it is not that.

    Args:
        raw: The bytes of a text that is not UTF-8 as a whole.
    """
    text = raw.decode("utf-8", "surrogateescape")
    strays = _STRAY.findall(text)
    short = sum(len(each) <= _LONGEST_STRAY for each in strays)
    is_mixed = any("\x7f" < char < "\ud800" for char in text)
    if not strays or "\0" in text or not is_mixed or short * 10 < len(strays) * 9:
        return None
    try:
        mended = _STRAY.sub(lambda found: found[0].encode("utf-8", "surrogateescape").decode("cp1252"), text)
    except UnicodeDecodeError:
        return None
    first = _STRAY.search(text)
    line = text.count("\n", 0, first.start()) + 1 if first else 1
    return RepairedText(mended, len(strays), line)


def repair_mojibake(text: str) -> RepairedText | None:
    """Return a text of which UTF-8 was read as an older encoding, as in `itâ€™s`, as it was; None for any other."""
    for encoding in ("cp1252", "cp1251"):
        bytes_of, runs = _TABLES[encoding]
        candidate = text.replace(*_LOST_QUOTE) if encoding == "cp1252" else text
        sample = list(islice(runs.finditer(candidate), _SAMPLED))
        mended = sum(_undone(found[0], bytes_of) is not None for found in sample)
        if mended < _LEAST or mended * 10 < len(sample) * 9:
            continue
        count = 0

        def undo(found: re.Match[str], bytes_of: dict[str, int] = bytes_of) -> str:
            nonlocal count
            undone = _undone(found[0], bytes_of)
            count += undone is not None
            return found[0] if undone is None else undone

        line = candidate.count("\n", 0, sample[0].start()) + 1
        return RepairedText(runs.sub(undo, candidate), count, line)
    return None


def _undone(run: str, bytes_of: dict[str, int]) -> str | None:
    try:
        return bytes(bytes_of[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _table(encoding: str) -> tuple[dict[str, int], re.Pattern[str]]:
    """Return the byte of each character beyond ASCII, and what finds several of them side by side."""
    bytes_of = {}
    for byte in range(0x80, 0x100):
        char = bytes((byte,)).decode(encoding, "replace")
        bytes_of[chr(byte) if char == "\ufffd" else char] = byte
    return bytes_of, re.compile(f"[{re.escape(''.join(bytes_of))}]{{2,}}")


_TABLES = {encoding: _table(encoding) for encoding in ("cp1252", "cp1251")}
