"""All that authors can do with their files from Discord."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.services.authoring.authoring_files import AuthoringFiles, RemovedFiles
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.chapter_lists import ChapterLists
from bot.services.authoring.chapter_uploads import ChapterUploads
from bot.services.authoring.content_updates import ContentUpdates
from bot.services.authoring.own_stories import OwnStories
from bot.services.authoring.private_drafts import PrivateDrafts
from bot.services.authoring.reader_notes import ReaderNotes
from bot.services.authoring.story_creation import StoryCreation
from bot.services.authoring.story_schedules import StorySchedules
from bot.services.releases.calendar_notices import CalendarNotices
from bot.services.stories.content_source import ContentSource
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class AuthoringSetup:
    """Place of files and drafts, and rights."""

    files: AuthoringFiles
    drafts: Path
    """A folder outside of the content folder that only the bot reads."""
    creators: Collection[int] = ()
    """Users who may start stories, besides the operators."""
    page_length: int = 3200
    removed: RemovedFiles | None = None
    """What finds chapters that were taken out; without it they stay out."""


@dataclass(frozen=True, slots=True)
class AuthoringServices:
    """The use cases of one subject, which share the files and the drafts."""

    own: OwnStories
    creation: StoryCreation
    uploads: ChapterUploads
    chapters: ChapterLists
    schedules: StorySchedules
    notes: ReaderNotes

    @classmethod
    def build(
        cls,
        setup: AuthoringSetup,
        store: Database,
        content: ContentSource,
        notices: CalendarNotices,
        sync: Callable[[], Awaitable[object]],
        clock: Clock,
    ) -> AuthoringServices:
        """Build all of them; `sync` takes changed files into the database."""
        parts = AuthoringParts(
            store=store,
            files=setup.files,
            own=OwnStories(setup.files),
            drafts=PrivateDrafts(setup.drafts, clock),
            updates=ContentUpdates(setup.files, sync),
            content=content,
            upcoming=UpcomingReleases(content),
            clock=clock,
            removed=setup.removed,
        )
        return cls(
            own=parts.own,
            creation=StoryCreation(parts, creators=setup.creators),
            uploads=ChapterUploads(parts, page_length=setup.page_length),
            chapters=ChapterLists(parts),
            schedules=StorySchedules(parts),
            notes=ReaderNotes(store, parts.drafts, notices, clock),
        )
