"""Cache of loaded chapters: a file is read again only if it changed."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import stopwatch
from bot.content.chapters.chapter_file import ChapterFile, read_chapter
from bot.content.chapters.subprocess_reader import LARGE, read_in_subprocess
from bot.content.files.directory_scan import outside_link_fault, printable_path
from bot.content.pictures.picture_files import PictureChecks
from bot.content.pictures.picture_paths import PictureFinder
from bot.content.stories.chapter_memo import ChapterMemo
from bot.content.stories.chapter_numbering import book_warning
from bot.content.stories.compiled_books import Sample, sample_lines
from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import Chapter


class TooSlow(Exception):
    """A story took longer to read than it may hold up the others. What was read is remembered."""


_Read = tuple[ChapterFile | None, list[Diagnostic]]


@dataclass(slots=True)
class LoadCache:
    """Files as read, keyed by their time and size, and each chapter in its last good version."""

    pictures: PictureChecks
    until: float = math.inf
    """When to let go of the story that is being read, by the stopwatch."""

    _chapters: dict[Path, tuple[tuple[int, int, int], _Read]] = field(default_factory=dict)
    _built: dict[str, tuple[ChapterFile, ZoneInfo, Chapter]] = field(default_factory=dict)
    _retitled: dict[str, tuple[ChapterFile, ChapterFile]] = field(default_factory=dict)
    good: dict[Path, ChapterFile] = field(default_factory=dict)
    samples: ChapterMemo[Sample] = field(default_factory=lambda: ChapterMemo(sample_lines))
    books: ChapterMemo[Diagnostic | None] = field(default_factory=lambda: ChapterMemo(book_warning))

    def chapter(self, path: Path, chapters: Path) -> _Read:
        """Return the chapter in a file below the folder `chapters`, reading it again only if the file changed.

        Raises:
            TooSlow: the story's time is up; the chapter is remembered.
        """
        if (fault := outside_link_fault(path, chapters.parents[1])) is not None:
            return None, [fault]
        below = () if path.parent == chapters else (chapters,)
        try:
            stat = path.stat()
        except OSError:
            return read_chapter(path, *below)
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._chapters.get(path)
        if known is None or known[0] != stamp or _finds_more(known[1][0], chapters.parent, path.parent):
            read = read_in_subprocess if stat.st_size > LARGE else read_chapter
            known = self._chapters[path] = (stamp, read(path, *below))
            self.keep_going()
        return known[1]

    def keep_going(self) -> None:
        """Check the story's time after a step that takes long and whose result is remembered.

        Raises:
            TooSlow: the story's time is up.
        """
        if stopwatch() > self.until:
            raise TooSlow

    def text(self, path: Path, chapters: Path) -> str | None:
        """Return the text of the chapter in a file, or None if it cannot be read."""
        file, _ = self.chapter(path, chapters)
        return None if file is None else file.text

    def retitled(self, file: ChapterFile) -> ChapterFile:
        """Return the chapter without the book's title, the same object as long as the file does not change."""
        known = self._retitled.get(file.name)
        if known is None or known[0] is not file:
            known = self._retitled[file.name] = (file, file.without_book_title())
        return known[1]

    def built(self, file: ChapterFile, zone: ZoneInfo) -> Chapter:
        """Return the chapter of a file, the same object as long as neither file nor zone change.

        Identity lets others cache what they compute from a chapter.
        """
        known = self._built.get(file.name)
        if known is None or known[0] is not file or known[1] != zone:
            known = self._built[file.name] = (file, zone, file.chapter(zone))
        return known[2]

    def forget_all_but(self, folder: Path, paths: Iterable[Path]) -> None:
        """Forget chapters below a folder that are gone."""
        start = f"{folder}{os.sep}"
        for gone in {path for path in self._chapters if str(path).startswith(start)}.difference(paths):
            del self._chapters[gone]
            self._built.pop(printable_path(gone), None)
            self._retitled.pop(printable_path(gone), None)
            self.good.pop(gone, None)
            self.samples.forget(printable_path(gone))
            self.books.forget(printable_path(gone))


def _finds_more(file: ChapterFile | None, story: Path, beside: Path) -> bool:
    """Return whether a picture that a chapter lacked exists now."""
    if file is None or not file.lacking:
        return False
    finder = PictureFinder(story, beside)
    return any(finder.by_name(name) or finder.path(name) for name in file.lacking)
