"""Decoding of texts in other encodings than UTF-8, where these are certain."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from bot.schemas.encoding_detection import LATIN_ENCODINGS, detect_encoding

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_UTF8_IN_LATIN = re.compile(rb"\xc3[\xa0-\xba\xbc-\xbf]|\xc2[\xa0-\xba\xbf]|\xe2\x80[\x90-\xaf]")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))
_LINES = re.compile(rb"[^\r\n]+")
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))
_LAYOUT = frozenset("\t\n\r\x0b\x0c")
_MOST_CHECKED = 4096
_CONTROLS = bytes(range(32))
_FEWEST_CONTROLS = 0.3
"""Share of control characters, which half of each wide character is, in bytes that would be UTF-8 as well."""

_BY_ACCIDENT = 4
"""Characters of UTF-8 in a line that other encodings do not form by accident."""

_EXAMPLE = "Save the file as UTF-8 in your editor."


@dataclass(frozen=True, slots=True)
class DecodedWith:
    """A text, and the name of the encoding that it was in."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class NotDecoded:
    """A text whose encoding is not certain, with the names of the likely ones.

    `mixed` means that part of it is UTF-8; `single` that a single byte is not ASCII.
    """

    likely: tuple[str, ...] = ()
    mixed: bool = False
    single: bool = False

    def explain(self) -> tuple[str, str]:
        """Return what to do, and what to add to the words that name the place."""
        if self.mixed:
            mend = "Write anew what stands there, or what was pasted there, and save the file as UTF-8."
            return mend, ", while other parts of the file are"
        if self.single:
            return "Write that character anew, and save the file as UTF-8.", ", all the rest is"
        if not self.likely:
            return _EXAMPLE, ""
        *others, last = self.likely
        listed = f"{', '.join(others)} or {last}" if others else last
        return "Open it in your editor as that, and save it as UTF-8.", f"; it may be {listed}"


def decode_wide(raw: bytes) -> DecodedWith | None:
    """Decode UTF-16 or UTF-32, with a byte order mark or recognized by its NULs; None if it is neither."""
    for mark, codec, name in _WIDE:
        if raw.startswith(mark):
            text = _decode(raw[len(mark) :], codec)
            # UTF-32 in little endian and UTF-16 with a NUL begin alike.
            return DecodedWith(text, name) if text is not None and "\0" not in text else None
    if 0 not in raw:
        return None
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls < len(raw) * _FEWEST_CONTROLS and _decode(raw, "utf-8") is not None:
        return None
    found = [
        DecodedWith(text, name)
        for _, codec, name in _WIDE
        if (text := _decode(raw, codec)) is not None and _is_text(text)
    ]
    if len(found) == 2:
        # Both ways round: Latin letters have their NUL always on the same side.
        even, odd = raw[::2].count(0), raw[1::2].count(0)
        if max(even, odd) < 10 * min(even, odd) or min(even, odd) > len(raw) // 20:
            return None
        return found[even > odd]
    return found[0] if found else None


def decode_escaped(raw: bytes) -> DecodedWith | None:
    """Decode ISO-2022-JP, which switches by escape sequences; None if it is not that."""
    text = _decode(raw, "iso2022_jp_2")
    return DecodedWith(text, "ISO-2022-JP") if text is not None and "\x1b" not in text else None


def decode_legacy(raw: bytes) -> DecodedWith | NotDecoded:
    """Decode a text in the encoding that it certainly is in."""
    detection = detect_encoding(raw)
    mixed = detection.encoding is not None and _is_mixed(raw, detection.encoding)
    if detection.encoding is not None and not mixed:
        text = _decode(raw, detection.encoding)
        if text is not None and _is_text(text):
            return DecodedWith(text, detection.name)
    valid, high = _UTF8.findall(raw), len(raw) - len(raw.translate(None, _HIGH))
    rest = high - sum(map(len, valid))
    if mixed or (valid and len(valid) >= rest):
        return NotDecoded(mixed=True)
    return NotDecoded(detection.likely, single=high == 1)


def _is_mixed(raw: bytes, encoding: str) -> bool:
    """Return whether a part of the text is UTF-8."""
    if encoding in LATIN_ENCODINGS:
        return _UTF8_IN_LATIN.search(raw) is not None
    for found in _LINES.finditer(raw):
        line = found[0]
        several = not line.isascii() and len(_UTF8.findall(line[:_MOST_CHECKED])) >= _BY_ACCIDENT
        if several and _decode(line, "utf-8") is not None:
            return True
    return False


def _decode(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_text(text: str) -> bool:
    chars = set(text)
    categories = {char: unicodedata.category(char) for char in chars - _LAYOUT}
    if not _NO_TEXT.isdisjoint(categories.values()):
        return False
    return 2 * sum(map(str.isalpha, text)) > len("".join(text.split())) > 1
