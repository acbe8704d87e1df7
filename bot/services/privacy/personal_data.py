"""Export and erasure of the data stored about a person.

An erased person remains as a keyed hash, so that data read from Discord again, such as old stars, does not
restore them. Using a command, a button or a form of the bot ends that; a reconciliation never does.
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
from bot.domain.suggestions.suggestion import SuggestionState
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
    """Everything stored about a person, as JSON text."""

    text: str
    made_at: datetime
    is_empty: bool
    """Whether nothing is stored about the person."""


@dataclass(frozen=True, slots=True)
class SuggestionTally:
    """The numbers of a person's suggestions."""

    current: int
    """The number with the person's name."""

    kept: int = 0
    """The number kept without a name at an earlier erasure."""

    @property
    def total(self) -> int:
        """The sum of both."""
        return self.current + self.kept


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """The result of an erasure."""

    count: int
    """The number of the person's suggestions, including those kept at an earlier erasure."""

    kept: bool
    """Whether they were kept without a name."""


class PersonalData:
    """Exports and erases people's data, each only at their own request."""

    def __init__(
        self,
        store: Database,
        messenger: DeliveryMessenger,
        languages: Languages,
        counters: CounterTracker,
        clock: Clock,
    ) -> None:
        self._store = store
        self._counters = counters
        self._messenger = messenger
        self._languages = languages
        self._clock = clock
        self._erased: set[str] | None = None

    async def export(self, viewer: Viewer) -> Export:
        """Return everything stored about the viewer, in one consistent view.

        Their own texts are included whatever the rating, because the file is for them alone. Others' texts
        for age-restricted stories are not.
        """
        direct = await self._direct(viewer.user_id)
        now = self._clock.now()
        async with self._store.begin() as tx:
            hashed = await pseudonym(tx, viewer.user_id)
            found = dict(await tx.personal_data.export(viewer.user_id, hashed, direct))
            for name in ("ideas", "ideas_that_stayed"):
                found[name] = await _hide_unreleased_uses(tx, found[name])
            found["messages_to_you"] = [
                {**row, "facts": await redact_quotes(tx, row["facts"], age_restricted=False, own=True)}
                for row in found["messages_to_you"]
            ]
        kept = {name: [_plain(row) for row in rows] for name, rows in found.items() if rows}
        about = {"made_at": _iso(now), "discord_id": str(viewer.user_id)}
        text = json.dumps({"about": about, **kept}, ensure_ascii=False, indent=2)
        return Export(text + "\n", now, not kept)

    async def count_suggestions(self, viewer: Viewer) -> SuggestionTally:
        """Count the viewer's suggestions that an erasure would keep or delete."""
        async with self._store.begin() as tx:
            suggestions = await tx.personal_data.list_suggestions(
                viewer.user_id, await pseudonym(tx, viewer.user_id)
            )
        stayed = sum(suggestion.stayed for suggestion in suggestions)
        return SuggestionTally(len(suggestions) - stayed, stayed)

    async def erase(self, viewer: Viewer, *, keep_suggestions: bool) -> ErasureReport:
        """Erase the viewer's data in one transaction; their suggestions are kept without a name, or deleted.

        1. Posts that credit the viewer, and panels with their suggestions, are scheduled for edits.
        2. Deleted suggestions take their notices with them, and others' merged into them reappear. Those kept
        at an earlier erasure are deleted too. Kept ones retain a keyed hash.
        3. Everything else with the viewer's id is deleted or anonymized.
        4. The viewer is remembered as a keyed hash.
        5. Messages with deleted suggestions are deleted as far as Discord allows now.
        """
        direct = await self._direct(viewer.user_id)
        await self._counters.forget_reader(viewer.user_id)
        now = self._clock.now()
        async with self._store.begin() as tx:
            hashed = await pseudonym(tx, viewer.user_id)
            suggestions = await tx.personal_data.list_suggestions(viewer.user_id, hashed)
            # An anonymous suggestion that is kept looks as before. Refreshing it with the others would reveal whose
            # it is.
            await self._show_anew(
                tx,
                [suggestion for suggestion in suggestions if suggestion.named or not keep_suggestions],
                now,
            )
            if not keep_suggestions:
                await self._remove(tx, [suggestion.number for suggestion in suggestions], now)
            await tx.suggestions.forget_person(viewer.user_id, hashed)
            await tx.personal_data.erase(viewer.user_id, direct)
            await tx.personal_data.record_erasure(hashed, now)
        if self._erased is not None:
            self._erased.add(hashed)
        self._languages.forget(viewer.user_id)
        _log.info(
            "somebody had their data erased", extra={"action": "person_erased", "ideas": len(suggestions)}
        )
        if not keep_suggestions:
            await self._take_down(suggestions)
        return ErasureReport(len(suggestions), keep_suggestions)

    async def record_use(self, user_id: int) -> None:
        """Record that a person uses the bot by their own doing, which ends a former erasure."""
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
        """Delete suggestions with their notices.

        Others' suggestions merged into a used one become used; those merged into any other are reopened, and
        everybody involved is notified.
        """
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
        suggestion = await tx.suggestions.get(number)
        story = await tx.stories.get_description(suggestion.story) if suggestion is not None else None
        if suggestion is not None and story is not None:
            await notify_of_decision(tx, story, suggestion, now=now)
            await tx.panels.wake(story.slug, [number], now)

    async def _show_anew(
        self, tx: Transaction, suggestions: Sequence[ErasableSuggestion], now: datetime
    ) -> None:
        await mark_credits_stale(tx, [suggestion.number for suggestion in suggestions])
        by_story: dict[str, list[int]] = defaultdict(list)
        for suggestion in suggestions:
            by_story[suggestion.story].append(suggestion.number)
        for story, numbers in by_story.items():
            await tx.panels.wake(story, numbers, now)

    async def _direct(self, user_id: int) -> int | None:
        """Return the viewer's DM channel; pages sent there are stored only under its id."""
        answer = await self._messenger.find_dm_channel(user_id)
        return answer if isinstance(answer, int) else None

    async def _take_down(self, suggestions: Sequence[ErasableSuggestion]) -> None:
        for suggestion in suggestions:
            for channel_id, message_id in suggestion.shown:
                outcome = await self._messenger.delete(channel_id, message_id)
                if not isinstance(outcome, Sent):
                    _log.warning(
                        "message %d, which shows an erased idea, could not be deleted: %s",
                        message_id,
                        outcome,
                        extra={"action": "erased_idea_shown", "channel": channel_id},
                    )


async def _hide_unreleased_uses(
    tx: Transaction, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    kept = await tx.suggestions.get_many([row["number"] for row in rows])
    shown: list[Mapping[str, Any]] = []
    for row in rows:
        suggestion = await hide_unreleased_use(tx, kept[row["number"]])
        facts = {
            "state": suggestion.state.value,
            "used_in": suggestion.used_in,
            "decided_at": suggestion.decided_at,
            "reason": suggestion.reason,
        }
        shown.append({**row, **{name: value for name, value in facts.items() if name in row}})
    return shown


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    """Return a value for other programs.

    Times are in ISO 8601, and Discord's ids are text, because they do not fit a float.
    """
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_id"):
        return str(value)
    return value


def _iso(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
