"""The folder of chapters with its sub-folders, which are parts: which files are chapters, and in which order."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content.files.chapter_order import sort_names
from bot.content.files.directory_scan import (
    list_entries,
    outside_link_fault,
    printable_path,
    skipped_entry_warning,
    unfit_name_fault,
    unreadable_folder_fault,
)
from bot.content.files.non_chapters import is_kept_beside, is_left_by_a_tool
from bot.content.files.skipped_files import count_texts, file_warning, folder_warning, is_bundle, is_private
from bot.content.files.sync_conflicts import is_conflict_copy
from bot.domain.diagnostics import Diagnostic

DEEPEST = 3
"""Folders in folders below that of the chapters: a book, a part, and one more."""

_MOST_FOLDERS = 500


@dataclass(frozen=True, slots=True)
class ChapterTree:
    """The contents of a folder of chapters."""

    files: tuple[Path, ...]
    """The chapters' files in order and, where their chapters would stand, the folders that are closed."""
    closed: Mapping[Path, Diagnostic]
    """Sub-folders that may not or cannot be read, with the reason."""
    warnings: tuple[Diagnostic, ...]
    """What is passed over, with what to do about it."""


def read_chapter_tree(chapters: Path, root: Path) -> ChapterTree:
    """List a folder of chapters in the content folder `root`.

    Hidden files and folders and those whose name begins with `_` are left alone. Links that lead in circles or
    twice to one folder are followed once.

    Raises:
        OSError: the folder does not exist or cannot be read.
    """
    found = _Found(root)
    found.visited.add(os.path.realpath(chapters))
    _look_into(chapters, 0, found)
    return ChapterTree(
        tuple(sort_paths(chapters, [*found.files, *found.closed], found.closed)),
        found.closed,
        (*found.warnings, *found.of_files),
    )


def chapter_files(chapters: Path) -> list[Path]:
    """Return the chapter files in natural order, prologues first and epilogues last.

    Raises:
        OSError: the folder does not exist or cannot be read.
    """
    tree = read_chapter_tree(chapters, chapters.parents[1])
    return [path for path in tree.files if path not in tree.closed]


def sort_paths(chapters: Path, paths: list[Path], folders: Mapping[Path, object]) -> list[Path]:
    """Return paths below a folder of chapters in order; those in `folders` are folders."""
    named = {f"{name_below(chapters, path)}{'/' if path in folders else ''}": path for path in paths}
    return [named[name] for name in sort_names(named)]


def name_below(chapters: Path, path: Path) -> str:
    """Return the name of a file below the folder of chapters, with its folders: `part-2/ch-01.md`."""
    return str(path)[len(str(chapters)) + 1 :].replace(os.sep, "/")


@dataclass(slots=True)
class _Found:
    root: Path
    files: list[Path] = field(default_factory=list)
    closed: dict[Path, Diagnostic] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)
    of_files: list[Diagnostic] = field(default_factory=list)
    """The warnings of files that are no chapters by the end of their names, and of folders that hold only such."""
    visited: set[str] = field(default_factory=set)


def _look_into(folder: Path, depth: int, found: _Found) -> None:
    """Collect the files of a folder, then those of its sub-folders.

    Raises:
        OSError: the folder does not exist or cannot be read.
    """
    folders: list[Path] = []
    for path, mode in list_entries(folder):
        if is_private(path.name):
            continue
        regular = isinstance(mode, int) and S_ISREG(mode)
        if isinstance(mode, int) and S_ISDIR(mode):
            folders.append(path)
        elif path.suffix.lower() == ".md":
            found.files += [path] if regular else []
            found.warnings += [] if regular else [skipped_entry_warning(path, mode)]
        elif regular and (warning := file_warning(path)) is not None:
            found.of_files.append(warning)
    # A link to a folder that is itself here is the one passed over.
    for path in sorted(folders, key=lambda each: (each.is_symlink(), each.name)):
        if not is_left_by_a_tool(path.name):
            _take(path, depth + 1, found)


def _take(folder: Path, depth: int, found: _Found) -> None:
    """Take a sub-folder as a part, or say why it is passed over."""
    if is_bundle(folder):
        found.of_files += filter(None, [file_warning(folder)])
        return
    if reason := _no_part(folder.name, depth, len(found.visited)):
        if not outside_link_fault(folder, found.root) and (count := count_texts(folder)):
            found.warnings.append(folder_warning(folder, count, reason))
        return
    if (fault := outside_link_fault(folder, found.root) or unfit_name_fault(folder, "folder")) is not None:
        found.closed[folder] = fault
        return
    real = os.path.realpath(folder)
    if real in found.visited:
        problem, mend = (
            "this folder is a link to one that is looked into anyway; it is passed over",
            "Remove it.",
        )
        found.warnings.append(Diagnostic(printable_path(folder), 0, problem, mend, warning=True))
        return
    found.visited.add(real)
    _take_what_it_holds(folder, depth, found)


def _no_part(name: str, depth: int, visited: int) -> str:
    """Return what a folder is instead of a part, or an empty text."""
    if is_conflict_copy(name):
        return "by its name a sync tool’s copy"
    if is_kept_beside(name):
        return "by its name no part of the story"
    if depth > DEEPEST:
        return f"more than {DEEPEST} folders deep"
    return f"one of more than {_MOST_FOLDERS}" if visited > _MOST_FOLDERS else ""


def _take_what_it_holds(folder: Path, depth: int, found: _Found) -> None:
    within = replace(found, files=[], closed={}, warnings=[], of_files=[])
    try:
        _look_into(folder, depth, within)
    except OSError as error:
        found.closed[folder] = unreadable_folder_fault(folder, error)
        return
    if within.files or within.closed or within.warnings:
        found.files += within.files
        found.closed |= within.closed
        found.warnings += within.warnings
        found.of_files += within.of_files
    elif count := count_texts(folder):
        found.of_files.append(folder_warning(folder, count))
