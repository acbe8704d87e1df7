"""Drafts: what was typed at the desk and not saved yet, in a folder that the loader ignores."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

_FOLDER = ".desk"
_UNFIT = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved text of one chapter file."""

    file: str
    text: str
    base: str
    """The version of the file that the text goes on from."""

    @property
    def version(self) -> str:
        """A digest that tells this draft from any other."""
        seen = f"{self.base}\0{self.text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(seen, digest_size=12).hexdigest()


class DraftConflict(Exception):
    """Another window keeps another text as the draft; `current` is it, None if it is gone."""

    def __init__(self, current: Draft | None) -> None:
        super().__init__("another window keeps another text")
        self.current = current


class DraftStore:
    """The drafts below a content folder: `<story>/.desk/<chapter>.json`, each written whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, slug: str, file: str) -> Draft | None:
        """Return the draft of a chapter file, if there is a readable one."""
        try:
            found = json.loads(self._path(slug, file).read_text(encoding="utf-8"))
            return Draft(file, str(found["text"]), str(found["base"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, slug: str, draft: Draft, over: str | None) -> None:
        """Keep a draft.

        Raises:
            DraftConflict: the kept draft is not the one with the version `over`, and has another text.
        """
        kept = self.read(slug, draft.file)
        if kept is not None and kept.version != over and kept.text != draft.text:
            raise DraftConflict(kept)
        path = self._path(slug, draft.file)
        path.parent.mkdir(exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.new")
        try:
            beside.write_text(json.dumps(asdict(draft), ensure_ascii=False), encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def remove(self, slug: str, file: str) -> None:
        """Forget a chapter file's draft, and the folder with the last one."""
        path = self._path(slug, file)
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()

    def list_files(self, slug: str) -> frozenset[str]:
        """Return the chapter files that have drafts."""
        found = set()
        with contextlib.suppress(OSError):
            for path in (self._root / slug / _FOLDER).glob("*.json"):
                with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                    found.add(str(json.loads(path.read_text(encoding="utf-8"))["file"]))
        return frozenset(found)

    def rename(self, slug: str, renamed: Mapping[str, str]) -> None:
        """Let drafts follow their files, given by old and new name."""
        moved = [(file, self.read(slug, file)) for file in renamed]
        for file, draft in moved:
            if draft is not None:
                self._path(slug, file).unlink(missing_ok=True)
        for file, draft in moved:
            if draft is not None:
                self.write(slug, Draft(renamed[file], draft.text, draft.base), None)

    def _path(self, slug: str, file: str) -> Path:
        named = _UNFIT.sub("-", Path(file).stem)[:40]
        digest = hashlib.blake2b(file.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        return self._root / slug / _FOLDER / f"{named}-{digest}.json"
