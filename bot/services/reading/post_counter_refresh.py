"""Refreshes of the counters on posts, made rarely because Discord limits edits.

Every other edit of a post refreshes its counters too. Beyond that, posts of recent chapters are edited where
a counter is off by more than a quarter, one after another and with spare rate: a chapter that finds a
thousand readers costs each of its posts about thirty edits.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.delivery.outcomes import Delayed, Refused, Unfit, Unknown
from bot.domain.statistics.counters import Counters
from bot.kit.rate_limiter import SpareRate
from bot.services.reading.page_turns import PageTurns
from bot.store.database import Database

_log = logging.getLogger(__name__)

SHOWN = "figures-shown"
"""The key under which the counters last shown on each chapter's posts are stored."""

REACH = timedelta(days=7)
"""The age up to which chapters are refreshed; older posts keep their counters until somebody turns them."""

EVERY = timedelta(minutes=10)


class PostCounterRefresh:
    """Refreshes the counters on posts of recent chapters."""

    def __init__(
        self, store: Database, page_turns: PageTurns, clock: Clock, *, spare_rate: SpareRate
    ) -> None:
        self._store = store
        self._page_turns = page_turns
        self._clock = clock
        self._spare_rate = spare_rate
        self._refusing: set[int] = set()

    async def sweep(self) -> datetime | None:
        """Edit the posts of every chapter whose counters differ much from those shown.

        An interrupted sweep continues with the chapter it had reached.

        Returns:
            When to look again.
        """
        async with self._store.read() as tx:
            ids = await tx.counters.list_recent_releases(self._clock.now() - REACH)
            now_at = await tx.counters.count_by_release(ids)
            kept = _read(await tx.key_values.get(SHOWN))
        shown = {each: kept[each] for each in ids if each in kept}
        for release_id, counters in now_at.items():
            if not counters.is_far_from(shown.get(release_id, Counters())):
                continue
            if not await self._repaint(release_id):
                return self._clock.now() + EVERY
            shown[release_id] = counters
            async with self._store.begin() as tx:
                await tx.key_values.set(SHOWN, _written(shown))
        return self._clock.now() + EVERY

    async def _repaint(self, release_id: int) -> bool:
        async with self._store.read() as tx:
            posts = await tx.counters.list_posts_by_release(release_id)
        for post in posts:
            if post.channel_id in self._refusing:
                continue
            await self._spare_rate.acquire_idle()
            if self._spare_rate.has_urgent_work():
                return False
            match await self._page_turns.refresh(post.message_id, anyway=True):
                case Refused() | Unfit():
                    # Refusals count towards a ban of the address, and figures are not worth one.
                    self._refusing.add(post.channel_id)
                case Delayed() | Unknown():
                    return False
        return True


def _read(text: str | None) -> dict[int, Counters]:
    return {int(each): Counters(*counters) for each, counters in json.loads(text or "{}").items()}


def _written(shown: dict[int, Counters]) -> str:
    return json.dumps({each: [one.reads, one.votes, one.comments] for each, one in shown.items()})
