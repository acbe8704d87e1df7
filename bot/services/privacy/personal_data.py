"""What is kept of one person: handed out, and erased.

Who has been erased remains as a keyed hash, so that what is read from Discord again, such as old stars, does not bring
them back. Using a command, a button or a form of the bot's is their own doing and ends that; a recount never does.
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Sent
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.services.delivery.post_messenger import DeliveryMessenger
from bot.services.people.languages import Languages
from bot.services.people.pseudonyms import pseudonym
from bot.services.statistics.counters import CounterTracker
from bot.services.suggestions.credits import mark_credits_stale
from bot.services.suggestions.decision_notices import notify_of_decision
from bot.services.suggestions.notice_redaction import redact_quotes
from bot.services.suggestions.suggestion_lookup import hide_unreleased_use
from bot.store.database import Database
from bot.store.privacy.personal_data_records import ErasableSuggestion
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Export:
    """Everything kept of a person, as a JSON text; `empty` if that is nothing."""

    text: str
    made_at: datetime
    is_empty: bool


@dataclass(frozen=True, slots=True)
class SuggestionTally:
    """How many ideas somebody made, and how many of theirs stayed without them when they were erased before."""

    current: int
    kept: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.current + self.kept


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What became of somebody's ideas: so many were theirs, those of before an erasure too, and they stayed without
    their maker or went."""

    count: int
    kept: bool


class PersonalData:
    """Exports and erases what is kept of people, each only at their own wish."""

    def __init__(
        self,
        store: Database,
        messenger: DeliveryMessenger,
        knowing: Languages,
        counting: CounterTracker,
        clock: Clock,
    ) -> None:
        self._store = store
        self._counting = counting
        self._messenger = messenger
        self._knowing = knowing
        self._clock = clock
        self._erased: set[str] | None = None

    async def export(self, viewer: Viewer) -> Export:
        """Everything kept of the viewer, in one consistent view.

        What they wrote stands in it, whatever the rating: the file is theirs alone. What others wrote for stories that
        are not for everybody does not.
        """
        direct = await self._direct(viewer.user_id)
        now = self._clock.now()
        async with self._store.begin() as tx:
            hashed = await pseudonym(tx, viewer.user_id)
            found = dict(await tx.personal_data.export(viewer.user_id, hashed, direct))
            for name in ("ideas", "ideas_that_stayed"):
                found[name] = await _as_told(tx, found[name])
            found["messages_to_you"] = [
                {**row, "facts": await redact_quotes(tx, row["facts"], age_restricted=False, own=True)}
                for row in found["messages_to_you"]
            ]
        kept = {name: [_plain(row) for row in rows] for name, rows in found.items() if rows}
        about = {"made_at": _iso(now), "discord_id": str(viewer.user_id)}
        text = json.dumps({"about": about, **kept}, ensure_ascii=False, indent=2)
        return Export(text + "\n", now, not kept)

    async def count_suggestions(self, viewer: Viewer) -> SuggestionTally:
        """The ideas of the viewer's that there are to stay or to go."""
        async with self._store.begin() as tx:
            ideas = await tx.personal_data.list_suggestions(
                viewer.user_id, await pseudonym(tx, viewer.user_id)
            )
        stayed = sum(idea.stayed for idea in ideas)
        return SuggestionTally(len(ideas) - stayed, stayed)

    async def erase(self, viewer: Viewer, *, keep_ideas: bool) -> ErasureReport:
        """Forget the viewer: their ideas stay without their maker, or go, and all else goes, in one transaction.

        1. Posts that name them in their credits are to be edited, and what shows their ideas.
        2. Ideas that go take what was told of them with them; others' that were merged into them are there again. Those
           that stayed when they were erased before go with them. On those that stay a keyed hash remains.
        3. All else that holds their id goes, or names nobody any more.
        4. They remain as a keyed hash.
        5. Messages that showed ideas which are gone are deleted, as far as Discord allows now.
        """
        direct = await self._direct(viewer.user_id)
        await self._counting.forget_reader(viewer.user_id)
        now = self._clock.now()
        async with self._store.begin() as tx:
            hashed = await pseudonym(tx, viewer.user_id)
            ideas = await tx.personal_data.list_suggestions(viewer.user_id, hashed)
            # An anonymous idea that stays looks as before. Were it shown anew with the others, that would tell whose
            # it is.
            await self._show_anew(tx, [idea for idea in ideas if idea.named or not keep_ideas], now)
            if not keep_ideas:
                await self._remove(tx, [idea.number for idea in ideas], now)
            await tx.suggestions.forget_person(viewer.user_id, hashed)
            await tx.personal_data.erase(viewer.user_id, direct)
            await tx.personal_data.record_erasure(hashed, now)
        if self._erased is not None:
            self._erased.add(hashed)
        self._knowing.forget(viewer.user_id)
        _log.info("somebody had their data erased", extra={"action": "person_erased", "ideas": len(ideas)})
        if not keep_ideas:
            await self._take_down(ideas)
        return ErasureReport(len(ideas), keep_ideas)

    async def record_use(self, user_id: int) -> None:
        """Somebody uses the bot by their own doing: if they had been erased, they are as anybody else from now on."""
        if self._erased is None:
            async with self._store.read() as tx:
                self._erased = await tx.personal_data.list_erased()
        if not self._erased:
            return
        async with self._store.read() as tx:
            # Whoever was erased was hashed, so there is a key and none is made here.
            hashed = await pseudonym(tx, user_id)
        if hashed not in self._erased:
            return
        async with self._store.begin() as tx:
            await tx.personal_data.clear_erasure(hashed)
        self._erased.discard(hashed)

    async def _remove(self, tx: Transaction, numbers: Sequence[int], now: datetime) -> None:
        """Erase ideas with what was told of them. Others' ideas merged into a used one are used now; those merged
        into any other are open again, and everybody behind them is told."""
        await tx.personal_data.delete_notices(numbers)
        chapters: dict[int, str] = {}
        for one in (await tx.suggestions.get_many(numbers)).values():
            if one.state is SuggestionState.USED and one.used_in is not None:
                chapters |= {
                    each.number: one.used_in for each in await tx.suggestions.list_merged_into(one.number)
                }
        for number in await tx.suggestions.delete(numbers, now):
            if number in chapters:
                await tx.suggestions.use(number, chapters[number], now)
            else:
                await self._tell_reopened(tx, number, now)

    async def _tell_reopened(self, tx: Transaction, number: int, now: datetime) -> None:
        idea = await tx.suggestions.get(number)
        story = await tx.stories.get_description(idea.story) if idea is not None else None
        if idea is not None and story is not None:
            await notify_of_decision(tx, story, idea, Decision.REOPEN, by=None, now=now)
            await tx.panels.wake(story.slug, [number], now)

    async def _show_anew(self, tx: Transaction, ideas: Sequence[ErasableSuggestion], now: datetime) -> None:
        await mark_credits_stale(tx, [idea.number for idea in ideas])
        by_story: dict[str, list[int]] = defaultdict(list)
        for idea in ideas:
            by_story[idea.story].append(idea.number)
        for story, numbers in by_story.items():
            await tx.panels.wake(story, numbers, now)

    async def _direct(self, user_id: int) -> int | None:
        """Their channel for direct messages: pages sent there are kept by nothing but that."""
        answer = await self._messenger.direct(user_id)
        return answer if isinstance(answer, int) else None

    async def _take_down(self, ideas: Sequence[ErasableSuggestion]) -> None:
        for idea in ideas:
            for channel_id, message_id in idea.shown:
                outcome = await self._messenger.delete(channel_id, message_id)
                if not isinstance(outcome, Sent):
                    _log.warning(
                        "message %d, which shows an erased idea, could not be deleted: %s",
                        message_id,
                        outcome,
                        extra={"action": "erased_idea_shown", "channel": channel_id},
                    )


async def _as_told(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Somebody's ideas as their maker may know them, whatever is kept of them."""
    kept = await tx.suggestions.get_many([row["number"] for row in rows])
    told: list[Mapping[str, Any]] = []
    for row in rows:
        idea = await hide_unreleased_use(tx, kept[row["number"]])
        facts = {
            "state": idea.state.value,
            "used_in": idea.used_in,
            "decided_at": idea.decided_at,
            "reason": idea.reason,
        }
        told.append({**row, **{name: value for name, value in facts.items() if name in row}})
    return told


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    """A value for people's programs: instants in ISO 8601, Discord's ids as text, as they do not fit a float."""
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_id"):
        return str(value)
    return value


def _iso(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
