"""A book as a folder that is a story: `story.yaml`, Markdown files in order, and the pictures they show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from bot.content.exporting.book import Book, BookChapter
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.domain.stories.story import chapter_key

_UNFIT = re.compile(r"[^\w-]+")
_LONGEST_STEM = 60


def folder_files(book: Book, story_file: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the folder: each one's path below it, and its bytes.

    Args:
        book: The book.
        story_file: The story's own `story.yaml`, which is kept as its author wrote it.
    """
    yield STORY_FILE, story_file
    digits = max(3, len(str(len(book.chapters))))
    for number, chapter in enumerate(book.chapters, 1):
        stem = f"{number:0{digits}}-{_stem(chapter)}"
        yield f"{CHAPTERS}/{stem}.md", _chapter_file(chapter, stem).encode()
    pictures = {path: picture.data for path, picture in book.pictures.items()}
    if book.cover is not None:
        pictures.setdefault(book.cover.path, book.cover.data)
    yield from sorted(pictures.items())


def _stem(chapter: BookChapter) -> str:
    """Return a file name for a chapter, without what some file system refuses."""
    named = _UNFIT.sub("-", unicodedata.normalize("NFC", chapter.key.rpartition("/")[2]))
    return named.strip("-_")[:_LONGEST_STEM].rstrip("-_") or "chapter"


def _chapter_file(chapter: BookChapter, stem: str) -> str:
    matter: dict[str, Any] = {} if chapter_key(stem) == chapter.key else {"id": chapter.key}
    matter["title"] = chapter.title
    for name in ("part", "pov", "note_before", "note_after"):
        if (value := getattr(chapter, name)) is not None:
            matter[name] = value
    if chapter.warnings:
        matter["warnings"] = list(chapter.warnings)
    if chapter.thanks:
        matter["thanks"] = list(chapter.thanks)
    if chapter.publish_at is not None:
        matter["publish_at"] = chapter.publish_at.isoformat()
    if chapter.draft:
        matter["draft"] = True
    head = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{chapter.text.strip(chr(10))}\n"
