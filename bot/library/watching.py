"""Watching the content folder: what an author saves is read a moment later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from watchfiles import Change, awatch

from bot.library.folder import FolderLibrary
from bot.library.names import is_ignored

_log = logging.getLogger(__name__)

_LOOK_AGAIN = 2.0
"""Seconds between looks for a folder that is not there (any more)."""

_SETTLE = 400
"""Milliseconds that files must rest before they are read, so that a save of many is one reload."""


async def watch(library: FolderLibrary, reloaded: Callable[[], Awaitable[None]]) -> None:
    """Reload when files change, and call `reloaded` whenever that made a difference; runs until cancelled.

    A content folder that is taken away, or put in place of another, is waited for and watched anew.
    """
    while True:
        await reload(library, reloaded)
        try:
            await _watch_once(library, reloaded)
        except OSError as error:
            # The folder went away while the watch was being set up, or the system has no watch to give.
            _log.debug("the watch on %s ended: %s", library.root, error, extra={"action": "watch_ended"})
        await asyncio.sleep(_LOOK_AGAIN)


async def _watch_once(library: FolderLibrary, reloaded: Callable[[], Awaitable[None]]) -> None:
    """Watch as long as the folder is the same one."""
    watched = _identity(library.root)
    if watched is None:
        return
    async for changes in awatch(
        library.root,
        watch_filter=_matters,
        debounce=4 * _SETTLE,
        step=_SETTLE,
        rust_timeout=int(_LOOK_AGAIN * 1000),
        yield_on_timeout=True,
    ):
        if changes:
            await reload(library, reloaded)
        if _identity(library.root) != watched:
            return


async def reload(library: FolderLibrary, reloaded: Callable[[], Awaitable[None]]) -> None:
    """Read the files, and call `reloaded` if that made a difference; a failure is logged."""
    try:
        if await library.load():
            await reloaded()
    except Exception:
        # The files will change again, and then it is tried again: the watch must live until then.
        _log.exception("the content could not be read again", extra={"action": "reload_failed"})


def _matters(_: Change, path: str) -> bool:
    return not is_ignored(Path(path).name)


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        stat = root.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
