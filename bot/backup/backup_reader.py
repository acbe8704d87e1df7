"""Reader of backups: nothing of one is used before all of it was found whole."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from bot.backup.backup_manifest import MANIFEST, ArchivedFile, BackupFault, BackupManifest
from bot.backup.backup_writer import BYTES

_LONGEST_MANIFEST = 256 * 1024 * 1024
_CHUNK = 1024 * 1024
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError)
"""What Python's ZIP reader raises about archives that are damaged, encrypted or lack an entry."""


class BackupReader:
    """A backup that was found whole by `open_backup`."""

    def __init__(self, archive: ZipFile, manifest: BackupManifest) -> None:
        self._archive = archive
        self.manifest = manifest
        self._tables = {table.name: table for table in manifest.tables}

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """Yield a table's rows by column.

        Raises:
            BackupFault: one is no row.
        """
        with self._archive.open(self._tables[table].entry) as entry:
            for line in io.TextIOWrapper(entry, encoding="utf-8", newline="\n"):
                try:
                    row = json.loads(line)
                    yield {name: _value(value) for name, value in row.items()}
                except (ValueError, AttributeError, TypeError, KeyError):
                    raise BackupFault(
                        f"A row of its table {table} cannot be read: use another backup."
                    ) from None

    def write_content(self, folder: Path) -> None:
        """Write the content into an empty folder."""
        for file in self.manifest.files:
            target = folder / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._archive.open(file.entry) as entry, target.open("xb") as written:
                while chunk := entry.read(_CHUNK):
                    written.write(chunk)


@contextmanager
def open_backup(file: Path, told: Callable[[int, int], None] = lambda *_: None) -> Iterator[BackupReader]:
    """Open a backup after comparing everything in it with its checksum; `told` hears of how much that is done.

    Raises:
        BackupFault: it is none, or damaged.
    """
    try:
        with ZipFile(file) as archive:
            manifest = _manifest(archive)
            entries = (*manifest.tables, *manifest.files)
            for number, each in enumerate(entries):
                told(number, len(entries))
                _compare(archive, each)
            yield BackupReader(archive, manifest)
    except BackupFault as error:
        raise BackupFault(f"{file}: {error}") from None
    except FileNotFoundError:
        raise BackupFault(f"{file}: there is no such file. Check the path.") from None
    except _BROKEN:
        raise BackupFault(
            f"{file}: this is no backup of mine, or it is damaged or cut off. Use another."
        ) from None


def _manifest(archive: ZipFile) -> BackupManifest:
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise BackupFault("Its list of contents is damaged: use another backup.")
    return BackupManifest.from_json(archive.read(MANIFEST))


def _compare(archive: ZipFile, wanted: ArchivedFile) -> None:
    """Compare an entry with its checksum; what is larger than it should be is not read on."""
    size, digest = 0, hashlib.sha256()
    with archive.open(wanted.entry) as entry:
        while size <= wanted.size and (chunk := entry.read(_CHUNK)):
            size += len(chunk)
            digest.update(chunk)
    if size != wanted.size or digest.hexdigest() != wanted.sha256:
        raise BackupFault(f"{wanted.name} in it is damaged: use another backup.")


def _value(value: Any) -> Any:
    return base64.b64decode(value[BYTES], validate=True) if isinstance(value, dict) else value
