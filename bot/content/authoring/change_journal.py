"""Changes of several files of a story, all of them or none, wherever a process is killed.

New texts and pictures are first put into a folder beside the chapters, with a journal of what is to be done and copies
of what will be replaced. Then the files are changed one by one, and at the end the journal is taken away. Whoever finds
a journal, under the story's lock, knows that its writer broke off, and takes back what was done.

The names in that folder begin with a dot, as its own does: the loader and the watcher pass over them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from bot.content.authoring.atomic_files import write_new_file

REMOVED = ".removed"
"""Folder of a story for texts that are not shown any more."""

_COLLECTED = ".change-new"
_UNDER_WAY = ".change"
_JOURNAL = ".journal.json"


@dataclass(frozen=True, slots=True)
class _Put:
    file: str
    staged: str
    had: bool
    digest: str

    def do(self, story: Path, folder: Path) -> None:
        target = (story / self.file).resolve()
        with suppress(FileNotFoundError):
            (folder / self.staged).chmod(target.stat().st_mode & 0o7777)
        _replace(folder / self.staged, target)

    def undo(self, story: Path, folder: Path) -> None:
        target, saved = (story / self.file).resolve(), _saved(folder, self.staged)
        now = _digest(target)
        if not self.had:
            if now == self.digest:
                target.unlink()
        elif saved.exists() and now in (None, self.digest):
            _replace(saved, target)
        elif saved.exists() and now != _digest(saved):
            # Somebody has written it by hand since: theirs stays, and what it was is kept.
            (story / REMOVED).mkdir(exist_ok=True)
            saved.replace(free_path(story / REMOVED / self.file.rpartition("/")[2]))


@dataclass(frozen=True, slots=True)
class _Move:
    old: str
    new: str

    def do(self, story: Path, _folder: Path) -> None:
        if os.path.lexists(story / self.new):
            raise ValueError(f"Another file is named {self.new}: rename it first.")
        (story / self.old).rename(story / self.new)

    def undo(self, story: Path, _folder: Path) -> None:
        # Of moves that follow each other, each finds the old name free again only if it was done.
        if os.path.lexists(story / self.new) and not os.path.lexists(story / self.old):
            (story / self.new).rename(story / self.old)


@dataclass(frozen=True, slots=True)
class _Folder:
    folder: str

    def do(self, story: Path, _folder: Path) -> None:
        (story / self.folder).mkdir(exist_ok=True)

    def undo(self, story: Path, _folder: Path) -> None:
        with suppress(OSError):
            (story / self.folder).rmdir()


_KINDS = {"put": _Put, "move": _Move, "folder": _Folder}
_Step = _Put | _Move | _Folder


class StoryChange:
    """A change of a story's files that is being collected; all names are those below the story's folder."""

    def __init__(self, story: Path) -> None:
        """Begin one; nothing is written yet."""
        self._story = story
        self._folder = story / _COLLECTED
        self._folders: dict[str, _Folder] = {}
        self._puts: dict[str, _Put] = {}
        self._moves: list[_Move] = []
        self._staged = 0

    def stage(self, data: bytes, suffix: str = "") -> Path:
        """Write what a file is to hold beside the story, so that it can be looked at, and given to `put_staged`.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(exist_ok=True)
        staged = self._folder / f".{self._staged}{suffix}"
        self._staged += 1
        write_new_file(staged, data)
        return staged

    def put(self, file: str, text: str) -> None:
        """Write a text in UTF-8 into a file, before any moves."""
        self.put_staged(file, self.stage(text.encode("utf-8")))

    def put_staged(self, file: str, staged: Path) -> None:
        """Put a file that `stage` gave in the place of another, or of none."""
        folder = file.rpartition("/")[0]
        if folder and not (self._story / folder).exists():
            self._folders[folder] = _Folder(folder)
        had = (self._story / file).exists()
        self._puts[file] = _Put(file, staged.name, had, _digest(staged) or "")

    def move(self, old: str, new: str) -> None:
        """Rename a file to a name that is free when all moves before have been made."""
        folder = new.rpartition("/")[0]
        if not (self._story / folder).exists():
            self._folders[folder] = _Folder(folder)
        self._moves.append(_Move(old, new))

    def carry_out(self) -> None:
        """Make the changes.

        Raises:
            OSError: one cannot be made; all is as it was.
            ValueError: another file has a name that one is to get; all is as it was.
        """
        steps: list[_Step] = [*self._folders.values(), *self._puts.values(), *self._moves]
        if len(steps) == 1:
            steps[0].do(self._story, self._folder)
        if len(steps) < 2:
            return
        self._folder.mkdir(exist_ok=True)
        for put in self._puts.values():
            if put.had:
                write_new_file(_saved(self._folder, put.staged), (self._story / put.file).read_bytes())
                _saved(self._folder, put.staged).chmod((self._story / put.file).stat().st_mode & 0o7777)
        names = {kind: name for name, kind in _KINDS.items()}
        journal = json.dumps([{"kind": names[type(each)], **asdict(each)} for each in steps])
        write_new_file(self._folder / _JOURNAL, journal.encode())
        under_way = self._folder.rename(self._story / _UNDER_WAY)
        try:
            for step in steps:
                step.do(self._story, under_way)
        except BaseException:
            undo_unfinished_change(self._story)
            raise
        _forget(under_way)


@contextmanager
def change_story(story: Path) -> Iterator[StoryChange]:
    """Collect changes of a story whose lock is held, and carry them out at the end unless there was an error."""
    undo_unfinished_change(story)
    change = StoryChange(story)
    try:
        yield change
        change.carry_out()
    finally:
        shutil.rmtree(story / _COLLECTED, ignore_errors=True)


def has_unfinished_change(story: Path) -> bool:
    """Return whether a change of the story is being made, or broke off."""
    return (story / _UNDER_WAY).exists() or (story / _COLLECTED).exists()


def undo_unfinished_change(story: Path) -> None:
    """Take back what a change did that broke off; the story's lock is held.

    Raises:
        OSError: a file cannot be put back; the journal stays for the next time.
    """
    shutil.rmtree(story / _COLLECTED, ignore_errors=True)
    under_way = story / _UNDER_WAY
    if (under_way / _JOURNAL).exists():
        for step in reversed(json.loads((under_way / _JOURNAL).read_bytes())):
            _KINDS[step.pop("kind")](**step).undo(story, under_way)
    if under_way.exists():
        _forget(under_way)


def free_path(path: Path) -> Path:
    """Return the path, with a number after its name if there is such a file."""
    number, free = 2, path
    while os.path.lexists(free):
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free


def _forget(under_way: Path) -> None:
    # The journal first: without it, the rest means nothing.
    (under_way / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(under_way, ignore_errors=True)


def _saved(folder: Path, staged: str) -> Path:
    return folder / f"{staged}.old"


def _digest(file: Path) -> str | None:
    return sha256(file.read_bytes()).hexdigest() if file.exists() else None


def _replace(file: Path, target: Path) -> None:
    """Put a file in the place of another, which may be on another disk if a link led to it."""
    if file.stat().st_dev == target.parent.stat().st_dev:
        file.replace(target)
        return
    beside = target.with_name(f".{file.name}.new")
    shutil.copy2(file, beside)
    beside.replace(target)
    file.unlink()
