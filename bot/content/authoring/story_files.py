"""A story's files, changed by people who write: each change is atomic, and one at a time for a story."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from bot.content.authoring.change_journal import (
    REMOVED,
    StoryChange,
    change_story,
    free_path,
    has_unfinished_change,
    undo_unfinished_change,
)
from bot.content.authoring.chapter_file_names import free_name, name_from_title, name_without_number
from bot.content.authoring.chapter_order_change import add_order, plan_order
from bot.content.authoring.front_matter_edit import change_front_matter, change_keys
from bot.content.authoring.import_record import read_refused
from bot.content.authoring.import_report import ConflictAnswers, ImportReport
from bot.content.authoring.import_request import ImportRequest
from bot.content.authoring.import_update import update_story
from bot.content.authoring.imported_pictures import Pictures
from bot.content.authoring.imported_texts import STORY_HINTS, story_file_text
from bot.content.authoring.new_story_folder import new_story_folder, remove_abandoned_folders
from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.content.files.chapter_tree import chapter_files
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.domain.manuscript_import.import_progress import PartsDone, pass_over
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.schemas.text_file import read_any_text, read_text

_LOCK = ".writing.lock"
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, and a version that tells it from any other text."""

    text: str
    version: str


class EditConflict(Exception):
    """The file is not the version that was edited; `current` is what it is now."""

    def __init__(self, current: FileText) -> None:
        super().__init__("the file was changed meanwhile")
        self.current = current


class StoryFiles:
    """The stories below a content folder."""

    def __init__(self, root: Path, told: PartsDone = pass_over) -> None:
        """Open the folder, and take back what was being changed in it by a process that was killed.

        Args:
            root: The content folder.
            told: Hears how many chapters of an import have been written.
        """
        self._root = root
        self._told = told
        with suppress(OSError):
            remove_abandoned_folders(root)
            for story in root.iterdir():
                self._undo_unfinished(story.name)

    def create_story(self, slug: str, settings: Mapping[str, Any], *, hints: bool = False) -> None:
        """Make a story's folder, if asked with `hints` in its file at what is worth setting.

        Raises:
            StoryExists: there is one already.
        """
        with new_story_folder(self._root, slug) as made, change_story(made) as change:
            (made / CHAPTERS).mkdir()
            change.put(STORY_FILE, change_keys("", settings) + (STORY_HINTS if hints else ""))

    def list_chapters(self, slug: str) -> list[str]:
        """Return the chapters' files in order, by their names below the folder of chapters."""
        self._undo_unfinished(slug)
        return self._chapters(slug)

    def read_text(self, slug: str, file: str) -> FileText:
        """Return a chapter's text."""
        text = read_any_text(self._path(slug, file), most=LONGEST_FILE).text
        return FileText(text, _version(text))

    def save_text(self, slug: str, file: str, text: str, version: str) -> FileText:
        """Save a chapter's text over the version that it goes on from.

        Raises:
            EditConflict: the file has another version now.
        """
        with self._changing(slug) as change:
            current = self.read_text(slug, file)
            if current.version != version and current.text != text:
                raise EditConflict(current)
            change.put(f"{CHAPTERS}/{file}", text)
        return FileText(text, _version(text))

    def add_chapter(self, slug: str, title: str, text: str, before: str | None = None) -> str:
        """Add a chapter at the end, or before another file; return its file's name.

        One without text is a draft.
        """
        with self._changing(slug) as change:
            files = self._chapters(slug)
            name = self._free_name(files, title)
            matter = {"title": title} if text.strip() else {"title": title, "draft": True}
            new = {name: change_front_matter(text, matter)}
            if before is None:
                change.put(f"{CHAPTERS}/{name}", new[name])
                return name
            place = files.index(before)
            order = plan_order(self._root / slug / CHAPTERS, [*files[:place], name, *files[place:]], new)
            add_order(change, order, new)
            return order.names[name]

    def reorder(self, slug: str, files: Sequence[str]) -> None:
        """Put the chapters in this order: the numbers before their names follow, their identities stay.

        Raises:
            ValueError: these are not the story's files, or they would leave their folders.
        """
        with self._changing(slug) as change:
            if sorted(files) != sorted(self._chapters(slug)):
                raise ValueError("The chapters have changed meanwhile. Look at the list again.")
            add_order(change, plan_order(self._root / slug / CHAPTERS, files))

    def remove(self, slug: str, file: str) -> None:
        """Take a chapter out; its file is kept in a folder that the loader ignores."""
        with self._changing(slug) as change:
            self._path(slug, file).lstat()
            kept = free_path(self.removed_folder(slug) / file.replace("/", "-"))
            change.move(f"{CHAPTERS}/{file}", f"{REMOVED}/{kept.name}")

    def removed_folder(self, slug: str) -> Path:
        """Return the folder in which files are kept that were taken out."""
        return self._root / slug / REMOVED

    def list_removed(self, slug: str) -> list[str]:
        """Return the names of the files that were taken out, the last first."""
        kept = self.removed_folder(slug)
        found = [path for path in kept.iterdir() if path.is_file()] if kept.is_dir() else []
        return [path.name for path in sorted(found, key=lambda path: path.stat().st_ctime_ns, reverse=True)]

    def restore(self, slug: str, name: str) -> str:
        """Put a chapter that was taken out back, where its number says; return its file's name.

        Raises:
            ValueError: there is no such file any more.
        """
        with self._changing(slug) as change:
            if name not in self.list_removed(slug):
                raise ValueError("This chapter is not there any more.")
            file = free_path(self._path(slug, name)).name
            change.move(f"{REMOVED}/{name}", f"{CHAPTERS}/{file}")
        return file

    def set_front_matter(
        self, slug: str, file: str, changes: Mapping[str, Any], version: str | None = None
    ) -> FileText:
        """Change keys of a chapter's front matter; a value of None takes the key out.

        Raises:
            EditConflict: the file has another version than the one given.
            ValueError: its front matter cannot be changed.
        """
        with self._changing(slug) as change:
            current = self.read_text(slug, file)
            if version is not None and version != current.version:
                raise EditConflict(current)
            text = change_front_matter(current.text, changes)
            change.put(f"{CHAPTERS}/{file}", text)
        return FileText(text, _version(text))

    def set_settings(self, slug: str, changes: Mapping[str, Any]) -> None:
        """Change keys of `story.yaml`, those of a section with a dot; a value of None takes the key out.

        Raises:
            ValueError: what is written there cannot be changed.
        """
        with self._changing(slug) as change:
            file = self._root / slug / STORY_FILE
            change.put(STORY_FILE, change_keys(read_text(file) if file.exists() else "", changes))

    def read_refused(self, slug: str) -> frozenset[str]:
        """Return the decisions of imports that the author has undone, as `write_import` was given them last."""
        return read_refused(self._root / slug)

    def write_import(  # noqa: PLR0913 - the last four have a default that fits most imports
        self,
        slug: str,
        imported: ImportedStory,
        pictures: Pictures,
        *,
        settings: Mapping[str, Any] | None = None,
        answers: ConflictAnswers | None = None,
        add: bool = False,
        refused: Set[str] | None = None,
    ) -> ImportReport:
        """Write an import, or what has changed in its source since it was written; whole or not at all.

        Args:
            slug: The story; a new one is made.
            imported: The chapters.
            pictures: By key, what returns a picture's bytes.
            settings: Keys of a new story's `story.yaml`, before those that the source states.
            answers: What to do with chapters that both the author and the source have changed; without an answer
                they stay as they are, and are reported.
            add: Set to add to a story whose chapters were not imported.
            refused: Decisions that the author has undone, remembered with the story for the next import in place
                of those before; None leaves them.

        Raises:
            StoryNotImported: the story has chapters that were not imported, and `add` is not set.
            StoryExists: there was no story, and another process has made one meanwhile.
            OSError: a file cannot be written; all is as it was.
        """
        new_file = story_file_text(imported, settings or {}, slug)
        request = ImportRequest(
            imported, pictures, answers or ConflictAnswers(), new_file, refused, self._told
        )
        if (self._root / slug).exists():
            with self._changing(slug) as change:
                return update_story(self._root / slug, change, request, add=add)
        with new_story_folder(self._root, slug) as made, change_story(made) as change:
            (made / CHAPTERS).mkdir()
            return update_story(made, change, request, add=True)

    @contextmanager
    def _changing(self, slug: str) -> Iterator[StoryChange]:
        with self._locked(slug, _PATIENCE), change_story(self._root / slug) as change:
            yield change

    def _locked(self, slug: str, patience: float) -> FileLock:
        return FileLock(self._root / slug / _LOCK, timeout=patience)

    def _undo_unfinished(self, slug: str) -> None:
        """Take back a change that broke off; one that is being made, or where nothing may be written, stays."""
        if has_unfinished_change(self._root / slug):
            with suppress(OSError), self._locked(slug, 0):
                undo_unfinished_change(self._root / slug)

    def _chapters(self, slug: str) -> list[str]:
        chapters = self._root / slug / CHAPTERS
        if not chapters.is_dir():
            return []
        return [path.relative_to(chapters).as_posix() for path in chapter_files(chapters)]

    def _path(self, slug: str, file: str) -> Path:
        chapters = self._root / slug / CHAPTERS
        path = chapters / file
        if not path.resolve().is_relative_to(chapters.resolve()):
            raise ValueError("This is no chapter of the story.")
        return path

    def _free_name(self, files: Sequence[str], title: str) -> str:
        name = free_name(name_from_title(title), map(name_without_number, files))
        return f"{len(files) + 1:03}-{name}.md"


def _version(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
