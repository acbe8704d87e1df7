"""The morning card, which tells authors who want it once a day what is new about their stories."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.pages import excerpt
from bot.domain.schedule.local_time import localize, to_local
from bot.domain.stories.story import Story
from bot.kit.message_nonces import new_nonce
from bot.services.stories.chapter_buffer import ChapterBuffer, measure_buffer
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.stories.story_lookup import find_story
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.store.database import Database
from bot.store.people.person_records import Person
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

MORNING_CARD = "digest"
"""The kind of the notice."""

HOUR = time(9)
"""The time of the card in the time zone of the author's first story."""

MOST_STORIES = 5
"""Stories on one card."""

_LOOKED_AT = 25
"""Stories of one person, an operator's perhaps, in which news are looked for."""

_IDEAS = 3
_TOLD_IDEA = 120
_THREADS = 3
_TITLE = 100

_WARNINGS = (timedelta(days=7), timedelta(days=2))
"""How long before a slot without a chapter the card comes for that alone. `Preflight` tells of the last day."""

_LASTS = _WARNINGS[0]
_KEPT = timedelta(days=35)

_RESTORED = "cards_restored"
"""The stored value with the moments of a backup and of its restore."""

_LATE = timedelta(hours=1)
"""How late a running bot may be with a card."""

Facts = dict[str, str]


class MorningCards:
    """Builds cards of what is new since the last one; a day without news has none."""

    def __init__(
        self,
        store: Database,
        upcoming: UpcomingReleases,
        clock: Clock,
        *,
        operators: Collection[int] = (),
        channel_policy: ReviewChannelPolicy | None = None,
    ) -> None:
        self._store = store
        self._upcoming = upcoming
        self._clock = clock
        self._operators = frozenset(operators)
        self._channel_policy = channel_policy or ReviewChannelPolicy()

    async def set_enabled(self, viewer: Viewer, wanted: bool) -> None:
        """Turn the card on or off for the viewer."""
        async with self._store.begin() as tx:
            await tx.preferences.set_digest(viewer.user_id, wanted)

    async def sweep(self) -> datetime | None:
        """Queue the cards that are due. Return when the next one will be."""
        now = self._clock.now()
        async with self._store.read() as tx:
            people = await tx.preferences.list_due_digests(now)
        theirs = self._stories_by_author() if people else {}
        moments = []
        for person in people:
            stories = theirs.get(person.user_id, ())
            if person.user_id in self._operators:
                stories = _unique([*stories, *(story for each in theirs.values() for story in each)])
            if stories:
                moments.append(await self._look(person, stories[:_LOOKED_AT], now))
        return min(moments, default=None)

    async def find_next_chapter(self, viewer: Viewer, story: str) -> tuple[Story, str | None]:
        """Return the story, and the token of the finished chapter that comes out next, if there is one.

        Raises:
            Refusal: The story is not theirs, or may not be shown here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        coming = self._upcoming.list_next(record, self._clock.now(), 1)
        return record.story, chapter_token(coming[0].chapter) if coming else None

    async def purge(self) -> None:
        """Forget how comments grew long ago, which no card tells any more."""
        async with self._store.begin() as tx:
            await tx.recent_growth.purge(self._clock.now() - _KEPT)

    def _stories_by_author(self) -> Mapping[int, Sequence[Story]]:
        """Return all stories by author and title. They are in memory: only those of a due card are read."""
        theirs: dict[int, list[Story]] = defaultdict(list)
        stories = self._upcoming.list_stories()
        for story in sorted(stories, key=lambda story: (story.title.casefold(), story.slug)):
            for user_id in dict.fromkeys(author.discord for author in story.authors):
                theirs[user_id or 0].append(story)
        return theirs

    async def _look(self, person: Person, stories: Sequence[Story], now: datetime) -> datetime:
        """Queue one person's card if it is due. Return when the next one will be."""
        last = person.digested_at
        if last is None:
            # They have just asked for it: what was there before is no news.
            async with self._store.begin() as tx:
                await tx.preferences.record_digest(person.user_id, now, None)
            return next_card(now, stories[0])
        due = next_card(last, stories[0])
        if due > now:
            return due
        key = f"digest:{person.user_id}:{to_local(now, stories[0].release_rules.zone):%Y-%m-%d}"
        async with self._store.read() as tx:
            if await tx.notices.is_known(key):
                # The zone has changed since this morning: what is new waits for tomorrow's.
                return next_card(now, stories[0])
            is_told = await _is_told_before_restore(tx, last, due)
            facts = None if is_told else await self._facts(tx, stories, last, now)
        async with self._store.begin() as tx:
            if await tx.preferences.record_digest(person.user_id, now, last) and facts is not None:
                await tx.notices.add(person.user_id, MORNING_CARD, facts, key=key, nonce=new_nonce(), now=now)
                _log.info("a card is owed", extra={"action": "digest_owed", "user": person.user_id})
        return next_card(now, stories[0])

    async def _facts(
        self, tx: Transaction, stories: Sequence[Story], since: datetime, now: datetime
    ) -> Facts | None:
        """Return what is new by story, in the order of their titles; None where nothing is."""
        facts: Facts = {}
        shown = more = ideas = 0
        known = {record.story.slug: record for record in await tx.stories.get_many([s.slug for s in stories])}
        for story in stories:
            record = known.get(story.slug)
            news, worth = (None, False) if record is None else await self._news(tx, record, since, now)
            if news is None or not worth:
                continue
            ideas += int(news["count"])
            if shown == MOST_STORIES:
                more += 1
                continue
            facts |= {f"{shown}.{name}": value for name, value in news.items()}
            shown += 1
        return facts | {"count": str(ideas), "more": str(more)} if shown else None

    async def _news(
        self, tx: Transaction, record: StoryRecord, since: datetime, now: datetime
    ) -> tuple[Facts, bool]:
        """Return what is to be told of a story, and whether that is worth a card."""
        slug = record.story.slug
        won = await tx.recent_growth.summarize(slug, since)
        ideas = await self._ideas(tx, record.story, since)
        comments = await self._comments(tx, slug, since)
        buffer = measure_buffer(self._upcoming, record, now)
        facts = {
            "story": record.story.title[:_TITLE],
            "slug": slug,
            "readers": str(won.readers),
            "reads": str(won.reads),
            "stars": str(won.votes),
            **comments,
            **ideas,
            **(_lasting(buffer, record.story, now) if buffer is not None else {}),
        }
        new = won.reads or won.votes or comments["comments"] != "0" or ideas["count"] != "0"
        return facts, bool(new) or (buffer is not None and _warns(buffer, since, now))

    async def _comments(self, tx: Transaction, slug: str, since: datetime) -> Facts:
        facts = {"comments": str(await tx.recent_growth.count_comments(slug, since))}
        threads = await tx.recent_growth.list_growing_threads(slug, since, _THREADS)
        for place, thread in enumerate(threads):
            facts |= {
                f"thread{place}.id": str(thread.thread_id),
                f"thread{place}.guild": str(thread.guild_id or 0),
                f"thread{place}.chapter": str(thread.chapter),
                f"thread{place}.grown": str(thread.grown),
            }
        return facts

    async def _ideas(self, tx: Transaction, story: Story, since: datetime) -> Facts:
        """Return the number of new ideas and the best supported of them, unless a channel shows them."""
        if await self._channel_policy.channel_for(tx, story) is not None:
            return {"count": "0", "waiting": "0"}
        count, best = await tx.review_queue.summarize_new(story.slug, since, _IDEAS)
        facts = {"count": str(count), "waiting": str(await tx.suggestions.count_undecided(story.slug))}
        for place, one in enumerate(best):
            facts[f"{place}.number"] = str(one.number)
            facts[f"{place}.idea"] = excerpt(one.beginning, _TOLD_IDEA)
        return facts


async def mark_cards_restored(tx: Transaction, made_at: datetime, now: datetime) -> None:
    """Note in a database that was just restored that cards may have been sent after the backup.

    One that fell due between the backup and the restore counts as sent. If none was, because no bot ran in that time,
    what was new before the backup is told by no card: rather that than the same card twice.
    """
    await tx.key_values.set(_RESTORED, f"{made_at.isoformat()} {now.isoformat()}")


async def _is_told_before_restore(tx: Transaction, last: datetime, due: datetime) -> bool:
    """Return whether the card that was due then, after the `last` one, may have been sent by a bot before a restore."""
    known = await tx.key_values.get(_RESTORED)
    if known is None:
        return False
    made_at, restored_at = map(datetime.fromisoformat, known.split(" "))
    return last <= made_at and made_at - _LATE < due <= restored_at


def _lasting(buffer: ChapterBuffer, story: Story, now: datetime) -> Facts:
    """Return how long the finished chapters last, with days as they are where the story is at home."""
    zone = story.release_rules.zone
    facts = {"finished": str(buffer.chapters)}
    if buffer.lasts_until is not None:
        facts["until"] = to_local(buffer.lasts_until, zone).date().isoformat()
    if buffer.dry_at is not None and buffer.dry_at - now <= _LASTS:
        facts["dry"] = to_local(buffer.dry_at, zone).date().isoformat()
    return facts


def _warns(buffer: ChapterBuffer, since: datetime, now: datetime) -> bool:
    """Return whether an empty slot has come near since then."""
    return buffer.dry_at is not None and any(since < buffer.dry_at - near <= now for near in _WARNINGS)


def _unique(stories: Sequence[Story]) -> Sequence[Story]:
    return list({story.slug: story for story in stories}.values())


def next_card(last: datetime, story: Story) -> datetime:
    """Return the first nine o'clock after that moment in the story's time zone."""
    zone = story.release_rules.zone
    day = to_local(last, zone).date()
    for later in range(3):
        moment = localize(datetime.combine(day + timedelta(days=later), HOUR), zone)
        if moment > last:
            return moment
    return last + timedelta(days=1)
