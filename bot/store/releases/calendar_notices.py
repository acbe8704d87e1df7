"""Notices of changed calendars to channels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery.delivery import DeliveryState
from bot.domain.message_templates import Reason
from bot.domain.releases.calendar_news import CalendarNews, CalendarNotice, CalendarNoticeState
from bot.store.engine import upsert
from bot.store.engine.due_rows import DueRows
from bot.store.releases.calendar_notice_records import NewCalendarNotice
from bot.store.tables import calendar_notice as notice
from bot.store.tables import delivery


class CalendarNoticeRepository:
    """Notices to channels: one for each subscription and change."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._due = DueRows(connection, notice)

    async def add_all(self, news: Sequence[NewCalendarNotice], now: datetime) -> None:
        """Enter notices, due at once; a subscription that was told of the change stays as it is.

        Settled notices of the stories' earlier changes are forgotten, those of notes after a week.
        """
        if not news:
            return
        for story, change in {(new.story, new.change) for new in news}:
            await self._connection.execute(
                delete(notice).where(notice.c.story == story, *_before(change), notice.c.wake_at.is_(None))
            )
        await self._connection.execute(
            upsert.insert(self._connection, notice).on_conflict_do_nothing(
                index_elements=["subscription_id", "change"]
            ),
            [
                {
                    "subscription_id": new.subscription_id,
                    "story": new.story,
                    "change": new.change,
                    "channel_id": new.channel_id,
                    "news": new.news.to_facts(),
                    "nonce": new.nonce,
                    "state": CalendarNoticeState.DUE.value,
                    "attempts": 0,
                    "wake_at": now,
                }
                for new in news
            ],
        )

    async def list_by_change(self, story: str, change: int) -> list[CalendarNotice]:
        """List the notices of one change, in the order in which they were entered."""
        return await self._select(notice.c.story == story, notice.c.change == change)

    async def list_note_numbers(self, story: str, since: int) -> frozenset[int]:
        """Return the numbers of a story's notes from the number `since` on; later ones are lower."""
        numbers = select(notice.c.change).where(notice.c.story == story, notice.c.change <= since).distinct()
        return frozenset((await self._connection.execute(numbers)).scalars())

    async def find_forum_thread(self, subscription_id: int) -> int | None:
        """Return the thread of the last chapter that was posted to a forum, which has its first message's id."""
        last = (
            select(delivery.c.message_id)
            .where(
                delivery.c.subscription_id == subscription_id,
                delivery.c.part == 0,
                delivery.c.state == DeliveryState.SENT.value,
                delivery.c.message_id.is_not(None),
            )
            .order_by(delivery.c.number.desc())
            .limit(1)
        )
        return (await self._connection.execute(last)).scalar_one_or_none()

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[CalendarNotice]:
        """Claim notices that are due, and record the attempt."""
        return [_read(row) for row in await self._due.claim(now, until, limit)]

    async def settle(
        self,
        claimed: CalendarNotice,
        state: CalendarNoticeState,
        *,
        message_id: int | None = None,
        fault: Reason | None = None,
    ) -> None:
        """Record how a notice ended."""
        await self._change(claimed, state=state.value, wake_at=null(), message_id=message_id, fault=fault)

    async def postpone(self, claimed: CalendarNotice, at: datetime, fault: Reason, *, fresh: bool) -> None:
        """Release a claim; the notice is due again at `at`. `fresh`: it was surely never sent."""
        values: dict[str, Any] = {"first_tried_at": null()} if fresh else {}
        await self._change(claimed, wake_at=at, fault=fault, **values)

    async def expire_claims(self, now: datetime) -> None:
        """Make due now what nobody works on any more."""
        await self._due.wake(now)

    async def clamp_due_times(self, now: datetime, latest: datetime) -> None:
        """Make due now any notice after `latest`, which only a wrong clock can have set."""
        await self._due.wake(now, after=latest)

    async def find_next_due(self) -> datetime | None:
        """Return when the next notice is due."""
        return await self._due.find_next_due()

    async def _change(self, claimed: CalendarNotice, **values: Any) -> None:
        same = (notice.c.id == claimed.id, notice.c.state == CalendarNoticeState.DUE.value)
        await self._connection.execute(update(notice).where(*same).values(**values))

    async def _select(self, *conditions: ColumnElement[bool]) -> list[CalendarNotice]:
        rows = await self._connection.execute(select(notice).where(*conditions).order_by(notice.c.id))
        return [_read(row) for row in rows]


def _before(change: int) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for changes before that one; notes count down from zero, by seconds."""
    if change < 0:
        return notice.c.change < 0, notice.c.change > change + _WEEK
    return notice.c.change >= 0, notice.c.change < change


_WEEK = 7 * 24 * 60 * 60


def _read(row: Row[Any]) -> CalendarNotice:
    return CalendarNotice(
        id=row.id,
        subscription_id=row.subscription_id,
        story=row.story,
        change=row.change,
        channel_id=row.channel_id,
        news=CalendarNews.from_facts(row.news),
        nonce=row.nonce,
        state=CalendarNoticeState(row.state),
        attempts=row.attempts,
        first_tried_at=row.first_tried_at,
        wake_at=row.wake_at,
        fault=row.fault,
    )
