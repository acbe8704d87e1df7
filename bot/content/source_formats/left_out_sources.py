"""Files of a folder or an archive that are no chapters, by their names and by the text that they share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from pathlib import PurePosixPath

from bot.content.files.natural_order import read_numbers
from bot.content.files.non_chapters import (
    is_kept_beside,
    is_left_by_a_tool,
    is_overview,
    may_be_no_chapter,
    sidecar_of,
)
from bot.content.files.skipped_files import is_private
from bot.content.files.sync_conflicts import is_conflict_copy
from bot.domain.manuscript_import.source_document import SourceDocument

_TEXT_FOLDERS = frozenset(("draft", "drafts", "manuscript", "entwurf", "brouillon", "borrador"))
"""Folders that hold the text itself if nothing else does, as in an export of Scrivener's."""

_SIDECAR = re.compile(r"(?P<of>.+?)[ _-]+(?:notes?|synopsis|notizen|exposé)", re.IGNORECASE)
_SAMPLED = 12
_SHORTEST_LINE = 20
_MOST = 0.6
_PAGE_FOLDERS = (
    "_files",
    "-files",
    "_dateien",
    "-dateien",
    "_fichiers",
    "_archivos",
    "-filer",
    "_file",
    ".files",
)


def is_beside_the_text(name: str) -> bool:
    """Return whether a file belongs to a system or a program, and to nobody who writes."""
    *folders, file = name.split("/")
    return (
        file.lower() in ("thumbs.db", "desktop.ini", "icon\r")
        or file.startswith((".", "~$", ".~lock"))
        or any(each.startswith(".") or each == "__MACOSX" or is_left_by_a_tool(each) for each in folders)
        or any(each.lower().endswith(_PAGE_FOLDERS) for each in folders)
    )


def left_out_by_name(names: Sequence[str]) -> dict[str, str]:
    """Return the files that their names say are no chapters, with the reason; none if that were all of them."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        folders[name.rpartition("/")[0]].append(name)
    for kept in (frozenset[str](), _TEXT_FOLDERS):
        found: dict[str, str] = {}
        for folder, siblings in folders.items():
            found |= _by_folder(folder, siblings, kept) or _by_name(folder, siblings)
        if len(found) < len(names):
            return found
    return {}


def left_out_by_text(documents: Mapping[str, SourceDocument]) -> dict[str, str]:
    """Return the files with the text of others, with the reason."""
    texts: dict[str, str] = {}
    found: dict[str, str] = {}
    for name, document in documents.items():
        text = "\n".join(block.text for block in document.blocks if block.level != 1)
        if not text.strip():
            continue
        if text in texts:
            found[name] = f"it has the same text as {texts[text]}"
        texts.setdefault(text, name)
    lines = {name: _long_lines(document) for name, document in documents.items() if name not in found}
    samples = {name: set(sorted(each, key=len)[-_SAMPLED:]) for name, each in lines.items()}
    for name in samples:
        held = [
            other
            for other, sample in samples.items()
            if other != name and sample and len(sample & lines[name]) > _MOST * len(sample)
        ]
        if len(held) > 1 and len(lines[name]) > max(len(lines[other]) for other in held):
            found[name] = f"it holds the text of {held[0]} and {len(held) - 1} more"
    return found


def _long_lines(document: SourceDocument) -> set[str]:
    return {block.text for block in document.blocks if len(block.text) >= _SHORTEST_LINE}


def _by_folder(folder: str, siblings: Sequence[str], kept: Set[str]) -> dict[str, str]:
    for each in folder.split("/") if folder else ():
        if each.casefold() in kept:
            continue
        if is_kept_beside(each) or is_private(each) or is_conflict_copy(each):
            return dict.fromkeys(siblings, f"its folder {each} is by its name no part of the story")
    return {}


def _by_name(folder: str, siblings: Sequence[str]) -> dict[str, str]:
    stems = {name: PurePosixPath(name).stem for name in siblings}
    doubtful = {stem for stem in stems.values() if may_be_no_chapter(stem)}
    numbers = read_numbers(set(stems.values())) if doubtful else {}
    numbered = {stem for stem, (_, text) in numbers.items() if any(char.isdecimal() for char in text)}
    found: dict[str, str] = {}
    for name, stem in stems.items():
        if folder and len(siblings) == 1 and stem.casefold() == "index":
            continue
        if is_overview(stem):
            found[name] = "by its name it is an overview and no chapter"
        elif is_private(stem):
            found[name] = "by its name it is private"
        elif is_conflict_copy(stem):
            found[name] = "it is the copy that a sync tool made of a conflict"
        elif (owner := _owner(stem)) in stems.values():
            found[name] = f"by its name it belongs to {owner}"
        elif stem in doubtful and stem not in numbered and len(numbered) > 1:
            found[name] = "by its name it is no chapter, and those beside it are numbered"
    return found


def _owner(stem: str) -> str | None:
    """Return the name of the file to which one called `01 Rain.notes` or `01 Rain Synopsis` belongs, or None."""
    found = _SIDECAR.fullmatch(stem)
    return sidecar_of(stem) or (found["of"] if found else None)
