"""How property tests choose their examples: the same every time, or new ones."""

from __future__ import annotations

import os

PROFILE = "FASCICLE_HYPOTHESIS"
"""The variable of the environment that chooses."""

REPEATABLE = "repeatable"
"""For `make test` and CI: a failure there is the change's, never chance."""

EXPLORE = "explore"
"""For `make explore` and the soak: new examples with every seed."""


def profile() -> str:
    """The profile of this run."""
    return os.environ.get(PROFILE, REPEATABLE)


def examples(count: int) -> int:
    """How many examples a property tries that works a database in each: a third, where they are always the same."""
    return count if profile() == EXPLORE else max(5, count // 3)
