"""Taking in what an author has just changed in the files, and the record of it in the log."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.domain.authorization import Viewer
from bot.services.authoring.authoring_files import AuthoringFiles

_log = logging.getLogger(__name__)


class ContentUpdates:
    """Reads changed files at once, instead of when the watcher finds them."""

    def __init__(self, files: AuthoringFiles, sync: Callable[[], Awaitable[object]]) -> None:
        self._files = files
        self._sync = sync

    async def look(self) -> None:
        """Read what has changed in the files."""
        await self._files.refresh()
        await self._sync()

    async def take_in(self, viewer: Viewer, action: str, story: str) -> None:
        """Log what an author did, and read the files again."""
        _log.info(
            "%s: %s by user %d",
            story,
            action.replace("_", " "),
            viewer.user_id,
            extra={"action": action, "story": story, "user": viewer.user_id},
        )
        await self.look()
