"""Port to the pages that were rendered ahead of time."""

from __future__ import annotations

from typing import Protocol

from bot.domain.pages import Page


class PrerenderedPages(Protocol):
    """Pages of chapters rendered before anybody asks for them."""

    def find(
        self, text: str, note_before: str | None, note_after: str | None, pov: str | None
    ) -> tuple[Page, ...] | None:
        """Return the pages of that text with those notes if they exist, in well under a millisecond."""
        ...
