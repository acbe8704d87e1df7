"""Page jobs and rendered pages, encoded as bytes for other processes and for the cache file."""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from uniseg import unidata_version

from bot import __version__
from bot.domain.pages import Page, PageBlock, PageEnd, Picture, Prose, Role, SceneBreak, paginate

_QUICK = 1
"""zlib's quickest level: text becomes less than half as long, in a tenth of the time that its pages take."""


@dataclass(frozen=True, slots=True)
class PageJob:
    """Everything a chapter's pages depend on except the code; see `bot.domain.pages.paginate`."""

    text: str
    note_before: str | None
    note_after: str | None
    pov: str | None
    page_length: int

    @property
    def key(self) -> bytes:
        """Return a key that changes whenever the pages might: with the job or with the code."""
        rest = repr((len(self.text), self.note_before, self.note_after, self.pov, self.page_length))
        said = f"{rest}{self.text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(said, key=_code(), digest_size=16).digest()

    def packed(self) -> bytes:
        """Return the job as one line."""
        return json.dumps(astuple(self)).encode()

    @classmethod
    def unpacked(cls, line: bytes) -> PageJob:
        """Return the job encoded in a line."""
        return cls(*json.loads(line))

    def pages(self) -> tuple[Page, ...]:
        """Render the pages."""
        return paginate(
            self.text,
            limit=self.page_length,
            note_before=self.note_before,
            note_after=self.note_after,
            pov=self.pov,
        )

    def made(self) -> bytes:
        """Render and pack the pages; return None if that fails."""
        try:
            return pack(self.pages())
        except Exception:
            # Whoever opens the chapter will meet the same trouble, where it can be told.
            return b""


def pack(pages: tuple[Page, ...]) -> bytes:
    """Encode pages as bytes."""
    rows = [
        (page.start, page.end, page.pov, page.cut.value, [_row(block) for block in page.blocks])
        for page in pages
    ]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), _QUICK)


def unpack(packed: bytes) -> tuple[Page, ...]:
    """Decode pages.

    Raises:
        ValueError: the bytes are damaged.
    """
    try:
        rows = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        return tuple(
            Page(tuple(map(_block, blocks)), start, end, pov, PageEnd(cut))
            for start, end, pov, cut, blocks in rows
        )
    except (zlib.error, ValueError, TypeError, IndexError) as error:
        raise ValueError(f"these are no pages: {error}") from error


def _row(block: PageBlock) -> tuple[str, ...]:
    match block:
        case Prose(text, role):
            return role.value, text
        case Picture(alt, path):
            return "picture", alt, path
        case SceneBreak():
            return ("scene",)


def _block(row: list[Any]) -> PageBlock:
    match row:
        case ["picture", alt, path]:
            return Picture(alt, path)
        case ["scene"]:
            return SceneBreak()
        case [role, text]:
            return Prose(text, Role(role))
    raise ValueError("a block of an unknown kind")


@cache
def _code() -> bytes:
    """Return a digest of all code that affects pagination: this file, the domain's, and Unicode's tables."""
    digest = hashlib.blake2b(digest_size=32)
    for name in ("bot.domain.pages", "bot.content.prerender"):
        for file in sorted(files(name).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    digest.update(f"{__version__} {unidata_version} {sys.version}".encode())
    return digest.digest()
