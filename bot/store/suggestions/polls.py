"""Polls about suggestions and their results."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.message_templates import Reason
from bot.domain.suggestions.panels import Poll, PollState
from bot.store.engine.due_rows import DueRows
from bot.store.suggestions.poll_records import NewPoll
from bot.store.tables import poll, poll_choice


class PollRepository:
    """Polls; a poll is changed only in the state in which it was claimed."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._due = DueRows(connection, poll)

    async def add(self, new: NewPoll) -> Poll:
        """Enter a poll, due to be posted at once."""
        entered = await self._connection.execute(
            insert(poll)
            .values(
                story=new.story,
                guild_id=new.guild_id,
                channel_id=new.channel_id,
                question=new.question,
                nonce=new.nonce,
                state=PollState.DUE.value,
                made_by=new.by,
                made_at=new.now,
                ends_at=new.ends_at,
                attempts=0,
                wake_at=new.now,
            )
            .returning(*poll.c)
        )
        row = entered.one()
        choices = dict(enumerate(new.choices, start=1))
        await self._connection.execute(
            insert(poll_choice),
            [
                {"poll_id": row.id, "answer": answer, "suggestion": number}
                for answer, number in choices.items()
            ],
        )
        return _read(row, choices)

    async def get(self, poll_id: int) -> Poll | None:
        """Return the poll with that id."""
        found = await self._select(poll.c.id == poll_id)
        return found[0] if found else None

    async def list_running(self, story: str) -> list[Poll]:
        """List a story's polls that are to be posted or open for votes, oldest first."""
        return await self._select(poll.c.story == story, poll.c.wake_at.is_not(None))

    async def list_message_ids(self, channel_id: int) -> set[int]:
        """Return the messages of all polls in a channel."""
        ids = select(poll.c.message_id).where(poll.c.channel_id == channel_id, poll.c.message_id.is_not(None))
        return set((await self._connection.execute(ids)).scalars())

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[Poll]:
        """Claim polls that are to be posted or counted, and record the attempt."""
        claimed = await self._due.claim(now, until, limit)
        return await self._select(poll.c.id.in_([row.id for row in claimed]))

    async def mark_open(self, claimed: Poll, message_id: int, ends_at: datetime) -> None:
        """Record that a poll is posted and open for votes until `ends_at`."""
        await self._change(
            claimed,
            state=PollState.OPEN.value,
            message_id=message_id,
            ends_at=ends_at,
            wake_at=ends_at,
            attempts=0,
            fault=null(),
        )

    async def postpone(
        self, claimed: Poll, at: datetime, fault: Reason | None = None, *, fresh: bool = False
    ) -> None:
        """Release a claim; the poll is due again at `at`."""
        values: dict[str, Any] = {"first_tried_at": null()} if fresh else {}
        await self._change(claimed, poll.c.wake_at == claimed.wake_at, wake_at=at, fault=fault, **values)

    async def end(self, poll_id: int, now: datetime) -> bool:
        """End a poll early, so that it is counted now; False if it is not open."""
        ended = await self._connection.execute(
            update(poll)
            .where(poll.c.id == poll_id, poll.c.state == PollState.OPEN.value)
            .values(ends_at=now, wake_at=now, attempts=0)
        )
        return ended.rowcount == 1

    async def save_result(self, claimed: Poll, votes: Mapping[int, int]) -> bool:
        """Store the votes by answer (a missing answer has none); False if they were stored before."""
        if not await self._change(claimed, state=PollState.COUNTED.value, wake_at=null(), fault=null()):
            return False
        for answer in claimed.choices:
            await self._connection.execute(
                update(poll_choice)
                .where(poll_choice.c.poll_id == claimed.id, poll_choice.c.answer == answer)
                .values(votes=votes.get(answer, 0))
            )
        return True

    async def mark_failed(self, claimed: Poll, fault: Reason) -> None:
        """Record that a poll will never be counted."""
        await self._change(claimed, state=PollState.FAILED.value, wake_at=null(), fault=fault)

    async def get_votes(self, numbers: Collection[int]) -> dict[int, int]:
        """Return the votes of suggestions in their last counted poll, for those that were in one."""
        counted = await self._connection.execute(
            select(poll_choice.c.suggestion, poll_choice.c.votes)
            .where(poll_choice.c.suggestion.in_(numbers), poll_choice.c.votes.is_not(None))
            .order_by(poll_choice.c.poll_id)
        )
        return {row.suggestion: row.votes for row in counted}

    async def expire_claims(self, now: datetime) -> None:
        """Make due now the polls that a process that ended was about to post."""
        await self._due.wake(now, poll.c.state == PollState.DUE.value)

    async def clamp_due_times(self, now: datetime, latest: datetime) -> None:
        """Make due now any unposted poll after `latest`, which only a wrong clock can have set."""
        await self._due.wake(now, poll.c.state == PollState.DUE.value, after=latest)

    async def find_next_due(self) -> datetime | None:
        """Return when the next poll is to be posted or counted."""
        return await self._due.find_next_due()

    async def _change(self, claimed: Poll, *conditions: ColumnElement[bool], **values: Any) -> bool:
        """Change a poll that is still in the state it was claimed in."""
        same = and_(poll.c.id == claimed.id, poll.c.state == claimed.state.value, *conditions)
        return (await self._connection.execute(update(poll).where(same).values(**values))).rowcount == 1

    async def _select(self, *conditions: ColumnElement[bool]) -> list[Poll]:
        rows = list(await self._connection.execute(select(poll).where(*conditions).order_by(poll.c.id)))
        chosen = await self._connection.execute(
            select(poll_choice)
            .where(poll_choice.c.poll_id.in_([row.id for row in rows]))
            .order_by(poll_choice.c.poll_id, poll_choice.c.answer)
        )
        choices: dict[int, dict[int, int]] = {}
        for row in chosen:
            choices.setdefault(row.poll_id, {})[row.answer] = row.suggestion
        return [_read(row, choices.get(row.id, {})) for row in rows]


def _read(row: Row[Any], choices: Mapping[int, int]) -> Poll:
    return Poll(
        id=row.id,
        story=row.story,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
        question=row.question,
        choices=choices,
        nonce=row.nonce,
        state=PollState(row.state),
        created_by=row.made_by,
        created_at=row.made_at,
        ends_at=row.ends_at,
        first_tried_at=row.first_tried_at,
        attempts=row.attempts,
        wake_at=row.wake_at,
        fault=row.fault,
    )
