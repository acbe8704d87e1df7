"""Reading a text file that a person wrote on any machine with any editor."""

from __future__ import annotations

import codecs
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable
from bot.schemas.binary_formats import recognize_binary
from bot.schemas.legacy_encodings import DecodedWith, decode_escaped, decode_legacy, decode_wide

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Opening must not wait, as it would at a pipe that nobody writes to."""


_BYTE_ORDER_MARK = "\ufeff"
_CONTROL_BYTES = bytes([*range(9), *range(14, 32)])


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, with a warning if it was not UTF-8."""

    text: str
    warnings: tuple[Diagnostic, ...] = ()


class UnreadableFile(Exception):
    """The file is not readable text; `fault` says where and why."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_text(path: Path, name: str | None = None, *, most: int | None = None) -> str:
    """Return the text in NFC, with line feeds as line ends and without byte order marks.

    Args:
        path: The file.
        name: What a fault calls the file; by default its path.
        most: With it, the path must be a regular file of at most so many bytes: a pipe would be waited for, and a
            device never ends.

    Raises:
        UnreadableFile: it is not UTF-8, contains NUL bytes, is no such file, or the system does not allow it.
    """
    name = name or printable(str(path))
    return decode(_bytes(path, name, most), name)


def read_any_text(path: Path, name: str | None = None, *, most: int) -> DecodedText:
    """Return the text as `read_text` does, of a file that may be in an older encoding than UTF-8.

    Raises:
        UnreadableFile: as in `read_text`; also if the encoding is not certain.
    """
    name = name or printable(str(path))
    return decode_any(_bytes(path, name, most), name)


def _bytes(path: Path, name: str, most: int | None) -> bytes:
    try:
        return path.read_bytes() if most is None else _regular(path, name, most)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableFile(
            Diagnostic(name, 0, f"the file cannot be read: {reason}", "Check its name and permissions.")
        ) from error


def _regular(path: Path, name: str, most: int) -> bytes:
    with open(path, "rb", opener=_at_once) as file:
        stat = os.fstat(file.fileno())
        if not S_ISREG(stat.st_mode):
            mend = "Put the text itself there, as a file."
            raise UnreadableFile(Diagnostic(name, 0, "this is no regular file", mend))
        raw = file.read(most + 1)
    if len(raw) > most:
        problem = f"the file has more than the {most // 1024:,} KiB that can be read at once"
        raise UnreadableFile(Diagnostic(name, 0, problem, "Part it into several files."))
    return raw


def _at_once(name: str, flags: int) -> int:
    return os.open(name, flags | _AT_ONCE)


def decode(raw: bytes, name: str) -> str:
    """Decode bytes as `read_text` does.

    Raises:
        UnreadableFile: they are not UTF-8, or contain NUL bytes.
    """
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if marked and (wide := decode_wide(raw)) is not None:
        return _plain(wide.text)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(raw, error, name, "Save the file as UTF-8 in your editor.") from error
    if "\0" in text:
        raise _no_text(raw, text, name)
    return _plain(text)


def decode_any(raw: bytes, name: str) -> DecodedText:
    """Decode bytes in UTF-8, or in whatever they were certainly written in.

    Raises:
        UnreadableFile: they are no text, or their encoding is not certain.
    """
    if (kind := recognize_binary(raw)) is not None:
        raise UnreadableFile(Diagnostic(name, 0, f"this is {kind[0]}, not plain text", kind[1]))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        decoded = decode_wide(raw) or decode_legacy(raw)
        if isinstance(decoded, DecodedWith):
            return _warned(decoded, name)
        raise _not_utf8(raw, error, name, *decoded.explain()) from error
    if "\0" in text:
        if (wide := decode_wide(raw)) is not None:
            return _warned(wide, name)
        raise _no_text(raw, text, name)
    if 3 * (len(raw) - len(raw.translate(None, _CONTROL_BYTES))) > len(raw):
        problem = "there are too many control characters for a text file"
        raise UnreadableFile(Diagnostic(name, 0, problem, "Save it as plain UTF-8 text."))
    if "\x1b" in text and "\x1b$" in text and (japanese := decode_escaped(raw)) is not None:
        return _warned(japanese, name)
    return DecodedText(_plain(text))


def _warned(decoded: DecodedWith, name: str) -> DecodedText:
    problem = f"this file was read as {decoded.encoding}"
    mend = "Save it as UTF-8 in your editor to be sure."
    return DecodedText(_plain(decoded.text), (Diagnostic(name, 0, problem, mend, warning=True),))


def _plain(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    if _BYTE_ORDER_MARK in text:
        text = text.replace(_BYTE_ORDER_MARK, "")
    return unicodedata.normalize("NFC", text)


def _not_utf8(raw: bytes, error: UnicodeDecodeError, name: str, mend: str, more: str = "") -> UnreadableFile:
    start = max(raw.rfind(b"\n", 0, error.start), raw.rfind(b"\r", 0, error.start)) + 1
    line = _line_ends(raw[: error.start]) + 1
    column = len(raw[start : error.start].decode("utf-8", "replace").lstrip(_BYTE_ORDER_MARK)) + 1
    problem = f"byte {error.start + 1} is not UTF-8{more}"
    return UnreadableFile(Diagnostic(name, line, problem, mend, column))


def _line_ends(raw: bytes) -> int:
    """Count line ends of any kind."""
    return raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")


def _no_text(raw: bytes, text: str, name: str) -> UnreadableFile:
    at = text.index("\0")
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    problem, mend = "there is a NUL character, so this is not a text file", "Save it as plain UTF-8 text."
    line = _line_ends(raw[: raw.index(b"\0")]) + 1
    return UnreadableFile(Diagnostic(name, line, problem, mend, at - start + 1))
