"""Everything stored about one person across the tables, and its erasure.

`FORGOTTEN` names every column that holds a person's id; a test fails when a table has one that is missing here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    Text,
    and_,
    delete,
    null,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.subscriptions.subscription import NOBODY
from bot.store.engine import upsert
from bot.store.privacy import export_queries
from bot.store.privacy.personal_data_records import ErasableSuggestion
from bot.store.suggestions.suggestion_queries import is_made_by
from bot.store.tables import (
    blocked,
    bookmark,
    chapter_read,
    erased,
    notice,
    panel,
    person,
    poll,
    post,
    review_channel,
    subscription,
    suggestion,
    suggestion_change,
    supporter,
    vote,
)


class ErasureRule(StrEnum):
    """The effect of erasing a person on a column: the row is deleted, or it names nobody any more.

    Columns with `APART` are handled by `SuggestionRepository.forget_person`, which knows what depends on suggestions.
    """

    ROW = "row"
    NULL = "null"
    NOBODY = "nobody"
    APART = "apart"


FORGOTTEN: Mapping[Column[Any], ErasureRule] = {
    bookmark.c.user_id: ErasureRule.ROW,
    vote.c.user_id: ErasureRule.ROW,
    chapter_read.c.user_id: ErasureRule.ROW,
    person.c.user_id: ErasureRule.ROW,
    notice.c.user_id: ErasureRule.ROW,
    subscription.c.user_id: ErasureRule.ROW,
    subscription.c.created_by: ErasureRule.NOBODY,
    suggestion.c.maker: ErasureRule.APART,
    supporter.c.user_id: ErasureRule.APART,
    suggestion.c.decided_by: ErasureRule.APART,
    suggestion_change.c.by: ErasureRule.APART,
    blocked.c.by: ErasureRule.NULL,
    panel.c.made_by: ErasureRule.NULL,
    poll.c.made_by: ErasureRule.NULL,
    review_channel.c.asked_by: ErasureRule.NOBODY,
    review_channel.c.accepted_by: ErasureRule.NULL,
}


_ASKED_AT_ONCE = 50


class PersonalDataRepository:
    """One person's data over all tables."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def export(
        self, user_id: int, hashed: str, direct: int | None
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return everything stored about a person by section; instants are datetimes.

        `direct` is their channel for direct messages, if it is known.
        """
        asked = export_queries.build_export_queries(user_id, hashed, direct)
        found: dict[str, Sequence[Mapping[str, Any]]] = {}
        for name, wanted in asked.items():
            rows = (await self._connection.execute(wanted)).mappings()
            found[name] = [dict(row) for row in rows]
        return found

    async def list_suggestions(self, user_id: int, hashed: str) -> list[ErasableSuggestion]:
        """List a person's suggestions by number, including those kept anonymously by an earlier erasure."""
        c = suggestion.c
        rows = await self._connection.execute(
            select(c.number, c.story, c.maker, c.anonymous, panel.c.channel_id, panel.c.message_id)
            .outerjoin(panel, and_(panel.c.suggestion == c.number, panel.c.message_id.is_not(None)))
            .where(is_made_by(user_id, hashed))
            .order_by(c.number, panel.c.id)
        )
        found: dict[int, ErasableSuggestion] = {}
        for row in rows:
            stayed = row.maker is None
            this = ErasableSuggestion(
                row.number, row.story, named=not (stayed or row.anonymous), stayed=stayed
            )
            known = found.get(row.number, this)
            here = ((row.channel_id, row.message_id),) if row.message_id is not None else ()
            found[row.number] = replace(known, shown=known.shown + here)
        return list(found.values())

    async def erase(self, user_id: int, direct: int | None) -> None:
        """Erase a person everywhere except in suggestions they made or support.

        A follower's subscription is deleted with its deliveries, and posts sent only to them are forgotten.
        """
        await self._connection.execute(delete(post).where(export_queries.is_sent_to_one(user_id, direct)))
        for column, how in FORGOTTEN.items():
            table, theirs = column.table, column == user_id
            if how is ErasureRule.ROW:
                await self._connection.execute(delete(table).where(theirs))
            elif how is not ErasureRule.APART:
                nobody = NOBODY if how is ErasureRule.NOBODY else null()
                await self._connection.execute(update(table).where(theirs).values({column.name: nobody}))

    async def delete_notices(self, numbers: Collection[int]) -> None:
        """Delete all notices about these suggestions, and notices about others that quote them.

        All such notices have the suggestions' numbers as facts, in names that end in `number`.
        """
        facts = type_coerce(notice.c.facts, Text)
        quoting = and_(facts.like('%"other":"%'), facts.not_like('%"other":""%'))
        for start in range(0, len(numbers), _ASKED_AT_ONCE):
            some = list(numbers)[start : start + _ASKED_AT_ONCE]
            of_them = [facts.like(f'%number":"{number}"%') for number in some]
            into_them = [and_(quoting, facts.like(f'%"into":"{number}"%')) for number in some]
            await self._connection.execute(delete(notice).where(or_(*of_them, *into_them)))

    async def record_erasure(self, hashed: str, now: datetime) -> None:
        """Record that a person was erased, so that data read from Discord again does not restore them."""
        entry = upsert.insert(self._connection, erased).values(hash=hashed, at=now)
        await self._connection.execute(
            entry.on_conflict_do_update(index_elements=["hash"], set_={"at": entry.excluded.at})
        )

    async def list_erased(self) -> set[str]:
        """Return the keyed hashes of everybody who was erased."""
        return set((await self._connection.execute(select(erased.c.hash))).scalars())

    async def clear_erasure(self, hashed: str) -> bool:
        """Record that an erased person uses the bot again; False if they were not erased."""
        lifted = await self._connection.execute(delete(erased).where(erased.c.hash == hashed))
        return lifted.rowcount == 1
