"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_new_file(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, through to the disk.

    Raises:
        OSError: it cannot be written, such as on a full disk; nothing is left behind.
    """
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise
    except BaseException:
        path.unlink(missing_ok=True)
        raise
