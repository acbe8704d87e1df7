"""A story's files, changed by people who write: each change is atomic, and one at a time for a story."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from bot.content.authoring.front_matter_edit import change_front_matter, change_keys
from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.content.files.chapter_tree import chapter_files
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.domain.stories.story import strip_order_prefix
from bot.schemas.text_file import read_any_text, read_text

_KEPT = ".removed"
_LOCK = ".writing.lock"
_PATIENCE = 10.0
_UNFIT = re.compile(r"[^\w]+")
_ONLY_NUMBER = re.compile(r"[\d._-]+")


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

    def __init__(self, root: Path) -> None:
        self._root = root

    def create_story(self, slug: str, settings: Mapping[str, Any]) -> None:
        """Make a story's folder.

        Raises:
            ValueError: there is one already.
        """
        folder = self._root / slug
        if folder.exists():
            raise ValueError("There is a story of that name already.")
        (folder / CHAPTERS).mkdir(parents=True)
        _write(folder / STORY_FILE, change_keys("", settings))

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
            _write(self._path(slug, file), text)
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
            _write(self._path(slug, name), change_front_matter(text, matter))
            if before is None:
                return name
            place = files.index(before)
            return self._rename(slug, [*files[:place], name, *files[place:]])[name]

    def reorder(self, slug: str, files: Sequence[str]) -> None:
        """Put the chapters in this order: the numbers before their names follow, their identities stay.

        Raises:
            ValueError: these are not the story's files, or their names are numbers alone.
        """
        with self._writing(slug):
            if sorted(files) != sorted(self.list_chapters(slug)):
                raise ValueError("The chapters have changed meanwhile. Look at the list again.")
            if any("/" in file for file in files) or any(
                _ONLY_NUMBER.fullmatch(_stem(file)) for file in files
            ):
                raise ValueError(
                    "These chapters are named by numbers or lie in folders: rename the files by hand."
                )
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
                file, number = f"{_stem(name)}-{number}.md", number + 1
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
            _write(self._path(slug, file), text)
        return FileText(text, _version(text))

    def set_settings(self, slug: str, changes: Mapping[str, Any]) -> None:
        """Change keys of `story.yaml`, those of a section with a dot; a value of None takes the key out.

        Raises:
            ValueError: what is written there cannot be changed.
        """
        with self._writing(slug):
            file = self._root / slug / STORY_FILE
            _write(file, change_keys(read_text(file) if file.exists() else "", changes))

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
        name = _UNFIT.sub("-", unicodedata.normalize("NFC", title).casefold()).strip("-_")[:60] or "chapter"
        taken = {strip_order_prefix(_stem(file)) for file in files}
        number, free = 2, name
        while free in taken:
            free, number = f"{name}-{number}", number + 1
        return f"{len(files) + 1:03}-{free}.md"

    def _rename(self, slug: str, files: Sequence[str]) -> dict[str, str]:
        """Rename files so that their numbers are in this order; return the new names by the old ones."""
        named = {file: f"{at:03}-{strip_order_prefix(_stem(file))}.md" for at, file in enumerate(files, 1)}
        moved = {old: new for old, new in named.items() if old != new}
        for old, new in moved.items():
            self._path(slug, old).replace(self._path(slug, f".{new}"))
        for new in moved.values():
            self._path(slug, f".{new}").replace(self._path(slug, new))
        return named


def _stem(file: str) -> str:
    return file.rpartition(".")[0]


def _version(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
