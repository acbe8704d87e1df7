"""New order of a story's chapters: their files get other numbers, and each stays the chapter that it is.

Files are renamed one by one to names that are free, so that at every moment all chapters are there, each under its
identity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.content.authoring.change_journal import StoryChange
from bot.content.authoring.chapter_file_names import (
    ONLY_NUMBER,
    free_name,
    name_from_title,
    name_without_number,
    number_names,
)
from bot.content.authoring.front_matter_edit import change_front_matter
from bot.content.chapters.chapter_file import LONGEST_FILE, ChapterFile, read_chapter_text
from bot.content.files.chapter_order import sort_names
from bot.content.stories.story_folders import CHAPTERS
from bot.domain.stories.story import chapter_key
from bot.schemas.text_file import DecodedText, UnreadableFile, read_any_text

_BUNDLE = "index"


@dataclass(frozen=True, slots=True)
class OrderChange:
    """Names that files get, and the texts that they need first so that their identities stay."""

    names: Mapping[str, str]
    texts: Mapping[str, str]
    moves: Sequence[tuple[str, str]]
    """Old and new names of the files that get another, in an order in which each is free at its turn."""


def plan_order(chapters: Path, files: Sequence[str], new: Mapping[str, str] | None = None) -> OrderChange:
    """Return what puts the files of a folder of chapters into this order.

    Args:
        chapters: The folder.
        files: All its chapters.
        new: Texts by file that are not written yet.

    Raises:
        ValueError: it cannot be, with the reason for the author.
    """
    texts = _Texts(chapters, new or {})
    taken: dict[PurePosixPath, list[str]] = {}
    names: list[str] = []
    for file in files:
        path = PurePosixPath(file)
        name = name_without_number(file)
        if path.stem.casefold() == _BUNDLE:
            raise ValueError(f"{file} is a chapter in a folder of its own: rename its folder by hand.")
        if ONLY_NUMBER.fullmatch(path.stem):
            read = texts.chapter(file)
            name = name_from_title(read.title) if read is not None else f"chapter-{path.stem}"
        name = free_name(name, taken.setdefault(path.parent, []))
        taken[path.parent].append(name)
        names.append(name)
    numbered = number_names(files, names)
    if list(sort_names(list(numbered.values()))) != list(numbered.values()):
        raise ValueError("Chapters keep to their part: move one within its folder, not between folders.")
    identified = {
        old: text
        for old, name in numbered.items()
        if old != name and (text := _text_with_identity(texts, old, name)) is not None
    }
    return OrderChange(numbered, identified, _moves(chapters, numbered, new or {}))


def add_order(story: StoryChange, order: OrderChange, new: Mapping[str, str] | None = None) -> None:
    """Add it to a change of the story, with texts by file that are not written yet."""
    for file, text in {**(new or {}), **order.texts}.items():
        story.put(f"{CHAPTERS}/{file}", text)
    for old, name in order.moves:
        story.move(f"{CHAPTERS}/{old}", f"{CHAPTERS}/{name}")


class _Texts:
    """Texts of chapters, of which some are not written yet."""

    def __init__(self, chapters: Path, new: Mapping[str, str]) -> None:
        self._chapters, self._new = chapters, new

    def read(self, file: str) -> DecodedText:
        new = self._new.get(file)
        return (
            DecodedText(new) if new is not None else read_any_text(self._chapters / file, most=LONGEST_FILE)
        )

    def chapter(self, file: str, name: str | None = None) -> ChapterFile | None:
        """Return the chapter that a file is, or would be under another name; None if it is unreadable."""
        try:
            return read_chapter_text(self._chapters / (name or file), self.read(file), self._chapters)[0]
        except UnreadableFile:
            return None


def _moves(chapters: Path, names: Mapping[str, str], new: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the names that change, so that each is free at its turn."""
    left = {old: name for old, name in names.items() if old != name}
    held = set(left)
    moves: list[tuple[str, str]] = []
    others = {
        name for name in left.values() if name not in held and (name in new or (chapters / name).exists())
    }
    while left:
        free = [old for old, name in left.items() if name not in held and name not in others]
        if not free:
            raise ValueError(f"Another file is named {next(iter(left.values()))}: rename it first.")
        for old in free:
            moves.append((old, left.pop(old)))
            held.discard(old)
    return tuple(moves)


def _text_with_identity(texts: _Texts, old: str, new: str) -> str | None:
    """Return the text with the identity and title that the old name gave, None if the new one gives the same."""
    if chapter_key(old.rpartition(".")[0]) == chapter_key(new.rpartition(".")[0]):
        return None
    before = texts.chapter(old)
    if before is None:
        raise ValueError(f"{old} has a fault. Correct that first, then move it.")
    after = texts.chapter(old, new)
    if after is None:
        raise ValueError(f"{old} cannot be named {new}.")
    changes = {"id": before.key} if before.key != after.key else {}
    if before.title != after.title:
        changes["title"] = before.title
    return change_front_matter(texts.read(old).text, changes) if changes else None
