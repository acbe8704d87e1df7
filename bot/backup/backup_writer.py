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
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto
from functools import partial
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
_NO_DATABASE = "none"


class BackupStep(StrEnum):
    """A step of a backup."""

    DATABASE = auto()
    CONTENT = auto()


BackupProgress = Callable[[BackupStep, int, int], None]
"""Told a step, how many tables or files are kept, and how many there are."""


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that was written."""

    rows: int
    manifest: BackupManifest
    left_out: Sequence[str]
    """Files of the content folder that are not in it."""


async def write_backup(
    target: Path,
    url: str | None,
    content: Path,
    now: datetime,
    besides: Collection[Path] = (),
    told: BackupProgress = lambda *_: None,
) -> MadeBackup:
    """Write a backup.

    Args:
        target: The archive; one that is there is replaced.
        url: The database's; None keeps the content alone.
        content: The folder with the stories.
        now: The present.
        besides: Files that must not be in it: secrets.
        told: Hears how far it is.

    Raises:
        DatabaseEmpty: no bot has used the database yet.
        DatabaseUnusable: the database cannot be read.
        OSError: the archive cannot be written.
    """
    beside = _new_file_beside(target)
    try:
        with ZipFile(beside, "w", ZIP_DEFLATED) as archive:
            base = BackupManifest(
                __version__, now.isoformat(timespec="seconds"), _NO_DATABASE, "", {}, (), ()
            )
            rows = 0
            if url is not None:
                base, rows = await _write_database(archive, url, base, told)
            found = collect_content(
                content, archive, {*besides, target, beside}, partial(told, BackupStep.CONTENT)
            )
            manifest = replace(base, files=found.files)
            archive.writestr(MANIFEST, manifest.to_json())
        _put_in_place(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    return MadeBackup(rows, manifest, found.left_out)


async def _write_database(
    archive: ZipFile, url: str, base: BackupManifest, told: BackupProgress
) -> tuple[BackupManifest, int]:
    """Write all tables; return the manifest with them, and the number of rows."""
    async with open_snapshot(url) as snapshot:
        tables, rows = [], 0
        for number, table in enumerate(snapshot.tables):
            told(BackupStep.DATABASE, number, len(snapshot.tables))
            archived, count = await _write_table(archive, snapshot, table)
            tables.append(archived)
            rows += count
        manifest = replace(
            base,
            kind=snapshot.kind,
            revision=snapshot.revision,
            sequences=snapshot.sequences,
            tables=tuple(tables),
        )
    return manifest, rows


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
