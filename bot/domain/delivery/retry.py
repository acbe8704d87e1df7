"""Timing of repeated attempts: claim leases, nonce validity and backoff."""

from __future__ import annotations

from datetime import timedelta

NONCE_WINDOW = timedelta(minutes=2)
"""How long Discord is trusted to answer a repeated nonce with the message already made.

Discord documents only "past few minutes" (docs: resources/message, Create Message), so the shorter reading is taken.
"""

LEASE = timedelta(minutes=3)
"""How long a claim keeps other workers away: longer than discord.py's own retries of one call."""

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=5)


def backoff(attempts: int, jitter: float) -> timedelta:
    """Return the wait after that many failed attempts: doubling from 5 seconds to 5 minutes.

    Args:
        attempts: Failed attempts so far.
        jitter: Between 0 and 1; spreads attempts that failed together over the last quarter of the wait.
    """
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(attempts - 1, 12) if attempts > 0 else _FIRST_WAIT)
    return longest * (0.75 + 0.25 * jitter)
