"""Panels: boards and reviews, messages that are kept current."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Update,
    and_,
    case,
    delete,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.message_templates import Reason
from bot.domain.suggestions.panels import EDIT_DELAY, REFUSAL_PAUSE, Panel, PanelKind
from bot.store.engine import upsert
from bot.store.engine.column_types import Instant
from bot.store.engine.due_rows import DueRows
from bot.store.tables import panel


class PanelRepository:
    """Boards and reviews.

    A claim is identified by its moment: `settle` leaves `wake_at` alone if the panel was woken after the claim, so
    that no change is missed that comes while the message is being edited.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._due = DueRows(connection, panel)

    async def get_board(self, story: str, channel_id: int) -> Panel | None:
        """Return a story's board in a channel."""
        found = await self._select(_boards(story), panel.c.channel_id == channel_id)
        return found[0] if found else None

    async def list_boards(self, story: str) -> list[Panel]:
        """List a story's boards, oldest first."""
        return await self._select(_boards(story))

    async def get(self, panel_id: int) -> Panel | None:
        """Return the panel with that id."""
        found = await self._select(panel.c.id == panel_id)
        return found[0] if found else None

    async def add_board(
        self, story: str, *, guild_id: int | None, channel_id: int, by: int, nonce: str, now: datetime
    ) -> Panel:
        """Enter a board to be posted now; an existing one is posted again and forgets its old message."""
        new = upsert.insert(self._connection, panel).values(
            kind=PanelKind.BOARD.value,
            story=story,
            guild_id=guild_id,
            channel_id=channel_id,
            nonce=nonce,
            made_by=by,
            made_at=now,
            attempts=0,
            wake_at=now,
        )
        anew = ("nonce", "made_by", "made_at", "attempts", "wake_at", "message_id", "first_tried_at", "fault")
        made = await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=["channel_id", "story"],
                index_where=panel.c.suggestion.is_(None),
                set_={column: new.excluded[column] for column in anew},
            ).returning(*panel.c)
        )
        return _read(made.one())

    async def add_review(
        self,
        story: str,
        number: int,
        *,
        channel_id: int,
        nonce: str,
        now: datetime,
        guild_id: int | None = None,
    ) -> bool:
        """Enter a review to be posted now; False if the suggestion has one in that channel."""
        made = await self._connection.execute(
            upsert.insert(self._connection, panel)
            .values(
                kind=PanelKind.REVIEW.value,
                story=story,
                suggestion=number,
                guild_id=guild_id,
                channel_id=channel_id,
                nonce=nonce,
                made_at=now,
                attempts=0,
                wake_at=now,
            )
            .on_conflict_do_nothing(index_elements=["kind", "channel_id", "story", "suggestion"])
        )
        return made.rowcount == 1

    async def wake(self, story: str, numbers: Collection[int], now: datetime) -> None:
        """Schedule an edit of the story's boards and of the reviews of these suggestions.

        The edit comes after `SETTLE`, so that many changes become one edit. A retry after a failure keeps its later
        time. What Discord refused is tried again after `REST`, but only if it was ever posted.
        """
        about = and_(
            panel.c.story == story,
            or_(panel.c.kind == PanelKind.BOARD.value, panel.c.suggestion.in_(numbers)),
        )
        at = now + EDIT_DELAY
        sound = or_(panel.c.wake_at.is_(None), panel.c.wake_at > at)
        await self._connection.execute(_change(and_(about, panel.c.fault.is_(None), sound), wake_at=at))
        refused = and_(panel.c.fault.is_not(None), panel.c.wake_at.is_(None), panel.c.message_id.is_not(None))
        await self._connection.execute(_change(and_(about, refused), wake_at=now + REFUSAL_PAUSE))

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[Panel]:
        """Claim the panels that are due until `until`, recording the attempt and clearing the fault."""
        return [_read(row) for row in await self._due.claim(now, until, limit, fault=null())]

    async def settle(
        self,
        claimed: Panel,
        *,
        message_id: int | None,
        again: datetime | None = None,
        fault: Reason | None = None,
        fresh: bool = False,
    ) -> None:
        """Record the outcome of an attempt.

        Args:
            claimed: The panel as it was claimed.
            message_id: Its message, if there is one.
            again: When to try again; None if the panel is current.
            fault: Why the attempt failed.
            fresh: Whether it certainly posted no message, so that the next attempt need not look for one.
        """
        same = and_(panel.c.id == claimed.id, panel.c.nonce == claimed.nonce)
        values: dict[str, Any] = {"message_id": message_id, "fault": fault}
        if message_id is not None:
            values["attempts"] = 0 if again is None else panel.c.attempts
        if fresh:
            values["first_tried_at"] = null()
        # One statement: a transaction that changes a row twice has PostgreSQL look at its references anew, and would
        # wait for somebody who waits for it.
        ours = panel.c.wake_at == claimed.wake_at
        values["wake_at"] = case((ours, literal(again, Instant)), else_=panel.c.wake_at)
        await self._connection.execute(_change(same, **values))

    async def delete(self, panel_id: int) -> None:
        """Delete a panel."""
        await self._connection.execute(delete(panel).where(panel.c.id == panel_id))

    async def expire_claims(self, now: datetime) -> None:
        """Make claimed panels due now, after the process that claimed them has ended."""
        await self._due.wake(now)

    async def clamp_due_times(self, now: datetime, latest: datetime) -> None:
        """Make due now any panel after `latest`, which only a wrong clock can have set."""
        await self._due.wake(now, after=latest)

    async def find_next_due(self) -> datetime | None:
        """Return when the next panel is due."""
        return await self._due.find_next_due()

    async def _select(self, *conditions: ColumnElement[bool]) -> list[Panel]:
        rows = await self._connection.execute(select(panel).where(*conditions).order_by(panel.c.id))
        return [_read(row) for row in rows]


def _change(which: ColumnElement[bool], **values: Any) -> Update:
    return update(panel).where(which).values(**values)


def _boards(story: str) -> ColumnElement[bool]:
    return and_(panel.c.story == story, panel.c.kind == PanelKind.BOARD.value)


def _read(row: Row[Any]) -> Panel:
    return Panel(
        id=row.id,
        kind=PanelKind(row.kind),
        story=row.story,
        suggestion=row.suggestion,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
        nonce=row.nonce,
        created_by=row.made_by,
        created_at=row.made_at,
        first_tried_at=row.first_tried_at,
        attempts=row.attempts,
        wake_at=row.wake_at,
        fault=row.fault,
    )
