"""Stories of the content folder as the desk shows them: also those that are empty or at fault."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import stopwatch
from bot.content.chapters.chapter_file import ChapterFile
from bot.content.pictures.picture_cache import VerifiedPictures
from bot.content.pictures.picture_files import PictureChecks
from bot.content.stories.cross_chapter_checks import picture_faults
from bot.content.stories.load_cache import LoadCache
from bot.content.stories.story_folders import CHAPTERS, slug_of, story_folders
from bot.content.stories.story_loader import LoadedStory, load_story
from bot.domain.diagnostics import Diagnostic, without_warnings
from bot.domain.pages import count_words
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.story import Serial, Story

_A_MOMENT = 1.0
"""Seconds that a story is not read again while somebody types."""

_A_WHILE = 10.0
"""Seconds that a story is good enough to answer a letter with while it is read again for the next ones."""


@dataclass(frozen=True, slots=True)
class DeskStory:
    """A story's folder as it is now."""

    loaded: LoadedStory
    story: Story
    """Its description; one made of the folder's name where `story.yaml` is at fault."""
    serial: Serial | None
    """None without chapters."""

    @property
    def slug(self) -> str:
        return self.loaded.slug


class DeskContent:
    """Reads the stories when they are asked for; unchanged files are not read again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._memory = LoadCache(PictureChecks(VerifiedPictures(root, None)))
        self._words: dict[str, tuple[str, int]] = {}
        self._recent: dict[str, tuple[float, DeskStory]] = {}
        self._reading: set[str] = set()
        self._lock = threading.RLock()

    def list_stories(self) -> tuple[list[DeskStory], list[Diagnostic]]:
        """Return every story, and the faults that belong to none."""
        with self._lock:
            folders, faults = story_folders(self.root)
            return [self._read(folder) for folder in folders], faults

    def find(self, slug: str) -> DeskStory | None:
        """Return the story with that slug."""
        with self._lock:
            folders, _ = story_folders(self.root)
            found = next((self._read(folder) for folder in folders if slug_of(folder) == slug), None)
            if found is None:
                self._recent.pop(slug, None)
            else:
                self._recent[slug] = (stopwatch(), found)
            return found

    def recent(self, slug: str) -> DeskStory | None:
        """Return the story as it was a moment ago: good enough for every letter that is typed.

        No letter waits for a story to be read that was read a while ago; that is done beside it.
        """
        known = self._recent.get(slug)
        age = stopwatch() - known[0] if known else _A_WHILE
        if known is None or age >= _A_WHILE:
            return self.find(slug)
        if age > _A_MOMENT and slug not in self._reading:
            self._reading.add(slug)
            threading.Thread(target=self._read_again, args=(slug,), daemon=True).start()
        return known[1]

    def _read_again(self, slug: str) -> None:
        try:
            self.find(slug)
        finally:
            self._reading.discard(slug)

    def words(self, file: ChapterFile) -> int:
        """Return the number of words of a chapter."""
        with self._lock:
            known = self._words.get(file.name)
            if known is None or known[0] is not file.text:
                known = self._words[file.name] = (file.text, count_words(file.text))
            return known[1]

    def picture_faults(self, slug: str, file: ChapterFile) -> list[Diagnostic]:
        """Return the faults of the pictures that a chapter names."""
        with self._lock:
            return picture_faults(self.root / slug, file, self._memory.pictures)

    def chapters(self, slug: str) -> Path:
        """Return the folder of a story's chapters."""
        return self.root / slug / CHAPTERS

    def _read(self, folder: Path) -> DeskStory:
        loaded = load_story(folder, self._memory)
        story = loaded.story or Story(loaded.slug, loaded.slug, ReleaseRules(None, ZoneInfo("UTC")))
        return DeskStory(loaded, story, loaded.under(story, self._memory))


def count_faults(faults: list[Diagnostic]) -> dict[str, int]:
    """Return how many faults and warnings there are."""
    wrong = len(without_warnings(faults))
    return {"faults": wrong, "warnings": len(faults) - wrong}
