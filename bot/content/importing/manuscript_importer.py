"""Import of a manuscript as people ask for it: what would become of it, and the writing of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.content.authoring.import_report import ConflictAnswers, ImportReport
from bot.content.authoring.imported_pictures import Pictures
from bot.content.authoring.story_files import StoryFiles
from bot.content.pictures.picture_files import PictureFault
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.import_progress import ImportProgress, pass_over
from bot.domain.manuscript_import.imported_story import ImportedStory


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """An import that can be shown, and written."""

    read: ReadSource
    story: ImportedStory
    refused: Set[str] = frozenset()
    """Decisions that are undone, which the next import remembers."""

    def write(
        self,
        files: StoryFiles,
        slug: str,
        *,
        settings: Mapping[str, Any] | None = None,
        answers: ConflictAnswers | None = None,
        add: bool = False,
    ) -> ImportReport:
        """Write it, as `StoryFiles.write_import` does."""
        return files.write_import(
            slug,
            self.story,
            picture_readers(self.read),
            settings=settings,
            answers=answers,
            add=add,
            refused=self.refused,
        )


def prepare_import(
    read: ReadSource, *, refused: Set[str] = frozenset(), progress: ImportProgress = pass_over
) -> PreparedImport:
    """Return what becomes of a source, with the decisions `refused` undone."""
    return PreparedImport(read, import_source(read.source, refused=refused, progress=progress), refused)


def picture_readers(read: ReadSource) -> Pictures:
    """Return by key what reads a picture of a source, and raises a `PictureFault` where it cannot."""
    return {key: partial(_read_picture, each) for key, each in read.pictures.items()}


def _read_picture(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except SourceRefused as refusal:
        raise PictureFault(refusal.problem, refusal.mend) from refusal
