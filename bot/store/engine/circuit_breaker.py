"""The way into the database: closed while it is away, so that nobody waits for what will not come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.clock import stopwatch
from bot.store.engine.errors import DatabaseAway

REST = 0.25
"""Seconds between two tries while the database is away: whoever comes sooner is told so at once."""


class _TurnedAway(DatabaseAway):
    """Said by the gate, without having asked the database."""


@dataclass(frozen=True, slots=True)
class Permit:
    """For a transaction that came through: `ready` is called when it has its connection, for which it may have waited,
    and raises where the database has gone away meanwhile; `away` is told at once where the transaction finds that out,
    before the next one gets the connection."""

    ready: Callable[[], None]
    away: Callable[[DatabaseAway], None]


class CircuitBreaker:
    """Lets transactions through while the database answers. While it does not, one at a time finds out whether it does
    again, and the others are turned away."""

    def __init__(
        self,
        on_away: Callable[[DatabaseAway], None],
        on_back: Callable[[], None],
        *,
        now: Callable[[], float] = stopwatch,
    ) -> None:
        self._on_away = on_away
        self._on_back = on_back
        self._now = now
        self._why: DatabaseAway | None = None
        self._trying = False
        self._try_at = 0.0

    @property
    def why(self) -> DatabaseAway | None:
        """Why it is closed; None while it is open."""
        return self._why

    @contextmanager
    def through(self) -> Iterator[Permit]:
        """Within, a transaction is made.

        Raises:
            DatabaseAway: it is away, by what others found or by what this one did.
        """
        trying = self._enter()
        try:
            yield Permit(lambda: self._check(trying), self._found)
        except DatabaseAway as away:
            self._found(away)
            raise
        else:
            self._open()
        finally:
            if trying:
                self._trying = False

    def _enter(self) -> bool:
        """Whether it is a try, while the gate is closed."""
        if self._why is None:
            return False
        if self._trying or self._now() < self._try_at:
            raise _TurnedAway(*self._why.args)
        self._trying = True
        return True

    def _found(self, away: DatabaseAway) -> None:
        if away is not self._why and not isinstance(away, _TurnedAway):
            self.shut(away)

    def _check(self, trying: bool) -> None:
        if self._why is not None and not trying:
            raise _TurnedAway(*self._why.args)

    def shut(self, away: DatabaseAway) -> None:
        """It is away: let nobody through but one at a time, to find out whether it is back."""
        self._why = away
        self._try_at = self._now() + REST
        self._on_away(away)

    def _open(self) -> None:
        if self._why is not None:
            self._why = None
            self._on_back()
