"""The files of the content folder, each read whole although somebody may be writing meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZipFile

from bot.backup.backup_manifest import ArchivedFile

_ROUNDS = 5
"""How often what changed meanwhile is read again."""

_TRIES = 5
_PAUSE = 0.05
_IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 1024 * 1024
_LEFT_OUT = frozenset({".git", "__pycache__"})

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CollectedContent:
    """The files that were read, and those that were not."""

    files: tuple[ArchivedFile, ...]
    left_out: tuple[str, ...] = ()
    """Links that lead elsewhere, and what could not be read."""


def collect_content(
    root: Path,
    archive: ZipFile,
    besides: Collection[Path],
    told: Callable[[int, int], None] = lambda *_: None,
) -> CollectedContent:
    """Write all files below a folder into an archive.

    At the end the folder is looked through again, and what has changed meanwhile is read again, until nothing has: so
    the files fit together as they did at one moment.

    Args:
        root: The folder; none is an empty one.
        archive: The archive.
        besides: Files that are not content, such as a database or a token that lies in there.
        told: Hears how many files have been read, and how many there are.
    """
    read: dict[str, tuple[_Stamp, ArchivedFile]] = {}
    left_out: set[str] = set()
    skipped = {path.resolve() for path in besides}
    for number in range(_ROUNDS):
        left_out.clear()
        now = dict(_list_files(root, skipped, left_out))
        changed = [name for name, stamp in now.items() if name not in read or read[name][0] != stamp]
        read = {name: kept for name, kept in read.items() if name in now}
        for done, name in enumerate(changed):
            told(done, len(changed))
            try:
                read[name] = _read_into(archive, root, name, number)
            except OSError:
                read.pop(name, None)
                left_out.add(name)
        if not changed or number == _ROUNDS - 1:
            break
    files = tuple(archived for _, (_, archived) in sorted(read.items()))
    return CollectedContent(files, tuple(sorted(left_out)))


def _list_files(root: Path, skipped: Collection[Path], left_out: set[str]) -> Iterator[tuple[str, _Stamp]]:
    inside = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _LEFT_OUT)
        left_out.update(
            _name(root, Path(folder) / name) for name in folders if (Path(folder) / name).is_symlink()
        )
        for name in sorted(names):
            path = Path(folder) / name
            try:
                real = path.resolve()
                found = path.stat()
            except OSError:
                left_out.add(_name(root, path))
                continue
            if real in skipped:
                continue
            if (
                not stat.S_ISREG(found.st_mode)
                or not real.is_relative_to(inside)
                or not _is_text(_name(root, path))
            ):
                left_out.add(_name(root, path))
                continue
            yield _name(root, path), _stamp(found)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _is_text(name: str) -> bool:
    """Return whether a name can be written down; some file systems hold bytes that are no letters."""
    return name.isprintable() or not any("\ud800" <= each <= "\udfff" for each in name)


def _read_into(archive: ZipFile, root: Path, name: str, number: int) -> tuple[_Stamp, ArchivedFile]:
    """Copy a file into the archive as it was at one moment.

    Raises:
        OSError: it cannot be read, or never stays the same long enough.
    """
    for _ in range(_TRIES):
        with SpooledTemporaryFile(_IN_MEMORY) as held:
            before = _stamp((root / name).stat())
            with (root / name).open("rb") as source:
                size, digest = _copy(source, held)
            if before == _stamp((root / name).stat()):
                held.seek(0)
                entry = f"content/{name}" if not number else f"changed-{number}/{name}"
                with archive.open(entry, "w", force_zip64=True) as target:
                    _copy(held, target)
                return before, ArchivedFile(name, entry, size, digest)
        time.sleep(_PAUSE)
    raise OSError("it changes all the time")


def _copy(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        digest.update(chunk)
        target.write(chunk)
    return size, digest.hexdigest()


def _stamp(found: os.stat_result) -> _Stamp:
    return found.st_mtime_ns, found.st_size, found.st_ino
