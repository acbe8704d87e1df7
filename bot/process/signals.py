"""Signals to the process, handled from its first moment on.

This module imports next to nothing, so that it is in place before everything that takes a second to import: a
process with the number 1, as in a container, never hears of a signal for which it has no handler yet. Not
even this can be in place in the milliseconds in which Python itself starts; for those the container's image
has an init as process 1.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPING = (signal.SIGTERM, signal.SIGINT)
_AGAIN: signal.Signals | None = getattr(signal, "SIGHUP", None)

_INTERRUPTED = 130
"""The exit code of what a second SIGINT ends, as shells have it."""


def handle_signals_early() -> None:
    """Handle signals until `handle_signals` takes over: nothing has begun, so a stop signal exits at once with 0.

    The files are about to be read anyway, so a request to read them again needs no handling.
    """
    for name in _STOPPING:
        signal.signal(name, _leave)
    if _AGAIN is not None:
        signal.signal(_AGAIN, _do_nothing)


@contextmanager
def handle_signals(*, stop: Callable[[], object], again: Callable[[], object]) -> Iterator[None]:
    """Handle signals inside the context.

    The first SIGTERM or SIGINT has the running event loop call `stop`, SIGHUP `again`. A second SIGINT ends
    the process at once.
    """
    import asyncio

    loop = asyncio.get_running_loop()
    told: list[int] = []

    def stopping(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        if told.count(signal.SIGINT) > 1:
            os.write(2, b"Stopped at once, as asked for twice.\n")
            os._exit(_INTERRUPTED)
        if len(told) == 1:
            loop.call_soon_threadsafe(stop)

    def reading(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(again)

    wanted = dict.fromkeys(_STOPPING, stopping) | ({_AGAIN: reading} if _AGAIN is not None else {})
    before = {name: signal.signal(name, handler) for name, handler in wanted.items()}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, signal.SIG_DFL if handler is None else handler)


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Ignore SIGHUP, which would otherwise end the process."""
