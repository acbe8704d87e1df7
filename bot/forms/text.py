"""Reading a text file that a person wrote, on whatever machine and with whatever editor."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from bot.domain.faults import FileFault


class Unreadable(Exception):
    """The file is not text that can be read; `fault` says where and why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_text(path: Path, name: str | None = None) -> str:
    """The file's text in NFC, with line ends as `\\n` and without a byte order mark.

    `name` is what a fault calls the file; without it, its path.

    Raises:
        Unreadable: it is not UTF-8, holds NUL bytes, or the system does not hand it out.
    """
    name = name or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise Unreadable(
            FileFault(name, 0, f"the file cannot be read: {reason}", "Check its name and permissions.")
        ) from error
    return decode(raw, name)


def decode(raw: bytes, name: str) -> str:
    """The text of these bytes, as `read_text` gives it.

    Raises:
        Unreadable: they are not UTF-8, or hold NUL bytes.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"byte {error.start + 1} is not UTF-8"
        raise Unreadable(FileFault(name, line, problem, "Save the file as UTF-8 in your editor.")) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(
            FileFault(
                name,
                line,
                "there is a NUL character, so this is not a text file",
                "Save it as plain UTF-8 text.",
            )
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)
