"""Folders of new stories: filled beside the others, so that each appears whole, and under a name that none has."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

_BESIDE = ".new-story-"
_LOCK = ".writing.lock"


class StoryExists(ValueError):
    """There is a story of that name."""

    def __init__(self) -> None:
        super().__init__("There is a story of that name already.")


@contextmanager
def new_story_folder(root: Path, slug: str) -> Iterator[Path]:
    """Give an empty folder to fill; at the end, unless there was an error, it becomes that of the story.

    Raises:
        StoryExists: there is one, if only since the beginning.
        OSError: it cannot be made.
    """
    if (root / slug).exists():
        raise StoryExists
    root.mkdir(parents=True, exist_ok=True)
    beside, lock = _begin(root, slug)
    try:
        yield beside / slug
        try:
            (beside / slug).rename(root / slug)
        except OSError:
            # A folder takes the place of an empty one only.
            if (root / slug).exists():
                raise StoryExists from None
            raise
    finally:
        lock.release()
        shutil.rmtree(beside, ignore_errors=True)


def remove_abandoned_folders(root: Path) -> None:
    """Remove folders of new stories whose making broke off."""
    for beside in root.glob(f"{_BESIDE}*"):
        with suppress(OSError), FileLock(beside / _LOCK, timeout=0):
            shutil.rmtree(beside, ignore_errors=True)


def _begin(root: Path, slug: str) -> tuple[Path, FileLock]:
    """Make a folder and lock it, by which others see that it is not abandoned."""
    while True:
        beside = Path(tempfile.mkdtemp(dir=root, prefix=_BESIDE))
        with suppress(FileNotFoundError):
            (beside / slug).mkdir()
            lock = FileLock(beside / _LOCK)
            lock.acquire()
            if (beside / slug).is_dir():
                return beside, lock
            # Before it was locked, somebody took it for abandoned.
            lock.release()
