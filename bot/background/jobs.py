"""Background jobs: what runs when, and which job wakes which.

Posts come first. Jobs that decorate, revise or count posts wait until none is due.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.background.background_services import BackgroundServices
from bot.background.periodic import AlarmScheduler, PeriodicJob
from bot.chat.client import FascicleClient
from bot.clock import Clock
from bot.observability.outage_log import OutageLog
from bot.services.container import Services
from bot.services.reading import post_counter_refresh
from bot.services.stories.content_source import ContentSource

_TIDY_EVERY = timedelta(hours=12)
_PREFLIGHT_EVERY = timedelta(minutes=15)
_CARDS_EVERY = timedelta(minutes=10)
_UNTIL_RECORDED = timedelta(seconds=5)
_UNTIL_CONNECTED = timedelta(seconds=30)


class BackgroundJobs:
    """All jobs, each woken by its own alarm and by other jobs."""

    def __init__(
        self,
        client: FascicleClient,
        services: Services,
        background: BackgroundServices,
        content: ContentSource,
        clock: Clock,
        outages: OutageLog | None = None,
    ) -> None:
        self._client = client
        self._outages = outages or OutageLog()
        self._services = services
        self._background = background
        self._content = content
        self._clock = clock
        self._scheduler = AlarmScheduler()
        self._away = True
        self._untimely = True
        self._release_job = self._job("release", self._release)
        self._deliver_job = self._job("deliver", self._deliver)
        self._publish_job = self._job("publish", self._publish)
        self._decorate_job = self._job("decorate", self._decorate)
        self._revise_job = self._job("revise", self._revise)
        self._notify_job = self._job("tell", services.notification_outbox.sweep)
        self._calendar_news_job = self._job("tell channels", services.calendar_notices.sweep)
        self._recover_job = self._job("revive", self._recover)
        self._recount_job = self._job("recount", self._recount)
        self._panels_job = self._job("show ideas", self._show_panels)
        self._alerts_job = self._job("tell of troubles", self._send_alerts)
        self._prerender_job = self._job("page ahead", self._prerender, _TIDY_EVERY)
        self._often, self._seldom = self._often_woken(), self._seldom_run()
        self._connect()

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
    def jobs(self) -> tuple[PeriodicJob, ...]:
        """Return all jobs; each is to run as long as the bot does."""
        return (*self._often, *self._seldom)

    def wake(self) -> None:
        """Wake every job that something new may concern."""
        for job in self._often:
            job.wake()

    def files_changed(self) -> None:
        """Wake jobs for new files, including rendering their pages."""
        self.wake()
        self._prerender_job.wake()

    def _often_woken(self) -> tuple[PeriodicJob, ...]:
        """Return the jobs that anything new may concern."""
        return (
            self._release_job,
            self._deliver_job,
            self._publish_job,
            self._decorate_job,
            self._revise_job,
            self._notify_job,
            self._calendar_news_job,
            self._recover_job,
            self._recount_job,
            self._panels_job,
            self._alerts_job,
        )

    def _seldom_run(self) -> tuple[PeriodicJob, ...]:
        """Return the jobs that only run at their own pace."""
        return (
            self._prerender_job,
            self._job("note the time", self._record_time),
            self._job("tidy", self._tidy, _TIDY_EVERY),
            self._job("read ideas ahead", self._index_suggestions, _TIDY_EVERY),
            self._job("look ahead", self._run_preflight, _PREFLIGHT_EVERY),
            self._job("morning cards", self._send_cards, _CARDS_EVERY),
            self._job("repaint", self._repaint, post_counter_refresh.EVERY),
        )

    def _job(
        self, name: str, work: Callable[[], Awaitable[datetime | None]], sleep: timedelta | None = None
    ) -> PeriodicJob:
        more = {} if sleep is None else {"longest_sleep": sleep}
        return PeriodicJob(
            name, work, scheduler=self._scheduler, clock=self._clock, outages=self._outages, **more
        )

    def _connect(self) -> None:
        """Connect the services' notifications to the jobs."""
        self._background.worker.on_settled.subscribe(self._settled)
        self._services.counters.on_marked.subscribe(self._recount_job.wake)
        self._client.on_change.subscribe(self.wake)

    def _settled(self) -> None:
        self._deliver_job.wake()
        if self._background.worker.is_idle:
            # Posts go before what decorates them, and before news of what went wrong.
            self._publish_job.wake()
            self._decorate_job.wake()
            self._revise_job.wake()
            self._notify_job.wake()
            self._recount_job.wake()
            self._panels_job.wake()

    async def _release(self) -> datetime | None:
        await self._background.clock_skew.check(self._client.ask_time)
        if self._untimely and self._background.clock_skew.is_trusted():
            # What depends on the moment waited for the clock.
            await self._background.content_sync.sync()
            await self._background.publisher.bring_forward(was_wrong=True)
            self._untimely = False
        elif not self._background.clock_skew.is_trusted():
            self._untimely = True
        moment = await self._background.publisher.publish_due()
        self._deliver_job.wake()
        return moment

    async def _deliver(self) -> datetime | None:
        if not self._client.connected:
            # Every attempt would fail; the session's return wakes this job.
            self._away = True
            return None
        if self._away:
            await self._background.publisher.space_out_overdue()
            self._away = False
        return await self._background.worker.sweep()

    async def _publish(self) -> datetime | None:
        if not self._client.connected:
            return None
        moment = await self._background.crossposter.sweep()
        self._notify_job.wake()
        return moment

    async def _decorate(self) -> datetime | None:
        controls = self._background.reaction_controls
        if controls is None or not self._client.connected or not self._background.worker.is_idle:
            return None
        more = await controls.add_some()
        return self._clock.now() if more else None

    async def _revise(self) -> datetime | None:
        """Update posts of revised chapters, after everything new: they have been read already."""
        if not self._client.connected or not self._background.worker.is_idle:
            return None
        moment = await self._background.post_refresh.run_batch()
        if moment is not None:
            # A chapter that grew wants its controls or its next part, an admin word of what was refused.
            self._deliver_job.wake()
            self._decorate_job.wake()
            self._notify_job.wake()
        return moment

    async def _recover(self) -> datetime | None:
        if not self._client.connected:
            return None
        moment = await self._background.parked_recovery.sweep()
        self._deliver_job.wake()
        self._notify_job.wake()
        return moment

    async def _recount(self) -> datetime | None:
        """Read stars and comments that no event reported, after everything else."""
        if not self._client.connected or not self._background.worker.is_idle:
            return None
        return await self._services.reconciliation.run_batch()

    async def _repaint(self) -> datetime | None:
        if not self._client.connected or not self._background.worker.is_idle:
            return self._clock.now() + _UNTIL_CONNECTED
        return await self._background.counter_refresh.sweep()

    async def _run_preflight(self) -> datetime | None:
        if not self._client.connected:
            return self._clock.now() + _UNTIL_CONNECTED
        if await self._background.preflight.sweep():
            self._notify_job.wake()
        return None

    async def _prerender(self) -> datetime | None:
        if self._background.prerenderer is not None:
            await self._background.prerenderer.look(self._content.serials())
        return None

    async def _index_suggestions(self) -> datetime | None:
        await self._background.similarity.preload()
        return None

    async def _show_panels(self) -> datetime | None:
        """Update boards, review messages and polls, after a story's own posts."""
        if not self._client.connected or not self._background.worker.is_idle:
            return None
        moments = [await self._services.panels.sweep(), await self._services.polls.sweep()]
        self._notify_job.wake()
        return min((moment for moment in moments if moment is not None), default=None)

    async def _send_alerts(self) -> datetime | None:
        moment = await self._background.alerts.sweep()
        self._notify_job.wake()
        return moment

    async def _send_cards(self) -> datetime | None:
        moment = await self._services.morning_cards.sweep()
        await self._services.review_channels.sweep()
        self._notify_job.wake()
        return moment

    async def _record_time(self) -> datetime | None:
        known = await self._background.restore_recovery.record_heartbeat()
        await self._background.publisher.bring_forward()
        return None if known else self._clock.now() + _UNTIL_RECORDED

    async def _tidy(self) -> datetime | None:
        await self._services.guild_retention.purge_expired()
        await self._services.morning_cards.purge()
        return None
