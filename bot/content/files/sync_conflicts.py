"""Conflict copies that sync tools and people leave beside a file; they are never chapters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.content.files.directory_scan import printable_path
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.near_duplicates import DuplicateKind, compare_texts, fingerprint_text

_CONFLICT = r"conflict|konflikt|conflit|конфликт|競合|冲突|衝突|충돌"
_COPY = r"cop(?:y|ie|ia)|cópia|kop(?:ie|ia|i)|копия|コピー|副本|複本|복사본"

_SURE = re.compile(
    rf"""
      \.sync-conflict-\d{{8}}-\d{{6}}(?:-\w+)?     # Syncthing
    | [_.-]conflict-\d{{8}}-\d{{6}}                 # ownCloud
    | \.conflict\d*                                 # Resilio
    | [ ]?\(sfconflict[ ][^()]*\)                   # Seafile
    | [ ]?\[conflicted(?:[ ]\d+)?\]                 # pCloud
    | [ ]?\((?=[^()]*(?:{_CONFLICT}))(?=[^()]*(?:{_COPY}))[^()]*\)(?:[ ]?\(\d+\))?   # Dropbox, Nextcloud, Tresorit
    | -(?:desktop|laptop)-[0-9a-z]{{5,8}}(?:-\d+)?  # OneDrive
    """,
    re.VERBOSE,
)
"""Names that nothing else has, from where the original's ends."""

_MAYBE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<of>.+?) ?\(\d{1,2}\)",  # Google Drive, browsers
        r"(?P<of>.+) \d{1,2}",  # iCloud
        rf"(?P<of>.+?) ?[-–_ ] ?(?:{_COPY})(?: ?\(?\d{{1,2}}\)?)?",
        rf"(?P<of>.+?) ?\((?:{_COPY})(?: \d{{1,2}})?\)",
        rf"(?:{_COPY}) (?:of|von|de|di|av|af) (?P<of>.+)",
        r"(?P<of>.+)-\w{3,15}",  # OneDrive, with the name of the machine
    )
)
"""Names that a chapter may have too: a copy is what also has the text of the file that it is named after."""


def split_copies(
    paths: Sequence[Path], text_of: Callable[[Path], str | None]
) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files without copies, and a fault for each copy. `text_of` reads a chapter's text."""
    stems = {_fold(path.stem): path for path in paths}
    taken: list[Path] = []
    faults: list[Diagnostic] = []
    for path in paths:
        if _is_conflict(_fold(path.stem)):
            faults.append(_fault(path, "this is the copy that a sync tool made of a conflict"))
        elif (original := _original(path, stems, text_of)) is not None:
            faults.append(_fault(path, f"this is a copy of {printable_path(Path(original.name))}"))
        else:
            taken.append(path)
    return taken, faults


def _is_conflict(stem: str) -> bool:
    """Return whether a name ends in the mark of a sync conflict."""
    return any(found.end() == len(stem) and found.start() for found in _SURE.finditer(stem))


def _original(path: Path, stems: dict[str, Path], text_of: Callable[[Path], str | None]) -> Path | None:
    """Return the file that this one is a copy of, by name and text."""
    for pattern in _MAYBE:
        found = pattern.fullmatch(_fold(path.stem))
        original = stems.get(found["of"]) if found else None
        if original is None or original == path:
            continue
        own, other = text_of(path), text_of(original)
        if own is None or other is None:
            continue
        if (
            own.strip() == other.strip()
            or compare_texts(fingerprint_text(own), fingerprint_text(other)) is DuplicateKind.SAME
        ):
            return original
    return None


def _fold(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()


def _fault(path: Path, problem: str) -> Diagnostic:
    mend = "It is not taken: put what you want of it into the file itself, and delete it."
    return Diagnostic(printable_path(path), 0, problem, mend, warning=True)
