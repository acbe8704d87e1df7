"""Rows of chapters as last found good."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastGoodChapter:
    """What is known of a chapter's file: its identity and digest. `kept` says that the chapter itself is kept, as it is
    until it is out; `cleared` that it was found to be no copy of another."""

    chapter: str
    digest: str
    kept: bool
    cleared: bool
