"""Adoption of posts that exist in Discord and are unknown to the database, as if it had made them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.delivery.outcomes import Dropped
from bot.domain.subscriptions.release_styles import MessageForm, message_form
from bot.domain.subscriptions.subscription import Subscription
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.attempt import build_post
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.post_matching import PostedPart
from bot.store.database import Database
from bot.store.delivery.delivery_records import ClaimedDelivery, NewDelivery
from bot.store.delivery.post_records import AdoptedPost
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_PASSED = "what comes after it was posted before the backup was restored"

_OLDEST = 0
"""The revision that such a post is assumed to show: older than any, so that it is edited together with its buttons."""


class PostAdoption:
    """Brings the ledger of one destination in line with the posts found there."""

    def __init__(self, store: Database, composer: PostComposer, clock: Clock) -> None:
        self._store = store
        self._composer = composer
        self._clock = clock

    async def adopt(self, job: ClaimedDelivery, posted: Sequence[PostedPart]) -> ClaimedDelivery | Dropped:
        """Adopt posts. Return the delivery as it must be attempted afterwards, or its end.

        The delivery's own row stays claimed, with its message if that was found; its worker settles it.
        """
        if not posted:
            return job
        subscription, delivery = job.subscription, job.delivery
        own_place = job.release.number, delivery.part
        own = next((each for each in posted if each.place == own_place), None)
        last = max(posted, key=lambda each: each.place)
        pages = {each.release.id: await self._composer.count_pages(each.release) for each in posted}
        skipped = tuple(sorted(set(delivery.skipped) - {each.release.number for each in posted}))
        async with self._store.begin() as tx:
            if own is not None:
                await tx.deliveries.record_message(delivery.id, own.identity.message_id)
            await self._enter(tx, subscription, [each for each in posted if each is not own], last, pages)
            await tx.restore_recovery.skip_before(subscription.id, *last.place, _PASSED)
            await tx.subscriptions.advance([subscription.id], last.release.number)
            await tx.restore_recovery.set_skipped_numbers(delivery.id, skipped)
        _log.info(
            "%d posts in channel %d were out already and are taken over",
            len(posted),
            subscription.channel_id,
            extra={"action": "posts_adopted", "subscription": subscription.id},
        )
        if own is None and own_place < last.place:
            return Dropped(_PASSED)
        message_id = own.identity.message_id if own is not None else None
        return replace(job, delivery=replace(delivery, skipped=skipped, message_id=message_id))

    async def _enter(
        self,
        tx: Transaction,
        subscription: Subscription,
        posted: Sequence[PostedPart],
        last: PostedPart,
        pages: Mapping[int, int],
    ) -> None:
        """Enter the rows and the posts, and plan the next part after the last one in its thread."""
        now = self._clock.now()
        releases = {each.release.id: each.release for each in posted}
        rows = [self._row(subscription, each, last) for each in posted]
        entered = await tx.restore_recovery.adopt(subscription.id, rows, now)
        jobs = [
            (ClaimedDelivery(row, subscription, releases[row.release_id]), message)
            for row, message in entered
        ]
        await tx.posts.add_all(
            [
                build_post(each, message, pages=pages[each.release.id], revision=_OLDEST)
                for each, message in jobs
            ]
        )
        if last.thread_id is not None and last.part < pages[last.release.id]:
            await tx.delivery_plans.add([_following(subscription, last, now)])

    def _row(self, subscription: Subscription, each: PostedPart, last: PostedPart) -> AdoptedPost:
        shape = message_form(subscription.options.style, each.part, forum=subscription.forum)
        # Of a chapter before the last one the thread was opened; that of the last may not have been.
        unopened = shape is MessageForm.OPENING and each.release.id == last.release.id
        unpublished = (
            shape is MessageForm.CARD and subscription.options.publish and not each.identity.published
        )
        return AdoptedPost(
            each.release.id,
            each.part,
            each.identity.message_id,
            new_nonce(),
            thread_id=each.thread_id,
            rest=unopened or unpublished,
        )


def _following(subscription: Subscription, last: PostedPart, now: datetime) -> NewDelivery:
    return NewDelivery(
        subscription_id=subscription.id,
        release_id=last.release.id,
        part=last.part + 1,
        due_at=now,
        nonce=new_nonce(),
        mention=False,
        thread_id=last.thread_id,
    )
