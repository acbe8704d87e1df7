"""Lists of callbacks by which an object tells others of an event, made before its subscribers exist."""

from __future__ import annotations

from collections.abc import Callable


class CallbackList:
    """A list of callbacks without arguments, called in the order in which they subscribed."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Have a callback called from now on."""
        self._callbacks.append(callback)

    def __call__(self) -> None:
        """Call every callback."""
        for callback in self._callbacks:
            callback()
