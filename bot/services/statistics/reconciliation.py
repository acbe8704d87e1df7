"""Reconciliation of stars and comments with Discord, with spare rate.

A star is a person whose ⭐ is under a post. Stars given and taken back while the bot was away are found by
going through the posts of the last `REACH`, once after every start and every gateway loss that could not be
resumed. Stars stay counted when a post is deleted or the bot loses access to its guild.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.subscriptions.release_styles import MessageForm
from bot.kit.rate_limiter import SpareRate
from bot.services.people.pseudonyms import pseudonym
from bot.services.statistics.counters import CounterTracker
from bot.services.statistics.post_counts import PostCountReader, PostCounts
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.engine.errors import DatabaseAway
from bot.store.statistics.counter_records import ThreadCommentCount
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

REACH = timedelta(days=30)
"""The age up to which posts and threads are compared with Discord."""

PLACE = "recount"
"""The key under which the id of the last compared post is stored, so that a restart continues there."""

_BATCH = 8
"""Posts compared at once, before more urgent work is looked for."""

_AGAIN = timedelta(seconds=30)
"""How long to leave Discord alone when it does not answer, unless it says how long."""

_ATTEMPTS = 3
"""Attempts to read a post whose answers are lost, before it is skipped."""

_EVERY = (
    (timedelta(days=1), timedelta(minutes=10)),
    (timedelta(days=7), timedelta(hours=1)),
    (REACH, timedelta(hours=6)),
)
"""By age of a thread, the interval between two requests for its count: Discord sends events about threads,
but not about their messages."""

_GONE = "discord-10003"


class Reconciliation:
    """Compares posts and threads with Discord, a few at a time."""

    def __init__(
        self,
        store: Database,
        messenger: PostCountReader,
        counters: CounterTracker,
        clock: Clock,
        *,
        spare_rate: SpareRate,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._counters = counters
        self._clock = clock
        self._spare_rate = spare_rate
        self._ahead: list[tuple[int, int]] = []
        self._missed = False
        self._failed: dict[int, int] = {}
        self._rest_until: datetime | None = None

    def schedule_full_pass(self) -> None:
        """Schedule one pass over all posts, because events may have been missed."""
        self._missed = True

    async def run_batch(self) -> datetime | None:
        """Check some posts or threads. Return when to go on, or None if nothing is left to do for now."""
        now = self._clock.now()
        if self._rest_until is not None and self._rest_until > now:
            return self._rest_until
        self._rest_until = None
        try:
            if self._missed:
                self._missed = False
                await self._begin(now)
            posts = await self._doubtful() or await self._next()
            if posts:
                await asyncio.gather(*(self._look(post) for post in posts))
                await self._passed(posts)
                return self._rest_until or self._clock.now()
            more = await self._threads(now)
        except DatabaseAway:
            # What was being looked at is lost sight of: everything is gone through once more.
            self._missed = True
            raise
        return (self._rest_until or self._clock.now()) if more else None

    async def record_thread_counts(self, threads: Mapping[int, int]) -> None:
        """Record the numbers of messages in threads, by thread id, as Discord reports them."""
        async with self._store.read() as tx:
            found = await tx.counters.list_posts_by_threads(list(threads))
        if not found:
            return
        async with self._store.begin() as tx:
            for post in found:
                await self._comments(tx, post, threads[post.message_id])

    async def forget_threads(self, thread_ids: Collection[int]) -> None:
        """Forget the comments of threads that were deleted."""
        async with self._store.read() as tx:
            found = await tx.counters.list_posts_by_threads(thread_ids)
        if not found:
            return
        async with self._store.begin() as tx:
            for post in found:
                await tx.counters.clear_comment_count(post.message_id)

    async def _begin(self, now: datetime) -> None:
        """Schedule a pass over every post.

        It goes from where the last pass stopped to the oldest, then over the newer ones.
        """
        async with self._store.read() as tx:
            place = int(await tx.key_values.get(PLACE) or 0)
        oldest, newest = lowest_id_at(now - REACH), lowest_id_at(now + REACH)
        self._ahead = [(oldest, newest)]
        if oldest < place < newest:
            self._ahead = [(oldest, place), (place - 1, newest)]

    async def _next(self) -> list[Post]:
        while self._ahead:
            above, below = self._ahead[0]
            async with self._store.read() as tx:
                posts = await tx.counters.list_posts_between(above=above, below=below, limit=_BATCH)
            if posts:
                return posts
            self._ahead.pop(0)
            if not self._ahead:
                await self._remember("")
                _log.info("the stars of all posts are counted", extra={"action": "recounted"})
        return []

    async def _doubtful(self) -> list[Post]:
        ids = self._counters.take_marked(_BATCH)
        if not ids:
            return []
        async with self._store.read() as tx:
            found = [await tx.posts.get(each) for each in ids]
        return [post for post in found if post is not None]

    async def _passed(self, posts: Sequence[Post]) -> None:
        """Continue below these posts, unless Discord wants a pause: then they are checked again."""
        if self._rest_until is not None or not self._ahead:
            return
        above, below = self._ahead[0]
        last = posts[-1].message_id
        if above < last < below:
            self._ahead[0] = above, last
            await self._remember(str(last))

    async def _remember(self, place: str) -> None:
        async with self._store.begin() as tx:
            await tx.key_values.set(PLACE, place)

    async def _look(self, post: Post) -> None:
        with self._counters.track_changes(post.message_id) as touched:
            await self._spare_rate.acquire_idle()
            seen = await self._messenger.get_post_counts(post.channel_id, post.message_id)
            if not isinstance(seen, PostCounts):
                self._take(post, seen)
                return
            starred: set[int] = set()
            for burst, count in ((False, seen.stars), (True, seen.super_stars)):
                people = await self._starred(post, burst=burst) if count else set()
                if not isinstance(people, set):
                    self._take(post, people)
                    return
                starred |= people
            async with self._counters.serialized(post.message_id), self._store.begin() as tx:
                await self._correct(tx, post, starred, touched)
        self._failed.pop(post.message_id, None)
        if seen.messages is not None and post.shape is not MessageForm.PART:
            await self.record_thread_counts({post.message_id: seen.messages})

    async def _starred(self, post: Post, *, burst: bool) -> set[int] | Outcome:
        people: set[int] = set()
        after: int | None = 0
        while after is not None:
            await self._spare_rate.acquire_idle()
            page = await self._messenger.list_star_givers(
                post.channel_id, post.message_id, burst=burst, after=after
            )
            if not isinstance(page, tuple):
                return page
            found, after = page
            people |= found
        return people

    async def _correct(self, tx: Transaction, post: Post, starred: set[int], touched: set[int]) -> None:
        """Correct the stored stars to those read.

        A reader who changed a star meanwhile has a newer event, which wins.
        """
        known = await tx.counters.list_star_owners(post.message_id)
        missing = await _not_erased(tx, starred - known - touched)
        gone = known - starred - touched
        if not missing and not gone:
            return
        now = self._clock.now()
        await tx.counters.correct_stars(post.release_id, post.message_id, missing=missing, gone=gone, now=now)
        _log.info(
            "post %d: %d stars more and %d less than known",
            post.message_id,
            len(missing),
            len(gone),
            extra={"action": "stars_corrected"},
        )

    def _take(self, post: Post, outcome: Outcome) -> None:
        if isinstance(outcome, (Sent, Refused, Unfit)):
            return
        failed = self._failed.get(post.message_id, 0) + 1
        if isinstance(outcome, Unknown) and failed >= _ATTEMPTS:
            self._failed.pop(post.message_id, None)
            return
        self._failed[post.message_id] = failed
        self._rest(outcome)

    def _rest(self, outcome: Outcome) -> None:
        wait = outcome.wait if isinstance(outcome, Delayed) and outcome.wait else _AGAIN
        self._rest_until = max(self._rest_until or self._clock.now(), self._clock.now() + wait)

    async def _threads(self, now: datetime) -> bool:
        """Ask for the message counts of some threads that are due. Return whether any was."""
        bands = [(lowest_id_at(now - age), now - every) for age, every in _EVERY]
        async with self._store.read() as tx:
            due = await tx.counters.list_due_threads(bands, limit=_BATCH)
            # The event of a new thread may have come before its post was stored.
            new = await tx.counters.list_uncounted_posts(
                above=lowest_id_at(now - REACH), limit=_BATCH - len(due)
            )
        due += [ThreadCommentCount(post.message_id, post.release_id, post.guild_id, 0, now) for post in new]
        for thread in due:
            if self._spare_rate.has_urgent_work() or self._rest_until is not None:
                break
            await self._count(thread)
        return bool(due)

    async def _count(self, thread: ThreadCommentCount) -> None:
        await self._spare_rate.acquire_idle()
        messages = await self._messenger.count_comments(thread.thread_id)
        if isinstance(messages, int):
            await self.record_thread_counts({thread.thread_id: messages})
        elif isinstance(messages, Refused) and messages.fault.code == _GONE:
            await self.record_thread_counts({thread.thread_id: 0})
        elif isinstance(messages, (Delayed, Unknown)):
            self._rest(messages)
        else:
            # It may not be read any more: its last count stands, and it is asked for again at its time.
            async with self._store.begin() as tx:
                await tx.counters.save_comment_count(thread.recounted(thread.count, self._clock.now()))

    async def _comments(self, tx: Transaction, post: Post, messages: int) -> None:
        own = await tx.counters.count_own_messages(post.message_id)
        count = max(0, messages - own)
        await tx.counters.save_comment_count(
            ThreadCommentCount(post.message_id, post.release_id, post.guild_id, count, self._clock.now())
        )


async def _not_erased(tx: Transaction, people: Iterable[int]) -> set[int]:
    """Return the people whose data was not erased: an old star must not bring anybody's data back."""
    erased = await tx.personal_data.list_erased()
    if not erased:
        return set(people)
    return {each for each in people if await pseudonym(tx, each) not in erased}
