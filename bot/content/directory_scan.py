"""What lies in the content folder: what can be read there, what leads elsewhere, and what is passed over by name.

Nothing here opens a file: one that is no file might never answer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable, unfit_for_a_name

_KINDS = {
    stat.S_IFIFO: "named pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
}


def said(path: Path) -> str:
    """The path as it can be printed and stored, also where a name is not text in the system's encoding."""
    return printable(str(path))


def reason(error: OSError) -> str:
    """What the system says is wrong, to go on with after a colon."""
    return (error.strerror or type(error).__name__).lower()


def listed(folder: Path) -> Iterator[tuple[Path, int | OSError]]:
    """What is in a folder, by name, each with its mode behind links, or why that cannot be had.

    Raises:
        OSError: the folder is not there or cannot be read.
    """
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        try:
            # Without a link the kind is known from the listing: a thousand files need not be asked one by one.
            mode = stat.S_IFREG if entry.is_file(follow_symlinks=False) else entry.stat().st_mode
        except OSError as error:
            yield folder / entry.name, error
        else:
            yield folder / entry.name, mode


def passed_over(path: Path, found: int | OSError) -> Diagnostic:
    """Names what cannot be a chapter or a story, and is left alone."""
    if isinstance(found, FileNotFoundError):
        problem, mend = "this link leads nowhere", "Mend or remove it."
    elif isinstance(found, OSError):
        problem, mend = (
            f"this cannot be looked at: {reason(found)}",
            "Check its permissions, or move it away.",
        )
    else:
        kind = _KINDS.get(stat.S_IFMT(found), "thing of another kind")
        problem, mend = f"this is a {kind} and no file", "Put a file in its place, or move it away."
    return Diagnostic(said(path), 0, f"{problem}; it is passed over", mend, warning=True)


def outside(path: Path, root: Path) -> Diagnostic | None:
    """The fault of a link that leads out of the content folder `root`, which may be reached by a link itself."""
    if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        return None
    mend = "Put what it leads to here itself, or have content.path name the folder that holds both."
    return Diagnostic(said(path), 0, "this link leads out of the content folder", mend)


def closed(folder: Path, root: Path, inside: str) -> Diagnostic | None:
    """Why nothing in a folder can be read, or None. `inside` is the name of a file that may be in it."""
    if (fault := outside(folder, root)) is not None:
        return fault
    try:
        (folder / inside).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return unreadable(folder, error)
    return None


def unreadable(folder: Path, error: OSError, *, warning: bool = False) -> Diagnostic:
    """The fault of a folder that the system does not hand out."""
    mend = "Let whoever runs the bot read it, or move it away."
    return Diagnostic(said(folder), 0, f"this folder cannot be read: {reason(error)}", mend, warning=warning)


def unfit_name(path: Path) -> Diagnostic | None:
    """The fault of a file whose name is not text, or holds what cannot be seen."""
    if str(path) != str(path).encode("utf-8", "replace").decode():
        return Diagnostic(said(path), 0, "the name of this file is not text", "Rename it in plain letters.")
    if (character := unfit_for_a_name(path.name)) is not None:
        problem = f"the name of this file holds an invisible character, {character}"
        return Diagnostic(said(path), 0, problem, "Rename it in plain letters.")
    return None
