"""Imports that are looked at before they are written, each with the files that were given for it."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from bot.clock import Clock
from bot.content.authoring.change_journal import StoryChange
from bot.content.authoring.imported_pictures import PicturePlacer
from bot.content.importing.manuscript_importer import picture_readers
from bot.content.source_formats.read_source import ReadSource
from bot.content.source_formats.source_reader import LARGEST_ARCHIVE, read_pasted, read_source
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory

MOST_BYTES = LARGEST_ARCHIVE
"""Bytes of all files of one import."""

_MOST_FILES = 5000
_LONGEST_PATH = 400
_KEPT = timedelta(hours=2)
_MOST_KEPT = 4
_MOST_OUTCOMES = 16


@dataclass
class ImportPreview:
    """An import that is not written yet, with the author's changes to it."""

    id: str
    folder: Path
    """Where its files are, outside of the content folder."""
    touched: datetime
    size: int = 0
    """Bytes of the files so far."""
    files: list[str] = field(default_factory=list)
    read: ReadSource | None = None
    refused: frozenset[str] = frozenset()
    titles: dict[str, str] = field(default_factory=dict)
    """Titles that the author has typed, by the chapters' keys."""
    left_out: frozenset[str] = frozenset()
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while it is written, so that two pages do not write it twice."""
    _placing: Lock = field(default_factory=Lock)
    _made: tuple[frozenset[str], ImportedStory] | None = None

    @property
    def story(self) -> ImportedStory:
        """The chapters that become of the source with what the author has undone."""
        assert self.read is not None
        if self._made is None or self._made[0] != self.refused:
            self._made = self.refused, import_source(self.read.source, refused=self.refused)
        return self._made[1]

    def titled(self, chapter: ImportedChapter) -> ImportedChapter:
        """Return a chapter with the title that the author gave it."""
        return replace(chapter, title=self.titles.get(chapter.source_key) or chapter.title)

    def accepted(self) -> ImportedStory:
        """Return the story without the chapters that are left out."""
        chapters = [each for each in self.story.chapters if each.source_key not in self.left_out]
        return replace(self.story, chapters=tuple(self.titled(each) for each in chapters))

    @property
    def pictures(self) -> Path:
        """Folder that has the pictures of the chapters that were looked at, as the story's folder will."""
        return self.folder / "story"

    def place_pictures(self, chapter: ImportedChapter) -> tuple[str, list[str]]:
        """Put a chapter's pictures into their folder.

        Returns:
            The chapter's text that names them, and for each that is lost: which, and why.
        """
        with self._placing:
            assert self.read is not None
            self.pictures.mkdir(exist_ok=True)
            change = StoryChange(self.pictures)
            placer = PicturePlacer(self.pictures, change, picture_readers(self.read))
            text = placer.rewrite(chapter.body, chapter.pictures)
            change.carry_out()
        return text, placer.lost

    def file(self, path: str) -> Path:
        """Return where a file of the import goes, by its path in the folder that was given.

        Raises:
            ValueError: there are too many, or it has no name that can be kept.
        """
        if len(self.files) >= _MOST_FILES:
            raise ValueError(f"These are more than {_MOST_FILES:,} files. Give me the folder of one story.")
        parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
        if not parts or ".." in parts or "\0" in path or len(path.encode()) > _LONGEST_PATH:
            raise ValueError("A file has a name that cannot be read. Give me its text instead.")
        target = self.folder.joinpath("given", *parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise ValueError("A file and a folder have one name. Give me one of them.") from error
        self.files.append("/".join(parts))
        return target

    def read_files(self) -> None:
        """Read the files that were given: one alone, or all as a folder.

        Raises:
            SourceRefused: they cannot be read.
        """
        given = self.folder / "given"
        found = list(given.iterdir()) if given.is_dir() else []
        self.read = read_source(found[0] if len(found) == 1 else given)

    def read_text(self, text: str) -> None:
        """Read a text that was pasted.

        Raises:
            SourceRefused: it cannot be read.
        """
        self.read = read_pasted(text)


class ImportPreviews:
    """The imports of the open pages: a few, for some hours."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, ImportPreview] = {}
        self._outcomes: dict[str, Mapping[str, Any]] = {}

    def begin(self) -> ImportPreview:
        """Begin an import; the oldest of many is forgotten."""
        self._forget_old()
        while len(self._open) >= _MOST_KEPT:
            self.forget(min(self._open.values(), key=lambda each: each.touched).id)
        folder = Path(tempfile.mkdtemp(prefix="fascicle-import-"))
        preview = ImportPreview(secrets.token_hex(8), folder, self._clock.now())
        self._open[preview.id] = preview
        return preview

    def find(self, preview_id: str) -> ImportPreview | None:
        """Return an import, which is kept on then."""
        self._forget_old()
        found = self._open.get(preview_id)
        if found is not None:
            found.touched = self._clock.now()
        return found

    def forget(self, preview_id: str) -> None:
        """Forget an import and remove its files."""
        found = self._open.pop(preview_id, None)
        if found is not None:
            shutil.rmtree(found.folder, ignore_errors=True)

    def keep_outcome(self, preview_id: str, outcome: Mapping[str, Any]) -> None:
        """Keep what became of an import, which its page shows again when it is reloaded."""
        self._outcomes.pop(preview_id, None)
        while len(self._outcomes) >= _MOST_OUTCOMES:
            del self._outcomes[next(iter(self._outcomes))]
        self._outcomes[preview_id] = outcome

    def find_outcome(self, preview_id: str) -> Mapping[str, Any] | None:
        """Return what became of an import; None if it is not written, or that was long ago."""
        return self._outcomes.get(preview_id)

    def close(self) -> None:
        """Forget all."""
        for preview_id in list(self._open):
            self.forget(preview_id)

    def _forget_old(self) -> None:
        latest = self._clock.now() - _KEPT
        for preview in [each for each in self._open.values() if each.touched < latest]:
            self.forget(preview.id)
