"""Recovery after the database was restored from an older backup."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import Delivery, DeliveryState
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.ledger import read_delivery
from bot.store.delivery.post_records import AdoptedPost
from bot.store.engine import upsert
from bot.store.tables import (
    NoticeState,
    calendar_notice,
    delivery,
    notice,
    panel,
    poll,
    post,
    release,
    subscription,
)

_LEAP = 1_000
_NUMBERED = ("release", "subscription", "delivery", "suggestion", "notice", "panel", "poll")
"""Tables whose ids stand in messages: in buttons, in marks, in what people were told."""

_unsettled = delivery.c.wake_at.is_not(None)


class RestoreRecoveryRepository:
    """Finds posts that the database may not know, and enters them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_last_message_id(self) -> int | None:
        """Return the highest id of a message that the database knows."""
        newest = [select(func.max(each.c.message_id)).scalar_subquery() for each in (post, delivery)]
        row = (await self._connection.execute(select(*newest))).one()
        return max((each for each in row if each is not None), default=None)

    async def find_first_subscription_time(self) -> datetime | None:
        """Return when the oldest subscription was created."""
        oldest = select(func.min(subscription.c.created_at))
        moment: datetime | None = (await self._connection.execute(oldest)).scalar_one()
        return moment

    async def mark_doubtful(self, since: datetime, subscription_id: int | None = None) -> None:
        """Record that posts made since then may be unknown, for one subscription or for all.

        An earlier moment on record is kept.
        """
        which = [] if subscription_id is None else [subscription.c.id == subscription_id]
        await self._connection.execute(
            update(subscription)
            .where(subscription.c.unsure_since.is_(None), *which)
            .values(unsure_since=since)
        )

    async def mark_tried(self, since: datetime) -> None:
        """Record that every message that is still owed, but for chapters, may have been sent since then."""
        for table in (panel, poll, calendar_notice):
            await self._connection.execute(
                update(table)
                .where(
                    table.c.wake_at.is_not(None),
                    table.c.message_id.is_(None),
                    table.c.first_tried_at.is_(None),
                )
                .values(first_tried_at=since)
            )
        await self._connection.execute(
            update(notice)
            .where(notice.c.wake_at.is_not(None))
            .values(state=NoticeState.WAITING.value, wake_at=None)
        )

    async def clear_doubt(self, subscription_ids: Collection[int]) -> None:
        """Record that all posts of these subscriptions are known."""
        for some in upsert.chunks(list(subscription_ids)):
            await self._connection.execute(
                update(subscription).where(subscription.c.id.in_(some)).values(unsure_since=None)
            )

    async def list_doubtful_channels(self) -> set[int]:
        """Return the guild channels of doubtful subscriptions and the threads in which their posts continue."""
        doubted = (
            subscription.c.unsure_since.is_not(None),
            subscription.c.guild_id.is_not(None),
            subscription.c.state != SubscriptionState.ENDED.value,
        )
        channels = await self._connection.execute(select(subscription.c.channel_id).where(*doubted))
        threads = await self._connection.execute(
            select(delivery.c.thread_id)
            .join(subscription, subscription.c.id == delivery.c.subscription_id)
            .where(*doubted, _unsettled, delivery.c.thread_id.is_not(None))
        )
        return {*channels.scalars(), *threads.scalars()}

    async def count_parked(self, fault_code: str) -> int:
        """Count the subscriptions that are parked for that fault."""
        parked = subscription.c.state == SubscriptionState.PARKED.value
        counted = select(func.count()).where(parked, subscription.c.fault_code == fault_code)
        return int((await self._connection.execute(counted)).scalar_one())

    async def filter_unknown(self, message_ids: Collection[int]) -> set[int]:
        """Return those of these messages that are not known as posts."""
        known: set[int] = set()
        for some in upsert.lists(message_ids):
            rows = await self._connection.execute(
                select(post.c.message_id).where(post.c.message_id.in_(some))
            )
            known |= set(rows.scalars())
        return set(message_ids) - known

    async def filter_tried(self, delivery_ids: Collection[int], channel_id: int) -> set[int]:
        """Return those of these deliveries that were tried for that channel before.

        A message of theirs does not show that the backup is old.
        """
        found: set[int] = set()
        for some in upsert.lists(delivery_ids):
            rows = await self._connection.execute(
                select(delivery.c.id)
                .join(subscription, subscription.c.id == delivery.c.subscription_id)
                .where(
                    delivery.c.id.in_(some),
                    delivery.c.first_tried_at.is_not(None),
                    subscription.c.channel_id == channel_id,
                )
            )
            found |= set(rows.scalars())
        return found

    async def list_open_threads(self, subscription_id: int) -> dict[int, int]:
        """Return the threads in which posts of a subscription continue, with the release of each."""
        rows = await self._connection.execute(
            select(delivery.c.thread_id, delivery.c.release_id).where(
                delivery.c.subscription_id == subscription_id,
                delivery.c.thread_id.is_not(None),
                or_(_unsettled, delivery.c.state == DeliveryState.PARKED.value),
            )
        )
        return {row.thread_id: row.release_id for row in rows}

    async def adopt(
        self, subscription_id: int, posts: Sequence[AdoptedPost], now: datetime
    ) -> list[tuple[Delivery, int]]:
        """Enter posts as sent, in place of the planned deliveries.

        Returns:
            The deliveries with their messages, without those that had been sent as another message.
        """
        entered = []
        for one in posts:
            values = self._values(subscription_id, one, now)
            new = upsert.insert(self._connection, delivery).values(
                nonce=one.nonce, mention=False, attempts=0, skipped=(), due_at=now, **values
            )
            rows = await self._connection.execute(
                new.on_conflict_do_update(
                    index_elements=["subscription_id", "release_id", "part"],
                    set_={**values, "reason": None},
                    where=delivery.c.state != DeliveryState.SENT.value,
                ).returning(*delivery.c)
            )
            entered += [(read_delivery(row), one.message_id) for row in rows.mappings()]
        return entered

    def _values(self, subscription_id: int, one: AdoptedPost, now: datetime) -> dict[str, Any]:
        numbered = select(release.c.number).where(release.c.id == one.release_id).scalar_subquery()
        state = DeliveryState.DUE if one.rest else DeliveryState.SENT
        return {
            "subscription_id": subscription_id,
            "release_id": one.release_id,
            "number": numbered,
            "part": one.part,
            "state": state.value,
            "wake_at": now if one.rest else None,
            "sent_at": None if one.rest else now,
            "message_id": one.message_id,
            "thread_id": one.thread_id,
        }

    async def skip_before(self, subscription_id: int, number: int, part: int, reason: str) -> int:
        """Skip deliveries of a subscription before that part of that release, unless they are being sent now.

        Returns:
            The number of skipped deliveries.
        """
        passed = await self._connection.execute(
            update(delivery)
            .where(
                delivery.c.subscription_id == subscription_id,
                delivery.c.state.in_([DeliveryState.DUE.value, DeliveryState.PARKED.value]),
                delivery.c.message_id.is_(None),
                tuple_(delivery.c.number, delivery.c.part) < tuple_(literal(number), literal(part)),
            )
            .values(state=DeliveryState.SKIPPED.value, wake_at=None, reason=reason)
        )
        return passed.rowcount

    async def set_skipped_numbers(self, delivery_id: int, skipped: Sequence[int]) -> None:
        """Replace the numbers of the releases that a post only names."""
        await self._connection.execute(
            update(delivery).where(delivery.c.id == delivery_id).values(skipped=tuple(skipped))
        )

    async def advance_ids(self) -> None:
        """Raise all future ids by a thousand.

        The ids after the backup were given to things that messages in Discord still name.
        """
        for table in _NUMBERED:
            if self._connection.dialect.name == "sqlite":
                await self._leap_in_sqlite(table)
                continue
            column = "number" if table == "suggestion" else "id"
            sequence = f"pg_get_serial_sequence('{table}', '{column}')"
            await self._connection.execute(
                text(f"SELECT setval({sequence}, nextval({sequence}) + :leap)"), {"leap": _LEAP}
            )

    async def _leap_in_sqlite(self, table: str) -> None:
        """Advance the last id, which SQLite keeps for every table that ever had a row."""
        known = "SELECT 1 FROM sqlite_sequence WHERE name = :name"
        begun = f"INSERT INTO sqlite_sequence (name, seq) SELECT :name, 0 WHERE NOT EXISTS ({known})"
        raised = "UPDATE sqlite_sequence SET seq = seq + :leap WHERE name = :name"
        await self._connection.execute(text(begun), {"name": table})
        await self._connection.execute(text(raised), {"name": table, "leap": _LEAP})
