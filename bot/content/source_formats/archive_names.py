"""Names of an archive's members: in which encoding they are, and which of them lead out of the archive."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Sequence
from contextlib import suppress

from bot.schemas.encoding_detection import detect_encoding

_IS_UTF8 = 0x800
_LEAVING = re.compile(r"/|[A-Za-z]:|(?:[^/]*/)*\.\.(?:/|\Z)|[^\0]*\0")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")


def decode_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the names of an archive's members in NFC, with `/` between folders.

    Old tools write names in the machine's own encoding, and new ones forget to say that they are in UTF-8.
    """
    raw = [_bytes(entry) for entry in entries]
    strange = [each for each in raw if isinstance(each, bytes) and _utf8(each) is None]
    encoding = _common_encoding(strange) if strange else "cp437"
    names = []
    for each in raw:
        name = each if isinstance(each, str) else (_utf8(each) or each.decode(encoding, "replace"))
        names.append(unicodedata.normalize("NFC", name.replace("\\", "/")))
    return names


def is_leaving(name: str) -> bool:
    """Return whether a name, unpacked, would lie outside the folder that the archive is unpacked to."""
    return not name or _LEAVING.match(name) is not None


def _bytes(entry: zipfile.ZipInfo) -> str | bytes:
    """Return the name's bytes, or the name if its encoding is certain."""
    if entry.flag_bits & _IS_UTF8 or entry.orig_filename.isascii():
        return entry.orig_filename
    return entry.orig_filename.encode("cp437", "replace")


def _utf8(raw: bytes) -> str | None:
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    return None


def _common_encoding(names: list[bytes]) -> str:
    """Return the encoding that all of the names are probably in."""
    joined = b"\n".join(names)
    with suppress(UnicodeDecodeError):
        japanese = joined.decode("cp932")
        if _JAPANESE.search(japanese) and not _HALF_WIDTH.search(japanese):
            return "cp932"
    return detect_encoding(joined).encoding or "cp437"
