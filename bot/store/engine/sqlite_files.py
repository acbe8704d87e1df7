"""A SQLite database's files: who may read them, and whether they are still those that were opened."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.store.engine.errors import DatabaseUnusable

_log = logging.getLogger(__name__)

_OWNER_ALONE, _OWNER_ALONE_FOLDER = 0o600, 0o700
_OTHERS = 0o077
_BESIDE = ("-wal", "-shm", ".lock")

_Identity = tuple[int, int]


def files_of(database: Path) -> Iterator[Path]:
    """The files of a database that there are."""
    for name in (database.name, *(database.name + end for end in _BESIDE)):
        path = database.with_name(name)
        if path.exists():
            yield path


def open_to_others(path: Path) -> bool:
    """Whether others than its owner may do anything with that file (or folder)."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def prepare(database: Path, where: str) -> None:
    """Make the folder and an empty file for a new database, both for their owner alone; what SQLite makes beside the
    file gets the same rights. Files that are there already are closed to others; the folder is left as it is.

    Raises:
        DatabaseUnusable: the folder cannot be made.
        OSError: the file cannot be made.
    """
    missing = [each for each in (database.parent, *database.parent.parents) if not each.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(mode=_OWNER_ALONE_FOLDER, exist_ok=True)
        database.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(where, f"its folder cannot be made ({error.strerror}).") from error
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_RDWR, _OWNER_ALONE))
    for path in files_of(database):
        if path.is_file() and open_to_others(path):
            _close_to_others(path)


def _close_to_others(path: Path) -> None:
    try:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
    except OSError as error:
        _log.warning(
            "others may read %s, and I may not change that (%s)",
            path,
            error.strerror,
            extra={"action": "database_readable"},
        )


class SqliteFiles:
    """Watches that the files on disk are those that SQLite has open: what is written into a file that was deleted, or
    that another was put in place of, is gone with the process."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._log = database.with_name(database.name + "-wal")
        self._known: dict[Path, _Identity] = {}

    def note(self) -> None:
        """SQLite has just written: what is there now is what it has open."""
        for path in (self._database, self._log):
            found = _identity(path)
            if path not in self._known and found is not None:
                self._known[path] = found

    def forget_log(self) -> None:
        """A connection was closed, with which SQLite may have taken its log away, or opened, to make a new one."""
        self._known.pop(self._log, None)

    @property
    def database_gone(self) -> bool:
        """Whether the database's own file was deleted or replaced."""
        return self._gone(self._database)

    @property
    def log_gone(self) -> bool:
        """Whether its write-ahead log was, which holds what was written last."""
        return self._gone(self._log)

    def _gone(self, path: Path) -> bool:
        known = self._known.get(path)
        return known is not None and _identity(path) != known


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
