"""New order of a story's chapters: their files get other numbers, and each stays the chapter that it is.

Files are renamed one by one to names that are free, so that whatever stops it in the middle leaves all chapters there,
each under its identity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.content.authoring.atomic_files import write_whole_text
from bot.content.authoring.chapter_file_names import (
    ONLY_NUMBER,
    free_name,
    name_from_title,
    name_without_number,
    number_names,
)
from bot.content.authoring.front_matter_edit import change_front_matter
from bot.content.chapters.chapter_file import LONGEST_FILE, read_chapter, read_chapter_text
from bot.content.files.chapter_order import sort_names
from bot.domain.stories.story import chapter_key
from bot.schemas.text_file import read_any_text

_BUNDLE = "index"


@dataclass(frozen=True, slots=True)
class OrderChange:
    """Names that files get, and the texts that they need first so that their identities stay."""

    names: Mapping[str, str]
    texts: Mapping[str, str]


def plan_order(chapters: Path, files: Sequence[str]) -> OrderChange:
    """Return what puts the files of a folder of chapters into this order.

    Raises:
        ValueError: it cannot be, with the reason for the author.
    """
    taken: dict[PurePosixPath, list[str]] = {}
    names: list[str] = []
    for file in files:
        path = PurePosixPath(file)
        name = name_without_number(file)
        if path.stem.casefold() == _BUNDLE:
            raise ValueError(f"{file} is a chapter in a folder of its own: rename its folder by hand.")
        if ONLY_NUMBER.fullmatch(path.stem):
            read, _ = read_chapter(chapters / file, chapters)
            name = name_from_title(read.title) if read is not None else f"chapter-{path.stem}"
        name = free_name(name, taken.setdefault(path.parent, []))
        taken[path.parent].append(name)
        names.append(name)
    numbered = number_names(files, names)
    if list(sort_names(list(numbered.values()))) != list(numbered.values()):
        raise ValueError("Chapters keep to their part: move one within its folder, not between folders.")
    texts = {
        old: text
        for old, new in numbered.items()
        if old != new and (text := _text_with_identity(chapters, old, new)) is not None
    }
    return OrderChange(numbered, texts)


def apply_order(chapters: Path, change: OrderChange) -> None:
    """Carry it out.

    Raises:
        ValueError: another file has one of the names.
        OSError: a file cannot be renamed; all chapters are there.
    """
    for file, text in change.texts.items():
        write_whole_text(chapters / file, text)
    left = {old: new for old, new in change.names.items() if old != new}
    while left:
        free = [old for old, new in left.items() if not (chapters / new).exists()]
        if not free:
            raise ValueError(f"Another file is named {next(iter(left.values()))}: rename it first.")
        for old in free:
            (chapters / old).rename(chapters / left.pop(old))


def _text_with_identity(chapters: Path, old: str, new: str) -> str | None:
    """Return the text with the identity and title that the old name gave, None if the new one gives the same."""
    if chapter_key(old.rpartition(".")[0]) == chapter_key(new.rpartition(".")[0]):
        return None
    before, _ = read_chapter(chapters / old, chapters)
    if before is None:
        raise ValueError(f"{old} has a fault. Correct that first, then move it.")
    read = read_any_text(chapters / old, most=LONGEST_FILE)
    after, _ = read_chapter_text(chapters / new, read, chapters)
    if after is None:
        raise ValueError(f"{old} cannot be named {new}.")
    changes = {"id": before.key} if before.key != after.key else {}
    if before.title != after.title:
        changes["title"] = before.title
    return change_front_matter(read.text, changes) if changes else None
