"""Suggestion numbers that chapters thank for, with their places in the files.

Only the database can tell whether a number fits; `bot.cli.credit_checks` asks it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.content.chapters.front_matter import read_matter, split
from bot.content.files.chapter_tree import chapter_files, name_below
from bot.content.files.directory_scan import closed_folder_fault, outside_link_fault, printable_path
from bot.content.stories.story_folders import CHAPTERS, slug_of, story_folders
from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import chapter_key
from bot.schemas.text_file import UnreadableFile, read_any_text


@dataclass(frozen=True, slots=True)
class CreditReference:
    """One number of a chapter's `thanks` key, with its place in the file."""

    story: str
    chapter: str
    number: int
    place: Diagnostic
    """A fault at the place of the number, without words."""

    def fault(self, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the number."""
        return replace(self.place, problem=problem, mend=mend)


def find_credit_references(root: Path) -> list[CreditReference]:
    """Return every number that a chapter below `root` thanks for, skipping what cannot be read."""
    folders, _ = story_folders(root)
    return [
        thanked for folder in folders for path in _chapters(folder) for thanked in _thanks_of(path, folder)
    ]


def _chapters(folder: Path) -> list[Path]:
    root, chapters = folder.parent, folder / CHAPTERS
    if closed_folder_fault(folder, root, CHAPTERS) or outside_link_fault(chapters, root):
        return []
    try:
        return [path for path in chapter_files(chapters) if not outside_link_fault(path, root)]
    except OSError:
        return []


def _thanks_of(path: Path, folder: Path) -> list[CreditReference]:
    try:
        parts = split(read_any_text(path, most=LONGEST_FILE).text)
    except UnreadableFile:
        return []
    if "thanks" not in (parts.matter or "").casefold():
        return []
    matter = read_matter(printable_path(path), parts)
    form = matter.form
    if form is None:
        return []
    story, name = slug_of(folder), name_below(folder / CHAPTERS, path)
    key = chapter_key(name.rpartition(".")[0], form.id)
    return [
        CreditReference(story, key, number, matter.fault(["thanks", place], "", ""))
        for place, number in enumerate(form.thanks)
    ]
