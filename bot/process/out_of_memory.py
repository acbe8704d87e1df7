"""Running out of memory: one line, then exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OUT_OF_MEMORY = (
    "There is not enough memory for fascicle to run in: allow it more. For most, 300 MB are plenty."
)

_UNUSABLE = 2
_SIGNS = (
    "failed to map segment",
    "cannot allocate memory",
    "can't start new thread",
    "without setting an exception",
    "without exception set",
    "result without error",
)
"""What libraries, threads and the interpreter itself say that find no room."""


@contextmanager
def exit_if_out_of_memory() -> Iterator[None]:
    """End the process with one line if there is not enough memory for what runs inside the context."""
    try:
        yield
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        sys.stderr.write(f"{OUT_OF_MEMORY}\n")
        sys.stderr.flush()
        # What could not be started in full cannot be stopped in order: threads that it waits for may not be there.
        os._exit(_UNUSABLE)


def is_out_of_memory(error: BaseException | None) -> bool:
    """Return whether an error or one of its causes says that memory is exhausted."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        if isinstance(error, (ImportError, RuntimeError, SystemError, OSError)):
            words = str(error).lower()
            if any(sign in words for sign in _SIGNS):
                return True
        error = error.__cause__ or error.__context__
    return False
