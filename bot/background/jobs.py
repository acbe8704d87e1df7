"""Background jobs: what runs when, and which job wakes which.

Posts come first. Jobs that decorate, revise or count posts wait until none is due.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.background.periodic import AlarmScheduler, PeriodicJob
from bot.chat.client import FascicleClient
from bot.clock import Clock
from bot.content.prerender.prerenderer import Prerenderer
from bot.observability.outage_log import OutageLog
from bot.services.alerts.alerts import Alerts
from bot.services.alerts.clock_skew import ClockSkewCheck
from bot.services.container import Services
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.restore_recovery import RestoreRecovery
from bot.services.delivery.worker import DeliveryWorker
from bot.services.reading import post_counter_refresh
from bot.services.reading.post_counter_refresh import PostCounterRefresh
from bot.services.reading.post_refresh import PostRefresh
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.preflight import Preflight
from bot.services.releases.publisher import ReleasePublisher
from bot.services.stories.library import Library
from bot.services.subscriptions.unparking import ParkedRecovery
from bot.services.suggestions.similarity import SimilarityIndex

_TIDY_EVERY = timedelta(hours=12)
_LOOK_AHEAD_EVERY = timedelta(minutes=15)
_DIGEST_EVERY = timedelta(minutes=10)
_UNTIL_TOLD = timedelta(seconds=5)
_UNTIL_CONNECTED = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class BackgroundServices:
    """Services that run by themselves, not on anybody's request.

    `decorating` is None if posts have no reactions, `paging` if no pages are rendered ahead.
    """

    releasing: ReleasePublisher
    delivering: DeliveryWorker
    publishing: Crossposter
    decorating: ReactionControls | None
    refreshing: PostRefresh
    repainting: PostCounterRefresh
    reviving: ParkedRecovery
    looking_ahead: Preflight
    looking_back: RestoreRecovery
    likening: SimilarityIndex
    troubles: Alerts
    timekeeping: ClockSkewCheck
    shelving: ContentSync
    paging: Prerenderer | None


class BackgroundJobs:
    """All jobs, each woken by its own alarm and by other jobs."""

    def __init__(
        self,
        client: FascicleClient,
        services: Services,
        workers: BackgroundServices,
        library: Library,
        clock: Clock,
        lasting: OutageLog | None = None,
    ) -> None:
        self._client = client
        self._lasting = lasting or OutageLog()
        self._services = services
        self._workers = workers
        self._library = library
        self._clock = clock
        self._scheduler = AlarmScheduler()
        self._away = True
        self._untimely = True
        self._release_duty = self._duty("release", self._release)
        self._deliver_duty = self._duty("deliver", self._deliver)
        self._publish_duty = self._duty("publish", self._publish)
        self._decorate_duty = self._duty("decorate", self._decorate)
        self._revise_duty = self._duty("revise", self._revise)
        self._tell_duty = self._duty("tell", services.notification_outbox.sweep)
        self._revive_duty = self._duty("revive", self._revive)
        self._recount_duty = self._duty("recount", self._recount)
        self._ideas_duty = self._duty("show ideas", self._show_ideas)
        self._trouble_duty = self._duty("tell of troubles", self._tell_of_troubles)
        self._page_duty = self._duty("page ahead", self._page_ahead, _TIDY_EVERY)
        self._often = (
            self._release_duty,
            self._deliver_duty,
            self._publish_duty,
            self._decorate_duty,
            self._revise_duty,
            self._tell_duty,
            self._revive_duty,
            self._recount_duty,
            self._ideas_duty,
            self._trouble_duty,
        )
        self._seldom = (
            self._page_duty,
            self._duty("note the time", self._note_the_time),
            self._duty("tidy", self._tidy, _TIDY_EVERY),
            self._duty("read ideas ahead", self._read_ideas_ahead, _TIDY_EVERY),
            self._duty("look ahead", self._look_ahead, _LOOK_AHEAD_EVERY),
            self._duty("digest", self._digest, _DIGEST_EVERY),
            self._duty("repaint", self._repaint, post_counter_refresh.EVERY),
        )
        self._listen()

    @property
    def timely(self) -> bool:
        """Return whether Discord's time is known and work that waited for it was done."""
        return not self._untimely

    @contextmanager
    def alarms(self) -> Iterator[None]:
        """Wake jobs at their times while the context is open."""
        self._scheduler.start()
        try:
            yield
        finally:
            self._scheduler.shutdown(wait=False)

    @property
    def duties(self) -> tuple[PeriodicJob, ...]:
        """Return all jobs; each is to run as long as the bot does."""
        return (*self._often, *self._seldom)

    def wake(self) -> None:
        """Wake every job that something new may concern."""
        for duty in self._often:
            duty.wake()

    def files_changed(self) -> None:
        """Wake jobs for new files, including rendering their pages."""
        self.wake()
        self._page_duty.wake()

    def _duty(
        self, name: str, work: Callable[[], Awaitable[datetime | None]], sleep: timedelta | None = None
    ) -> PeriodicJob:
        more = {} if sleep is None else {"longest_sleep": sleep}
        return PeriodicJob(
            name, work, scheduler=self._scheduler, clock=self._clock, lasting=self._lasting, **more
        )

    def _listen(self) -> None:
        """Connect the services' notifications to the jobs."""
        workers = self._workers
        workers.delivering.on_settled = self._settled
        for patient in (
            workers.decorating,
            workers.refreshing,
            workers.repainting,
            self._services.reconciliation,
        ):
            if patient is not None:
                patient.has_urgent_work = self._posts_are_due
        self._services.counters.on_marked = self._recount_duty.wake
        self._client.on_change = self.wake

    def _posts_are_due(self) -> bool:
        return not self._workers.delivering.idle

    def _settled(self) -> None:
        self._deliver_duty.wake()
        if self._workers.delivering.idle:
            # Posts go before what decorates them, and before news of what went wrong.
            self._publish_duty.wake()
            self._decorate_duty.wake()
            self._revise_duty.wake()
            self._tell_duty.wake()
            self._recount_duty.wake()
            self._ideas_duty.wake()

    async def _release(self) -> datetime | None:
        await self._workers.timekeeping.look()
        if self._untimely and self._workers.timekeeping.right():
            # What depends on the moment waited for the clock.
            await self._workers.shelving.shelve()
            await self._workers.releasing.set_right(was_wrong=True)
            self._untimely = False
        elif not self._workers.timekeeping.right():
            self._untimely = True
        moment = await self._workers.releasing.tick()
        self._deliver_duty.wake()
        return moment

    async def _deliver(self) -> datetime | None:
        if not self._client.connected:
            # Every attempt would fail; the session's return wakes this duty.
            self._away = True
            return None
        if self._away:
            await self._workers.releasing.space_out()
            self._away = False
        return await self._workers.delivering.sweep()

    async def _publish(self) -> datetime | None:
        if not self._client.connected:
            return None
        moment = await self._workers.publishing.sweep()
        self._tell_duty.wake()
        return moment

    async def _decorate(self) -> datetime | None:
        decorating = self._workers.decorating
        if decorating is None or not self._client.connected or not self._workers.delivering.idle:
            return None
        more = await decorating.some()
        return self._clock.now() if more else None

    async def _revise(self) -> datetime | None:
        """Update posts of revised chapters, after everything new: they have been read already."""
        if not self._client.connected or not self._workers.delivering.idle:
            return None
        moment = await self._workers.refreshing.run_batch()
        if moment is not None:
            # A chapter that grew wants its controls or its next part, an admin word of what was refused.
            self._deliver_duty.wake()
            self._decorate_duty.wake()
            self._tell_duty.wake()
        return moment

    async def _revive(self) -> datetime | None:
        if not self._client.connected:
            return None
        moment = await self._workers.reviving.sweep()
        self._deliver_duty.wake()
        self._tell_duty.wake()
        return moment

    async def _recount(self) -> datetime | None:
        """Read stars and comments that no event reported, after everything else."""
        if not self._client.connected or not self._workers.delivering.idle:
            return None
        return await self._services.reconciliation.run_batch()

    async def _repaint(self) -> datetime | None:
        if not self._client.connected or not self._workers.delivering.idle:
            return self._clock.now() + _UNTIL_CONNECTED
        return await self._workers.repainting.sweep()

    async def _look_ahead(self) -> datetime | None:
        if not self._client.connected:
            return self._clock.now() + _UNTIL_CONNECTED
        if await self._workers.looking_ahead.sweep():
            self._tell_duty.wake()
        return None

    async def _page_ahead(self) -> datetime | None:
        if self._workers.paging is not None:
            await self._workers.paging.look(self._library.serials())
        return None

    async def _read_ideas_ahead(self) -> datetime | None:
        await self._workers.likening.preload()
        return None

    async def _show_ideas(self) -> datetime | None:
        """Update boards, review messages and polls, after a story's own posts."""
        if not self._client.connected or not self._workers.delivering.idle:
            return None
        moments = [await self._services.panels.sweep(), await self._services.polls.sweep()]
        self._tell_duty.wake()
        return min((moment for moment in moments if moment is not None), default=None)

    async def _tell_of_troubles(self) -> datetime | None:
        moment = await self._workers.troubles.sweep()
        self._tell_duty.wake()
        return moment

    async def _digest(self) -> datetime | None:
        moment = await self._services.daily_digest.sweep()
        await self._services.review_channels.sweep()
        self._tell_duty.wake()
        return moment

    async def _note_the_time(self) -> datetime | None:
        known = await self._workers.looking_back.beat()
        await self._workers.releasing.set_right()
        return None if known else self._clock.now() + _UNTIL_TOLD

    async def _tidy(self) -> datetime | None:
        await self._services.guild_retention.tidy()
        return None
