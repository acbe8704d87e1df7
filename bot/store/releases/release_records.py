"""Rows of releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.releases.release import PictureFile, Release
from bot.domain.releases.revisions import Announcement
from bot.domain.stories.story import Chapter


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A chapter to be recorded as released."""

    story: str
    chapter: Chapter
    at: datetime
    released_at: datetime
    words: int
    backlog: bool = False
    pictures: tuple[PictureFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CurrentRelease:
    """A release with what shows whether its file has changed: its current edition without the text."""

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
