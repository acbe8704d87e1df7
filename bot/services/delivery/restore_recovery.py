"""Recovery after a restored backup: search for posts that exist in a channel and are unknown to the database.

Every start may be the first one after a restore, and nothing in a database tells. So a start marks each destination as
doubtful from the last moment (by Discord's clock) up to which the database surely knows all posts. Before the next post
there the doubt is settled: usually by what Discord tells of a channel when a connection begins, otherwise by a request.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.delivery.fault_messages import HISTORY_UNREADABLE
from bot.domain.delivery.message_ids import posted_at
from bot.domain.delivery.outcomes import Delayed, Dropped, Outcome, Refused
from bot.domain.delivery.post_identity import PostIdentity
from bot.domain.releases.release import Release
from bot.domain.subscriptions.release_styles import message_form
from bot.domain.subscriptions.subscription import DeliveryFault, Subscription
from bot.domain.subscriptions.subscription_refusals import MaybePosted
from bot.kit.batching import BatchWriter
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.delivery_dependencies import DeliveryDependencies
from bot.services.delivery.parking import MAYBE_POSTED, fault_from
from bot.services.delivery.post_adoption import PostAdoption
from bot.services.delivery.post_matching import MatchedPosts, match_parts, match_posts
from bot.services.delivery.post_messenger import Destination, SearchOutcome
from bot.services.stories.content_source import ContentSource
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.notifications.notice_records import NewNotice
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_SKEW = timedelta(minutes=1)
"""Greatest difference between the clocks of Discord's machines, or between theirs and this one's."""

_ALIVE = "alive"
"""The stored value with the last moment up to which all posts are known."""

RESTORED = "restored"
"""The stored value with the moment of the backup, set once posts from after it were found."""


class _Unsure(Exception):
    """The posts of a destination cannot be determined; `answer` is the result of the search."""

    def __init__(self, answer: SearchOutcome) -> None:
        super().__init__(answer)
        self.answer = answer


class RestoreRecovery:
    """Marks destinations as doubtful at the start, and settles the doubt before the next post."""

    def __init__(
        self,
        dependencies: DeliveryDependencies,
        content: ContentSource,
        *,
        operators: Collection[int] = (),
    ) -> None:
        self._store = dependencies.store
        self._messenger = dependencies.messenger
        self._content = content
        self._clock = dependencies.clock
        self._limiter = dependencies.limiter
        self._operators = tuple(operators)
        self._adoption = PostAdoption(dependencies.store, dependencies.composer, dependencies.clock)
        self._trust = BatchWriter(self._trust_all)
        self._judging = asyncio.Lock()
        self._held = 0

    async def start(self) -> None:
        """Mark the destinations with posts since the database last knew all; to be called before the connection."""
        async with self._store.begin() as tx:
            since = await _known_until(tx)
            if since is not None:
                await tx.restore_recovery.mark_doubtful(since)
            self._messenger.watch(await tx.restore_recovery.list_doubtful_channels())

    async def record_heartbeat(self) -> bool:
        """Record the time by Discord's clock, if it is known. Return whether it is.

        All posts made before that are in the database, since every post is claimed first.
        """
        now = self._messenger.discord_time()
        async with self._store.begin() as tx:
            self._held = await tx.restore_recovery.count_parked(MAYBE_POSTED)
            if now is not None:
                await tx.key_values.set(_ALIVE, now.astimezone(UTC).isoformat())
        return now is not None

    def list_alerts(self) -> list[str]:
        """Return what waits for somebody's decision since the database was restored."""
        return [f"{self._held} channels wait for word whether their chapters are out"] if self._held else []

    async def settle(self, job: ClaimedDelivery, claimed_at: datetime) -> ClaimedDelivery | Outcome | Dropped:
        """Settle the doubt about a delivery's destination. Return the delivery to attempt, or the outcome that ends it.

        1. If Discord has told that nothing was posted since, there is nothing to find.
        2. Otherwise search the channel, and its threads in which posts may have followed.
        3. Adopt the chapters found there that the database does not know.
        4. Where that is not certain, park the destination and ask its admin.
        """
        subscription = job.subscription
        since = subscription.unsure_since
        if since is None:
            return job
        async with self._store.read() as tx:
            threads = await tx.restore_recovery.list_open_threads(subscription.id)
            quiet = await self._quiet(tx, [subscription.channel_id, *threads], since)
            releases = (
                {}
                if quiet
                else {each.id: each for each in await tx.releases.list_by_story(subscription.story)}
            )
        if quiet:
            await self._trust(subscription.id)
            return job
        try:
            found = await self._look(subscription, since, releases, threads)
        except _Unsure as unsure:
            return self._unable(unsure.answer)
        await self._judge(job, found, claimed_at)
        if found.ambiguous:
            # Each admin is told of their own; the log need not say it for every channel.
            _log.log(
                logging.INFO if self._held else logging.ERROR,
                "posts in channel %d cannot be told apart, so I post nothing there until somebody says how to go on",
                subscription.channel_id,
                extra={"action": "maybe_posted", "subscription": subscription.id},
            )
            self._held += 1
            return Refused(fault_from(MaybePosted(), self._clock.now()))
        answer = await self._adoption.adopt(job, found.posted)
        if not found.unreleased:
            await self._trust(subscription.id)
        return answer

    async def _quiet(self, tx: Transaction, places: Iterable[int], since: datetime) -> bool:
        """Return whether the newest message of each place is old enough, or known.

        A channel has one delivery at a time, so everything there before a known post is at least in the ledger.
        """
        newest = [self._messenger.newest_in(place) for place in places]
        late = [each for each in newest if each is not None and posted_at(each) > since - _SKEW]
        return None not in newest and not await tx.restore_recovery.filter_unknown(late)

    async def _look(
        self,
        subscription: Subscription,
        since: datetime,
        releases: Mapping[int, Release],
        threads: Mapping[int, int],
    ) -> MatchedPosts:
        """Search the channel and its threads.

        Raises:
            _Unsure: They cannot be searched.
        """
        guild_id, user_id = subscription.guild_id, subscription.user_id
        main = Destination(subscription.channel_id, guild_id, user_id, forum=subscription.forum)
        serial = self._content.serials().get(subscription.story)
        traces = await self._unknown(main, since)
        found = match_posts(traces, list(releases.values()), serial)
        opened = {}
        if message_form(subscription.options.style, 0, forum=subscription.forum).in_thread:
            # A thread has the id of the message that it is about.
            opened = {each.identity.message_id: each.release.id for each in found.posted}
        for thread_id, release_id in {**threads, **opened}.items():
            inside = await self._unknown(Destination(thread_id, guild_id), since)
            found += match_parts(releases[release_id], thread_id, inside)
        return found

    async def _unknown(self, place: Destination, since: datetime) -> list[PostIdentity]:
        """Return the chapters there that the database does not know.

        Raises:
            _Unsure: They cannot be searched for.
        """
        await self._limiter.acquire()
        traces = await self._messenger.list_chapter_posts(place, since)
        if isinstance(traces, SearchOutcome):
            raise _Unsure(traces)
        async with self._store.read() as tx:
            unknown = await tx.restore_recovery.filter_unknown([trace.message_id for trace in traces])
        return [trace for trace in traces if trace.message_id in unknown]

    def _unable(self, answer: SearchOutcome) -> Outcome:
        match answer:
            case SearchOutcome.BLIND:
                return Refused(
                    DeliveryFault(HISTORY_UNREADABLE.code, HISTORY_UNREADABLE(), self._clock.now())
                )
            case SearchOutcome.TOO_MUCH:
                return Refused(fault_from(MaybePosted(), self._clock.now()))
        return Delayed("Discord did not answer when I looked for earlier posts")

    async def _judge(self, job: ClaimedDelivery, found: MatchedPosts, claimed_at: datetime) -> None:
        """Tell the operators, once, if there are posts that no attempt explains.

        They prove that the database was restored.
        """
        subscription, since = job.subscription, job.subscription.unsure_since
        traces = found.traces
        if since is None or not traces:
            return
        first = job.delivery.first_tried_at == claimed_at
        async with self._judging, self._store.begin() as tx:
            tried = await tx.restore_recovery.filter_tried(
                [trace.delivery for trace in traces], subscription.channel_id
            )
            if tried.issuperset(trace.delivery for trace in traces) and not (
                first and job.delivery.id in tried
            ):
                return
            moment = since.isoformat()
            if await tx.key_values.get(RESTORED) == moment:
                return
            await tx.key_values.set(RESTORED, moment)
            await tx.restore_recovery.advance_ids()
            facts = {"at": str(int(since.timestamp()))}
            await tx.notices.add_all(
                [
                    NewNotice(operator, "restored", facts, f"restored:{operator}:{moment}", new_nonce())
                    for operator in self._operators
                ],
                now=self._clock.now(),
            )
        _log.error(
            "the database is older than what channel %d holds: it was restored from a backup of about %s; I look at "
            "each channel before I post there, and what was posted already is not posted again",
            subscription.channel_id,
            since.isoformat(timespec="seconds"),
            extra={"action": "database_restored", "channel": subscription.channel_id},
        )

    async def _trust_all(self, subscription_ids: Sequence[int]) -> None:
        async with self._store.begin() as tx:
            await tx.restore_recovery.clear_doubt(subscription_ids)


async def mark_restored(tx: Transaction) -> None:
    """Note in a database that was just restored that whatever it owes may have been sent after the backup.

    Chapters are looked for in their channels before they are posted, boards, polls and news of the calendar likewise;
    private messages, which cannot be looked for, are told at their reader's next command instead of being sent again.
    """
    since = await _known_until(tx)
    if since is None:
        return
    await tx.restore_recovery.mark_doubtful(since)
    await tx.restore_recovery.mark_tried(since)
    await tx.restore_recovery.advance_ids()
    await tx.key_values.set(RESTORED, since.isoformat())


async def _known_until(tx: Transaction) -> datetime | None:
    """Return the last moment, by Discord's clock, up to which the database surely knows all posts."""
    known, alive = await tx.restore_recovery.find_last_message_id(), await tx.key_values.get(_ALIVE)
    moments = [] if known is None else [posted_at(known)]
    moments += [] if alive is None else [datetime.fromisoformat(alive)]
    return max(moments) if moments else await tx.restore_recovery.find_first_subscription_time()


async def mark_uncertain(tx: Transaction, subscription: Subscription) -> None:
    """Mark a new subscription of a restored database as doubtful: it may be a lost one, together with its posts."""
    since = await tx.key_values.get(RESTORED)
    if since is not None:
        await tx.restore_recovery.mark_doubtful(datetime.fromisoformat(since), subscription.id)
