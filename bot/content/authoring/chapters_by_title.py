"""A story's chapters by their titles, by which an import recognizes those that it did not write."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from bot.content.chapters.chapter_file import read_chapter_text
from bot.domain.text.normalization import fold
from bot.schemas.text_file import DecodedText


class ChaptersByTitle:
    """Looks for chapters whose titles are the same but for case and accents."""

    def __init__(self, chapters: Path, texts: Mapping[str, str]) -> None:
        """Take the folder of chapters, and the text of each file in it; they are read when the first title is asked."""
        self._chapters = chapters
        self._texts = texts

    def find(self, title: str) -> str | None:
        """Return the first file of a chapter with that title."""
        return self._files.get(fold(title))

    @cached_property
    def _files(self) -> Mapping[str, str]:
        files: dict[str, str] = {}
        for file, text in self._texts.items():
            found = read_chapter_text(self._chapters / file, DecodedText(text), self._chapters)[0]
            if found is not None:
                files.setdefault(fold(found.title), file)
        return files
