"""Story folders: which folders below the content folder are stories, and their slugs."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from os.path import lexists
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content.files.chapter_tree import chapter_files
from bot.content.files.directory_scan import (
    closed_folder_fault,
    error_words,
    list_entries,
    printable_path,
    skipped_entry_warning,
)
from bot.content.files.file_names import is_ignored, is_slug
from bot.domain.diagnostics import Diagnostic

STORY_FILE = "story.yaml"
CHAPTERS = "chapters"


def story_folders(root: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Return the story folders below `root` by name, and the faults in their names.

    A folder with neither a story file nor chapters is skipped.
    """
    try:
        entries = [(path, found) for path, found in list_entries(root) if not is_ignored(path.name)]
    except FileNotFoundError:
        return [], [
            Diagnostic(
                printable_path(root),
                0,
                "there is no such folder",
                "Make it, with a folder for each story in it.",
            )
        ]
    except OSError as error:
        problem = f"this is no folder that can be read: {error_words(error)}"
        return [], [Diagnostic(printable_path(root), 0, problem, "Name the content folder.")]
    folders: list[Path] = []
    faults: list[Diagnostic] = []
    for path, found in entries:
        if not isinstance(found, int) or not (S_ISDIR(found) or S_ISREG(found)):
            faults.append(skipped_entry_warning(path, found))
        elif S_ISDIR(found):
            _look_into(path, root, folders, faults)
    seen: dict[str, Path] = {}
    for path in folders:
        slug = slug_of(path)
        if not is_slug(slug):
            mend = "Use letters, digits, - and _ only, 64 at most: the-lamplighters."
            faults.append(Diagnostic(printable_path(path), 0, "this folder’s name cannot name a story", mend))
        elif (twin := seen.setdefault(slug.casefold(), path)) is not path:
            problem = f"this story has the same name as {twin}"
            faults.append(
                Diagnostic(
                    printable_path(path), 0, problem, "Rename one of the two: case does not tell them apart."
                )
            )
    bad = {fault.file for fault in faults}
    return [path for path in folders if printable_path(path) not in bad], faults


def _look_into(path: Path, root: Path, folders: list[Path], faults: list[Diagnostic]) -> None:
    """Accept or skip a folder as a story's.

    A folder that cannot be read is accepted if its name could be a story's; its contents are then reported
    missing.
    """
    fault = closed_folder_fault(path, root, STORY_FILE)
    if fault is None:
        if lexists(path / STORY_FILE) or _has_chapters(path):
            folders.append(path)
    elif is_slug(slug_of(path)):
        folders.append(path)
    else:
        faults.append(replace(fault, problem=f"{fault.problem}; it is passed over", warning=True))


def slug_of(folder: Path) -> str:
    """Return the slug of a story's folder."""
    return unicodedata.normalize("NFC", folder.name)


def _has_chapters(folder: Path) -> bool:
    try:
        return bool(chapter_files(folder / CHAPTERS))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # There may well be some, and that they cannot be read is to be said.
        return True
