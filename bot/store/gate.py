"""The way into the database: closed while it is away, so that nobody waits for what will not come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.clock import stopwatch
from bot.services.storage import DatabaseAway

REST = 0.25
"""Seconds between two tries while the database is away: whoever comes sooner is told so at once."""


class _TurnedAway(DatabaseAway):
    """Said by the gate, without having asked the database."""


class Gate:
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
    def through(self) -> Iterator[Callable[[], None]]:
        """Within, a transaction is made. What it is given is to be called before one begins that had to wait: it raises
        where the database has gone away meanwhile.

        Raises:
            DatabaseAway: it is away, by what others found or by what this one did.
        """
        trying = self._enter()
        try:
            yield lambda: self._check(trying)
        except DatabaseAway as away:
            if not isinstance(away, _TurnedAway):
                self.shut(away)
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
