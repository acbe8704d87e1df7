"""Reading a text file that a person wrote on any machine with any editor."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from stat import S_ISREG

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Opening must not wait, as it would at a pipe that nobody writes to."""


class UnreadableFile(Exception):
    """The file is not readable text; `fault` says where and why."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_text(path: Path, name: str | None = None, *, most: int | None = None) -> str:
    """Return the text in NFC, with line feeds as line ends and without a byte order mark.

    Args:
        path: The file.
        name: What a fault calls the file; by default its path.
        most: With it, the path must be a regular file of at most so many bytes: a pipe would be waited for, and a
            device never ends.

    Raises:
        UnreadableFile: it is not UTF-8, contains NUL bytes, is no such file, or the system does not allow it.
    """
    name = name or printable(str(path))
    try:
        raw = path.read_bytes() if most is None else _regular(path, name, most)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableFile(
            Diagnostic(name, 0, f"the file cannot be read: {reason}", "Check its name and permissions.")
        ) from error
    return decode(raw, name)


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
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"byte {error.start + 1} is not UTF-8"
        raise UnreadableFile(
            Diagnostic(name, line, problem, "Save the file as UTF-8 in your editor.")
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableFile(
            Diagnostic(
                name,
                line,
                "there is a NUL character, so this is not a text file",
                "Save it as plain UTF-8 text.",
            )
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)
