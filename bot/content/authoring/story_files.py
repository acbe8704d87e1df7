"""A story's files, changed by people who write: each change is atomic, and one at a time for a story."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from bot.content.authoring.atomic_files import write_whole_text
from bot.content.authoring.chapter_file_names import free_name, name_from_title, name_without_number
from bot.content.authoring.chapter_order_change import apply_order, plan_order
from bot.content.authoring.front_matter_edit import change_front_matter, change_keys
from bot.content.authoring.import_report import ConflictAnswers, ImportReport
from bot.content.authoring.import_update import ImportRequest, update_story
from bot.content.authoring.imported_pictures import Pictures
from bot.content.authoring.imported_texts import STORY_HINTS, story_file_text
from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.content.files.chapter_tree import chapter_files
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.domain.manuscript_import.import_progress import PartsDone, pass_over
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.schemas.text_file import read_any_text, read_text

_KEPT = ".removed"
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
        """Open the folder.

        Args:
            root: The content folder.
            told: Hears how many chapters of an import have been written.
        """
        self._root = root
        self._told = told

    def create_story(self, slug: str, settings: Mapping[str, Any], *, hints: bool = False) -> None:
        """Make a story's folder, if asked with `hints` in its file at what is worth setting.

        Raises:
            ValueError: there is one already.
        """
        folder = self._root / slug
        if folder.exists():
            raise ValueError("There is a story of that name already.")
        self._root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._root, prefix=".new-") as beside:
            made = Path(beside) / slug
            (made / CHAPTERS).mkdir(parents=True)
            write_whole_text(made / STORY_FILE, change_keys("", settings) + (STORY_HINTS if hints else ""))
            made.rename(folder)

    def list_chapters(self, slug: str) -> list[str]:
        """Return the chapters' files in order, by their names below the folder of chapters."""
        chapters = self._root / slug / CHAPTERS
        if not chapters.is_dir():
            return []
        return [path.relative_to(chapters).as_posix() for path in chapter_files(chapters)]

    def read_text(self, slug: str, file: str) -> FileText:
        """Return a chapter's text."""
        text = read_any_text(self._path(slug, file), most=LONGEST_FILE).text
        return FileText(text, _version(text))

    def save_text(self, slug: str, file: str, text: str, version: str) -> FileText:
        """Save a chapter's text over the version that it goes on from.

        Raises:
            EditConflict: the file has another version now.
        """
        with self._writing(slug):
            current = self.read_text(slug, file)
            if current.version != version and current.text != text:
                raise EditConflict(current)
            write_whole_text(self._path(slug, file), text)
        return FileText(text, _version(text))

    def add_chapter(self, slug: str, title: str, text: str, before: str | None = None) -> str:
        """Add a chapter at the end, or before another file; return its file's name.

        One without text is a draft.
        """
        with self._writing(slug):
            files = self.list_chapters(slug)
            (self._root / slug / CHAPTERS).mkdir(exist_ok=True)
            name = self._free_name(files, title)
            matter = {"title": title} if text.strip() else {"title": title, "draft": True}
            write_whole_text(self._path(slug, name), change_front_matter(text, matter))
            if before is None:
                return name
            place = files.index(before)
            return self._rename(slug, [*files[:place], name, *files[place:]])[name]

    def reorder(self, slug: str, files: Sequence[str]) -> None:
        """Put the chapters in this order: the numbers before their names follow, their identities stay.

        Raises:
            ValueError: these are not the story's files, or they would leave their folders.
        """
        with self._writing(slug):
            if sorted(files) != sorted(self.list_chapters(slug)):
                raise ValueError("The chapters have changed meanwhile. Look at the list again.")
            self._rename(slug, files)

    def remove(self, slug: str, file: str) -> None:
        """Take a chapter out; its file is kept in a folder that the loader ignores."""
        with self._writing(slug):
            kept = self._root / slug / _KEPT / file.replace("/", "-")
            kept.parent.mkdir(exist_ok=True)
            number = 1
            while kept.exists():
                kept, number = kept.with_name(f"{Path(file).stem}-{number}.md"), number + 1
            self._path(slug, file).rename(kept)

    def removed_folder(self, slug: str) -> Path:
        """Return the folder in which files are kept that were taken out."""
        return self._root / slug / _KEPT

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
        with self._writing(slug):
            if name not in self.list_removed(slug):
                raise ValueError("This chapter is not there any more.")
            file, number = name, 2
            while self._path(slug, file).exists():
                file, number = f"{Path(name).stem}-{number}.md", number + 1
            (self._root / slug / CHAPTERS).mkdir(exist_ok=True)
            (self._root / slug / _KEPT / name).rename(self._path(slug, file))
        return file

    def set_front_matter(
        self, slug: str, file: str, changes: Mapping[str, Any], version: str | None = None
    ) -> FileText:
        """Change keys of a chapter's front matter; a value of None takes the key out.

        Raises:
            EditConflict: the file has another version than the one given.
            ValueError: its front matter cannot be changed.
        """
        with self._writing(slug):
            current = self.read_text(slug, file)
            if version is not None and version != current.version:
                raise EditConflict(current)
            text = change_front_matter(current.text, changes)
            write_whole_text(self._path(slug, file), text)
        return FileText(text, _version(text))

    def set_settings(self, slug: str, changes: Mapping[str, Any]) -> None:
        """Change keys of `story.yaml`, those of a section with a dot; a value of None takes the key out.

        Raises:
            ValueError: what is written there cannot be changed.
        """
        with self._writing(slug):
            file = self._root / slug / STORY_FILE
            write_whole_text(file, change_keys(read_text(file) if file.exists() else "", changes))

    def write_import(
        self,
        slug: str,
        imported: ImportedStory,
        pictures: Pictures,
        *,
        settings: Mapping[str, Any] | None = None,
        answers: ConflictAnswers | None = None,
        add: bool = False,
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

        Raises:
            StoryNotImported: the story has chapters that were not imported, and `add` is not set.
            OSError: a file cannot be written; all is as it was.
        """
        request = ImportRequest(imported, pictures, answers or ConflictAnswers(), self._told)
        if (self._root / slug / STORY_FILE).exists():
            with self._writing(slug):
                return update_story(self._root / slug, request, add=add)
        self._root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._root, prefix=".import-") as beside:
            made = Path(beside) / slug
            (made / CHAPTERS).mkdir(parents=True)
            write_whole_text(made / STORY_FILE, story_file_text(imported, settings or {}, slug))
            report = update_story(made, request, add=True)
            made.rename(self._root / slug)
        return report

    @contextmanager
    def _writing(self, slug: str) -> Iterator[None]:
        with FileLock(self._root / slug / _LOCK, timeout=_PATIENCE):
            yield

    def _path(self, slug: str, file: str) -> Path:
        chapters = self._root / slug / CHAPTERS
        path = chapters / file
        if not path.resolve().is_relative_to(chapters.resolve()):
            raise ValueError("This is no chapter of the story.")
        return path

    def _free_name(self, files: Sequence[str], title: str) -> str:
        name = free_name(name_from_title(title), map(name_without_number, files))
        return f"{len(files) + 1:03}-{name}.md"

    def _rename(self, slug: str, files: Sequence[str]) -> Mapping[str, str]:
        """Rename files so that their numbers are in this order; return the new names by the old ones."""
        chapters = self._root / slug / CHAPTERS
        change = plan_order(chapters, files)
        apply_order(chapters, change)
        return change.names


def _version(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
