"""Which pictures were decoded and found sound, kept over a restart: decoding a thousand of them takes many seconds."""

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
    """Remembers sound pictures by path and stamp, in a file of `folder`; without one, for as long as it lives.

    Faulty ones are not in it, so each of their faults is always found anew.
    """

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        name = hashlib.blake2b(
            str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=8
        ).hexdigest()
        self._file = None if folder is None else folder / f"pictures-{name}.txt"
        self._before: set[str] | None = None
        self._now: set[str] = set()

    def has(self, path: Path, stamp: Stamp) -> bool:
        """Whether that picture was found sound before."""
        if self._before is None:
            self._before = self._read()
        key = _key(path, stamp)
        if key not in self._before:
            return False
        self._now.add(key)
        return True

    def add(self, path: Path, stamp: Stamp) -> None:
        """Remember that picture."""
        self._now.add(_key(path, stamp))

    def save(self) -> None:
        """Keep what was asked for or added since the start, and no more, if that is news."""
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
    """Another one as soon as what is found sound might be another."""
    source = files("bot.content").joinpath("pictures.py").read_bytes()
    return hashlib.blake2b(source + PIL.__version__.encode(), digest_size=16).hexdigest()
