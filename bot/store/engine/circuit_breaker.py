"""A circuit breaker that rejects transactions at once while the database is unavailable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.clock import stopwatch
from bot.store.engine.errors import DatabaseAway

REST = 0.25
"""Seconds between two tries while the database is away: whoever comes sooner is told so at once."""


class _TurnedAway(DatabaseAway):
    """A rejection by the circuit breaker itself, without asking the database."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Callbacks for a transaction that was admitted."""

    ready: Callable[[], None]
    """To be called once the transaction has its connection; raises if the database went away in the meantime."""
    away: Callable[[DatabaseAway], None]
    """To be called as soon as the transaction finds the database gone, before the next one gets the connection."""


class CircuitBreaker:
    """Admits transactions while the database answers.

    While it does not, one at a time finds out whether it is back, and the others are rejected.
    """

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
        """The reason for rejecting transactions; None while they are admitted."""
        return self._why

    @contextmanager
    def through(self) -> Iterator[Permit]:
        """Admit a transaction for the block, or reject it.

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
        """Return True for the one trial transaction while the breaker rejects the others."""
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
        """Reject transactions, except one trial at a time."""
        self._why = away
        self._try_at = self._now() + REST
        self._on_away(away)

    def _open(self) -> None:
        if self._why is not None:
            self._why = None
            self._on_back()
