"""Waiting times between attempts to reach Discord."""

from __future__ import annotations

import random
from dataclasses import dataclass

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 300.0


@dataclass(slots=True)
class ReconnectBackoff:
    """Waits that double up to a limit, with jitter."""

    first: float = _FIRST_WAIT
    """Seconds to wait after the first failure."""
    attempts: int = 0
    """Failures since the last success."""

    def next(self) -> float:
        """Count one more failure and return the seconds to wait after it."""
        longest = min(_LONGEST_WAIT, self.first * 2.0 ** min(self.attempts, 20))
        self.attempts += 1
        return longest * (0.75 + 0.25 * random.random())

    def reset(self) -> None:
        """Start over with the first wait."""
        self.attempts = 0
