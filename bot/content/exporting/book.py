"""A book: a story and those of its chapters that are exported, with all that is needed to write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import Story
from bot.domain.suggestions.credits import Credits


@dataclass(frozen=True, slots=True)
class BookChapter:
    """A chapter of a book."""

    key: str
    """The chapter's identity."""
    title: str
    text: str
    """Markdown as Discord reads it."""
    note_before: str | None = None
    note_after: str | None = None
    pov: str | None = None
    part: str | None = None
    warnings: tuple[str, ...] = ()
    thanks: tuple[int, ...] = ()
    credits: Credits = field(default_factory=Credits)
    """The readers whose ideas the chapter uses."""
    publish_at: datetime | None = None
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A story with the chapters that are exported, in reading order."""

    story: Story
    chapters: tuple[BookChapter, ...]
    modified: datetime
    """When the newest of what is in it changed."""
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    """The chapters' pictures by their paths as written."""
    cover: PictureFile | None = None

    def parts(self) -> Iterator[tuple[str | None, list[BookChapter]]]:
        """Yield the neighbouring chapters of each part, with the part's title; None for chapters of no part."""
        for part, chapters in groupby(self.chapters, key=lambda chapter: chapter.part):
            yield part, list(chapters)
