"""Check of a content folder: all its faults, and counts of what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content.chapters.chapter_file import ChapterFile
from bot.content.content_folder import ContentFolder, Progress
from bot.content.files.directory_scan import list_entries, printable_path
from bot.content.files.file_names import is_ignored
from bot.content.files.skipped_files import may_be_chapter
from bot.content.stories.missing_settings import missing_setting_notes
from bot.content.stories.single_story_check import check_alone
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE, story_folders
from bot.domain.diagnostics import Diagnostic, without_warnings

_LAYOUT = f"with {STORY_FILE} and a folder {CHAPTERS} in it"
_OF_REPOSITORIES = ("readme", "license", "changelog", "contributing")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check.

    `stories` and `chapters` count the sound ones; `files` are the chapter files of each story. `notes` name what is
    no fault but worth knowing.
    """

    faults: tuple[Diagnostic, ...]
    stories: int
    chapters: int
    files: Mapping[str, tuple[ChapterFile, ...]]
    notes: tuple[Diagnostic, ...] = ()

    @property
    def private(self) -> int:
        """Return the number of notes that were left out because they are not meant for readers."""
        return sum(file.private for files in self.files.values() for file in files)


def check_content(root: Path, progress: Progress | None = None) -> CheckReport:
    """Read every story below `root` and report all faults by file and line.

    If there is no story, the report says so and names the likely reason; faults of a single story, or of a
    single chapter, that was given instead follow.
    """
    folder = ContentFolder(root)
    folder.load_now(progress)
    serials, faults = folder.serials(), folder.list_faults()
    if not serials and (missing := find_missing_stories(root)) is not None:
        faults = tuple(sorted({missing, *check_alone(root), *(fault for fault in faults if fault.warning)}))
    chapters = sum(len(serial.chapters) for serial in serials.values())
    notes = [note for slug, serial in serials.items() for note in missing_setting_notes(root / slug, serial)]
    return CheckReport(faults, len(serials), chapters, folder.files(), tuple(sorted(notes)))


def find_missing_stories(root: Path) -> Diagnostic | None:
    """Return the fault of a file or folder that holds no story, with the likely reason.

    None if it holds any, or cannot be read.
    """
    if root.is_file():
        return _single_file(root)
    folders, faults = story_folders(root)
    return None if folders or without_warnings(faults) else _no_story(root)


def is_story(folder: Path) -> bool:
    """Return whether a folder looks like that of a single story."""
    return (folder / STORY_FILE).is_file() or any(_texts(folder / CHAPTERS))


def is_part_of_story(folder: Path) -> bool:
    """Return whether a folder is that of a story or of its chapters, or holds nothing but texts."""
    resolved = folder.resolve()
    if is_story(resolved) or (resolved.name == CHAPTERS and is_story(resolved.parent)):
        return True
    texts = _texts(resolved)
    return any(path.stem.casefold() not in _OF_REPOSITORIES for path in texts) and not _folders(resolved)


def _single_file(file: Path) -> Diagnostic:
    is_chapter = file.suffix.lower() == ".md"
    problem = "this is a single file and not the folder with the stories"
    if is_chapter and file.resolve().parent.name == CHAPTERS:
        mend = "Name the folder three above it, in which each story has a folder of its own."
    else:
        mend = f"Name the folder with the stories: in it each has a folder, {_LAYOUT}."
    return Diagnostic(printable_path(file), 0, problem, mend)


def _no_story(root: Path) -> Diagnostic:
    file = printable_path(root)
    if is_story(root):
        mend = "Name the folder above it, in which each story has a folder of its own."
        return Diagnostic(file, 0, "this is the folder of one story and not the one with the stories", mend)
    if root.resolve().name == CHAPTERS and is_story(root.resolve().parent):
        mend = "Name the folder two above it, in which each story has a folder of its own."
        return Diagnostic(
            file, 0, "these are the chapters of one story and not the folder with the stories", mend
        )
    if (within := next((path for path in _folders(root) if story_folders(path)[0]), None)) is not None:
        return Diagnostic(
            file, 0, f"the stories lie one folder further down, in {within.name}", "Name that one."
        )
    if (texts := _texts(root)) or any(map(_holds_texts, _folders(root))):
        problem = (
            "there is no story here, only files of text" if texts else "there are texts here, but no story"
        )
        mend = f"Make a folder for the story {_LAYOUT}, and put the texts there, each in a file that ends in .md."
        return Diagnostic(file, 0, problem, mend)
    return Diagnostic(file, 0, "there is no story in it", f"Make a folder for the first, {_LAYOUT}.")


def _holds_texts(folder: Path) -> bool:
    return bool(_texts(folder) or _texts(folder / CHAPTERS))


def _texts(folder: Path) -> list[Path]:
    return [path for path, mode in _inside(folder) if S_ISREG(mode) and may_be_chapter(path.name)]


def _folders(folder: Path) -> list[Path]:
    return [path for path, mode in _inside(folder) if S_ISDIR(mode)]


def _inside(folder: Path) -> list[tuple[Path, int]]:
    try:
        found = list(list_entries(folder))
    except OSError:
        return []
    return [(path, mode) for path, mode in found if isinstance(mode, int) and not is_ignored(path.name)]
