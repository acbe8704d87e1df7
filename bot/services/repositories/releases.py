"""What is out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.releases.revisions import Announcement
from bot.domain.stories.story import Chapter


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A chapter to be recorded as out."""

    story: str
    chapter: Chapter
    at: datetime
    released_at: datetime
    words: int
    backlog: bool = False
    pictures: tuple[PictureFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """A release with what tells whether its file has changed since: its current edition without the text."""

    release: Release
    digest: str
    said: Announcement


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A changed chapter to be recorded as the revision after `was`."""

    release_id: int
    was: int
    chapter: Chapter
    made_at: datetime
    words: int
    said: Announcement
    pictures: tuple[PictureFile, ...] = ()


class Releases(Protocol):
    """What is out, with its text and pictures."""

    async def add(self, new: NewRelease) -> Release | None:
        """Record it under the story's next number, with its first edition; None if that chapter is out already."""
        ...

    async def rename(self, story: str, chapters: Mapping[str, str]) -> None:
        """What is known of a story's chapters under these identities is from now on known under those."""
        ...

    async def of(self, story: str) -> list[Release]:
        """All of a story, by number."""
        ...

    async def after(self, story: str, number: int) -> list[Release]:
        """Those of a story with a higher number, ascending."""
        ...

    async def between(self, story: str, first: int, last: int) -> list[Release]:
        """Those of a story with these numbers and all in between, ascending."""
        ...

    async def first_unread(self, story: str, number: int) -> Release | None:
        """The first of a story after that number that can be read: one that is not withdrawn."""
        ...

    async def count_since(self, story: str, number: int, moment: datetime) -> int:
        """How many of a story came out after that moment, have a higher number and can be read."""
        ...

    async def get(self, release_id: int) -> Release | None: ...

    async def many(self, release_ids: Collection[int]) -> dict[int, Release]: ...

    async def by_number(self, story: str, number: int) -> Release | None: ...

    async def by_chapter(self, story: str, chapter: str) -> Release | None: ...

    async def count(self, story: str) -> int:
        """How many are out, which is the highest number."""
        ...

    async def edition(self, release_id: int, revision: int | None = None) -> Edition | None:
        """The text: of that revision, or the current one."""
        ...

    async def current(self, story: str) -> list[Current]:
        """All of a story with what tells whether their files have changed, by number."""
        ...

    async def editions(self, story: str) -> list[tuple[int, int]]:
        """Every edition that was ever out of a story, also those since revised: its release and its revision."""
        ...

    async def texts(self, editions: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """The texts of those, by release and revision."""
        ...

    async def revise(self, new: NewRevision) -> bool:
        """Add a revision with the chapter's present text; the release's title and length follow, a withdrawal ends,
        and the posts that show an older revision become stale. False if `was` is not the current revision."""
        ...

    async def withdraw(self, release_id: int, *, was: int, now: datetime) -> bool:
        """Take the chapter back: a revision with the text of the one before, shown to nobody; its posts become stale.
        False if `was` is not the current revision, or it is withdrawn already."""
        ...

    async def pictures(self, release_id: int, paths: Collection[str]) -> list[PictureFile]:
        """The pictures of that release with these paths, in the order of `paths`; unknown ones are left out."""
        ...
