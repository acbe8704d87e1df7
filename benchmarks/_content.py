"""Content in memory, for benchmarks in which reading files must not count."""

from __future__ import annotations

from bot.domain.diagnostics import ContentProblems
from bot.domain.stories.story import Serial, Story


class MemoryContent:
    """A content source with the given serials, or with none."""

    def __init__(self, *serials: Serial) -> None:
        self._serials = {serial.story.slug: serial for serial in serials}

    def serials(self) -> dict[str, Serial]:
        """Return every story by its slug."""
        return self._serials

    def with_description(self, story: Story) -> None:
        """Return nothing: every description is in order."""

    def list_faults(self) -> tuple[()]:
        """Return no faults."""
        return ()

    def problems(self) -> ContentProblems:
        """Return no problems."""
        return ContentProblems()

    async def picture(self, slug: str, path: str) -> None:
        """Return nothing: there are no pictures."""
