"""Request to write an import into a story."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from bot.content.authoring.import_report import ConflictAnswers
from bot.content.authoring.imported_pictures import Pictures
from bot.domain.manuscript_import.import_progress import PartsDone, pass_over
from bot.domain.manuscript_import.imported_story import ImportedStory


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Story to be written, as `StoryFiles.write_import` takes it."""

    imported: ImportedStory
    pictures: Pictures
    answers: ConflictAnswers
    story_file: str
    """Text of `story.yaml` if there is none."""
    refused: Set[str] | None = None
    """Decisions that the author has undone, None to keep those of the last import."""
    told: PartsDone = pass_over
    """Hears how many chapters have been written; each counts twice, with its pictures and with its text."""
