"""Keeping the log short: what is told already is not told again, and a traceback once."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from bot.clock import stopwatch
from bot.observability.outage_log import Outage, is_worlds

_KEPT = 512
"""Faults that are remembered as told."""

_AGAIN_AFTER = 600.0
"""Seconds until a fault of ours that goes on is told again."""


@dataclass(slots=True)
class _Told:
    at: float
    since: int = 0


class LogThrottle(logging.Filter):
    """Lets a traceback through once in ten minutes; what comes meanwhile is counted, and told with the next.

    What a person was given a `reference` to has its line always, though without the traceback that is there already.
    Errors that say that something is `Outage` are dropped: whoever found it away has said so.
    """

    def __init__(self, *, now: Callable[[], float] = stopwatch) -> None:
        super().__init__()
        self._now = now
        self._told: OrderedDict[Hashable, _Told] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to tell it."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        if any(isinstance(each, Outage) for each in _chain(error)):
            return False
        if record.name == "asyncio" and is_worlds(error):
            # A driver gave up a connection that nobody waits for any more: who needed it has told.
            return False
        key, now = (record.name, *_place(error)), self._now()
        told = self._told.get(key)
        if told is not None and now - told.at < _AGAIN_AFTER:
            told.since += 1
            record.exc_info = record.exc_text = None
            return hasattr(record, "reference")
        if told is not None and told.since:
            record.msg = f"{record.getMessage()} ({told.since} times more since it was last told)"
            record.args = ()
        self._remember(key, now)
        return True

    def _remember(self, key: Hashable, now: float) -> None:
        self._told[key] = _Told(now)
        self._told.move_to_end(key)
        while len(self._told) > _KEPT:
            self._told.popitem(last=False)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it was raised for; of a group, its members where they are all alike."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            first, *others = error.exceptions
            if all(isinstance(each, Outage) for each in others):
                yield first
        error = getattr(error, "original", None) or error.__cause__


def _place(error: BaseException) -> tuple[str, str, int]:
    """What it is, and where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__, "", 0
    return type(error).__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno
