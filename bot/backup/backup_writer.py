"""Writer of backups: the database as it is at one moment, and the content folder, in one ZIP archive.

The rows stand in it as plain JSON lines, the same for SQLite and PostgreSQL, and an author's files under their own
names, so both can be got at without this program. The archive appears under its name only when it is whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Table

from bot import __version__
from bot.backup.backup_manifest import MANIFEST, ArchivedFile, BackupManifest
from bot.backup.content_collection import collect_content
from bot.store.engine.database_snapshot import DatabaseSnapshot, open_snapshot

BYTES = "base64"
"""The key under which a row has bytes."""

_OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that was written."""

    rows: int
    manifest: BackupManifest
    left_out: Sequence[str]
    """Files of the content folder that are not in it."""


async def write_backup(
    target: Path, url: str, content: Path, now: datetime, besides: Collection[Path] = ()
) -> MadeBackup:
    """Write a backup.

    Args:
        target: The archive; one that is there is replaced.
        url: The database's.
        content: The folder with the stories.
        now: The present.
        besides: Files that must not be in it: secrets.

    Raises:
        DatabaseUnusable: the database cannot be read.
        OSError: the archive cannot be written.
    """
    beside = _new_file_beside(target)
    try:
        with ZipFile(beside, "w", ZIP_DEFLATED) as archive:
            async with open_snapshot(url) as snapshot:
                tables = [await _write_table(archive, snapshot, table) for table in snapshot.tables]
            found = collect_content(content, archive, {*besides, target, beside})
            manifest = BackupManifest(
                program=__version__,
                made_at=now.isoformat(timespec="seconds"),
                kind=snapshot.kind,
                revision=snapshot.revision,
                sequences=snapshot.sequences,
                tables=tuple(table for table, _ in tables),
                files=found.files,
            )
            archive.writestr(MANIFEST, manifest.to_json())
        _put_in_place(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    return MadeBackup(sum(rows for _, rows in tables), manifest, found.left_out)


def _new_file_beside(target: Path) -> Path:
    """Create a file that its owner alone may read."""
    beside = target.absolute().with_name(f".{target.name}.{secrets.token_hex(4)}")
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE))
    return beside


def _put_in_place(beside: Path, target: Path) -> None:
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(target)


async def _write_table(
    archive: ZipFile, snapshot: DatabaseSnapshot, table: Table
) -> tuple[ArchivedFile, int]:
    """Write a table's rows, each a JSON object on a line."""
    names = [column.name for column in table.columns]
    entry, size, rows, digest = f"database/{table.name}.jsonl", 0, 0, hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as target:
        async for row in snapshot.rows(table):
            values = {name: _plain(value) for name, value in zip(names, row, strict=True)}
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            target.write(line)
            digest.update(line)
            size += len(line)
            rows += 1
    return ArchivedFile(table.name, entry, size, digest.hexdigest()), rows


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {BYTES: base64.b64encode(bytes(value)).decode()}
    return value
