"""The content folder as authors change it from Discord: what writes, imports and reads again, behind one port."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence, Set
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.content.content_folder import ContentFolder
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.content.source_formats.source_reader import read_source
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.stories.authoring_refusals import ContentNotWritable, FileChangeRefused, UploadUnreadable
from bot.domain.stories.story import Story
from bot.domain.text.normalization import fold
from bot.services.authoring.authoring_files import Settings, UploadReport

T = TypeVar("T")

_UNFIT = re.compile(r"[^\w]+")
_LONGEST = 60


class WrittenImport(Protocol):
    """Files that an import has written."""

    added: Sequence[str]
    replaced: Sequence[str]
    kept: Sequence[str]


class StoryChanges(Protocol):
    """Changes of a story's files, under one lock per story and whole or not at all; see `StoryFiles`."""

    def create_story(self, slug: str, settings: Mapping[str, Any]) -> object: ...
    def set_settings(self, slug: str, changes: Mapping[str, Any]) -> object: ...
    def reorder(self, slug: str, files: Sequence[str]) -> object: ...
    def remove(self, slug: str, file: str) -> object: ...
    def set_front_matter(self, slug: str, file: str, changes: Mapping[str, Any]) -> object: ...
    def write_import(
        self,
        slug: str,
        imported: ImportedStory,
        pictures: Mapping[str, Callable[[], bytes]],
        *,
        replace: bool,
    ) -> WrittenImport: ...


class AuthoringFolder:
    """Implements `bot.services.authoring.authoring_files.AuthoringFiles` on a content folder."""

    def __init__(self, folder: ContentFolder, changes: StoryChanges | None) -> None:
        """Open the folder for authors.

        Args:
            folder: What the bot reads.
            changes: What writes; None where nothing may be written.
        """
        self.folder = folder
        self._changes = changes

    async def list_stories(self) -> Mapping[str, Story]:
        """Return every story whose `story.yaml` is sound by slug, those without chapters too."""
        return self.folder.descriptions()

    async def create_story(self, title: str, settings: Settings) -> str:
        """Make a story's folder, named after its title; return its slug."""
        slug = await asyncio.to_thread(_free_slug, self.folder.root, title)
        await self._write(lambda files: files.create_story(slug, settings))
        return slug

    async def set_settings(self, slug: str, changes: Settings) -> None:
        """Change keys of `story.yaml`."""
        await self._write(lambda files: files.set_settings(slug, changes))

    async def reorder(self, slug: str, files: Sequence[str]) -> None:
        """Put the chapters' files into that order."""
        await self._write(lambda changes: changes.reorder(slug, files))

    async def remove(self, slug: str, file: str) -> None:
        """Take a chapter's file out."""
        await self._write(lambda files: files.remove(slug, file))

    async def set_front_matter(self, slug: str, file: str, changes: Settings) -> None:
        """Change keys of a chapter's front matter."""
        await self._write(lambda files: files.set_front_matter(slug, file, changes))

    async def read_upload(self, path: Path, refused: Set[str]) -> ImportedStory:
        """Read a file or a folder of files, with the decisions `refused` undone."""
        return (await asyncio.to_thread(_read, path, refused))[1]

    async def list_replaced(self, slug: str, imported: ImportedStory) -> Sequence[int]:
        """Return the places of those imported chapters whose title the story has already."""
        serial = self.folder.serials().get(slug)
        known = {fold(each.title) for each in serial.chapters} if serial is not None else set()
        return [place for place, each in enumerate(imported.chapters) if fold(each.title) in known]

    async def write_upload(self, slug: str, path: Path, refused: Set[str], *, replace: bool) -> UploadReport:
        """Read it again and write its chapters."""
        read, imported = await asyncio.to_thread(_read, path, refused)
        done = await self._write(
            lambda files: files.write_import(slug, imported, read.pictures, replace=replace)
        )
        return UploadReport(done.added, done.replaced, done.kept)

    async def refresh(self) -> None:
        """Look at the files again."""
        await self.folder.load()

    async def _write(self, change: Callable[[StoryChanges], T]) -> T:
        if self._changes is None:
            raise ContentNotWritable(reason="the folder is read-only")
        try:
            return await asyncio.to_thread(change, self._changes)
        except PermissionError:
            raise ContentNotWritable(reason="the folder is read-only") from None
        except OSError as error:
            raise ContentNotWritable(reason=error.strerror or "the disk refuses it") from None
        except (ValueError, LookupError) as error:
            raise FileChangeRefused(problem=f"{error}.") from None


def _read(path: Path, refused: Set[str]) -> tuple[ReadSource, ImportedStory]:
    try:
        read = read_source(path)
    except SourceRefused as refusal:
        raise UploadUnreadable(file=path.name, problem=str(refusal)) from None
    return read, import_source(read.source, refused=refused)


def _free_slug(root: Path, title: str) -> str:
    """Return a name for a new story's folder that no other has, whatever its case."""
    plain = unicodedata.normalize("NFKC", title).casefold().replace("’", "").replace("'", "")
    slug = _UNFIT.sub("-", plain).strip("-_")[:_LONGEST].strip("-_") or "story"
    taken = {path.name.casefold() for path in root.iterdir()} if root.is_dir() else set()
    free = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(each for each in free if each not in taken)
