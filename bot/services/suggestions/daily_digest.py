"""The daily digest, which tells authors who want it about new suggestions."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.pages import excerpt
from bot.domain.schedule.local_time import localize, to_local
from bot.domain.stories.story import Story
from bot.kit.message_nonces import new_nonce
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.store.database import Database
from bot.store.people.person_records import Person
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

DIGEST = "digest"
"""The kind of the notice."""

HOUR = time(9)
"""The time of the digest in the time zone of the author's first story."""

_STORIES = 5
_IDEAS = 3
_TOLD_IDEA = 120


class DailyDigest:
    """Builds digests of what is new since the last one; a day without new suggestions has none."""

    def __init__(
        self,
        store: Database,
        clock: Clock,
        *,
        operators: Collection[int] = (),
        channel_policy: ReviewChannelPolicy | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._operators = frozenset(operators)
        self._channel_policy = channel_policy or ReviewChannelPolicy()

    async def set_enabled(self, viewer: Viewer, wanted: bool) -> None:
        """Turn the digest on or off for the viewer."""
        async with self._store.begin() as tx:
            await tx.preferences.set_digest(viewer.user_id, wanted)

    async def sweep(self) -> datetime | None:
        """Queue the digests that are due. Return when the next one will be."""
        now = self._clock.now()
        async with self._store.read() as tx:
            if not await tx.preferences.list_due_digests(now):
                return None
        async with self._store.begin() as tx:
            stories = [record.story for record in await tx.stories.list_all()]
            soonest = None
            for person in await tx.preferences.list_due_digests(now):
                due = await self._look(tx, person, await self._of(tx, person, stories), now)
                soonest = due if soonest is None or (due is not None and due < soonest) else soonest
        return soonest

    async def _of(self, tx: Transaction, person: Person, stories: list[Story]) -> list[Story]:
        """Return the stories in this person's digest: theirs, unless a channel shows the suggestions."""
        return [
            story
            for story in stories
            if (story.is_by(person.user_id) or person.user_id in self._operators)
            and await self._channel_policy.channel_for(tx, story) is None
        ]

    async def _look(
        self, tx: Transaction, person: Person, stories: list[Story], now: datetime
    ) -> datetime | None:
        """Queue one person's digest if it is due. Return when the next one will be."""
        if not stories:
            return None
        last = person.digested_at
        if last is None:
            # They have just asked for it: what was there before is no news.
            await tx.preferences.record_digest(person.user_id, now, None)
            return next_digest(now, stories[0])
        due = next_digest(last, stories[0])
        if due > now:
            return due
        facts = await self._facts(tx, stories, last)
        if await tx.preferences.record_digest(person.user_id, now, last) and facts is not None:
            key = f"digest:{person.user_id}:{int(now.timestamp())}"
            await tx.notices.add(person.user_id, DIGEST, facts, key=key, nonce=new_nonce(), now=now)
            _log.info("a digest is owed", extra={"action": "digest_owed", "user": person.user_id})
        return next_digest(now, stories[0])

    async def _facts(self, tx: Transaction, stories: list[Story], since: datetime) -> dict[str, str] | None:
        """Return the number of new suggestions and the most supported ones by story, or None without any."""
        facts: dict[str, str] = {}
        number = total = 0
        for story in stories:
            count, best = await tx.review_queue.summarize_new(story.slug, since, _IDEAS)
            total += count
            if not count or number == _STORIES:
                continue
            facts |= {f"{number}.story": story.title, f"{number}.count": str(count)}
            for place, one in enumerate(best):
                facts[f"{number}.{place}.number"] = str(one.number)
                facts[f"{number}.{place}.idea"] = excerpt(one.beginning, _TOLD_IDEA)
            number += 1
        return facts | {"count": str(total)} if total else None


def next_digest(last: datetime, story: Story) -> datetime:
    """Return the first nine o'clock after that moment in the story's time zone."""
    zone = story.release_rules.zone
    day = to_local(last, zone).date()
    for later in range(3):
        moment = localize(datetime.combine(day + timedelta(days=later), HOUR), zone)
        if moment > last:
            return moment
    return last + timedelta(days=1)
