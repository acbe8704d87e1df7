"""Files of the folder of chapters that are no chapters: overviews, notes beside numbered chapters, compiled books.

One that is left out harms nobody: its author is told, and the chapters around it come out. A file stays a chapter
if its front matter has `id`, `publish_at` or `thanks`, which only chapters have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bot.content.chapters.chapter_file import ChapterFile
from bot.content.files.chapter_tree import name_below
from bot.content.files.directory_scan import printable_path
from bot.content.files.natural_order import read_numbers
from bot.content.files.non_chapters import is_overview, may_be_no_chapter, sidecar_of
from bot.content.stories.chapter_memo import ChapterMemo
from bot.content.stories.compiled_books import Sample, find_compiled_books
from bot.domain.diagnostics import Diagnostic

_AS_CHAPTER = "If it is a chapter, put “id: {key}” into its front matter; if not, let its name begin with _."


def find_left_out_files(
    chapters: Path, files: Mapping[Path, ChapterFile | None], samples: ChapterMemo[Sample]
) -> dict[Path, Diagnostic]:
    """Return the files that are not taken as chapters, each with its warning.

    Args:
        chapters: The folder of chapters.
        files: The files in order, as read; None for one that cannot be read.
        samples: What is known of the texts.
    """
    open_to_doubt = {path for path, file in files.items() if file is None or not _says_it_is_a_chapter(file)}
    folders: dict[Path, list[Path]] = {}
    for path in files:
        folders.setdefault(path.parent, []).append(path)
    bundled = {path for path in files if _is_bundled(path, chapters, folders)}
    unsaid = open_to_doubt - bundled
    reasons = {
        path: reason
        for siblings in folders.values()
        for path, reason in _by_name(siblings).items()
        if path in unsaid
    }
    texts = {
        path: file
        for path, file in files.items()
        if file is not None and (path in bundled or not is_overview(path.stem))
    }
    for path, contained in find_compiled_books(texts, open_to_doubt, samples).items():
        first, last = (
            printable_path(Path(name_below(chapters, each))) for each in (contained[0], contained[-1])
        )
        reasons[path] = f"it contains the text of {len(contained)} other chapters ({first} to {last})"
    return {
        path: Diagnostic(
            printable_path(path),
            0,
            f"this file is not taken: {reason}",
            _mend(path, files[path]),
            warning=True,
        )
        for path, reason in reasons.items()
    }


def _is_bundled(path: Path, chapters: Path, folders: Mapping[Path, list[Path]]) -> bool:
    """Return whether a file is the text of a folder that holds one chapter and its pictures, as Hugo keeps them."""
    return path.stem.casefold() == "index" and path.parent != chapters and folders[path.parent] == [path]


def _mend(path: Path, file: ChapterFile | None) -> str:
    """Return what to do; with the identity that it had as a chapter, what is out already stays the same chapter."""
    key = path.stem if file is None else file.key
    return _AS_CHAPTER.format(key=f'"{key}"' if re.search(r"[^\w /.-]|^[^\w]|^[\d.]+$", key) else key)


def _says_it_is_a_chapter(file: ChapterFile) -> bool:
    return bool(file.form.id or file.form.publish_at or file.form.thanks)


def _by_name(siblings: list[Path]) -> dict[Path, str]:
    """Return the files of one folder that their names say are no chapters, with the reason."""
    stems = {path.stem for path in siblings}
    doubtful = {stem for stem in stems if may_be_no_chapter(stem)}
    # Numbers are read only where they decide something: a long story has a thousand names.
    numbers = read_numbers(stems) if doubtful else {}
    numbered = {stem for stem, (_, text) in numbers.items() if any(char.isdecimal() for char in text)}
    found = {}
    for path in siblings:
        if is_overview(path.stem):
            found[path] = "by its name it is an overview and no chapter"
        elif sidecar_of(path.stem) in stems:
            found[path] = f"by its name it belongs to {printable_path(Path(sidecar_of(path.stem) or ''))}.md"
        elif path.stem in doubtful and path.stem not in numbered and len(numbered) > 1:
            found[path] = "by its name it is no chapter, and those beside it are numbered"
    return found
