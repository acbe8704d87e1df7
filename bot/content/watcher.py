"""Watching the content folder: what an author saves is read a moment later.

The system reports changes on its own disks, but often not those on a network share or in a container's mount,
and an unreadable folder or an undecodable name can stop it. So times and sizes of all files are compared
every minute as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from watchfiles import Change, awatch

from bot.clock import stopwatch
from bot.content.change_detection import signature
from bot.content.content_folder import ContentFolder
from bot.content.files.file_names import is_ignored
from bot.domain.text.terminal_escaping import printable

_log = logging.getLogger(__name__)

_LOOK_AGAIN = 2.0
"""Seconds between looks for a folder that is not there (any more), and until a watch that ended is tried again."""

_SWEEP_EVERY = 60.0
"""Seconds, on a clock that nobody sets, between looks at all files."""

_SETTLE = 400
"""Milliseconds that files must rest before they are read, so that a save of many is one reload."""


async def watch(content: ContentFolder, reloaded: Callable[[], Awaitable[None]]) -> None:
    """Reload when files change, calling `reloaded` if that made a difference; runs until cancelled.

    If the content folder is removed or replaced, it is waited for and watched again.
    """
    await _Watch(content, reloaded).run()


async def reload(content: ContentFolder, reloaded: Callable[[], Awaitable[None]]) -> None:
    """Read the files once, including what is left of slow stories; call `reloaded` if that made a difference.

    A failure is logged.
    """
    await _Watch(content, reloaded).reload()


class _Watch:
    def __init__(self, content: ContentFolder, reloaded: Callable[[], Awaitable[None]]) -> None:
        self._content = content
        self._reloaded = reloaded
        self._root = content.root
        self._seen: bytes | None = None
        self._swept = stopwatch()
        self._failures = 0
        self._told: str | None = None
        self._trouble: str | None = None
        self._owed = False
        """Whether there was a difference that `reloaded` has not been told of."""

    async def run(self) -> None:
        while True:
            try:
                await self._sweep()
                await self._watch_once()
            except Exception as error:
                # The folder went away while the watch was being set up, a name in it is not text, or the system has no
                # watch to give: until there is one again, sweeps do its work.
                self._tell(error)
                self._failures += 1
            await asyncio.sleep(min(_SWEEP_EVERY, _LOOK_AGAIN * 2 ** min(self._failures, 8)))

    async def _watch_once(self) -> None:
        """Watch for as long as the folder is the same one."""
        watched = await asyncio.to_thread(_identity, self._root)
        if watched is None:
            self._failures = 0
            return
        settled = False
        async for changes in awatch(
            self._root,
            watch_filter=_matters,
            debounce=4 * _SETTLE,
            step=_SETTLE,
            rust_timeout=int(_LOOK_AGAIN * 1000),
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            self._failures, self._told = 0, None
            if changes:
                await self.reload()
            elif not settled or stopwatch() - self._swept >= _SWEEP_EVERY:
                # Once at the beginning too: for what changed while the watch was being set up.
                await self._sweep()
                settled = True
            if await asyncio.to_thread(_identity, self._root) != watched:
                return

    async def _sweep(self) -> None:
        """Reload if times and sizes differ from those at the last reading."""
        self._swept = stopwatch()
        if self._content.unfinished or await asyncio.to_thread(signature, self._root) != self._seen:
            await self.reload()

    async def reload(self) -> None:
        """Read what changed, repeatedly until all is read."""
        try:
            while True:
                # Before the reading, so that what changes during it is found by the next sweep.
                self._seen = await asyncio.to_thread(signature, self._root)
                self._owed = await self._content.load() or self._owed
                if self._owed:
                    await self._reloaded()
                    self._owed = False
                self._trouble = None
                if not self._content.unfinished:
                    return
        except Exception as error:
            # The watch must live: it is tried again when files change, or at the next sweep.
            self._seen = None
            if repr(error) != self._trouble:
                self._trouble = repr(error)
                _log.exception("the content could not be read again", extra={"action": "reload_failed"})

    def _tell(self, error: Exception) -> None:
        """Log, once for each reason, that the system stopped reporting changes."""
        while isinstance(error, ExceptionGroup):
            error = error.exceptions[0]
        said = printable(str(error) or type(error).__name__)
        if said != self._told:
            self._told = said
            _log.warning(
                "the watch on %s ended and is set up again; until then the files are looked at every minute: %s",
                printable(str(self._root)),
                said,
                extra={"action": "watch_ended"},
            )


def _matters(_: Change, path: str) -> bool:
    return not is_ignored(Path(path).name)


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        stat = root.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
