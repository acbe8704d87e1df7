"""Changes of the content folder, told to every open page."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

from bot.content.files.file_names import is_ignored

_STEP = 100
_LOOK_AGAIN = 2.0
"""Seconds until a folder that is gone, or cannot be watched, is looked at again."""


class ContentChanges:
    """Counts the changes below a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._count = 0
        self._changed = asyncio.Condition()

    async def wait_beyond(self, count: int, patience: float) -> int:
        """Return the count of changes as soon as it is not `count`, at the latest after `patience` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience), self._changed:
                await self._changed.wait_for(lambda: self._count != count)
        return self._count

    async def notify(self) -> None:
        """Count a change that the desk itself made."""
        async with self._changed:
            self._count += 1
            self._changed.notify_all()

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch the folder inside of the context."""
        task = asyncio.create_task(self._watch(), name="watch of the desk")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        while True:
            # The folder may be missing, or the system may have no watch to give: saving still finds every conflict.
            with contextlib.suppress(OSError, RuntimeError):
                async for _ in awatch(
                    self._root,
                    watch_filter=_matters,
                    step=_STEP,
                    debounce=4 * _STEP,
                    rust_timeout=1000,
                    ignore_permission_denied=True,
                ):
                    await self.notify()
            await asyncio.sleep(_LOOK_AGAIN)


def _matters(_: Change, path: str) -> bool:
    return not is_ignored(Path(path).name) and ".desk" not in Path(path).parts
