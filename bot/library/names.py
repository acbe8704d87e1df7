"""File names: their natural order, which of them count, and what they say about a story or chapter."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_DIGITS = re.compile(r"(\d+)")
_ORDER_PREFIX = re.compile(r"^\d+[-_. ]+(?=.)")
_SLUG = re.compile(r"[^\W_][\w-]*")
LONGEST_NAME = 100
"""Discord's limit for the value of an autocomplete choice, in characters, which slugs and identities travel in."""


def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """A sort key by which `2` comes before `10`, in any script's digits, without regard to case; total over names."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    parts = tuple(int(part) if i % 2 else part for i, part in enumerate(_DIGITS.split(folded)))
    return parts, name


def is_ignored(name: str) -> bool:
    """Whether it is hidden or left behind by an editor, and so nobody's chapter."""
    return name.startswith((".", "#", "~")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak"))


def is_slug(name: str) -> bool:
    """Whether it can name a story: letters and digits of any script, `-` and `_`, at most 64."""
    return len(name) <= 64 and _SLUG.fullmatch(name) is not None


def said(path: Path) -> str:
    """The path as it can be printed and stored, also where a name is not text in the system's encoding."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def chapter_files(folder: Path) -> list[Path]:
    """The chapters' files in natural order of their names.

    Raises:
        OSError: the folder is not there or cannot be read.
    """
    found = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() == ".md" and not is_ignored(path.name) and path.is_file()
    ]
    return sorted(found, key=lambda path: natural(path.name))


def spoken(stem: str) -> str:
    """A file name as a title: `003-the-lamp` is `The lamp`, `007` is `7`."""
    name = _ORDER_PREFIX.sub("", unicodedata.normalize("NFC", stem))
    words = " ".join(re.split(r"[-_\s]+", name)).strip() or name
    return str(int(words)) if words.isdecimal() else words[0].upper() + words[1:]
