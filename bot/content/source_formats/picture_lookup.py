"""The pictures that a text names by a path: which files beside it they are."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from bot.content.source_formats.source_tree import read_bounded
from bot.domain.manuscript_import.source_document import SourceDocument

LARGEST_PICTURE = 32 * 1024**2
"""Bytes of one picture."""

PICTURE_SUFFIXES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".bmp",
    ".tif",
    ".tiff",
    ".svg",
    ".avif",
    ".heic",
)

_PICTURE = re.compile(
    r"!\[(?:[^\[\]\\\n]|\\.){0,2000}\]"
    r"\((?:<(?P<held>[^<>\n]{1,1000})>|(?P<bare>[^<>\n]{1,1000}?))(?:\s+\"[^\"\n]{0,500}\")?\)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:|//|#", re.IGNORECASE)


def picture_keys(document: SourceDocument) -> dict[str, None]:
    """Return the paths of the pictures that a document names, in order, without addresses on the web."""
    texts = [block.text for block in document.blocks]
    texts += [block.text for note in document.footnotes for block in note.blocks]
    keys = (
        found["held"] or found["bare"] for text in texts if "![" in text for found in _PICTURE.finditer(text)
    )
    return {key: None for key in keys if not _ELSEWHERE.match(key)}


def candidate_names(key: str, folder: str) -> Iterator[str]:
    """Yield the names that a path in a text may mean, the likeliest first; none of them leads out of the source.

    Args:
        key: The path as the text names it.
        folder: The folder that the text lies in, an empty text for the source's own.
    """
    for written in _forms(key):
        plain = written.replace("\\", "/").partition("?")[0]
        for start in dict.fromkeys((folder, "")):
            name = posixpath.normpath(posixpath.join(start, plain.lstrip("/")))
            if name != "." and not name.startswith("../"):
                yield name


def find_named(key: str, folder: str, names: Collection[str], by_end: dict[str, str]) -> str | None:
    """Return the file that a path means: as it is written, or by its last part alone, as in a vault.

    Args:
        key: The path as the text names it.
        folder: The folder that the text lies in.
        names: All files.
        by_end: The files by the last part of their names in lower case.
    """
    for name in candidate_names(key, folder):
        if name in names:
            return name
    ends = (form.replace("\\", "/").rpartition("/")[2].lower() for form in _forms(key))
    return next((by_end[end] for end in ends if end in by_end), None)


def _forms(key: str) -> list[str]:
    """Return what a path may mean: percent signs or escapes decoded, accents as one sign or, as on a Mac, two."""
    plain = unquote(key)
    bare = _ESCAPE.sub(r"\1", plain)
    accents = (unicodedata.normalize("NFC", bare), unicodedata.normalize("NFD", bare))
    return list(dict.fromkeys((key, plain, bare, *accents)))


def pictures_beside(path: Path, document: SourceDocument) -> dict[str, Callable[[], bytes]]:
    """Return the pictures of a text that lie in its folder or below it; links that lead out do not count."""
    found: dict[str, Callable[[], bytes]] = {}
    for key in picture_keys(document):
        for name in candidate_names(key, ""):
            file = path.parent / name
            if name.lower().endswith(PICTURE_SUFFIXES) and _is_inside(file, path.parent):
                found[key] = partial(read_bounded, file, name, LARGEST_PICTURE)
                break
    return found


def _is_inside(file: Path, folder: Path) -> bool:
    try:
        return file.is_file() and file.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False
