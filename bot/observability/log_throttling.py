"""Log throttling: a traceback is logged once, and nothing known already is logged again."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from bot.clock import stopwatch
from bot.observability.outage_log import Outage, is_external

_KEPT = 512
"""Faults that are remembered as told."""

_AGAIN_AFTER = 600.0
"""Seconds until a fault of ours that goes on is told again."""


@dataclass(slots=True)
class _Told:
    at: float
    since: int = 0


class LogThrottle(logging.Filter):
    """Lets a traceback through once in ten minutes; further ones are counted and reported with the next.

    A record with a `reference` that was given to a person is always logged, without a traceback logged
    before. Errors caused by an `Outage` are dropped: whoever found the outage logged it.
    """

    def __init__(self, *, now: Callable[[], float] = stopwatch) -> None:
        super().__init__()
        self._now = now
        self._told: OrderedDict[Hashable, _Told] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log a record."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        if any(isinstance(each, Outage) for each in _chain(error)):
            return False
        if record.name == "asyncio" and is_external(error):
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
    """Return an error with its causes; for a group, its members if they are all alike."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            first, *others = error.exceptions
            if all(isinstance(each, Outage) for each in others):
                yield first
        error = getattr(error, "original", None) or error.__cause__


def _place(error: BaseException) -> tuple[str, str, int]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__, "", 0
    return type(error).__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno
