"""The list of what a backup holds, with checksums: `manifest.json` in the archive."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

FORMAT, VERSION = "fascicle-backup", 1
MANIFEST = "manifest.json"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BackupFault(Exception):
    """The backup cannot be made or restored; the message is one line that says why, and what to do."""


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file or a table in the archive."""

    name: str
    """The file's path below the content folder, or the table's name."""
    entry: str
    """The name in the archive."""
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """All that a backup holds."""

    program: str
    """The version of fascicle that made it."""
    made_at: str
    kind: str
    """The kind of database it was made of."""
    revision: str
    """The revision of the tables; empty if there was no database."""
    sequences: Mapping[str, int]
    tables: tuple[ArchivedFile, ...]
    files: tuple[ArchivedFile, ...]

    @property
    def has_database(self) -> bool:
        """True if there was a database when it was made."""
        return bool(self.revision)

    def to_json(self) -> str:
        """Return the manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1, ensure_ascii=True)

    @classmethod
    def from_json(cls, text: bytes) -> BackupManifest:
        """Read a manifest.

        Raises:
            BackupFault: it is of a newer version, or was tampered with.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise ValueError
            if data["version"] != VERSION:
                raise BackupFault("It was made by a newer fascicle: update fascicle first.")
            return cls(
                program=str(data["program"]),
                made_at=str(data["made_at"]),
                kind=str(data["kind"]),
                revision=str(data["revision"]),
                sequences={str(name): int(last) for name, last in data["sequences"].items()},
                tables=_read_all(data["tables"], is_path=False),
                files=_read_all(data["files"], is_path=True),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BackupFault("Its list of contents is damaged: use another backup.") from None


def _read_all(rows: list[Any], *, is_path: bool) -> tuple[ArchivedFile, ...]:
    read = tuple(_read_one(row, is_path=is_path) for row in rows)
    if len({each.name for each in read}) != len(read):
        raise ValueError
    return read


def _read_one(row: Any, *, is_path: bool) -> ArchivedFile:
    one = ArchivedFile(str(row["name"]), str(row["entry"]), int(row["size"]), str(row["sha256"]))
    if one.size < 0 or not _DIGEST.fullmatch(one.sha256):
        raise ValueError
    if is_path and not _stays_inside(one.name):
        raise BackupFault("It has a file that leads out of the content folder: it is no backup of mine.")
    return one


def _stays_inside(name: str) -> bool:
    """Return whether a path stays below its folder on every system."""
    parts = name.split("/")
    return (
        not any(character in name for character in "\\\0")
        and not PurePosixPath(name).is_absolute()
        and not re.match(r"[A-Za-z]:", name)
        and all(part not in ("", ".", "..") for part in parts)
    )
