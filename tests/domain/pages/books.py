"""Whole novels from beside the repository, as an author would have written them in Markdown.

They are the epub, text and Markdown files in `../shared/books` and in the folder that FASCICLE_BOOKS names. None of
them, and nothing of their text, belongs in the repository.
"""

from __future__ import annotations

import html
import os
import re
import zipfile
from pathlib import Path

SHARED = Path(__file__).parents[3] / "../shared/books"
_CHAPTER = re.compile(r"(?im)^(?:chapter|letter|volume|book|part)\s+(?:[ivxlc]+|\d+)\b.*$")
_KINDS = (".epub", ".txt", ".md")


def books() -> list[Path]:
    """Every novel that there is here."""
    folders = [SHARED, *(Path(folder) for folder in [os.environ.get("FASCICLE_BOOKS", "")] if folder)]
    files = {file.name: file for folder in folders if folder.is_dir() for file in folder.iterdir()}
    return [file for name, file in sorted(files.items()) if file.suffix in _KINDS]


def chapters(book: Path) -> list[str]:
    """The book's chapters, in order."""
    if book.suffix != ".epub":
        text = book.read_text(encoding="utf-8")
        starts = [found.start() for found in _CHAPTER.finditer(text)] or [0]
        parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
        return [_CHAPTER.sub(r"## \g<0>", part, count=1) for part in parts]
    with zipfile.ZipFile(book) as archive:
        names = sorted(name for name in archive.namelist() if re.search(r"chapter-\d+\.xhtml$", name))
        return [_markdown(archive.read(name).decode()) for name in names]


def _markdown(page: str) -> str:
    body = page[page.find("<body") :]
    body = re.sub(r"\s*\n\s*", " ", body)
    body = re.sub(r"</?(?:i|em)\b[^>]*>", "*", body)
    body = re.sub(r"<h[1-6]\b[^>]*>", "\n\n## ", body)
    body = re.sub(r"<hr\b[^>]*>", "\n\n***\n\n", body)
    body = re.sub(r"<br\b[^>]*>", "  \n", body)
    body = re.sub(r"</?(?:p|div|section|h[1-6]|li|tr|blockquote|header)\b[^>]*>", "\n\n", body)
    return html.unescape(re.sub(r"<[^>]+>", "", body))
