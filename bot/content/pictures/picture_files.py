"""Pictures: those a chapter shows, whether Discord would accept them, and their bytes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from PIL import Image

from bot.content.pictures.picture_cache import Stamp, VerifiedPictures
from bot.content.pictures.picture_paths import SUFFIXES, PictureFinder, leads_out
from bot.domain.pages import Page, Picture, paginate
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.text_runs import RunKind
from bot.domain.releases.release import PictureFile
from bot.schemas.base import nearest_word

LARGEST = 8 * 1024 * 1024
"""Bytes; below Discord's limit for an upload (docs: reference, Uploading Files), with room for a message's others."""

MOST_ON_A_PAGE = 10
"""Discord takes ten attachments a message (docs: resources/message)."""

_WHOLE = 1 << 30
_MOST_PIXELS = 50_000_000
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


class PictureFault(Exception):
    """The picture cannot be shown."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mend = mend


@dataclass(frozen=True, slots=True)
class ShownPictures:
    """The pictures a chapter shows, by path as written, each once.

    `crowded` is the first picture too many on one page, if any.
    """

    paths: tuple[str, ...] = ()
    crowded: str | None = None


def find_pictures(text: str, note_before: str | None, note_after: str | None) -> ShownPictures:
    """Return the pictures in a chapter's text and notes, in order, each once."""
    parts = [part for part in (note_before, text, note_after) if part and "![" in part]
    if not parts:
        return ShownPictures()
    found = [
        run.path
        for part in parts
        for run in parse_markdown(_around(part), _WHOLE)
        if run.shape is RunKind.PICTURE
    ]
    crowded = None
    if len(found) > MOST_ON_A_PAGE:
        pages = (_paths(page) for page in paginate(text, note_before=note_before, note_after=note_after))
        crowded = next((paths[MOST_ON_A_PAGE] for paths in pages if len(paths) > MOST_ON_A_PAGE), None)
    return ShownPictures(tuple(dict.fromkeys(found)), crowded)


def _around(text: str) -> str:
    """Return the paragraphs that may contain pictures, so that the rest of a long chapter need not be parsed.

    Code blocks and comments span paragraphs: with either, the whole text is returned.
    """
    if any(mark in text for mark in ("```", "~~~", "<!--")):
        return text
    return "\n\n".join(part for part in text.split("\n\n") if "![" in part)


def _paths(page: Page) -> list[str]:
    return [block.path for block in page.blocks if isinstance(block, Picture)]


def find_picture(folder: Path, written: str) -> Path:
    """Return the file below the story's folder that `written` names.

    Raises:
        PictureFault: there is no such file, or it lies elsewhere.
    """
    if urlsplit(written).scheme in ("http", "https", "data"):
        raise PictureFault(
            "a picture cannot be a web address", "Save it in the story’s images folder and name that file."
        )
    finder = PictureFinder(folder)
    path = finder.file(written)
    if path is None and (":" in written or leads_out(written)):
        raise PictureFault(
            f"the picture “{written}” lies outside the story’s folder", "Name it from there: images/lamp.png."
        )
    if path is None:
        raise _missing(finder, written)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PictureFault(
            f"the picture “{written}” leads outside the story’s folder", "Copy the file itself into images."
        )
    return path


def _missing(finder: PictureFinder, written: str) -> PictureFault:
    """Return the fault for a picture that is not there, with one of a similar name."""
    stems = {PurePosixPath(path).stem: path for path in reversed(finder.pictures())}
    near = nearest_word(PurePosixPath(written.replace("\\", "/")).stem, list(stems), likeness=0.6)
    climbs = ".." in unquote(written) or written.startswith("/")
    hint = (
        f"Did you mean “{stems[near]}”?"
        if near
        else f"Put it at {finder.folder / written}, or correct the name."
    )
    if climbs and not near:
        hint = "Put it into the story’s images folder, and name it from there: images/lamp.png."
    if climbs:
        return PictureFault(f"the picture “{written}” is not there, or lies outside the story’s folder", hint)
    return PictureFault(f"the picture “{written}” is not there", hint)


def check_file(path: Path, written: str) -> None:
    """Check that Discord would show the file.

    Raises:
        PictureFault: it would not.
    """
    mend = "Save it as PNG, JPEG, GIF or WebP."
    if path.suffix.lower() not in SUFFIXES:
        raise PictureFault(f"“{written}” is not a kind of picture that Discord shows", mend)
    size = path.stat().st_size
    if size > LARGEST:
        raise PictureFault(
            f"the picture “{written}” has {size / 1024 / 1024:.1f} MiB, more than the 8 that fit",
            "Save it smaller, or as WebP or JPEG.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=tuple(_TYPES)) as image:
                large = image.width * image.height > _MOST_PIXELS
                if not large:
                    image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        large = True
    except Exception as error:  # Pillow's decoders fail in as many ways as files can be broken.
        raise PictureFault(
            f"the picture “{written}” cannot be opened: it is damaged or no picture", mend
        ) from error
    if large:
        raise PictureFault(
            f"the picture “{written}” has too many pixels", "Save it with at most 4000 a side."
        )


def read_picture(folder: Path, written: str) -> PictureFile | None:
    """Return a picture's bytes and media type, or None if it is missing or too large."""
    try:
        path = find_picture(folder, written)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (PictureFault, OSError):
        return None
    kind = _media_type(data)
    return (
        None if kind is None or len(data) > LARGEST else PictureFile(path=written, media_type=kind, data=data)
    )


_SIGNATURES: Sequence[tuple[int, bytes, str]] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
)


def _media_type(data: bytes) -> str | None:
    return next((kind for at, sign, kind in _SIGNATURES if data[at : at + len(sign)] == sign), None)


@dataclass(slots=True)
class PictureChecks:
    """Remembers the result for each file, so that an unchanged picture is decoded once."""

    kept: VerifiedPictures
    decoded: int = 0
    """How many were looked into since the start."""

    _known: dict[Path, tuple[Stamp, tuple[str, str] | None]] = field(default_factory=dict)

    def problem(self, folder: Path, written: str) -> tuple[str, str] | None:
        """Return what is wrong with a picture and how to mend it, or None."""
        try:
            path = find_picture(folder, written)
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            known = self._known.get(path)
            if known is None or known[0] != stamp:
                known = self._known[path] = (stamp, self._checked(path, written, stamp))
            return known[1]
        except PictureFault as fault:
            return fault.problem, fault.mend
        except OSError as error:
            reason = (error.strerror or "unknown").lower()
            return f"the picture “{written}” cannot be read: {reason}", "Check its name and permissions."

    def _checked(self, path: Path, written: str, stamp: Stamp) -> tuple[str, str] | None:
        if not self.kept.has(path, stamp):
            self.decoded += 1
            try:
                check_file(path, written)
            except PictureFault as fault:
                return fault.problem, fault.mend
            self.kept.add(path, stamp)
        return None
