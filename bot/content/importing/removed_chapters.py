"""Chapters that authors took out from Discord or at the desk: the list, and putting one back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.content.authoring.story_files import StoryFiles
from bot.content.chapters.chapter_file import LONGEST_FILE, read_chapter_text
from bot.content.importing.file_refusals import as_refusals
from bot.schemas.text_file import UnreadableFile, read_any_text
from bot.services.authoring.authoring_files import RemovedFile


class RemovedChapters:
    """Implements `bot.services.authoring.authoring_files.RemovedFiles` on a content folder."""

    def __init__(self, files: StoryFiles) -> None:
        self._files = files

    async def list_removed(self, slug: str) -> Sequence[RemovedFile]:
        """Return the chapters that were taken out, the last first."""
        return await asyncio.to_thread(self._list, slug)

    async def restore(self, slug: str, name: str) -> str:
        """Put a file back among the chapters; return its name there."""
        with as_refusals():
            return await asyncio.to_thread(self._files.restore, slug, name)

    def _list(self, slug: str) -> list[RemovedFile]:
        folder = self._files.removed_folder(slug)
        found = []
        try:
            names = self._files.list_removed(slug)
        except OSError:
            # One of them was put back or deleted while the folder was read, or nobody may read it.
            return []
        for name in names:
            title = name
            try:
                file, _ = read_chapter_text(folder / name, read_any_text(folder / name, most=LONGEST_FILE))
                title = file.title if file is not None else name
            except (OSError, UnreadableFile):
                # It can be put back all the same; its fault is shown then.
                pass
            found.append(RemovedFile(name, title))
        return found
