"""Change detection without reading files, for file systems that report no changes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from bot.content.files.file_names import is_ignored

_DEEPEST = 12
"""Folders in folders; a story needs two. Links that lead in circles end here."""


def signature(root: Path) -> bytes:
    """Return a value that differs as soon as a file below `root` appears, disappears or changes.

    A change is another modification time, size, inode number or permission. A path that cannot be inspected
    contributes its error, so that a change of that is noticed too.
    """
    digest = hashlib.blake2b(digest_size=16)
    for sign in _signs(os.fspath(root), _DEEPEST):
        digest.update(sign)
    return digest.digest()


def _signs(folder: str, deeper: int) -> Iterator[bytes]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield b"%s\0%d\n" % (os.fsencode(folder), error.errno or 0)
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        try:
            stat = entry.stat()
            inside = deeper > 0 and entry.is_dir()
        except OSError as error:
            yield b"%s\0%d\n" % (os.fsencode(entry.path), error.errno or 0)
            continue
        seen = (stat.st_mode, stat.st_ino) if inside else (stat.st_mtime_ns, stat.st_size, *stat[:2])
        yield b"%s\0%s\n" % (os.fsencode(entry.path), repr(seen).encode())
        if inside:
            yield from _signs(entry.path, deeper - 1)
