"""Program of a worker process: reads a job a line, writes a length and that many bytes of pages.

It ends with its input, so no worker outlives the bot.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

from bot.content.prerender.page_codec import PageJob

LENGTH = 4
"""Bytes of the number that tells the length; 0 where no pages could be made."""

_POLITENESS = 5


def main() -> None:
    """Render pages until the input ends."""
    # Ctrl-C in a terminal reaches every process there; it is the bot that decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(AttributeError, OSError):
        os.nice(_POLITENESS)
    for line in sys.stdin.buffer:
        packed = PageJob.unpacked(line).made()
        try:
            sys.stdout.buffer.write(len(packed).to_bytes(LENGTH, "big") + packed)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    main()
