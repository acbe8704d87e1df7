"""Safe reading of a ZIP that a stranger made: whole novels, DOCX, ODT and EPUB files are such archives.

Nothing is unpacked to the disk, except an archive within the archive, to an unnamed temporary file. Members are read
one at a time, when they are asked for, and never more of one than its directory entry admits.
"""

from __future__ import annotations

import os
import struct
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from stat import S_IFMT, S_ISDIR, S_ISREG
from typing import BinaryIO, Self

from bot.content.source_formats.archive_names import decode_names, is_leaving
from bot.content.source_formats.read_source import SourceRefused
from bot.domain.text.terminal_escaping import printable

_AGAIN = "Download or export it again, and give me the new file."
_PACK_ANEW = "Unpack it on your machine, and give me the folder or the single files."
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Of the other methods, more than is asked for would be unpacked into memory at once."""

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DAMAGE = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError)
_END = struct.Struct("<4s4H2LH")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_LARGE_LOCATOR = struct.Struct("<4sLQL")
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bounds of what an archive may hold, with the archives within it."""

    entries: int = 10_000
    total: int = 1024**3
    """Bytes of all members unpacked."""
    single: int = 256 * 1024**2
    """Bytes of one member unpacked."""
    ratio: int = 200
    """Times that a member may be larger than it is packed; members of less than `small` bytes may be more."""
    small: int = 1024**2
    directory: int = 4 * 1024**2
    """Bytes of the list of members."""
    depth: int = 2
    """Archives within archives: a ZIP of DOCX files has a depth of 1."""


@dataclass(slots=True)
class _Budget:
    """Rest of what the outermost archive and all within it may still take."""

    limits: ArchiveLimits
    entries: int = field(init=False)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.entries, self.total = self.limits.entries, self.limits.total


class BoundedArchive:
    """A ZIP whose members are read one at a time; closed at the latest when nobody refers to it any more.

    Attributes:
        name: What messages call it.
        names: The files in it, in the order of its directory, with `/` between folders; never one that leads out.
    """

    names: tuple[str, ...]

    def __init__(
        self,
        file: Path | BinaryIO,
        name: str,
        *,
        limits: ArchiveLimits | None = None,
        _budget: _Budget | None = None,
        _depth: int = 0,
    ) -> None:
        """Open the archive and examine its directory.

        Args:
            file: A path, or an open file, which then belongs to the archive.
            name: What messages call it.
            limits: How much it may hold.

        Raises:
            SourceRefused: it is damaged, protected by a password, too large or dangerous.
        """
        self.name = printable(name)
        self._depth = _depth
        self._budget = _budget or _Budget(limits or ArchiveLimits())
        try:
            self._file: BinaryIO = file.open("rb") if isinstance(file, Path) else file
        except OSError as error:
            raise SourceRefused(f"{self.name} cannot be opened", "Check its name and permissions.") from error
        self.close: Callable[[], object] = weakref.finalize(self, self._file.close)
        try:
            self._zip, self._members = self._open()
        except BaseException:
            self.close()
            raise
        self.names = tuple(self._members)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """Return a member's size in bytes when it is unpacked."""
        return self._members[name].file_size

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of a member.

        Args:
            name: One of `names`.
            most: Bytes above which the member is refused.

        Raises:
            SourceRefused: it is damaged, or larger.
            KeyError: there is no such member.
        """
        if most is not None and self.size(name) > most:
            problem = f"{printable(name)} in {self.name} has more than {_size(most)}"
            raise SourceRefused(problem, "Part it into several files.")
        return b"".join(self._chunks(name))

    def read_start(self, name: str, count: int) -> bytes:
        """Return the first bytes of a member, at most `count`.

        Raises:
            SourceRefused: it is damaged.
            KeyError: there is no such member.
        """
        found = b""
        for chunk in self._chunks(name):
            found += chunk
            if len(found) >= count:
                break
        return found[:count]

    def reader(self, name: str) -> Callable[[], bytes]:
        """Return a function that reads a member when it is called, as `ReadSource.pictures` wants them."""
        return partial(self.read, name)

    def open_nested(self, name: str) -> BoundedArchive:
        """Open a member that is an archive itself; both share their limits.

        Raises:
            SourceRefused: as in `__init__`; also if archives are nested too deeply.
            KeyError: there is no such member.
        """
        if self._depth >= self._budget.limits.depth:
            problem = f"{self.name} holds archives within archives within archives"
            raise SourceRefused(problem, _PACK_ANEW)
        file = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            for chunk in self._chunks(name):
                file.write(chunk)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return BoundedArchive(file, name.rpartition("/")[2], _budget=self._budget, _depth=self._depth + 1)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(self._members[name]) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (*_DAMAGE, zlib.error, RuntimeError) as error:
            problem = f"{printable(name)} in {self.name} is damaged"
            raise SourceRefused(problem, _AGAIN) from error

    def _open(self) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
        limits = self._budget.limits
        try:
            if _directory_size(self._file) > limits.directory:
                raise self._too_many()
            archive = zipfile.ZipFile(self._file)
        except (*_DAMAGE, struct.error) as error:
            raise SourceRefused(f"{self.name} is damaged or not complete", _AGAIN) from error
        listed = archive.infolist()
        self._budget.entries -= len(listed)
        if self._budget.entries < 0:
            raise self._too_many()
        members: dict[str, zipfile.ZipInfo] = {}
        for name, entry in zip(decode_names(listed), listed, strict=True):
            self._examine(name, entry)
            if name.endswith("/"):
                continue
            if name in members:
                problem = f"{self.name} holds two files called {printable(name)}"
                raise SourceRefused(problem, _PACK_ANEW)
            members[name] = entry
        return archive, members

    def _examine(self, name: str, entry: zipfile.ZipInfo) -> None:
        """Refuse the archive for what an entry of its directory says."""
        limits, shown = self._budget.limits, printable(name)
        mode = entry.external_attr >> 16
        if entry.flag_bits & _ENCRYPTED:
            raise SourceRefused(f"{self.name} is protected by a password", "Save it without one.")
        if is_leaving(name):
            problem = f"{self.name} holds a file whose name leads out of the archive: {shown}"
            raise SourceRefused(problem, _PACK_ANEW)
        if S_IFMT(mode) and not S_ISREG(mode) and not S_ISDIR(mode):
            raise SourceRefused(f"{self.name} holds a link: {shown}", "Pack the file itself instead.")
        if entry.compress_type not in _PACKED:
            raise SourceRefused(f"{self.name} is packed in an unusual way", _PACK_ANEW)
        if entry.file_size > limits.single:
            problem = f"{shown} in {self.name} has more than {_size(limits.single)} unpacked"
            raise SourceRefused(problem, "Leave it out.")
        if entry.file_size > max(limits.small, limits.ratio * entry.compress_size):
            problem = f"{shown} in {self.name} unpacks to more than {limits.ratio} times its size"
            raise SourceRefused(problem, _PACK_ANEW)
        self._budget.total -= entry.file_size
        if self._budget.total < 0:
            problem = f"{self.name} has more than {_size(limits.total)} unpacked"
            raise SourceRefused(problem, "Part it into several archives.")

    def _too_many(self) -> SourceRefused:
        problem = f"{self.name} holds more than {self._budget.limits.entries:,} files"
        return SourceRefused(problem, "Give me only the folder with your chapters.")


def _size(count: int) -> str:
    return f"{count // 1024**2:,} MB" if count >= 1024**2 else f"{count // 1024:,} KB"


def _directory_size(file: BinaryIO) -> int:
    """Return the size of the list of members as the end of the archive states it, before anything reads that much.

    Raises:
        zipfile.BadZipFile: there is no end.
    """
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - _END.size - 0xFFFF)
    file.seek(start)
    tail = file.read()
    at = len(tail) - _END.size
    if tail[at:][:4] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile("no end of the directory")
    size = _END.unpack_from(tail, at)[5]
    locator = start + at - _LARGE_LOCATOR.size
    if locator >= _LARGE_END.size:
        file.seek(locator - _LARGE_END.size)
        block = file.read(_LARGE_END.size + _LARGE_LOCATOR.size)
        if block[_LARGE_END.size :].startswith(b"PK\x06\x07") and block.startswith(b"PK\x06\x06"):
            size = _LARGE_END.unpack_from(block)[8]
    return int(size)
