"""Preflight: warnings about releases due within a day that could not be delivered as things are."""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.diagnostics import is_of_story, short_file_name, without_warnings
from bot.domain.errors import Refusal
from bot.domain.message_json import encode
from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.schedule.release_calendar import first_empty_slot
from bot.domain.stories.story import Serial, Story
from bot.domain.subscriptions.channel_refusals import TimedOut
from bot.domain.subscriptions.subscription import Subscription
from bot.kit.message_nonces import new_nonce
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.eligibility import ineligibility
from bot.services.delivery.parking import fault_from
from bot.services.delivery.post_messenger import DeliveryMessenger
from bot.services.delivery.role_mentions import RoleMentions
from bot.services.stories.content_source import ContentSource
from bot.services.stories.upcoming import UpcomingReleases, calendar_state_of
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

AHEAD = timedelta(days=1)
"""Range of the check, and its interval for each story."""

_MAX_RELEASES = 100
"""Releases of one story within a day that are checked, more than anybody plans for one day."""

_QUICK = timedelta(hours=20)
"""Slots closer than this mean several a day."""

_TOLD = 8
"""Problems named in one message."""


@dataclass(frozen=True, slots=True)
class PreflightProblem:
    """A problem that somebody can fix."""

    kind: str
    """Selects the wording (see `chat/notifications/notice_texts.py`)."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Values for the placeholders of the wording."""

    @property
    def identity(self) -> str:
        """Return a value that is equal for the same problem of the same release."""
        return repr((self.kind, sorted(self.facts.items())))


@dataclass(frozen=True, slots=True)
class _Turn:
    """A story to check: its next releases, and the slot without a chapter if there is one."""

    serial: Serial
    coming: tuple[PlannedRelease, ...]
    dry_at: datetime | None


_Found = dict[int, list[PreflightProblem]]
"""Problems by the person who can mend them."""


class Preflight:
    """Checks each story that has a release or a slot within a day, once a day."""

    def __init__(
        self,
        store: Database,
        content: ContentSource,
        messenger: DeliveryMessenger,
        upcoming: UpcomingReleases,
        clock: Clock,
        *,
        limiter: RateLimiter,
    ) -> None:
        self._store = store
        self._content = content
        self._messenger = messenger
        self._upcoming = upcoming
        self._clock = clock
        self._limiter = limiter
        self._mentions = RoleMentions(store, messenger, clock, limiter=limiter)

    async def sweep(self) -> int:
        """Check the stories that are due and plan one message for each person concerned.

        Returns the number of messages.
        """
        now = self._clock.now()
        looked: list[str] = []
        found: _Found = defaultdict(list)
        for turn in await self._whose_turn(now):
            looked.append(turn.serial.story.slug)
            for person, problem in await self._look(turn, now):
                if problem not in found[person]:
                    found[person].append(problem)
        if not looked:
            return 0
        async with self._store.begin() as tx:
            for slug in looked:
                await tx.key_values.set(_key(slug), now.isoformat())
            return sum([await self._tell(tx, person, problems, now) for person, problems in found.items()])

    async def _whose_turn(self, now: datetime) -> list[_Turn]:
        """Return the stories with something due within a day that were not checked for a day."""
        async with self._store.read() as tx:
            records = await tx.stories.list_all()
            last = {record.story.slug: await tx.key_values.get(_key(record.story.slug)) for record in records}
        turns = []
        for record in records:
            serial = self._upcoming.serial(record.story.slug)
            looked_at = last[record.story.slug]
            if serial is None or (looked_at and datetime.fromisoformat(looked_at) > now - AHEAD):
                continue
            turn = self._turn(record, serial, now)
            if turn.coming or turn.dry_at:
                turns.append(turn)
        return turns

    def _turn(self, record: StoryRecord, serial: Serial, now: datetime) -> _Turn:
        """Return what a story releases within a day.

        Where there are several a day, only the next release or empty slot.
        """
        quick = _is_quick(serial.story, now)
        most = 1 if quick else _MAX_RELEASES
        coming = [due for due in self._upcoming.list_next(record, now, most) if due.at <= now + AHEAD]
        dry_at = None
        if len(coming) < most:
            dry_at = first_empty_slot(
                serial.entries, serial.story.release_rules, calendar_state_of(record), now=now
            )
        return _Turn(serial, tuple(coming), dry_at if dry_at and dry_at <= now + AHEAD else None)

    async def _look(self, turn: _Turn, now: datetime) -> list[tuple[int, PreflightProblem]]:
        try:
            return [*await self._in_files(turn), *await self._at_destinations(turn, now)]
        except DatabaseAway:
            raise
        except Exception:
            # One story's trouble must not have all the others asked for again in a moment.
            _log.exception(
                "%s could not be looked at", turn.serial.story.slug, extra={"action": "look_ahead_failed"}
            )
            return []

    async def _in_files(self, turn: _Turn) -> list[tuple[int, PreflightProblem]]:
        """Find the problems that an author can fix in the story's folder."""
        story, found = turn.serial.story, []
        if turn.dry_at is not None:
            found.append(PreflightProblem("dry", {"story": story.title, "at": _stamp(turn.dry_at)}))
        for due in turn.coming:
            chapter = turn.serial.chapter(due.chapter)
            for path in chapter.pictures if chapter else ():
                if await self._content.picture(story.slug, path) is None:
                    facts = {"story": story.title, "chapter": chapter.title if chapter else "", "path": path}
                    found.append(PreflightProblem("picture", facts | {"at": _stamp(due.at)}))
        for fault in without_warnings(self._content.list_faults()):
            if is_of_story(fault, story.slug):
                facts = {"story": story.title, "file": short_file_name(fault), "line": str(fault.line)}
                found.append(PreflightProblem("file", facts | {"reason": f"{fault.problem}. {fault.mend}"}))
        return [(author, problem) for author in _authors(story) for problem in found]

    async def _at_destinations(self, turn: _Turn, now: datetime) -> list[tuple[int, PreflightProblem]]:
        """Find the problems that a guild's admin can fix. Parked destinations were reported when they were parked."""
        if not turn.coming:
            return []
        story, at = turn.serial.story, _stamp(turn.coming[0].at)
        async with self._store.read() as tx:
            running = await tx.subscriptions.list_by_story(story.slug)
        found = []
        for subscription in running:
            refusal = await self._refusal(story, subscription)
            if isinstance(refusal, TimedOut) and refusal.facts["at"] < turn.coming[0].at.timestamp():
                continue  # It is over by then.
            if refusal is not None:
                reason = encode(fault_from(refusal, now).reason)
                facts = {"story": story.title, "channel": str(subscription.channel_id), "reason": reason}
                found.append((subscription.created_by, PreflightProblem("destination", facts | {"at": at})))
        if found:
            said = PreflightProblem(
                "destinations", {"story": story.title, "count": str(len(found)), "at": at}
            )
            found += [(author, said) for author in _authors(story)]
        return found

    async def _refusal(self, story: Story, subscription: Subscription) -> Refusal | None:
        if subscription.guild_id is None or self._messenger.has_outage(subscription.guild_id):
            return None
        channel, options = subscription.channel_id, subscription.options
        await self._limiter.acquire()
        try:
            survey = await self._messenger.survey(channel, options)
        except Refusal:
            # Discord does not say. The attempt will, at its hour.
            return None
        if survey is not None:
            await self._mentions.record_reach(subscription, survey.hearing)
        return ineligibility(story, subscription.guild_id, channel, options, survey)

    async def _tell(
        self, tx: Transaction, person: int, problems: Sequence[PreflightProblem], now: datetime
    ) -> int:
        facts = {"count": str(len(problems))}
        for number, problem in enumerate(problems[:_TOLD]):
            facts[f"{number}.kind"] = problem.kind
            facts |= {f"{number}.{name}": value for name, value in problem.facts.items()}
        digest = hashlib.blake2b("".join(sorted(each.identity for each in problems)).encode(), digest_size=12)
        owed = await tx.notices.add(
            person,
            "look-ahead",
            facts,
            key=f"ahead:{person}:{now:%Y-%m-%d}:{digest.hexdigest()}",
            nonce=new_nonce(),
            now=now,
        )
        if owed:
            _log.warning(
                "%d problems of the next day told to %d",
                len(problems),
                person,
                extra={"action": "looked_ahead", "problems": len(problems)},
            )
        return int(owed)


def _is_quick(story: Story, now: datetime) -> bool:
    release_rules = story.release_rules
    if release_rules.schedule is None:
        return False
    anchor = release_rules.start or now
    return release_rules.schedule.interval(zone=release_rules.zone, anchor=anchor) < _QUICK


def _key(slug: str) -> str:
    return f"looked-ahead:{slug}"


def _stamp(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def _authors(story: Story) -> list[int]:
    return [author.discord for author in story.authors if author.discord is not None]
