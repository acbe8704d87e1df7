"""Conflict copies that sync tools and people leave beside a file; they are never chapters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os.path import commonpath
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
    """Return the files without copies, and a fault for each copy. `text_of` reads a chapter's text.

    The copy may lie in another folder than its original, or in a folder that is itself a copy.
    """
    common = len(Path(commonpath([path.parent for path in paths])).parts) if paths else 0
    parts = {path: (*map(_fold, path.parts[common:-1]), _fold(path.stem)) for path in paths}
    named = {each: path for path, each in parts.items()}
    stems: dict[str, Path] = {}
    for path in paths:
        stems.setdefault(_fold(path.stem), path)
    taken: list[Path] = []
    faults: list[Diagnostic] = []
    for path in paths:
        if is_conflict_copy(path.stem):
            faults.append(_fault(path, "this is the copy that a sync tool made of a conflict"))
        elif (original := _original(path, _likely_originals(parts[path], named, stems), text_of)) is not None:
            faults.append(_fault(path, f"this is a copy of {printable_path(Path(*original.parts[common:]))}"))
        else:
            taken.append(path)
    return taken, faults


def is_conflict_copy(name: str) -> bool:
    """Return whether a name, without suffix, ends in the mark of a sync conflict."""
    stem = _fold(name)
    return any(found.end() == len(stem) and found.start() for found in _SURE.finditer(stem))


def _original(path: Path, likely: Iterable[Path], text_of: Callable[[Path], str | None]) -> Path | None:
    """Return the file that this one is a copy of, by its text, out of those that its name says."""
    for original in likely:
        if original == path:
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


def _likely_originals(
    parts: tuple[str, ...], named: Mapping[tuple[str, ...], Path], stems: Mapping[str, Path]
) -> Iterator[Path]:
    """Yield the files that a file may be a copy of by its name, or by that of a folder which it lies in."""
    for place in range(len(parts) - 1, -1, -1):
        for pattern in _MAYBE:
            found = pattern.fullmatch(parts[place])
            if found is None:
                continue
            if (there := named.get((*parts[:place], found["of"], *parts[place + 1 :]))) is not None:
                yield there
            elif place == len(parts) - 1 and found["of"] in stems:
                yield stems[found["of"]]


def _fold(stem: str) -> str:
    return unicodedata.normalize("NFC", stem).casefold()


def _fault(path: Path, problem: str) -> Diagnostic:
    mend = "It is not taken: put what you want of it into the file itself, and delete it."
    return Diagnostic(printable_path(path), 0, problem, mend, warning=True)
