"""Building of what authors change their stories with from Discord."""

from __future__ import annotations

from pathlib import Path

from bot.config import Settings
from bot.content.authoring.story_files import StoryFiles
from bot.content.content_folder import ContentFolder
from bot.content.importing.authoring_folder import AuthoringFolder
from bot.content.importing.removed_chapters import RemovedChapters
from bot.services.authoring.authoring import AuthoringSetup
from bot.services.authoring.private_drafts import drafts_folder


def build_authoring(settings: Settings, folder: ContentFolder, cache: Path | None) -> AuthoringSetup:
    """Build it over the content folder.

    Args:
        settings: The settings.
        folder: The stories as the bot reads them.
        cache: The user's cache directory; None if there is none.
    """
    stories = StoryFiles(settings.content.path)
    return AuthoringSetup(
        files=AuthoringFolder(folder, stories),
        drafts=drafts_folder(settings.database.url, cache),
        creators=settings.authors_may_create,
        page_length=settings.reading.page_length,
        removed=RemovedChapters(stories),
    )
