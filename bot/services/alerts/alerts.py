"""Alerts about faults that last until somebody fixes them: told at the beginning, daily, and at the end.

Callers report a fault as often as they like, and end it, or sync all faults of one source at once; only changes are
written. Nobody is told of a fault fixed within `GRACE`, since files are saved in pieces and disks are mounted late, nor
twice within `QUIET`, however often it comes and goes. Only people who were told that it began are told that it is over.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.kit.message_nonces import new_nonce
from bot.store.alerts.alert_records import AlertRecord
from bot.store.database import Database
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

TROUBLE = "trouble"
"""The kind of the notices; their facts name the kind of the fault and the phase."""

GRACE = timedelta(seconds=90)
"""How long a fault may last, or be over, before anybody is told."""

QUIET = timedelta(hours=1)
"""How long nobody is told that the same fault began again."""

DAILY = timedelta(days=1)
"""How often those concerned are told while it lasts."""

EVERY = "*"
"""Marks an alert that concerns the authors of every story."""


STOPPING = frozenset({"content-gone", "clock"})
"""The kinds of alert with which nothing at all can be released, so that the bot is not ready."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A fault that lasts until somebody fixes it.

    The operators are told of it, and the authors of `story`. If the fact `what` changes, that is news and told before
    the day is over.
    """

    key: str
    """Identifies the fault (`story-file:lamps`)."""
    kind: str
    """Selects the wording."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Values for the placeholders of the wording; no name may end in `number`."""
    story: str | None = None
    """The story whose authors are told, by its last sound description; `EVERY` means all stories."""


class Alerts:
    """Keeps active alerts over restarts and plans notices about them."""

    def __init__(self, store: Database, clock: Clock, *, operators: Collection[int] = ()) -> None:
        self._store = store
        self._clock = clock
        self._operators = frozenset(operators)
        self._known: dict[str, AlertRecord] | None = None

    def list_active(self, story: str | None = None) -> list[AlertRecord]:
        """Return the active alerts, all of them or those of one story."""
        known = (self._known or {}).values()
        return [
            one for one in known if one.ended_at is None and (story is None or one.story in (story, EVERY))
        ]

    async def report(self, trouble: Alert) -> None:
        """Record that a fault lasts. Repeating it costs nothing and updates its facts."""
        known = await self._all()
        record = _begun(trouble, known.get(trouble.key), self._clock.now())
        if record == known.get(trouble.key):
            return
        if (was := known.get(trouble.key)) is None or was.ended_at is not None:
            _log.warning(
                "trouble began: %s (%s)",
                trouble.key,
                trouble.kind,
                extra={"action": "trouble_began", "trouble": trouble.key, "kind": trouble.kind},
            )
        await self._put(record)

    async def end(self, key: str) -> None:
        """Record that a fault is over; does nothing where it was not reported."""
        known = await self._all()
        record = known.get(key)
        if record is None or record.ended_at is not None:
            return
        _log.info("trouble is over: %s", key, extra={"action": "trouble_over", "trouble": key})
        now = self._clock.now()
        if record.told_at is None:
            await self._forget(key)
        else:
            await self._put(replace(record, ended_at=now, tell_at=now + GRACE if record.was_told else None))

    async def sync_source(self, source: str, troubles: Collection[Alert]) -> None:
        """Replace the alerts whose keys begin with `source` and a colon: those not given are ended.

        Raises:
            ValueError: An alert has a key of another source.
        """
        start = f"{source}:"
        if strangers := [one.key for one in troubles if not one.key.startswith(start)]:
            raise ValueError(f"{strangers} do not belong to {source}")
        for trouble in troubles:
            await self.report(trouble)
        here = {trouble.key for trouble in troubles}
        for key in [key for key in await self._all() if key.startswith(start) and key not in here]:
            await self.end(key)

    async def sweep(self) -> datetime | None:
        """Plan the notices that are due. Return when there will be more to tell or to forget."""
        now = self._clock.now()
        for record in list((await self._all()).values()):
            tell_at = _sane(record.tell_at, now)
            if tell_at is not None and tell_at <= now:
                await self._tell(record, now)
            elif record.ended_at is not None and record.tell_at is None and record.ended_at + DAILY <= now:
                await self._forget(record.key)
        return min(
            (moment for one in (await self._all()).values() if (moment := _next(one, now))), default=None
        )

    async def _all(self) -> dict[str, AlertRecord]:
        if self._known is None:
            async with self._store.read() as tx:
                self._known = {record.key: record for record in await tx.alerts.list_all()}
        return self._known

    async def _put(self, record: AlertRecord) -> None:
        async with self._store.begin() as tx:
            await tx.alerts.save(record)
        (await self._all())[record.key] = record

    async def _forget(self, key: str) -> None:
        async with self._store.begin() as tx:
            await tx.alerts.delete(key)
        (await self._all()).pop(key, None)

    async def _tell(self, record: AlertRecord, now: datetime) -> None:
        """Plan notices about one alert and record that it was told, in one transaction.

        An earlier notice about the same alert that could not be delivered yet (its reader takes no DMs) is replaced, so
        that nobody comes back to thirty messages about one fault, or to one that is over.
        """
        over = record.ended_at is not None
        after = replace(
            record,
            told_at=record.told_at if over else now,
            tell_at=None if over else now + DAILY,
        )
        start = f"{TROUBLE}:{record.key}:{_stamp(record.began_at)}:"
        async with self._store.begin() as tx:
            told = await tx.notices.recall(start)
            people = told if over else await self._concerned(tx, record.story)
            phase = "over" if over else "lasts" if record.was_told else "began"
            facts = {**record.facts, "trouble": record.kind, "phase": phase, "since": _stamp(record.began_at)}
            for person in sorted(people):
                key = f"{start}{person}:{_stamp(now)}"
                await tx.notices.add(person, TROUBLE, facts, key=key, nonce=new_nonce(), now=now)
            await tx.alerts.save(after)
        (await self._all())[record.key] = after
        _log.info(
            "%d people are owed word of %s (%s)",
            len(people),
            record.key,
            phase,
            extra={"action": "trouble_told", "trouble": record.key, "phase": phase},
        )

    async def _concerned(self, tx: Transaction, story: str | None) -> set[int]:
        people = set(self._operators)
        if story == EVERY:
            stories = [record.story for record in await tx.stories.list_all()]
        else:
            about = None if story is None else await tx.stories.get_description(story)
            stories = [] if about is None else [about]
        return people | {by.discord for about in stories for by in about.authors if by.discord is not None}


def _begun(trouble: Alert, was: AlertRecord | None, now: datetime) -> AlertRecord:
    """Return the record of a fault that is active now."""
    if was is None:
        return AlertRecord(trouble.key, trouble.kind, now, now + GRACE, dict(trouble.facts), trouble.story)
    same = replace(was, kind=trouble.kind, facts=dict(trouble.facts), story=trouble.story)
    if was.ended_at is None:
        if was.told_at is None or was.facts.get("what") == trouble.facts.get("what"):
            return same
        soon = max(now + GRACE, was.told_at + QUIET)
        return replace(same, tell_at=soon if was.tell_at is None else min(was.tell_at, soon))
    if was.tell_at is not None and was.told_at is not None:
        # Nobody was told yet that it is over: then it is not.
        return replace(same, ended_at=None, tell_at=was.told_at + DAILY)
    tell_at = now + GRACE if was.told_at is None else max(now + GRACE, was.told_at + QUIET)
    return replace(same, began_at=now, ended_at=None, tell_at=tell_at)


def _next(record: AlertRecord, now: datetime) -> datetime | None:
    if record.tell_at is not None:
        return _sane(record.tell_at, now)
    return None if record.ended_at is None else _sane(record.ended_at + DAILY, now)


def _sane(moment: datetime | None, now: datetime) -> datetime | None:
    """Limit a moment to a day from now: a later one only means that the clock was set back since."""
    return None if moment is None else min(moment, now + DAILY)


def _stamp(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def describe_alert(record: AlertRecord) -> str:
    """Describe an alert in one line for operators."""
    facts = "; ".join(
        f"{name} {' '.join(value.split())}" for name, value in record.facts.items() if name != "what"
    )
    return f"{record.key} ({record.kind}): {facts}"
