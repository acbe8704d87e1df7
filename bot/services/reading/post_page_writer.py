"""Background writes of the pages that posts show, so that no reader waits for the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.kit.batching import BatchWriter
from bot.services.delivery.post_messenger import ChapterPost
from bot.services.reading.bookmarks import Bookmarks
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_MOST_WAITING = 5_000


@dataclass(frozen=True, slots=True)
class _Shown:
    post: Post
    content: ChapterPost
    readers: frozenset[int]


class PostPageWriter:
    """Writes shown pages in order, batching simultaneous turns into one transaction."""

    def __init__(self, store: Database, bookmarks: Bookmarks) -> None:
        self._store = store
        self._bookmarks = bookmarks
        self._write = BatchWriter(self._write_all)
        self._tasks: set[asyncio.Task[None]] = set()
        self._unwritten: dict[int, Post] = {}

    def begin(self, post: Post, content: ChapterPost, readers: Collection[int]) -> asyncio.Task[None]:
        """Start the write of a post's page and its readers' bookmarks. Failures are logged, not raised.

        While the database is away, only `_MOST_WAITING` writes wait for it. Later ones are dropped, because
        the post's next turn writes again.
        """
        shown = _Shown(post, content, frozenset(readers))
        if len(self._tasks) < _MOST_WAITING:
            self._unwritten[post.message_id] = post
            record = self._record(shown)
        else:
            record = _nothing()
        task = asyncio.create_task(record, name=f"record {post.message_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def find_unwritten(self, message_id: int) -> Post | None:
        """Return a post as its latest waiting write has it, or None if no write of it waits."""
        return self._unwritten.get(message_id)

    async def drain(self) -> None:
        """Wait until all scheduled writes are done."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    async def _record(self, shown: _Shown) -> None:
        try:
            await self._write(shown)
        except Exception:
            _log.exception(
                "what post %d shows was not written", shown.post.message_id, extra={"action": "record_failed"}
            )
        finally:
            if self._unwritten.get(shown.post.message_id) is shown.post:
                del self._unwritten[shown.post.message_id]

    async def _write_all(self, some: Sequence[_Shown]) -> None:
        async def write(tx: Transaction) -> None:
            for shown in some:
                post = shown.post
                await tx.posts.record_page(post.message_id, post.page, post.page_count, post.revision)
                for user_id in shown.readers:
                    await self._bookmarks.record_turn(tx, user_id, shown.content)

        await commit_with_retry(self._store, write)


async def _nothing() -> None:
    pass
