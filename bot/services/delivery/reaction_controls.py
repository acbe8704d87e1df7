"""Reactions that control posts, added after the posts themselves were sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unfit, Unknown
from bot.kit.batching import BatchWriter
from bot.kit.rate_limiter import SpareRate
from bot.services.delivery.post_messenger import PostMessenger
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_BATCH = 40
"""Posts handled at the same time: each takes Discord most of a second, one reaction after another."""

_CONTROLS = 3
"""Reactions of a post whose pages can be turned; a post with one page has only the star."""


class ReactionControls:
    """Adds ◀️ ▶️ ⭐ to posts that lack them, while nothing more urgent waits."""

    def __init__(self, store: Database, messenger: PostMessenger, *, spare_rate: SpareRate) -> None:
        self._store = store
        self._messenger = messenger
        self._spare_rate = spare_rate
        self._done = BatchWriter(self._mark)

    async def add_some(self) -> bool:
        """Add reactions to some posts, newest first. Return whether there may be more.

        A post that refuses reactions is left without them: its buttons still work.
        """
        async with self._store.read() as tx:
            posts = await tx.posts.list_undecorated(_BATCH)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._decorate(post)) for post in posts]
        return any(task.result() for task in tasks) and len(posts) == _BATCH

    async def _decorate(self, post: Post) -> bool:
        """Add reactions to one post. Return False if it is left without them until the next batch."""
        turnable = post.page_count > 1
        await self._spare_rate.acquire_idle(_CONTROLS if turnable else 1)
        if self._spare_rate.has_urgent_work():
            return False
        outcome = await self._messenger.decorate(post.channel_id, post.message_id, turnable=turnable)
        match outcome:
            case Sent(None):
                await commit_with_retry(self._store, lambda tx: tx.posts.delete(post.message_id))
            case Sent():
                await self._done(post.message_id)
            case Refused(fault) | Unfit(fault):
                await self._done(post.message_id)
                _log.warning(
                    "post %d stays without reactions: %s",
                    post.message_id,
                    fault.reason,
                    extra={"action": "decoration_refused", "code": fault.code},
                )
            case Delayed() | Unknown():
                return False
        return True

    async def _mark(self, message_ids: Sequence[int]) -> None:
        async def mark(tx: Transaction) -> None:
            for message_id in message_ids:
                await tx.posts.mark_decorated(message_id)

        await commit_with_retry(self._store, mark)
