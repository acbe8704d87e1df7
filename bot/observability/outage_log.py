"""Outages of the outside world: one log line when one begins, counted while it lasts, one when it ends."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter

from bot.clock import stopwatch

_log = logging.getLogger(__name__)

QUIET = 300.0
"""Seconds. A fault that comes back sooner after its end is the same one again, and told ever more rarely."""


class Outage(Exception):
    """Something that the bot needs is temporarily unavailable.

    Whoever raises this has reported it to `OutageLog`, so nobody else has to log it.
    """


@dataclass(slots=True)
class _Fault:
    """One kind of outage.

    `times` counts its occurrences since `began`, `returns` how often it came back soon after its end; `told`
    is whether its beginning was logged.
    """

    began: float
    why: str
    times: int = 0
    returns: int = 0
    lasts: bool = True
    told: bool = True
    ended: float = 0.0


class OutageLog:
    """Limits the log to two lines an outage, however often it is met.

    A `kind` is one or a few words, such as `database` or `duty tell`; there are few of them.
    """

    def __init__(
        self, registry: CollectorRegistry | None = None, *, now: Callable[[], float] = stopwatch
    ) -> None:
        self._faults: dict[str, _Fault] = {}
        self._now = now
        self._counter = (
            Counter("fascicle_faults", "Failures by kind of fault", ["kind"], registry=registry)
            if registry is not None
            else None
        )

    def happened(self, kind: str, why: str, *, error: BaseException | None = None) -> None:
        """Record a failure. `error` goes with the first line as a traceback, for faults of our own only."""
        if self._counter is not None:
            self._counter.labels(kind).inc()
        fault = self._faults.get(kind)
        if fault is not None and fault.lasts:
            fault.times += 1
            return
        fault = self._faults[kind] = self._begun(fault, why)
        if fault.told:
            _log.warning(
                "%s: %s. I go on trying, and say here when it works again.",
                kind,
                why.rstrip("."),
                exc_info=error,
                extra={"action": "fault_begins", "kind": kind},
            )

    def over(self, kind: str) -> None:
        """Record that it works again."""
        fault = self._faults.get(kind)
        if fault is None or not fault.lasts:
            return
        fault.lasts, fault.ended = False, self._now()
        if fault.told:
            _log.warning(
                "%s: works again after %.0f s and %d failures.",
                kind,
                fault.ended - fault.began,
                fault.times,
                extra={"action": "fault_ends", "kind": kind, "times": fault.times},
            )

    def why(self, kind: str) -> str | None:
        """Return why it does not work at the moment, or None if it does."""
        fault = self._faults.get(kind)
        return fault.why if fault is not None and fault.lasts else None

    def _begun(self, before: _Fault | None, why: str) -> _Fault:
        now = self._now()
        if before is None or now - before.ended > QUIET:
            return _Fault(now, why, times=1)
        returns = before.returns + 1
        # The first, second, fourth, eighth … return is told.
        return _Fault(now, why, times=1, returns=returns, told=returns & (returns - 1) == 0)


def is_external(error: BaseException) -> bool:
    """Return whether an error comes from the outside world (database, network, disk, memory).

    A traceback of such an error tells nothing.
    """
    return isinstance(error, (Outage, OSError, TimeoutError, MemoryError, *_of_aiohttp()))


def describe_error(error: BaseException) -> str:
    """Return an error in a few words on one line.

    An OSError's words are the system's; other errors' words may quote what people wrote.
    """
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if isinstance(error.filename, str) else ""
        return f"{error.strerror}{where}"
    return type(error).__name__


def _of_aiohttp() -> tuple[type[BaseException], ...]:
    """Return aiohttp's errors if it was imported at all."""
    module = sys.modules.get("aiohttp")
    return (module.ClientError,) if module is not None else ()
