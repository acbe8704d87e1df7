"""Counting what a fault made the bot say."""

from __future__ import annotations

import json
from collections.abc import Iterable

NORMAL = frozenset(
    {
        *("release", "delivery_sent", "publication_sent", "notice_sent"),
        *("posts_adopted", "taken_over", "paged_ahead"),
    }
)
"""What is told at level info of ordinary work, a line a destination at most, and of every start. A post that is taken
over after a restore is told of as one that is sent is."""


def faults(lines: Iterable[str]) -> list[str]:
    """The lines that are there because of a fault: all warnings and errors, what is no record at all, and of level info
    those with an action that is none of ordinary work, such as a post whose answer was lost."""
    return [line for line in lines if line.strip() and _is_fault(line)]


def _is_fault(line: str) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return True
    if record["level"] not in ("debug", "info"):
        return True
    return "action" in record and record["action"] not in NORMAL
