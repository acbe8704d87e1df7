"""The content folder as authors change it from Discord: what writes, imports and reads again, behind one port."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import TypeVar

from bot.content.authoring.import_report import ConflictAnswer, ConflictAnswers
from bot.content.authoring.story_files import StoryFiles
from bot.content.authoring.story_slugs import free_slug
from bot.content.content_folder import ContentFolder
from bot.content.importing.file_refusals import as_refusals
from bot.content.importing.manuscript_importer import PreparedImport, prepare_import
from bot.content.source_formats.read_source import SourceRefused
from bot.content.source_formats.source_reader import read_source
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.stories.authoring_refusals import ContentNotWritable, UploadUnreadable
from bot.domain.stories.story import Story
from bot.domain.text.normalization import fold
from bot.services.authoring.authoring_files import Settings, UploadReport

T = TypeVar("T")


class AuthoringFolder:
    """Implements `bot.services.authoring.authoring_files.AuthoringFiles` on a content folder."""

    def __init__(self, folder: ContentFolder, changes: StoryFiles | None) -> None:
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
        slug = await asyncio.to_thread(free_slug, self.folder.root, title)
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
        return (await asyncio.to_thread(_prepare, path, refused)).story

    async def list_replaced(self, slug: str, imported: ImportedStory) -> Sequence[int]:
        """Return the places of those imported chapters whose title the story has already."""
        serial = self.folder.serials().get(slug)
        known = {fold(each.title) for each in serial.chapters} if serial is not None else set()
        return [place for place, each in enumerate(imported.chapters) if fold(each.title) in known]

    async def write_upload(self, slug: str, path: Path, refused: Set[str], *, replace: bool) -> UploadReport:
        """Read it again and write its chapters and pictures."""

        def write(files: StoryFiles) -> UploadReport:
            prepared = _prepare(path, refused)
            answers = ConflictAnswers(ConflictAnswer.TAKE_SOURCE if replace else ConflictAnswer.KEEP_MINE)
            report = prepared.write(files, slug, answers=answers, add=True)
            return UploadReport(
                report.added, report.updated, report.unchanged, report.taken_out, report.lost_pictures
            )

        return await self._write(write)

    async def refresh(self) -> None:
        """Look at the files again."""
        await self.folder.load()

    async def _write(self, change: Callable[[StoryFiles], T]) -> T:
        if self._changes is None:
            raise ContentNotWritable(reason="the folder is read-only")
        with as_refusals():
            return await asyncio.to_thread(change, self._changes)


def _prepare(path: Path, refused: Set[str]) -> PreparedImport:
    try:
        return prepare_import(read_source(path), refused=refused)
    except SourceRefused as refusal:
        raise UploadUnreadable(file=path.name, problem=str(refusal)) from None
