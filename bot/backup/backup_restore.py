"""Restoring of a backup: database and content together, or neither."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.backup.backup_reader import BackupReader
from bot.services.delivery.restore_recovery import mark_restored
from bot.services.statistics.morning_cards import mark_cards_restored
from bot.store.engine.database_replacement import PortableRows, load_rows, replace_database
from bot.store.engine.database_snapshot import is_empty
from bot.store.engine.opening_errors import explain_opening_errors
from bot.store.engine.urls import parse_url
from bot.store.tables import metadata
from bot.store.transaction import Transaction


async def list_occupied(url: str | None, content: Path) -> list[str]:
    """List what a restore would replace, in words; without a `url` it replaces no database.

    Raises:
        DatabaseUnusable: the database's server cannot be reached.
    """
    found = [] if url is None or await is_empty(url) else ["the database"]
    if _holds_anything(content):
        found.append(f"the folder {content}")
    return found


def _holds_anything(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


async def restore_backup(backup: BackupReader, url: str, content: Path, now: datetime) -> None:
    """Replace the database and the content folder by what a backup holds; without a database in it, only the folder.

    The order makes it all or nothing: rows are loaded and files written beside the present ones; then the files change
    places, then the databases, and if the latter fails the files change back.

    Raises:
        BackupFault: the rows cannot be read.
        DatabaseBusy: a bot is running on the database.
        DatabaseTooNew: the backup is of a newer version.
        DatabaseUnusable: the database cannot be written, or the rows do not fit.
        OSError: the content folder cannot be written.
    """
    manifest = backup.manifest
    if not manifest.has_database:
        with _replaced_folder(content) as fill:
            fill.write(backup)
            fill.swap()
        return
    names = [table.name for table in manifest.tables]
    rows = PortableRows(manifest.revision, names, manifest.sequences, backup.rows)
    with _replaced_folder(content) as fill:
        async with replace_database(url) as connection:
            with explain_opening_errors(parse_url(url)):
                await load_rows(connection, rows, metadata.tables)
                tx = Transaction(connection)
                await mark_restored(tx)
                await mark_cards_restored(tx, datetime.fromisoformat(manifest.made_at), now)
            fill.write(backup)
            fill.swap()


class _FolderReplacement:
    """Files that are written beside those of a folder and then take their place.

    The folder itself stays, since it may be a mount, which cannot be renamed: what is in it changes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._made = [each for each in (self._folder, *self._folder.parents) if not each.exists()]
        mark = secrets.token_hex(4)
        self._new = self._folder / f".{mark}.new"
        self._old = self._folder / f".{mark}.old"
        self._moved: list[tuple[Path, Path]] = []

    def write(self, backup: BackupReader) -> None:
        self._new.mkdir(parents=True)
        backup.write_content(self._new)

    def swap(self) -> None:
        """Move the old files aside and the new ones in."""
        self._old.mkdir()
        for each in sorted(self._folder.iterdir()):
            if each not in (self._new, self._old):
                self._move(each, self._old / each.name)
        for each in sorted(self._new.iterdir()):
            self._move(each, self._folder / each.name)

    def swap_back(self) -> None:
        """Undo all moves."""
        for source, target in reversed(self._moved):
            target.rename(source)
        self._moved.clear()

    def clean_up(self, *, failed: bool) -> None:
        """Remove what lies aside, and after a failure the folder if it was made for this."""
        shutil.rmtree(self._new, ignore_errors=True)
        shutil.rmtree(self._old, ignore_errors=True)
        for each in self._made if failed else ():
            with suppress(OSError):
                each.rmdir()

    def _move(self, source: Path, target: Path) -> None:
        source.rename(target)
        self._moved.append((source, target))


@contextmanager
def _replaced_folder(folder: Path) -> Iterator[_FolderReplacement]:
    replacement = _FolderReplacement(folder)
    failed = True
    try:
        yield replacement
        failed = False
    finally:
        if failed:
            replacement.swap_back()
        replacement.clean_up(failed=failed)
