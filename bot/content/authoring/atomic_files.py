"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_whole_text(path: Path, text: str) -> None:
    """Write a text in UTF-8 with plain line feeds, as `write_whole_bytes` does."""
    write_whole_bytes(path, text.encode("utf-8"))


def write_whole_bytes(path: Path, data: bytes) -> None:
    """Write a file; whoever reads it meanwhile, and whatever breaks off, finds the old or the new one.

    Permissions stay as they were. A link keeps pointing to its file.

    Raises:
        OSError: it cannot be written, such as on a full disk; nothing is left behind.
    """
    path = path.resolve()
    beside = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
