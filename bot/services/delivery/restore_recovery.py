"""Looking back: whether posts stand in a channel that the database does not know, as after a backup was restored.

Every start may be the first one after that, and nothing in a database tells. So a start puts each destination in doubt,
from the last moment (by Discord's clock) up to which the database surely knows all posts; before the next post there
the doubt is settled: mostly by what Discord tells of a channel when a connection begins, else by a request.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.delivery.message_ids import posted_at
from bot.domain.delivery.outcomes import Delayed, Dropped, Outcome, Refused
from bot.domain.delivery.post_identity import PostIdentity
from bot.domain.errors import MaybePosted
from bot.domain.releases.release import Release
from bot.domain.subscriptions.release_styles import message_form
from bot.domain.subscriptions.subscription import DeliveryFault, Subscription
from bot.kit.batching import BatchWriter
from bot.kit.nonces import new_nonce
from bot.services.delivery.attempt import BLIND
from bot.services.delivery.context import DeliveryContext
from bot.services.delivery.parking import MAYBE_POSTED, fault_from
from bot.services.delivery.post_adoption import PostAdoption
from bot.services.delivery.post_matching import MatchedPosts, match_parts, match_posts
from bot.services.delivery.post_messenger import Destination, SearchOutcome
from bot.services.stories.library import Library
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.notifications.notice_records import NewNotice
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_SKEW = timedelta(minutes=1)
"""How far the clocks of Discord's own machines, or this one's, may be apart."""

_ALIVE = "alive"
"""The setting with the last moment up to which all posts are known."""

RESTORED = "restored"
"""The setting with the moment of the backup, once posts were found that were made after it."""


class _Unsure(Exception):
    """What stands in a destination cannot be told; `answer` is what came of asking."""

    def __init__(self, answer: SearchOutcome) -> None:
        super().__init__(answer)
        self.answer = answer


class RestoreRecovery:
    """Puts destinations in doubt, and settles it; see the module."""

    def __init__(
        self,
        context: DeliveryContext,
        library: Library,
        *,
        operators: Collection[int] = (),
    ) -> None:
        self._store = context.store
        self._messenger = context.messenger
        self._library = library
        self._clock = context.clock
        self._pace = context.pace
        self._operators = tuple(operators)
        self._adoption = PostAdoption(context.store, context.composer, context.clock)
        self._trust = BatchWriter(self._trust_all)
        self._judging = asyncio.Lock()
        self._held = 0

    async def start(self) -> None:
        """The bot starts: put in doubt what was posted since the database last knew all. Before the connection."""
        async with self._store.begin() as tx:
            known, alive = await tx.restore_recovery.find_last_message_id(), await tx.key_values.get(_ALIVE)
            moments = [] if known is None else [posted_at(known)]
            moments += [] if alive is None else [datetime.fromisoformat(alive)]
            since = max(moments) if moments else await tx.restore_recovery.find_first_subscription_time()
            if since is not None:
                await tx.restore_recovery.mark_doubtful(since)
            self._messenger.watch(await tx.restore_recovery.list_doubtful_channels())

    async def record_heartbeat(self) -> bool:
        """Note the time by Discord's clock, if that is known: all that was posted before is in the database, since
        every post is claimed first."""
        now = self._messenger.discord_time()
        async with self._store.begin() as tx:
            self._held = await tx.restore_recovery.count_parked(MAYBE_POSTED)
            if now is not None:
                await tx.key_values.set(_ALIVE, now.astimezone(UTC).isoformat())
        return now is not None

    def list_alerts(self) -> list[str]:
        """What waits for somebody's word since the database was restored."""
        return [f"{self._held} channels wait for word whether their chapters are out"] if self._held else []

    async def settle(self, job: ClaimedDelivery, claimed_at: datetime) -> ClaimedDelivery | Outcome | Dropped:
        """Settle the doubt about a delivery's destination before it is tried: the job as it is to be done, or its end.

        1. Where Discord has told that nothing was written since, there is nothing to find.
        2. Else the channel is looked through, and its threads in which posts may have followed.
        3. Chapters found there that the database does not know are taken in as sent.
        4. Where that cannot be done for sure, the destination is parked, and its admin asked.
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
        """Whether the newest message of each is from before, or known.

        A channel has one delivery at a time, so whatever stands there before a known post is in the ledger at least.
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
        """Look through the channel and its threads.

        Raises:
            _Unsure: they cannot be looked through.
        """
        guild_id, user_id = subscription.guild_id, subscription.user_id
        main = Destination(subscription.channel_id, guild_id, user_id, forum=subscription.forum)
        serial = self._library.serials().get(subscription.story)
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
        """The chapters there that the database does not know.

        Raises:
            _Unsure: they cannot be looked for.
        """
        await self._pace.acquire()
        traces = await self._messenger.traces(place, since)
        if isinstance(traces, SearchOutcome):
            raise _Unsure(traces)
        async with self._store.read() as tx:
            unknown = await tx.restore_recovery.filter_unknown([trace.message_id for trace in traces])
        return [trace for trace in traces if trace.message_id in unknown]

    def _unable(self, answer: SearchOutcome) -> Outcome:
        match answer:
            case SearchOutcome.BLIND:
                return Refused(DeliveryFault("history-unreadable", BLIND, self._clock.now()))
            case SearchOutcome.TOO_MUCH:
                return Refused(fault_from(MaybePosted(), self._clock.now()))
        return Delayed("Discord did not answer when I looked for earlier posts")

    async def _judge(self, job: ClaimedDelivery, found: MatchedPosts, claimed_at: datetime) -> None:
        """Posts that no attempt explains are the proof that the database was restored: operators are told, once."""
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


async def mark_uncertain(tx: Transaction, subscription: Subscription) -> None:
    """A new subscription of a database that was restored may be one that was lost, with its posts."""
    since = await tx.key_values.get(RESTORED)
    if since is not None:
        await tx.restore_recovery.mark_doubtful(datetime.fromisoformat(since), subscription.id)
