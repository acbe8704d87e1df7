"""Files that look like chapters but are skipped, with what to do about each."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content.files.directory_scan import list_entries, outside_link_fault, printable_path
from bot.content.files.file_names import is_ignored
from bot.domain.diagnostics import Diagnostic

_PLAIN = """
    .txt .text .markdown .mkd .mkdn .mkdown .mdown .mdwn .mdtxt .mdtext .mdx .qmd .rmd .utf8
"""
_FORMATTED = """
    .docx .doc .docm .dotx .odt .fodt .rtf .pages .wps .wpd .abw .html .htm .xhtml .mht .epub .mobi .azw3 .fb2 .pdf
    .rst .org .adoc .asciidoc .tex .textile .fountain .fdx .scriv .gdoc
"""
_BESIDE = """
    readme license licence copying changelog contributing authors credits todo to-do notes note outline synopsis summary
    index toc contents ideas characters character cast world worldbuilding timeline glossary research plan plot style
    styleguide style-guide about blurb bible story series scratch news
    notizen figuren gliederung ideen personnages notas personajes заметки план персонажи
    笔记 大纲 人物 设定 設定 メモ プロット 登場人物 메모 설정
"""

_RENAMED = frozenset(_PLAIN.split())
"""Ends of names that plain text has."""

_SAVED_ANEW = frozenset(_FORMATTED.split())
"""Ends of names of what holds text in another form."""

_NO_CHAPTERS = frozenset(_BESIDE.split())
"""Names of what people keep beside their chapters."""

_MOST_FOLDERS, _MOST_FILES = 200, 1000


def skipped_file_warnings(folder: Path, root: Path) -> list[Diagnostic]:
    """Return a warning for each file that may be meant as a chapter, and each folder with such files.

    Raises:
        OSError: the folder does not exist or cannot be read.
    """
    faults = []
    for path, mode in list_entries(folder):
        if not isinstance(mode, int) or _is_private(path.name):
            continue
        fault = None
        if S_ISREG(mode):
            fault = _file(path)
        elif S_ISDIR(mode) and not outside_link_fault(path, root):
            fault = _folder(path)
        faults += [] if fault is None else [fault]
    return faults


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
        if not _is_private(path.name) and path.stem.casefold() not in _NO_CHAPTERS
    ]


def may_be_chapter(name: str) -> bool:
    """Return whether a file of that name may be a chapter, skipped or not."""
    return Path(name).suffix.lower() in {".md", *_RENAMED, *_SAVED_ANEW} and not _is_private(name)


def _is_private(name: str) -> bool:
    return is_ignored(name) or name.startswith("_")


def _file(path: Path) -> Diagnostic | None:
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


def _folder(path: Path) -> Diagnostic | None:
    if path.suffix.lower() in _SAVED_ANEW:
        return _file(path)
    count = _count(path)
    if not count:
        return None
    many = f"more than {_MOST_FILES}" if count > _MOST_FILES else str(count)
    files, them = ("text file", "it") if count == 1 else ("text files", "they")
    problem = f"this folder holds {many} {files}, and {them} {'is' if count == 1 else 'are'} not taken"
    return Diagnostic(printable_path(path), 0, problem, "Move its files up into chapters.", warning=True)


def _count(folder: Path) -> int:
    count = 0
    for seen, (_, folders, files) in enumerate(os.walk(folder)):
        folders[:] = [name for name in folders if not _is_private(name)]
        count += sum(map(may_be_chapter, files))
        if count > _MOST_FILES or seen > _MOST_FOLDERS:
            break
    return count
