"""The content folder as the services know it: the stories as last found sound."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.clock import stopwatch
from bot.domain.faults import FileFault
from bot.domain.release import PictureFile
from bot.domain.story import Serial
from bot.library.loading import Loaded, Memory, load_story, slug_of, story_folders
from bot.library.pictures import PictureChecks, read_picture
from bot.library.sound import SoundPictures

Progress = Callable[[str, int, int], None]
"""Told the story that is about to be read, how many were read before it, and how many there are."""


class FolderLibrary:
    """Implements `bot.services.ports.Library` on a folder.

    A story that did not change stays the same object. One with a fault keeps its last good version; one that never was
    good is left out. A story whose folder was taken away is left out too, but when the whole content folder is gone,
    everything stays as it was. In the folder `cache` it keeps, over a restart, which pictures were found sound.
    """

    def __init__(self, root: Path, cache: Path | None = None, *, patience: float = 20.0) -> None:
        self.root = root
        self.unfinished = False
        """Whether a story is left of which only a part has been read: the next `load` reads on."""

        self._patience = patience
        self._sound = SoundPictures(root, cache)
        self._memory = Memory(PictureChecks(self._sound))
        self._serials: Mapping[str, Serial] = MappingProxyType({})
        self._folders: dict[str, Path] = {}
        self._faults: tuple[FileFault, ...] = ()
        self._loading = asyncio.Lock()

    def serials(self) -> Mapping[str, Serial]:
        """Every sound story by its slug; a story that broke keeps its last good version."""
        return self._serials

    def faults(self) -> tuple[FileFault, ...]:
        """What is wrong with the files as they are now, by file and line."""
        return self._faults

    async def load(self, progress: Progress | None = None) -> bool:
        """Read what changed since the last time; returns whether the stories or the faults are others than before.

        The files are read in a thread, so that nothing else waits for a disk, and no longer than `patience` seconds for
        each story: one that takes longer is at fault, and leaves the others their turn.
        """
        async with self._loading:
            loaded, faults = await asyncio.to_thread(self._read, progress, self._patience)
            return self._take_over(loaded, faults)

    def load_now(self, progress: Progress | None = None) -> bool:
        """The same, for commands that have no event loop."""
        return self._take_over(*self._read(progress, math.inf))

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """A picture of that story, or None if its file is not there any more."""
        folder = self._folders.get(slug, self.root / slug)
        if slug not in self._serials:
            return None
        return await asyncio.to_thread(read_picture, folder, path)

    def _read(self, progress: Progress | None, patience: float) -> tuple[list[Loaded], list[FileFault]]:
        folders, faults = story_folders(self.root)
        loaded = []
        for number, folder in enumerate(folders):
            if progress is not None:
                progress(folder.name, number, len(folders))
            self._memory.until = stopwatch() + patience
            loaded.append(load_story(folder, self._memory))
        self._sound.save()
        self._folders = {slug_of(folder): folder for folder in folders} or self._folders
        return loaded, faults

    def _take_over(self, loaded: list[Loaded], more: list[FileFault]) -> bool:
        faults = tuple(sorted([*more, *(fault for story in loaded for fault in story.faults)]))
        self.unfinished = any(story.unfinished for story in loaded)
        before = self._serials
        serials: dict[str, Serial] = {}
        for story in loaded:
            last = before.get(story.slug)
            serial = last if story.serial is None or story.serial == last else story.serial
            if serial is not None:
                serials[story.slug] = serial
        if not self.root.is_dir():
            serials = dict(before)
        changed = serials != before or faults != self._faults
        self._serials, self._faults = MappingProxyType(serials), faults
        return changed
