"""Port to the content folder with the authors' files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import Serial, Story


class ContentSource(Protocol):
    """The authors' files in their last sound state."""

    def serials(self) -> Mapping[str, Serial]:
        """Return every story by its slug; one whose story file broke keeps its former description."""
        ...

    def with_description(self, story: Story) -> Serial | None:
        """Return the story's chapters with the given description instead of the one in its story file.

        The answer is None where the story's folder or its chapters are gone.
        """
        ...

    def list_faults(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the files in their present state."""
        ...

    def problems(self) -> ContentProblems:
        """Return the problems in the present files that keep stories from continuing."""
        ...

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """Return a picture of a story, or None if its file is gone."""
        ...
