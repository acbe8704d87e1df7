"""Imports that are a part of starting the program."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def program_imports() -> Iterator[None]:
    """Import inside of this what a command needs.

    Raises:
        SystemExit: Ctrl-C was pressed. Commands say themselves what became of their work; here none has begun.
    """
    # Nothing that importing makes is ever garbage, and looking for some takes an eighth of the start.
    gc.disable()
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    finally:
        gc.freeze()
        gc.enable()
