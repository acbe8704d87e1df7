"""Settlement of deliveries that were sent: their posts, and the next part of a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.kit.batching import BatchWriter
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.attempt import build_post, is_to_be_crossposted, thread_of_next_part
from bot.services.delivery.composer import PostComposer
from bot.services.transaction_retry import commit_with_retry, retry_until_available
from bot.store.database import Database
from bot.store.delivery.delivery_records import ClaimedDelivery, NewDelivery
from bot.store.delivery.post_records import Post
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Settled:
    """A delivery that was sent."""

    delivery_id: int
    post: Post | None
    """None where somebody has deleted the message since."""
    at: datetime
    following: NewDelivery | None
    """The next part of its thread."""
    published: bool
    """Set where the post is to be crossposted."""


class SentDeliveries:
    """Records sent deliveries, many in one transaction while many are sent at once."""

    def __init__(self, store: Database, composer: PostComposer) -> None:
        self._store = store
        self._composer = composer
        self._write = BatchWriter(self._write_all)

    async def record(
        self, job: ClaimedDelivery, message_id: int | None, now: datetime, revision: int
    ) -> None:
        """Settle a delivery as sent, with its message as a post that shows that revision."""
        # The message is out, so this waits for a database that is away instead of failing.
        pages = await retry_until_available(lambda: self._composer.count_pages(job.release))
        post = build_post(job, message_id, pages=pages, revision=revision) if message_id is not None else None
        following = _next_part(job, message_id, pages, now)
        published = post is not None and is_to_be_crossposted(job)
        await self._write(_Settled(job.delivery.id, post, now, following, published))

    async def _write_all(self, settled: Sequence[_Settled]) -> None:
        async def write(tx: Transaction) -> None:
            now = max(each.at for each in settled)
            messages = {
                each.delivery_id: each.post.message_id if each.post is not None else None for each in settled
            }
            await tx.deliveries.settle_sent(messages, now)
            await tx.crossposts.schedule([each.delivery_id for each in settled if each.published], now)
            # A row may have been deleted while it was under way, because its channel begins anew.
            known = await tx.delivery_plans.filter_existing(messages.keys())
            await tx.posts.add_all(
                [
                    each.post if each.delivery_id in known else replace(each.post, delivery_id=None)
                    for each in settled
                    if each.post is not None
                ]
            )
            following = [each.following for each in settled if each.delivery_id in known]
            await tx.delivery_plans.add([row for row in following if row is not None])

        await commit_with_retry(self._store, write)


def _next_part(job: ClaimedDelivery, message_id: int | None, pages: int, now: datetime) -> NewDelivery | None:
    """Return the part to send after this one, if there is one.

    Parts are entered one by one, so that a revision may add or remove some. A withdrawn chapter gets no further part:
    once it returns, the refresh of the message that was sent plans the next.
    """
    thread_id, part = thread_of_next_part(job, message_id), job.delivery.part + 1
    if thread_id is None or part > pages or job.release.is_withdrawn:
        return None
    return NewDelivery(
        subscription_id=job.subscription.id,
        release_id=job.release.id,
        part=part,
        due_at=now,
        nonce=new_nonce(),
        mention=False,
        thread_id=thread_id,
    )
