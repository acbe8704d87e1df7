"""Rows of a person's data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErasableSuggestion:
    """An idea of somebody who is to be forgotten, and the messages that show it alone: channel and message, each.

    `named`: their name stands on it. `stayed`: it stayed without them when they were erased before.
    """

    number: int
    story: str
    named: bool = True
    stayed: bool = False
    shown: tuple[tuple[int, int], ...] = ()
