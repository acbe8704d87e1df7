"""Suggestions and the record of decisions about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import false, insert, select, update

from bot.domain.suggestions.suggestion import (
    Decision,
    Suggestion,
    SuggestionChange,
    SuggestionState,
    source_states,
)
from bot.domain.text.normalization import fold
from bot.store.suggestions import suggester_erasure
from bot.store.suggestions.suggestion_queries import SuggestionQueries
from bot.store.suggestions.suggestion_records import NewSuggestion, StateChange
from bot.store.tables import suggestion, suggestion_change


class SuggestionRepository(SuggestionQueries):
    """Suggestions.

    Every change of the people behind a suggestion updates its number of supporters, and that of the suggestions it
    was merged into.
    """

    async def add(self, new: NewSuggestion) -> Suggestion:
        """Enter a suggestion under the bot's next number, and start its record."""
        made = await self._connection.execute(
            insert(suggestion)
            .values(
                story=new.story,
                chapter=new.chapter,
                idea=new.text,
                folded=fold(new.text),
                support=0,
                held=new.held,
                maker=new.suggester,
                maker_name=new.suggester_name,
                anonymous=new.anonymous,
                name_me=new.name_me,
                state=SuggestionState.NEW.value,
                created_at=new.created_at,
                guild_id=new.guild_id,
                channel_id=new.channel_id,
            )
            .returning(suggestion.c.number)
        )
        number = int(made.scalar_one())
        await self._record(number, was=None, became=SuggestionState.NEW, by=new.suggester, at=new.created_at)
        found = await self._select(suggestion.c.number == number)
        return found[0]

    async def decide(self, number: int, change: StateChange) -> bool:
        """Change a suggestion's state and record that.

        One update names the state it expects, so of two people who decide at once one wins. Accepting or using a
        suggestion also releases it from being held.

        Returns:
            False if somebody else was first, or if `change.into` is no longer an open suggestion of the same story.
        """
        before = await self._get_locked(number)
        if before is None:
            return False
        if change.to is SuggestionState.MERGED and not await self._is_mergeable(change.into, before):
            return False
        seen = change.to in (SuggestionState.ACCEPTED, SuggestionState.USED)
        decided = await self._connection.execute(
            update(suggestion)
            .where(suggestion.c.number == number, suggestion.c.state == change.was.value)
            .values(
                state=change.to.value,
                decided_by=change.by,
                decided_at=change.at,
                reason=change.reason,
                into=change.into,
                used_in=change.used_in,
                held=false() if seen else suggestion.c.held,
            )
        )
        if decided.rowcount != 1:
            return False
        await self._record(
            number,
            was=change.was,
            became=change.to,
            by=change.by,
            at=change.at,
            reason=change.reason,
            was_into=before.merged_into,
            was_held=before.held,
            undo_until=change.undo_until,
        )
        # Supporters move with a merge: off the suggestion it was merged into before, on to the new one.
        for parent in {before.merged_into, change.into}:
            await self._supporters.recount(parent)
        return True

    async def undo(self, number: int, last: SuggestionChange, before: SuggestionChange, at: datetime) -> None:
        """Take back a suggestion's last change: it becomes as it was after the change before.

        The record keeps that there was one, without its reason. The caller has locked the story's suggestions and
        found nothing that speaks against it.
        """
        merged_into = await self._connection.scalar(
            select(suggestion.c.into).where(suggestion.c.number == number)
        )
        first = before.was is None
        await self._connection.execute(
            update(suggestion)
            .where(suggestion.c.number == number)
            .values(
                state=before.became.value,
                decided_by=None if first else before.by,
                decided_at=None if first else before.at,
                reason=before.reason,
                into=last.was_into,
                used_in=None,
                held=last.was_held,
            )
        )
        await self._connection.execute(
            update(suggestion_change)
            .where(suggestion_change.c.id == last.id)
            .values(undone_at=at, reason=None)
        )
        # An entry of its own, which no longer counts either, tells those who follow the record's growth.
        await self._record(number, was=last.became, became=before.became, by=last.by, at=at, undone_at=at)
        for parent in {merged_into, last.was_into}:
            await self._supporters.recount(parent)

    async def use(self, number: int, chapter: str, at: datetime) -> SuggestionState | None:
        """Mark a suggestion as used by a released chapter that thanks for it.

        Returns:
            The state it was in; None if it was neither new nor accepted, and nothing was changed.
        """
        for was in source_states(Decision.THANK):
            if await self.decide(
                number, StateChange(was=was, to=SuggestionState.USED, by=None, at=at, used_in=chapter)
            ):
                return was
        return None

    async def lock_stories(self, stories: Iterable[str]) -> None:
        """Lock the suggestions of these stories against other changes until the transaction ends.

        This is for callers that read first and then decide what to change.
        """
        await self._supporters.lock_stories(stories)

    async def add_supporter(self, number: int, user_id: int, at: datetime) -> bool:
        """Add a supporter; False if they were one. The caller checks whether they may support it."""
        return await self._supporters.add(number, user_id, at)

    async def remove_supporter(self, number: int, user_id: int) -> bool:
        """Remove a supporter; False if they were none."""
        return await self._supporters.remove(number, user_id)

    async def set_name_me(self, number: int, *, suggester: int, wanted: bool) -> bool:
        """Set whether the suggester wants to be named if it is used; False if it is not theirs."""
        named = await self._connection.execute(
            update(suggestion)
            .where(suggestion.c.number == number, suggestion.c.maker == suggester)
            .values(name_me=wanted)
        )
        return named.rowcount == 1

    async def forget_person(self, user_id: int, hashed: str) -> None:
        """Remove a person from all suggestions and records; their own suggestions keep only this keyed hash."""
        await suggester_erasure.erase_suggester(self._connection, self._supporters, user_id, hashed)

    async def delete(self, numbers: Collection[int], at: datetime) -> list[int]:
        """Delete suggestions with their records.

        Returns:
            The remaining suggestions that were merged into one of them, which are open again.
        """
        stories = select(suggestion.c.story).where(suggestion.c.number.in_(numbers)).distinct()
        await self.lock_stories((await self._connection.execute(stories)).scalars())
        found = await self.get_many(numbers)
        orphans = await self._select(
            suggestion.c.into.in_(numbers),
            suggestion.c.number.not_in(numbers),
            suggestion.c.state == SuggestionState.MERGED.value,
        )
        for orphan in orphans:
            await self.decide(
                orphan.number, StateChange(was=SuggestionState.MERGED, to=SuggestionState.NEW, by=None, at=at)
            )
        await suggester_erasure.delete_suggestions(self._connection, list(found))
        for parent in {one.merged_into for one in found.values()} - set(found):
            await self._supporters.recount(parent)
        return sorted(orphan.number for orphan in orphans)

    async def _get_locked(self, number: int) -> Suggestion | None:
        """Return the suggestion, with its story's suggestions locked."""
        found = await self.get(number)
        if found is not None:
            await self.lock_stories([found.story])
            found = await self.get(number)
        return found

    async def _is_mergeable(self, into: int | None, other: Suggestion) -> bool:
        """Return whether a suggestion may be merged into that number now.

        Only an open suggestion of the same story qualifies, so that no circle of merges can arise.
        """
        target = await self.get(into) if into is not None else None
        return (
            target is not None
            and target.number != other.number
            and target.story == other.story
            and target.state.is_open
        )

    async def _record(
        self,
        number: int,
        *,
        was: SuggestionState | None,
        became: SuggestionState,
        by: int | None,
        at: datetime,
        **more: object,
    ) -> None:
        await self._connection.execute(
            insert(suggestion_change).values(
                suggestion=number,
                was=was.value if was else None,
                became=became.value,
                by=by,
                at=at,
                **more,
            )
        )
