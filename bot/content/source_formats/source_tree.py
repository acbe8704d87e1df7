"""The files of a folder or of a ZIP, which are read in the same way."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.content.source_formats.archive_names import is_leaving
from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.read_source import SourceRefused
from bot.domain.text.terminal_escaping import printable

_MOST_FILES = 10_000
_DEEPEST = 12


class SourceTree(Protocol):
    """Files by their names with `/` between folders. `BoundedArchive` is one."""

    names: tuple[str, ...]

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return a file's bytes; refuse it if it has more than `most`."""

    def read_start(self, name: str, count: int) -> bytes:
        """Return a file's first bytes."""

    def reader(self, name: str) -> Callable[[], bytes]:
        """Return a function that reads a file when it is called."""

    def open_nested(self, name: str) -> BoundedArchive:
        """Open a file that is an archive."""


class FolderTree:
    """The regular files below a folder; links are not followed, hidden folders not looked into.

    Attributes:
        names: Names of the files below the folder, sorted.
    """

    names: tuple[str, ...]

    def __init__(self, folder: Path) -> None:
        """List the folder.

        Raises:
            SourceRefused: it cannot be read, or holds too many files.
        """
        self._folder = folder
        self.names = tuple(sorted(self._list()))

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""
        try:
            return (self._folder / name).stat().st_size
        except OSError as error:
            raise _unreadable(name) from error

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return a file's bytes.

        Raises:
            SourceRefused: it cannot be read, or has more than `most` bytes.
        """
        return read_bounded(self._folder / name, name, most)

    def read_start(self, name: str, count: int) -> bytes:
        """Return a file's first bytes, at most `count`.

        Raises:
            SourceRefused: it cannot be read.
        """
        return read_start(self._folder / name, name, count)

    def reader(self, name: str) -> Callable[[], bytes]:
        """Return a function that reads a file when it is called."""
        return partial(self.read, name)

    def open_nested(self, name: str) -> BoundedArchive:
        """Open a file that is an archive.

        Raises:
            SourceRefused: it is damaged or dangerous.
        """
        return BoundedArchive(self._folder / name, name.rpartition("/")[2])

    def _list(self) -> list[str]:
        found: list[str] = []

        def fail(error: OSError) -> None:
            raise SourceRefused(
                f"{printable(self._folder.name)} cannot be read", "Check its permissions."
            ) from error

        for at, folders, files in os.walk(self._folder, onerror=fail):
            below = os.path.relpath(at, self._folder).replace(os.sep, "/")
            prefix = "" if below == "." else f"{below}/"
            folders[:] = sorted(
                each for each in folders if not each.startswith(".") and prefix.count("/") < _DEEPEST
            )
            for file in files:
                path = Path(at, file)
                if path.is_file() and not path.is_symlink() and not is_leaving(file):
                    found.append(prefix + file)
            if len(found) > _MOST_FILES:
                problem = f"{printable(self._folder.name)} holds more than {_MOST_FILES:,} files"
                raise SourceRefused(problem, "Give me only the folder with your chapters.")
        return found


def read_bounded(path: Path, name: str, most: int | None) -> bytes:
    """Return a file's bytes.

    Raises:
        SourceRefused: it cannot be read, or has more than `most` bytes.
    """
    try:
        with path.open("rb") as file:
            # Not `most` bytes for each small file: what is asked for is set aside before it is read.
            size = os.fstat(file.fileno()).st_size
            raw = file.read(-1 if most is None else min(most, size) + 1)
    except OSError as error:
        raise _unreadable(name) from error
    if most is not None and len(raw) > most:
        raise too_large(name, most)
    return raw


def read_start(path: Path, name: str, count: int) -> bytes:
    """Return a file's first bytes, at most `count`.

    Raises:
        SourceRefused: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise _unreadable(name) from error


def too_large(name: str, most: int) -> SourceRefused:
    """Return the refusal of a file of more than `most` bytes."""
    return SourceRefused(
        f"{printable(name)} has more than {most // 1024**2} MB", "Part it into several files."
    )


def _unreadable(name: str) -> SourceRefused:
    return SourceRefused(f"{printable(name)} cannot be read", "Check its name and permissions.")
