"""Checking a content folder: everything that is wrong with it, and how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.domain.faults import FileFault
from bot.library.folder import FolderLibrary, Progress


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `stories` and `chapters` count the sound ones."""

    faults: tuple[FileFault, ...]
    stories: int
    chapters: int


def check_content(root: Path, progress: Progress | None = None) -> Report:
    """Read every story below `root` and report every fault in them, by file and line."""
    library = FolderLibrary(root)
    library.load_now(progress)
    serials = library.serials().values()
    return Report(library.faults(), len(serials), sum(len(serial.chapters) for serial in serials))
