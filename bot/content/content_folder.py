"""The content folder as the services see it: every story in its last good version."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.clock import stopwatch
from bot.content.chapters.chapter_file import ChapterFile
from bot.content.files.directory_scan import printable_path
from bot.content.pictures.picture_cache import VerifiedPictures
from bot.content.pictures.picture_files import PictureChecks, read_picture
from bot.content.stories.load_cache import LoadCache
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE, slug_of, story_folders
from bot.content.stories.story_loader import LoadedStory, load_story
from bot.domain.diagnostics import ContentProblems, Diagnostic, without_warnings
from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import Serial, Story

Progress = Callable[[str, int, int], None]
"""Told the story that is about to be read, how many were read before it, and how many there are."""


class ContentFolder:
    """Implements `bot.services.stories.content_source.ContentSource` on a folder.

    A story that did not change stays the same object. A chapter or a story file with a fault keeps its last good
    version; a chapter that never was good is named as broken, a story without a good description is left out, but
    `under` gives its chapters to whoever knows one. A story whose folder was taken away is left out too, but when the
    whole content folder is gone, everything stays as it was. In the folder `cache` it keeps, over a restart, which
    pictures were found sound.
    """

    def __init__(self, root: Path, cache: Path | None = None, *, patience: float = 20.0) -> None:
        self.root = root
        self.unfinished = False
        """Whether a story is left of which only a part has been read: the next `load` reads on."""

        self._patience = patience
        self._sound = VerifiedPictures(root, cache)
        self._memory = LoadCache(PictureChecks(self._sound))
        self._serials: Mapping[str, Serial] = MappingProxyType({})
        self._folders: dict[str, Path] = {}
        self._loaded: Mapping[str, LoadedStory] = {}
        self._content_fault: Diagnostic | None = None
        self._faults: tuple[Diagnostic, ...] = ()
        self._loading = asyncio.Lock()

    def serials(self) -> Mapping[str, Serial]:
        """Return every story by slug; a story whose story file is faulty keeps its last good description."""
        return self._serials

    def descriptions(self) -> Mapping[str, Story]:
        """Return the last good description of every story by slug, those without chapters too."""
        new = {slug: each.story for slug, each in self._loaded.items() if each.story is not None}
        return {slug: serial.story for slug, serial in self._serials.items()} | new

    def with_description(self, story: Story) -> Serial | None:
        """Return a story's chapters with the given description, or None if its folder or chapters are gone.

        The description stands in for the story file, which may be faulty.
        """
        loaded = self._loaded.get(story.slug)
        return None if loaded is None else loaded.under(story, self._memory)

    def list_faults(self) -> tuple[Diagnostic, ...]:
        """Return the faults of the files as they are now, by file and line."""
        return self._faults

    def problems(self) -> ContentProblems:
        """Return what keeps stories from going on, as the files are now."""
        loaded = self._loaded.values()
        own = {
            story.slug: [fault for fault in without_warnings(story.faults) if fault not in story.ill]
            for story in loaded
        }
        folders = {
            slug: _of_file(own[slug], CHAPTERS) for slug, story in self._loaded.items() if not story.parts
        }
        return ContentProblems(
            self._content_fault,
            {story.slug: _of_file(own[story.slug], STORY_FILE) for story in loaded if story.story is None},
            folders,
            {story.slug: story.ill for story in loaded if story.ill},
        )

    def files(self) -> Mapping[str, tuple[ChapterFile, ...]]:
        """Return each story's sound chapter files in order."""
        return {
            slug: tuple(part for part in story.parts if isinstance(part, ChapterFile))
            for slug, story in self._loaded.items()
        }

    async def load(self, progress: Progress | None = None) -> bool:
        """Read what changed since the last call; return whether the stories or the faults changed.

        Files are read in a thread, so that a slow disk does not block the event loop. A story that takes
        longer than `patience` seconds is reported as a fault and gives way to the others.
        """
        async with self._loading:
            loaded, faults = await asyncio.to_thread(self._read, progress, self._patience)
            return self._take_over(loaded, faults)

    def load_now(self, progress: Progress | None = None) -> bool:
        """Load without an event loop, for command-line use."""
        return self._take_over(*self._read(progress, math.inf))

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """Return a picture of a story, or None if its file is gone."""
        folder = self._folders.get(slug, self.root / slug)
        if slug not in self._serials:
            return None
        return await asyncio.to_thread(read_picture, folder, path)

    def _read(self, progress: Progress | None, patience: float) -> tuple[list[LoadedStory], list[Diagnostic]]:
        folders, faults = story_folders(self.root)
        loaded = []
        for number, folder in enumerate(folders):
            if progress is not None:
                progress(folder.name, number, len(folders))
            self._memory.until = stopwatch() + patience
            loaded.append(load_story(folder, self._memory))
        self._sound.save()
        self._content_fault = None if folders else _content_fault(self.root, faults)
        self._folders = {slug_of(folder): folder for folder in folders} or self._folders
        return loaded, faults

    def _take_over(self, loaded: list[LoadedStory], more: list[Diagnostic]) -> bool:
        faults = tuple(sorted([*more, *(fault for story in loaded for fault in story.faults)]))
        self.unfinished = any(story.unfinished for story in loaded)
        before = self._serials
        serials: dict[str, Serial] = {}
        for story in loaded:
            last = before.get(story.slug)
            described = story.story or (last.story if last is not None else None)
            serial = None if described is None else story.under(described, self._memory) or last
            if serial is not None:
                serials[story.slug] = last if serial == last and last is not None else serial
        self._loaded = {story.slug: story for story in loaded}
        if not self.root.is_dir():
            serials = dict(before)
        changed = serials != before or faults != self._faults
        self._serials, self._faults = MappingProxyType(serials), faults
        return changed


def _of_file(faults: list[Diagnostic], name: str) -> Diagnostic:
    return next((fault for fault in faults if Path(fault.file).name == name), faults[0])


def _content_fault(root: Path, faults: list[Diagnostic]) -> Diagnostic:
    empty = Diagnostic(
        printable_path(root), 0, "there is no story in it", "Put the stories’ folders there again."
    )
    return faults[0] if faults else empty
