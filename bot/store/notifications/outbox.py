"""The outbox of private messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import upsert
from bot.store.engine.due_rows import DueRows
from bot.store.notifications.notice_records import NewNotice, PendingNotice
from bot.store.tables import NoticeState, notice


class NoticeOutbox:
    """The outbox of private messages; each is delivered once, even across restarts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._due = DueRows(connection, notice)

    async def add(
        self, user_id: int, kind: str, facts: dict[str, str], *, key: str, nonce: str, now: datetime
    ) -> bool:
        """Enter a message; False if there is one with that key, so the same news is sent once."""
        owed = await self._connection.execute(
            upsert.insert(self._connection, notice)
            .values(
                user_id=user_id,
                kind=kind,
                facts=facts,
                key=key,
                nonce=nonce,
                state=NoticeState.DUE.value,
                attempts=0,
                created_at=now,
                wake_at=now,
            )
            .on_conflict_do_nothing(index_elements=["key"])
        )
        return owed.rowcount == 1

    async def is_known(self, key: str) -> bool:
        """Return whether there is a message with that key."""
        known = await self._connection.execute(select(notice.c.id).where(notice.c.key == key))
        return known.first() is not None

    async def list_keys(self, start: str) -> list[str]:
        """List the keys of messages, delivered or not, that begin with `start`."""
        keys = select(notice.c.key).where(notice.c.key.startswith(start, autoescape=True))
        return list((await self._connection.execute(keys)).scalars())

    async def add_all(self, news: Sequence[NewNotice], *, now: datetime, due: datetime | None = None) -> None:
        """Enter messages, due at `due` or at once; those with a known key stay as they are."""
        if not news:
            return
        await self._connection.execute(
            upsert.insert(self._connection, notice).on_conflict_do_nothing(index_elements=["key"]),
            [
                {
                    "user_id": new.user_id,
                    "kind": new.kind,
                    "facts": new.facts,
                    "key": new.key,
                    "nonce": new.nonce,
                    "state": NoticeState.DUE.value,
                    "attempts": 0,
                    "created_at": now,
                    "wake_at": due or now,
                }
                for new in news
            ],
        )

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[PendingNotice]:
        """Claim messages that are due or whose claim ran out, oldest first.

        Raises:
            ValueError: the claim would have run out already.
        """
        claimed = await self._due.claim(now, until, limit, state=NoticeState.CLAIMED.value)
        return [_read(row) for row in claimed]

    async def expire_claims(self, now: datetime) -> None:
        """Make claimed messages due now, after the process that claimed them has ended."""
        await self._due.wake(now, notice.c.state == NoticeState.CLAIMED.value)

    async def clamp_due_times(self, now: datetime, latest: datetime) -> None:
        """Make due now any message after `latest`, which only a wrong clock can have set."""
        await self._due.wake(now, after=latest)

    async def mark_told(self, notice_id: int, now: datetime) -> None:
        """Record that a message has arrived."""
        await self._release_claim(notice_id, NoticeState.TOLD, wake_at=null(), told_at=now)

    async def postpone(self, notice_id: int, due_at: datetime) -> None:
        """Release the claim on a message whose delivery failed; it is due again at `due_at`."""
        await self._release_claim(notice_id, NoticeState.DUE, wake_at=due_at)

    async def mark_waiting(self, notice_id: int) -> None:
        """Hold a message until its reader next uses a command, because they accept no direct messages."""
        await self._release_claim(notice_id, NoticeState.WAITING, wake_at=null())

    async def _release_claim(self, notice_id: int, to: NoticeState, **values: object) -> None:
        await self._connection.execute(
            update(notice)
            .where(notice.c.id == notice_id, notice.c.state == NoticeState.CLAIMED.value)
            .values(state=to.value, **values)
        )

    async def take_waiting(self, user_id: int, now: datetime) -> list[PendingNotice]:
        """Return the messages held for a reader, and record them as told."""
        taken = await self._connection.execute(
            update(notice)
            .where(notice.c.user_id == user_id, notice.c.state == NoticeState.WAITING.value)
            .values(state=NoticeState.TOLD.value, told_at=now)
            .returning(*notice.c)
        )
        return sorted((_read(row) for row in taken), key=lambda one: one.id)

    async def recall(self, start: str, *, since: datetime | None = None) -> set[int]:
        """Delete undelivered messages whose keys begin with `start`, those entered before `since` excepted.

        Returns:
            The readers who got others of them, or are getting them now.
        """
        here = notice.c.key.startswith(start, autoescape=True)
        if since is not None:
            here = and_(here, notice.c.created_at >= since)
        untold = notice.c.state.in_([NoticeState.DUE.value, NoticeState.WAITING.value])
        await self._connection.execute(delete(notice).where(here, untold))
        return set((await self._connection.execute(select(notice.c.user_id).where(here))).scalars())

    async def delete_old(self, *, told_before: datetime, owed_before: datetime) -> int:
        """Delete messages told, or held undelivered, before these moments; return the number."""
        told = and_(notice.c.state == NoticeState.TOLD.value, notice.c.told_at < told_before)
        waiting = and_(notice.c.state == NoticeState.WAITING.value, notice.c.created_at < owed_before)
        gone = await self._connection.execute(delete(notice).where(or_(told, waiting)))
        return gone.rowcount

    async def find_next_due(self) -> datetime | None:
        """Return when the next message is due or the next claim runs out."""
        return await self._due.find_next_due()


def _read(row: Row[Any]) -> PendingNotice:
    return PendingNotice(
        id=row.id,
        user_id=row.user_id,
        kind=row.kind,
        facts=row.facts,
        nonce=row.nonce,
        attempts=row.attempts,
        created_at=row.created_at,
    )
