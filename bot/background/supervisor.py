"""Supervision of long-running tasks: one that ends is started again.

Each end is counted, the first in a row is logged with its cause, and tasks that keep ending are named in
`troubles`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter

_log = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
"""Seconds until a task that ended is started again: doubling from the first to the longest."""

STEADY = 600.0
"""Seconds after which a task that was started again counts as sound."""

KEEPS_ENDING = 3
"""Ends in a row from which on a task is in trouble."""

Work = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class _Kept:
    """A supervised task: how often in a row it ended, and why."""

    name: str
    work: Work
    ends: int = 0
    cause: str = ""
    steadying: asyncio.TimerHandle | None = field(default=None)


class Supervisor:
    """Keeps tasks running until told to stop."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._counter = Counter(
            "fascicle_task_ends", "Ends of tasks that should run for ever", ["task"], registry=registry
        )
        self._kept: list[_Kept] = []
        self._tasks: list[asyncio.Task[None]] = []

    def keep(self, name: str, work: Work) -> None:
        """Run `work`, which should never end, and start it again whenever it does."""
        kept = _Kept(name, work)
        self._kept.append(kept)
        self._tasks.append(asyncio.create_task(self._run(kept), name=name))

    def troubles(self) -> list[str]:
        """Return the tasks that keep ending, each with the cause of its last end."""
        return [
            f"the task “{each.name}” keeps ending ({each.cause})"
            for each in self._kept
            if each.ends >= KEEPS_ENDING
        ]

    async def stop(self) -> None:
        """Cancel every task and wait for them to end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for kept in self._kept:
            if kept.steadying is not None:
                kept.steadying.cancel()
        self._tasks.clear()
        self._kept.clear()

    async def _run(self, kept: _Kept) -> None:
        while True:
            cause: BaseException | None = None
            try:
                await kept.work()
            except asyncio.CancelledError as error:
                if _is_told_to_end():
                    raise
                # Something that it waited for was cancelled: as bad an end as any.
                cause = error
            except Exception as error:
                if _is_told_to_end():
                    # A group of tasks that fails while it is cancelled raises its failure instead (Python 3.11).
                    raise asyncio.CancelledError from error
                cause = error
            self._ended(kept, cause)
            await asyncio.sleep(min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(kept.ends - 1, 20)))
            kept.steadying = asyncio.get_running_loop().call_later(STEADY, self._is_steady, kept)

    def _ended(self, kept: _Kept, cause: BaseException | None) -> None:
        if kept.steadying is not None:
            kept.steadying.cancel()
        words = "" if cause is None else " ".join(str(cause).split())[:200]
        brief = "it returned" if cause is None else f"{type(cause).__name__}: {words}".removesuffix(": ")
        news = not kept.ends or brief != kept.cause
        kept.ends, kept.cause = kept.ends + 1, brief
        self._counter.labels(kept.name).inc()
        if news:
            _log.error(
                "the task “%s” ended (%s) and is started again",
                kept.name,
                brief,
                exc_info=cause,
                extra={"action": "task_ended", "task": kept.name},
            )

    def _is_steady(self, kept: _Kept) -> None:
        _log.info(
            "the task “%s” runs again, after %d ends",
            kept.name,
            kept.ends,
            extra={"action": "task_steady", "task": kept.name},
        )
        kept.ends, kept.cause, kept.steadying = 0, "", None


def _is_told_to_end() -> bool:
    """Return whether this very task was cancelled, rather than what it awaited."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
