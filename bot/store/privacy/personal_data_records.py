"""Rows of a person's data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErasableSuggestion:
    """A suggestion of a person who is being erased."""

    number: int
    story: str
    named: bool = True
    """Whether it shows their name."""
    stayed: bool = False
    """Whether it was kept anonymously by an earlier erasure."""
    shown: tuple[tuple[int, int], ...] = ()
    """Channel and message of each message that shows only this suggestion."""
