"""The files of a SQLite database: their permissions, and whether they are still the open ones."""

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


def list_files(database: Path) -> Iterator[Path]:
    """List a database's existing files."""
    for name in (database.name, *(database.name + end for end in _BESIDE)):
        path = database.with_name(name)
        if path.exists():
            yield path


def is_open_to_others(path: Path) -> bool:
    """Return whether others than its owner have any access to a file or folder."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def prepare_files(database: Path, where: str) -> None:
    """Create the folder and an empty file for a new database, accessible to their owner only.

    SQLite gives the files it creates beside it the same permissions. Existing files are closed to others; an existing
    folder is left as it is.

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
    for path in list_files(database):
        if path.is_file() and is_open_to_others(path):
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
    """Detects that the files on disk are not those that SQLite has open.

    Anything written to a deleted or replaced file disappears with the process.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._log = database.with_name(database.name + "-wal")
        self._known: dict[Path, _Identity] = {}

    def remember(self) -> None:
        """Remember the files after SQLite has written to them."""
        for path in (self._database, self._log):
            found = _identity(path)
            if path not in self._known and found is not None:
                self._known[path] = found

    def forget_log(self) -> None:
        """Forget the log's file when a connection was opened or closed, for SQLite may have replaced it then."""
        self._known.pop(self._log, None)

    @property
    def is_database_gone(self) -> bool:
        """True if the database's own file was deleted or replaced."""
        return self._gone(self._database)

    @property
    def is_log_gone(self) -> bool:
        """True if the write-ahead log, which holds the latest changes, was deleted or replaced."""
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
