"""Recognition of the encoding of a text that is not UTF-8.

A wrong guess would show readers a wrong text, so a guess counts only if it is certain: the text read by it is in a
known language, with that language's letters and frequent words, and no other reading comes near.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from bot.schemas.text_plausibility import AssessedText, assess, differing_share

_NAMES = {
    "cp1252": ("Windows-1252", "Latin"),
    "cp1250": ("Windows-1250", "Latin"),
    "cp1251": ("Windows-1251", "Cyrillic"),
    "cp1253": ("Windows-1253", "Greek"),
    "cp1254": ("Windows-1254", "Latin"),
    "cp1255": ("Windows-1255", "Hebrew"),
    "cp1256": ("Windows-1256", "Arabic"),
    "cp1257": ("Windows-1257", "Latin"),
    "cp874": ("Windows-874 (Thai)", "Thai"),
    "koi8_r": ("KOI8-R", "Cyrillic"),
    "koi8_u": ("KOI8-U", "Cyrillic"),
    "iso8859_2": ("ISO 8859-2", "Latin"),
    "iso8859_5": ("ISO 8859-5", "Cyrillic"),
    "iso8859_6": ("ISO 8859-6", "Arabic"),
    "iso8859_7": ("ISO 8859-7", "Greek"),
    "iso8859_8": ("ISO 8859-8", "Hebrew"),
    "iso8859_15": ("ISO 8859-15", "Latin"),
    "gb18030": ("GB18030", "Chinese"),
    "cp950": ("Big5", "Chinese"),
    "cp932": ("Shift-JIS", "Japanese"),
    "euc_jp": ("EUC-JP", "Japanese"),
    "cp949": ("EUC-KR", "Korean"),
    "mac_roman": ("Mac Roman", "Latin"),
    "mac_latin2": ("Mac Central European", "Latin"),
    "mac_cyrillic": ("Mac Cyrillic", "Cyrillic"),
    "cp437": ("DOS 437", "Latin"),
    "cp850": ("DOS 850", "Latin"),
    "cp852": ("DOS 852", "Latin"),
    "cp866": ("DOS 866", "Cyrillic"),
}
"""Encodings by Python's name, the more usual ones first: the name that editors show, and what they are used for."""

_ONLY_NAMED = frozenset(("mac_roman", "mac_latin2", "mac_cyrillic", "cp437", "cp850", "cp852", "cp866"))
"""Encodings whose letters lie where others have signs, so that they are never certain."""

LATIN_ENCODINGS = frozenset(name for name, (_, script) in _NAMES.items() if script == "Latin")
_MULTIBYTE = frozenset(("gb18030", "cp950", "cp932", "euc_jp", "cp949"))
_SAMPLE = 24 * 1024
_SAMPLE_OF_LIBRARY = 4096
_NEAR = 0.6
_LINES = re.compile(rb"[^\r\n]*[\r\n]+|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Detection:
    """The encoding if it is certain, and the names of the likely ones otherwise."""

    encoding: str | None
    likely: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that editors show."""
        return _NAMES[self.encoding][0] if self.encoding else ""


def detect_encoding(raw: bytes) -> Detection:
    """Recognize the encoding of a text that is not UTF-8 and holds no NUL, from a sample of it."""
    if not any(byte >= 0x80 for byte in raw):
        return Detection(None)
    sample = _sample(raw)
    readings = [found for name in _NAMES if (found := _read(sample, name)) is not None]
    groups: dict[str, list[AssessedText]] = {}
    for reading in readings:
        groups.setdefault(reading.text, []).append(reading)
    ranked = sorted(
        (group[0] for group in groups.values() if group[0].is_possible), key=lambda one: -one.score
    )
    if not ranked:
        return Detection(None, _named_by_library(sample))
    best = ranked[0]
    if (
        best.is_certain
        and best.encoding not in _ONLY_NAMED
        and not any(_comes_near(best, other) for other in ranked[1:])
    ):
        return Detection(best.encoding)
    likely = (*(_NAMES[one.encoding][0] for one in ranked), *_named_by_library(sample))
    return Detection(None, tuple(dict.fromkeys(likely))[:3])


def _comes_near(best: AssessedText, other: AssessedText) -> bool:
    """Return whether another reading might be right as well."""
    if other.score < best.score * _NEAR:
        return False
    if len(best.text) != len(other.text) or {best.encoding, other.encoding} & _MULTIBYTE:
        return True
    return differing_share(best, other) < 0.9 or differing_share(other, best) > _NEAR


def _read(sample: bytes, encoding: str) -> AssessedText | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(sample, False)
    except UnicodeDecodeError:
        return None
    return assess(text, encoding, _NAMES[encoding][1])


def _sample(raw: bytes) -> bytes:
    """Return the first lines that are not ASCII. No encoding here has a line end within a character."""
    lines: list[bytes] = []
    size = 0
    for found in _LINES.finditer(raw):
        if not found[0].isascii():
            lines.append(found[0])
            size += len(found[0])
            if size > _SAMPLE:
                break
    return b"".join(lines)[: 2 * _SAMPLE]


def _named_by_library(sample: bytes) -> tuple[str, ...]:
    """Return the names of the encodings that charset-normalizer finds the least odd."""
    matches = from_bytes(sample[:_SAMPLE_OF_LIBRARY], cp_isolation=list(_NAMES))
    return tuple(
        dict.fromkeys(_NAMES[one.encoding][0] for one in list(matches)[:3] if one.encoding in _NAMES)
    )
