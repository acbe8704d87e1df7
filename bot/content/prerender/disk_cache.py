"""Rendered pages kept over restarts in a file of the user's cache directory; it may be deleted."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from bot.content.prerender.page_codec import PageJob, unpack
from bot.domain.pages import Page

_log = logging.getLogger(__name__)

T = TypeVar("T")

MOST = 256 * 2**20
"""Bytes of pages that are kept: some 100 million words. What was not asked for the longest goes first."""

_FILE = "pages-1.sqlite3"
_PATIENCE = 10.0
"""Seconds that writing waits for another process that writes. Reading waits for nobody."""

_TABLE = """
CREATE TABLE IF NOT EXISTS page
    (key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, pages BLOB NOT NULL)
"""
_DROP_OLDEST = """
DELETE FROM page WHERE rowid IN (
    SELECT rowid FROM (SELECT rowid, sum(size) OVER (ORDER BY used DESC, rowid DESC) AS total FROM page)
    WHERE total > ?
)
"""
_ASK = "UPDATE page SET used = ? WHERE key = ?"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the user's cache directory (XDG Base Directory), or None if there is none."""
    given = Path(environ.get("XDG_CACHE_HOME", ""))
    if given.is_absolute():
        return given / "fascicle"
    try:
        return Path.home() / ".cache" / "fascicle"
    except RuntimeError:
        return None


class DiskPageCache:
    """A cache of pages in a file in `folder`; implements `MadePages`.

    A file that cannot be used is ignored after one line in the log; a damaged one is deleted. Chapters in it
    may be unpublished, so only its owner may read it.
    """

    def __init__(self, folder: Path, page_length: int, most: int = MOST) -> None:
        self.page_length = page_length
        self._file = folder / _FILE
        self._most = most
        self._given_up = False
        self._reader: sqlite3.Connection | None = None

    @property
    def usable(self) -> bool:
        """Return whether rendering pages for this cache is of any use."""
        return not self._given_up

    def find(
        self, text: str, note_before: str | None, note_after: str | None, pov: str | None
    ) -> tuple[Page, ...] | None:
        """Return the cached pages of a text with its notes, or None."""
        key = PageJob(text, note_before, note_after, pov, self.page_length).key
        packed = self._tried(lambda: self._packed(key), None)
        try:
            return None if packed is None else unpack(packed)
        except ValueError:
            return None

    def missing(self, keys: Collection[bytes]) -> set[bytes]:
        """Return the keys without pages; the others are marked as used now."""
        return self._tried(lambda: self._missing(keys), set())

    def keep(self, made: Mapping[bytes, bytes]) -> None:
        """Store packed pages by their keys."""
        self._tried(lambda: self._keep(made), None)

    def close(self) -> None:
        """Close the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _packed(self, key: bytes) -> bytes | None:
        if self._reader is None:
            self._reader = self._open(patience=0)
        row = self._reader.execute("SELECT pages FROM page WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _missing(self, keys: Collection[bytes]) -> set[bytes]:
        with self._writing() as file:
            (turn,) = file.execute("SELECT coalesce(max(used), 0) + 1 FROM page").fetchone()
            asked = [(turn, key) for key in keys]
            return {key for turn, key in asked if not file.execute(_ASK, (turn, key)).rowcount}

    def _keep(self, made: Mapping[bytes, bytes]) -> None:
        with self._writing() as file:
            (turn,) = file.execute("SELECT coalesce(max(used), 1) FROM page").fetchone()
            rows = [(key, turn, len(packed), packed) for key, packed in made.items()]
            file.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", rows)
            file.execute(_DROP_OLDEST, (self._most,))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction; any thread may, since the connection is its own."""
        with closing(self._open(_PATIENCE)) as file, file:
            file.execute("BEGIN IMMEDIATE")
            yield file

    def _open(self, patience: float) -> sqlite3.Connection:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
        try:
            return self._connect(patience)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._throw_away()
            return self._connect(patience)

    def _connect(self, patience: float) -> sqlite3.Connection:
        file = sqlite3.connect(self._file, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", _TABLE):
                file.execute(statement)
        except BaseException:
            file.close()
            raise
        return file

    def _throw_away(self) -> None:
        """Delete the file; everything in it can be rendered again."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def _tried(self, work: Callable[[], T], otherwise: T) -> T:
        """Return the work's result; once the file proved unusable, nothing is tried any more."""
        if self._given_up:
            return otherwise
        try:
            return work()
        except (sqlite3.Error, OSError) as error:
            if getattr(error, "sqlite_errorcode", None) in _BUSY:
                return otherwise
            self._given_up = True
            _log.warning(
                "pages are not kept over a restart: %s: %s",
                self._file,
                error,
                extra={"action": "page_cache_unusable"},
            )
            if isinstance(error, sqlite3.Error) and _is_damage(error):
                with suppress(OSError):
                    self._throw_away()
            return otherwise


def _is_damage(error: sqlite3.Error) -> bool:
    """Return whether the file's content is at fault rather than its place, permissions or the moment."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
