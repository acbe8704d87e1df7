"""Files that look like chapters but are skipped, with what to do about each."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content.files.directory_scan import list_entries, printable_path
from bot.content.files.file_names import is_ignored
from bot.content.files.non_chapters import is_overview, may_be_no_chapter
from bot.domain.diagnostics import Diagnostic

_PLAIN = """
    .txt .text .markdown .mkd .mkdn .mkdown .mdown .mdwn .mdtxt .mdtext .mdx .qmd .rmd .utf8
"""
_FORMATTED = """
    .docx .doc .docm .dotx .odt .fodt .rtf .pages .wps .wpd .abw .html .htm .xhtml .mht .epub .mobi .azw3 .fb2 .pdf
    .rst .org .adoc .asciidoc .tex .textile .fountain .fdx .scriv .gdoc .textbundle .textpack
"""
_RENAMED = frozenset(_PLAIN.split())
"""Ends of names that plain text has."""

_SAVED_ANEW = frozenset(_FORMATTED.split())
"""Ends of names of what holds text in another form."""

_MOST_FOLDERS, _MOST_FILES = 200, 1000


def misplaced_file_warnings(story: Path, chapters: str) -> list[Diagnostic]:
    """Return a warning for each Markdown file in the story's folder but outside its folder of chapters.

    Raises:
        OSError: the folder does not exist or cannot be read.
    """
    mend = f"If it is a chapter, move it into {chapters}."
    return [
        Diagnostic(
            printable_path(path), 0, f"this file lies beside {chapters} and is not taken", mend, warning=True
        )
        for path, mode in list_entries(story)
        if isinstance(mode, int) and S_ISREG(mode) and path.suffix.lower() == ".md"
        if not is_private(path.name) and not is_overview(path.stem) and not may_be_no_chapter(path.stem)
    ]


def no_chapter_fault(chapters: Path) -> Diagnostic:
    """Return the fault of a folder without chapters; it names a folder of texts that only its `_` keeps out."""
    try:
        folders = [path for path, mode in list_entries(chapters) if isinstance(mode, int) and S_ISDIR(mode)]
    except OSError:
        folders = []
    for folder in folders:
        if folder.name.startswith("_") and not is_ignored(folder.name) and count_texts(folder):
            name, bare = (printable_path(Path(each)) for each in (folder.name, folder.name.lstrip("_")))
            problem = f"there is no chapter here but in {name}, and names that begin with _ are passed over"
            return Diagnostic(
                printable_path(chapters), 0, problem, f"Rename it to {bare}, or move its files here."
            )
    mend = "Add the first as 001-its-name.md."
    return Diagnostic(printable_path(chapters), 0, "there is no chapter here", mend)


def may_be_chapter(name: str) -> bool:
    """Return whether a file of that name may be a chapter, skipped or not."""
    return Path(name).suffix.lower() in {".md", *_RENAMED, *_SAVED_ANEW} and not is_private(name)


def is_private(name: str) -> bool:
    """Return whether a name says that the file or folder is nobody's but its owner's: hidden, or begun with `_`."""
    return is_ignored(name) or name.startswith("_")


def is_bundle(folder: Path) -> bool:
    """Return whether a folder is what a program shows as one document."""
    return folder.suffix.lower() in _SAVED_ANEW


def file_warning(path: Path) -> Diagnostic | None:
    """Return the warning for a file that may be meant as a chapter but is none by the end of its name."""
    suffix = path.suffix.lower()
    if suffix in _RENAMED:
        stem = path.stem.removesuffix(".md").removesuffix(".MD")
        mend = f"Rename it to {printable_path(Path(stem))}.md, and it is a chapter."
    elif suffix in _SAVED_ANEW:
        mend = "Save its text here as plain text or Markdown, in a file that ends in .md."
    else:
        return None
    problem = f"this file is not taken: chapters end in .md, and it ends in {suffix}"
    return Diagnostic(printable_path(path), 0, problem, mend, warning=True)


def folder_warning(folder: Path, count: int, reason: str = "") -> Diagnostic:
    """Return the warning for a folder that is not taken as a part though it holds `count` texts."""
    many = f"more than {_MOST_FILES}" if count > _MOST_FILES else str(count)
    files, they = ("text file", "it is") if count == 1 else ("text files", "they are")
    problem = f"this folder holds {many} {files}, and {they} not taken"
    mend = "Save them as plain text or Markdown, in files that end in .md."
    if reason:
        problem += f": it is {reason}"
        mend = "If these are chapters, move them or rename the folder; if not, let its name begin with _."
    return Diagnostic(printable_path(folder), 0, problem, mend, warning=True)


def count_texts(folder: Path) -> int:
    """Count the files below a folder that may be chapters; of very many only the first."""
    count = 0
    for seen, (_, folders, files) in enumerate(os.walk(folder)):
        folders[:] = [name for name in folders if not is_private(name)]
        count += sum(map(may_be_chapter, files))
        if count > _MOST_FILES or seen > _MOST_FOLDERS:
            break
    return count
