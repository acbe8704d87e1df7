"""In-place updates of the posts of revised chapters, after all more urgent work."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.retry import backoff
from bot.domain.message_json import encode
from bot.domain.releases.release import Release
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionState
from bot.kit.message_nonces import new_nonce
from bot.kit.rate_limiter import SpareRate
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.post_messenger import DeliveryMessenger
from bot.services.delivery.refusal_causes import explain_time_out
from bot.services.reading.page_turns import PageTurns
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.delivery.delivery_records import NewDelivery
from bot.store.delivery.post_records import Post
from bot.store.engine.errors import DatabaseAway
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_BATCH = 20
"""Posts edited before more urgent work is looked for again: half a second's worth."""

_LOOK = 1000
"""Stale posts read to build a batch in which no two share a channel, whose rate limit readers' turns need
too."""


@dataclass(frozen=True, slots=True)
class _Rest:
    failed: int
    until: datetime


class PostRefresh:
    """Edits posts that show an older revision.

    The store knows which posts are stale, so nothing is lost in a crash. A chapter posted in parts has one
    post for each part, and each is refreshed on its own.
    """

    def __init__(
        self,
        store: Database,
        page_turns: PageTurns,
        messenger: DeliveryMessenger,
        composer: PostComposer,
        clock: Clock,
        *,
        spare_rate: SpareRate,
    ) -> None:
        self._store = store
        self._page_turns = page_turns
        self._messenger = messenger
        self._composer = composer
        self._clock = clock
        self._spare_rate = spare_rate
        self._resting: dict[int, _Rest] = {}

    async def run_batch(self) -> datetime | None:
        """Refresh some posts, newest first. Return when to go on, or None if all are current."""
        now = self._clock.now()
        resting = [message_id for message_id, rest in self._resting.items() if rest.until > now]
        async with self._store.read() as tx:
            posts = _one_of_each_channel(await tx.posts.list_stale(_LOOK, avoid=resting))
            releases = await tx.releases.get_many({post.release_id for post in posts})
        if not posts:
            if not resting:
                self._resting.clear()
            return min((self._resting[message_id].until for message_id in resting), default=None)
        edits = []
        for post in posts:
            await self._spare_rate.acquire()
            if self._spare_rate.has_urgent_work():
                break
            edits.append(asyncio.create_task(self._refresh(post, releases[post.release_id])))
        await asyncio.gather(*edits)
        return self._clock.now()

    async def _refresh(self, post: Post, release: Release) -> None:
        outcome: Outcome | None
        try:
            outcome = await self._follow(post, release)
        except DatabaseAway:
            # The others that are under way are not to be broken off for it.
            outcome = Delayed("the database is away")
        if outcome is not None:
            outcome = await explain_time_out(self._messenger, post.guild_id, outcome, self._clock.now())
        match outcome:
            case None | Sent():
                self._resting.pop(post.message_id, None)
            case Refused(fault, datetime() as until):
                self._rest(post.message_id, Delayed(fault.reason, until - self._clock.now()))
            case Refused(fault) | Unfit(fault):
                self._resting.pop(post.message_id, None)
                await self._leave(post, release, fault)
            case Delayed() | Unknown():
                self._rest(post.message_id, outcome)

    async def _follow(self, post: Post, release: Release) -> Outcome | None:
        """Bring one message in line with the newest revision.

        In a thread, a page that the chapter no longer has is deleted, and new pages follow at the end. Each
        existing page plans only the next one, so the thread grows page by page to any length.
        """
        # One that shows the newest text is stale for what stands around it, such as credits.
        anyway = post.revision >= release.revision
        if not post.shape.in_thread:
            return await self._page_turns.refresh(post.message_id, anyway=anyway)
        parts = await self._composer.count_pages(release)
        if post.part > parts:
            outcome = await self._messenger.delete(post.channel_id, post.message_id)
            if isinstance(outcome, Sent):
                await self._forget(post)
            return outcome
        edited = await self._page_turns.refresh(post.message_id, anyway=anyway)
        if isinstance(edited, Sent) and edited.message_id is not None and post.part < parts:
            await self._continue(post)
        return edited

    async def _forget(self, post: Post) -> None:

        async def forget(tx: Transaction) -> None:
            await tx.posts.delete(post.message_id)
            if post.delivery_id is not None:
                await tx.delivery_plans.delete_settled(post.delivery_id)

        await commit_with_retry(self._store, forget)

    async def _continue(self, post: Post) -> None:
        """Plan the delivery of the page after this one. It exists already unless the chapter has grown."""
        async with self._store.begin() as tx:
            delivery = await tx.deliveries.get(post.delivery_id) if post.delivery_id is not None else None
            subscription = await tx.subscriptions.get(delivery.subscription_id) if delivery else None
            if delivery is None or subscription is None or subscription.state is SubscriptionState.ENDED:
                return
            await tx.delivery_plans.replace_skipped(
                NewDelivery(
                    subscription_id=subscription.id,
                    release_id=post.release_id,
                    part=post.part + 1,
                    due_at=self._clock.now(),
                    nonce=new_nonce(),
                    mention=False,
                    thread_id=delivery.thread_id or post.message_id,
                )
            )

    def _rest(self, message_id: int, outcome: Outcome) -> None:
        before = self._resting.get(message_id)
        failed = before.failed + 1 if before is not None else 1
        asked = outcome.wait if isinstance(outcome, Delayed) and outcome.wait else timedelta(0)
        pause = max(asked, backoff(failed, random.random()))
        self._resting[message_id] = _Rest(failed, self._clock.now() + pause)

    async def _leave(self, post: Post, release: Release, fault: DeliveryFault) -> None:
        """Keep an older revision on this post; only the next revision is tried again."""
        _log.warning(
            "post %d keeps an older revision: %s",
            post.message_id,
            fault.reason,
            extra={"action": "revise_refused", "code": fault.code, "channel": post.channel_id},
        )

        async def leave(tx: Transaction) -> None:
            await tx.posts.clear_stale(post.message_id, release.revision)
            await self._tell(tx, post, release, fault)

        await commit_with_retry(self._store, leave)

    async def _tell(self, tx: Transaction, post: Post, release: Release, fault: DeliveryFault) -> None:
        """Notify the channel's admin once a day, unless a parked subscription told them already."""
        # By the ledger, not by the channel: a page in a thread belongs to the subscription of the channel around it.
        delivery = await tx.deliveries.get(post.delivery_id) if post.delivery_id is not None else None
        subscription = await tx.subscriptions.get(delivery.subscription_id) if delivery is not None else None
        record = await tx.stories.get(release.story)
        if subscription is None or record is None or subscription.user_id is not None:
            return
        if subscription.state is not SubscriptionState.ACTIVE:
            return
        now = self._clock.now()
        await tx.notices.add(
            subscription.created_by,
            "revision-refused",
            {
                "channel": str(post.channel_id),
                "story": record.story.title,
                "chapter": release.title,
                "reason": encode(fault.reason),
            },
            key=f"revision-refused:{subscription.id}:{now:%Y-%m-%d}",
            nonce=new_nonce(),
            now=now,
        )


def _one_of_each_channel(posts: Iterable[Post]) -> list[Post]:
    first: dict[int, Post] = {}
    for post in posts:
        first.setdefault(post.channel_id, post)
        if len(first) == _BATCH:
            break
    return list(first.values())
