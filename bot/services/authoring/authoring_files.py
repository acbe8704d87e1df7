"""Port to the content folder for writing: stories, chapters, and what is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.stories.story import Story

Settings = Mapping[str, object]
"""Keys of `story.yaml` or of front matter; those of a section with a dot, such as `release.schedule`."""


@dataclass(frozen=True, slots=True)
class UploadReport:
    """Files that an upload has written."""

    added: Sequence[str]
    replaced: Sequence[str]
    kept: Sequence[str]
    """Files that were there before and stay as they are."""
    taken_out: Sequence[str] = ()
    """Titles of chapters that the author took out of the story; they stay out."""
    lost_pictures: Sequence[str] = ()
    """For each picture that could not be kept: which, and why."""


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A chapter's file that was taken out."""

    name: str
    """Its name among those that were taken out."""
    title: str


class RemovedFiles(Protocol):
    """Chapters that were taken out of the content folder and are kept beside it."""

    async def list_removed(self, slug: str) -> Sequence[RemovedFile]:
        """Return a story's chapters that were taken out, the last first."""
        ...

    async def restore(self, slug: str, name: str) -> str:
        """Put a file back among the chapters, where its number says; return its name there.

        Raises:
            FileChangeRefused: It is not there any more.
            ContentNotWritable: It cannot be moved.
        """
        ...


class AuthoringFiles(Protocol):
    """The content folder, changed whole or not at all.

    Every method that writes raises `ContentNotWritable` where it may not, and `FileChangeRefused` where the files do
    not take the change; then nothing is changed.
    """

    async def list_stories(self) -> Mapping[str, Story]:
        """Return every story whose `story.yaml` is sound by slug, those without chapters too."""
        ...

    async def create_story(self, title: str, settings: Settings) -> str:
        """Make a story's folder, named after its title; return its slug."""
        ...

    async def set_settings(self, slug: str, changes: Settings) -> None:
        """Change keys of `story.yaml`; a value of None takes the key out."""
        ...

    async def reorder(self, slug: str, files: Sequence[str]) -> None:
        """Put the chapters' files into that order."""
        ...

    async def remove(self, slug: str, file: str) -> None:
        """Take a chapter's file out, kept where `RemovedFiles` finds it."""
        ...

    async def set_front_matter(self, slug: str, file: str, changes: Settings) -> None:
        """Change keys of a chapter's front matter; a value of None takes the key out."""
        ...

    async def read_upload(self, path: Path, refused: Set[str]) -> ImportedStory:
        """Read a file or a folder of files, with the decisions `refused` undone.

        Raises:
            UploadUnreadable: It cannot be read.
        """
        ...

    async def list_replaced(self, slug: str, imported: ImportedStory) -> Sequence[int]:
        """Return the places of those imported chapters that the story has already."""
        ...

    async def write_upload(self, slug: str, path: Path, refused: Set[str], *, replace: bool) -> UploadReport:
        """Read it again and write its chapters; `replace`: also those that the story has already."""
        ...

    async def refresh(self) -> None:
        """Look at the files again."""
        ...
