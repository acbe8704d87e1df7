"""Directory entries of the content folder: what can be read, links that lead outside, names to skip.

Nothing here opens a file: opening something that is not a regular file might never return.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import find_unfit_character, printable

_KINDS = {
    stat.S_IFIFO: "named pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
}


def printable_path(path: Path) -> str:
    """Return the path as printable text, even if the name is not text in the system's encoding."""
    return printable(str(path))


def error_words(error: OSError) -> str:
    """Return the operating system's words for an error, to follow a colon."""
    return (error.strerror or type(error).__name__).lower()


def list_entries(folder: Path) -> Iterator[tuple[Path, int | OSError]]:
    """List a folder by name, each entry with its mode (following links) or why that is unknown.

    Raises:
        OSError: the folder does not exist or cannot be read.
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


def skipped_entry_warning(path: Path, found: int | OSError) -> Diagnostic:
    """Return the warning for an entry that cannot be a chapter or a story and is skipped."""
    if isinstance(found, FileNotFoundError):
        problem, mend = "this link leads nowhere", "Mend or remove it."
    elif isinstance(found, OSError):
        problem, mend = (
            f"this cannot be looked at: {error_words(found)}",
            "Check its permissions, or move it away.",
        )
    else:
        kind = _KINDS.get(stat.S_IFMT(found), "thing of another kind")
        problem, mend = f"this is a {kind} and no file", "Put a file in its place, or move it away."
    return Diagnostic(printable_path(path), 0, f"{problem}; it is passed over", mend, warning=True)


def outside_link_fault(path: Path, root: Path) -> Diagnostic | None:
    """Return the fault of a link that leads out of the content folder `root`; `root` itself may be a link."""
    if not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        return None
    mend = "Put what it leads to here itself, or have content.path name the folder that holds both."
    return Diagnostic(printable_path(path), 0, "this link leads out of the content folder", mend)


def closed_folder_fault(folder: Path, root: Path, inside: str) -> Diagnostic | None:
    """Return the fault of a folder that cannot be read, or None. `inside` names a file expected in it."""
    if (fault := outside_link_fault(folder, root)) is not None:
        return fault
    try:
        (folder / inside).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return unreadable_folder_fault(folder, error)
    return None


def unreadable_folder_fault(folder: Path, error: OSError, *, warning: bool = False) -> Diagnostic:
    """Return the fault of a folder that cannot be read."""
    mend = "Let whoever runs the bot read it, or move it away."
    return Diagnostic(
        printable_path(folder), 0, f"this folder cannot be read: {error_words(error)}", mend, warning=warning
    )


def unfit_name_fault(path: Path, what: str = "file") -> Diagnostic | None:
    """Return the fault of a file (or folder: `what`) whose name is not text or contains invisible characters."""
    if str(path) != str(path).encode("utf-8", "replace").decode():
        return Diagnostic(
            printable_path(path), 0, f"the name of this {what} is not text", "Rename it in plain letters."
        )
    if (character := find_unfit_character(path.name)) is not None:
        problem = f"the name of this {what} holds an invisible character, {character}"
        return Diagnostic(printable_path(path), 0, problem, "Rename it in plain letters.")
    return None
