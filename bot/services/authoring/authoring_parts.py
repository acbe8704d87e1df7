"""Parts that the use cases of authoring share."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.services.authoring.authoring_files import AuthoringFiles, RemovedFiles
from bot.services.authoring.content_updates import ContentUpdates
from bot.services.authoring.own_stories import OwnStories
from bot.services.authoring.private_drafts import PrivateDrafts
from bot.services.stories.content_source import ContentSource
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class AuthoringParts:
    """The files with what reads them, the drafts, and what the database knows."""

    store: Database
    files: AuthoringFiles
    own: OwnStories
    drafts: PrivateDrafts
    updates: ContentUpdates
    content: ContentSource
    upcoming: UpcomingReleases
    clock: Clock
    removed: RemovedFiles | None = None
    """What finds chapters that were taken out; without it they stay out."""
