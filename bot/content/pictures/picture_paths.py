"""Paths of pictures as authors write them, for an editor or a web site, and the files that they mean."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
CHAPTERS = "chapters"
IMAGES = "images"

_ESCAPE = re.compile(r"\\([ !-/:-@\[-`{-~])")
_QUERY = re.compile(r"[?#].*\Z", re.DOTALL)
_MOST_LISTED = 20_000
"""Files below `images` that are looked at for a name."""


@dataclass(slots=True)
class PictureFinder:
    """Finds pictures of one story. It remembers the folders it has listed, so it is for one chapter at a time."""

    folder: Path
    """The story's."""
    beside: Path | None = None
    """The folder of the chapter that shows the pictures; without it, paths may be those from `chapters`."""

    _listed: dict[Path, dict[str, str]] = field(default_factory=dict)
    _pictures: list[str] | None = None

    def path(self, written: str) -> str | None:
        """Return the path from the story's folder that a written path means, None if there is no such file.

        A path means the same whether it is relative to the chapter or to the story, with slashes or backslashes,
        encoded or not, and in capitals or not. One that is correct from the story's folder stays as it is.
        """
        found = self._search(written)
        return None if found is None else found[0]

    def file(self, written: str) -> Path | None:
        """Return the file that a written path means, which a link may lead outside the story's folder."""
        found = self._search(written)
        return None if found is None else found[1]

    def by_name(self, name: str) -> str | None:
        """Return the path, from the story's folder, of the picture that an Obsidian vault shows for a name.

        That is the file at that path, or the picture of that name beside the chapter or below `images`.
        """
        wanted = unicodedata.normalize("NFC", name)
        if wanted.startswith("/") or ".." in wanted.split("/") or set("\\:\0") & set(wanted):
            return None
        for base in self._bases(own_first=False):
            parts = _joined(base, wanted)
            if parts and _is_file(self.folder.joinpath(*parts)):
                return "/".join(parts)
        called = _folded(wanted.rpartition("/")[2])
        if self.beside is not None and (beside := self._listing(self.beside).get(called)) is not None:
            return (self.beside / beside).relative_to(self.folder).as_posix()
        return next((path for path in self.pictures() if _folded(path.rpartition("/")[2]) == called), None)

    def pictures(self) -> list[str]:
        """Return the paths of all pictures below `images`, those in the upper folders first."""
        if self._pictures is None:
            paths = (
                (Path(where) / name).relative_to(self.folder).as_posix()
                for where, _, names in os.walk(self.folder / IMAGES)
                for name in names
                if name.lower().endswith(SUFFIXES)
            )
            found = [path for path, _ in zip(paths, range(_MOST_LISTED), strict=False)]
            self._pictures = sorted(found, key=lambda path: (path.count("/"), path))
        return self._pictures

    def _search(self, written: str) -> tuple[str, Path] | None:
        for form in _forms(written):
            bases = [""] if form.startswith("/") else list(self._bases(own_first=form.startswith(".")))
            for base in bases:
                parts = _joined(base, form.lstrip("/"))
                if parts and (file := self._existing(parts)) is not None:
                    plain = not base and "\\" not in written and not written.startswith((".", "/"))
                    plain = (
                        plain and "/." not in written and _QUERY.sub("", form) in (written, unquote(written))
                    )
                    return (written if plain else "/".join(parts)), file
        if (
            written
            and not set("/\\:") & set(written)
            and (named := self.by_name(unquote(written))) is not None
        ):
            return named, self.folder / named
        return None

    def _bases(self, *, own_first: bool) -> Iterator[str]:
        """Yield the folders that a path may start from: the story's, and those from the chapter's up to it."""
        below = CHAPTERS if self.beside is None else _below(self.beside, self.folder)
        own = [below.rsplit("/", up)[0] for up in range(below.count("/") + 1)] if below else []
        yield from (*own, "") if own_first else ("", *own)

    def _existing(self, parts: list[str]) -> Path | None:
        """Return the file at a path, if need be one that differs in capitals or in the form of its accents."""
        path = self.folder.joinpath(*parts)
        if _is_file(path):
            return path
        path = self.folder
        for part in parts:
            name = self._listing(path).get(_folded(part))
            if name is None:
                return None
            path /= name
        return path if _is_file(path) else None

    def _listing(self, folder: Path) -> dict[str, str]:
        """Return the names in a folder by their folded forms."""
        if folder not in self._listed:
            try:
                names = sorted((path.name for path in folder.iterdir()), reverse=True)
            except (OSError, ValueError):
                names = []
            self._listed[folder] = {_folded(name): name for name in names}
        return self._listed[folder]


def leads_out(written: str) -> bool:
    """Return whether a path can be none inside the story's folder, from wherever it is read."""
    forms = list(_forms(written))
    return not any(_joined(f"{CHAPTERS}/part", form.lstrip("/")) for form in forms)


def _forms(written: str) -> Iterator[str]:
    """Yield the readings of a written path: as it is, with its escapes or percent signs decoded, without a query."""
    if not written or "\0" in written or ":" in written.split("/", 1)[0]:
        return
    seen: set[str] = set()
    for form in (written.replace("\\", "/"), _ESCAPE.sub(r"\1", written).replace("\\", "/")):
        for read in (form, unquote(form), _QUERY.sub("", unquote(form))):
            if read and read not in seen and "\0" not in read and "\\" not in read:
                seen.add(read)
                yield read


def _joined(base: str, path: str) -> list[str] | None:
    """Return the parts of a path from the story's folder; None if it leads out of it."""
    parts = base.split("/") if base else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return parts


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path != folder and path.is_relative_to(folder) else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
