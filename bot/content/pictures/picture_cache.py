"""Verified pictures, remembered over restarts: decoding a thousand of them takes many seconds."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from importlib.resources import files
from pathlib import Path

import PIL

_log = logging.getLogger(__name__)

Stamp = tuple[int, int]
"""A file's time of change, in nanoseconds, and its size."""


class VerifiedPictures:
    """Verified pictures by path and stamp, stored in a file of `folder`; without a folder, in memory only.

    Faulty pictures are not remembered, so their faults are found each time.
    """

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        name = hashlib.blake2b(
            str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=8
        ).hexdigest()
        self._file = None if folder is None else folder / f"pictures-{name}.txt"
        self._before: set[str] | None = None
        self._now: set[str] = set()

    def has(self, path: Path, stamp: Stamp) -> bool:
        """Return whether a picture was verified before."""
        if self._before is None:
            self._before = self._read()
        key = _key(path, stamp)
        if key not in self._before:
            return False
        self._now.add(key)
        return True

    def add(self, path: Path, stamp: Stamp) -> None:
        """Remember a picture as verified."""
        self._now.add(_key(path, stamp))

    def save(self) -> None:
        """Store what was requested or added since the start, if that differs from the file."""
        if self._file is None or self._now == (self._before or set()):
            return
        draft = self._file.with_suffix(".tmp")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_text("\n".join((_rules(), *sorted(self._now))), encoding="ascii")
            draft.replace(self._file)
        except OSError as error:
            _log.debug("sound pictures are not kept: %s", error, extra={"action": "pictures_not_kept"})
        self._before = set(self._now)

    def _read(self) -> set[str]:
        if self._file is None:
            return set()
        try:
            rules, *keys = self._file.read_text(encoding="ascii").split("\n")
        except (OSError, UnicodeDecodeError):
            return set()
        return set(keys) if rules == _rules() else set()


def _key(path: Path, stamp: Stamp) -> str:
    said = f"{stamp} {path.absolute()}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(said, digest_size=16).hexdigest()


@cache
def _rules() -> str:
    """Return a value that changes whenever the rules of verification may have."""
    source = files("bot.content.pictures").joinpath("picture_files.py").read_bytes()
    return hashlib.blake2b(source + PIL.__version__.encode(), digest_size=16).hexdigest()
