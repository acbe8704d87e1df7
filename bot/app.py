"""The one place where everything is wired together, started, and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry

from bot.background.jobs import BackgroundJobs, BackgroundServices
from bot.background.supervisor import Supervisor
from bot.chat.client import FascicleClient
from bot.chat.messenger import DiscordMessenger
from bot.clock import Clock, SystemClock
from bot.config import Secret, Settings
from bot.content.folder import ContentFolder
from bot.content.prerender.disk_cache import DiskPageCache
from bot.content.prerender.prerenderer import Prerenderer
from bot.content.watcher import reload, watch
from bot.domain.diagnostics import Diagnostic, harmful
from bot.kit.rate_limiter import RateLimiter
from bot.observability.health import HealthServer
from bot.observability.outage_log import OutageLog
from bot.process.signals import heeded
from bot.services.alerts.alerts import STOPPING, Alerts, described
from bot.services.alerts.clock_skew import ClockSkewCheck
from bot.services.container import Services
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.restore_recovery import RestoreRecovery
from bot.services.delivery.worker import DeliveryWorker
from bot.services.notifications.outbox import NotificationOutbox
from bot.services.pages.paginator import Paginator
from bot.services.people.guild_members import GuildMembers
from bot.services.people.languages import Languages
from bot.services.ports import Library
from bot.services.privacy.personal_data import PersonalData
from bot.services.reading.dm_pages import DmPages
from bot.services.reading.page_turns import PageTurns
from bot.services.reading.post_counters import PostCounterRefresh
from bot.services.reading.post_refresh import PostRefresh
from bot.services.reading.private_reader import PrivateReader
from bot.services.releases.calendar_overrides import CalendarOverrides
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.preflight import Preflight
from bot.services.releases.publisher import ReleasePublisher
from bot.services.statistics.counters import CounterTracking
from bot.services.statistics.reconciliation import Reconciliation
from bot.services.statistics.reports import StoryReports
from bot.services.stories.catalogue import Catalogue
from bot.services.stories.content_alerts import ContentAlerts
from bot.services.stories.preview import ChapterPreviews
from bot.services.stories.publishable_content import PublishableContent
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.subscriptions.channel_subscriptions import ChannelSubscriptions
from bot.services.subscriptions.followers import Followers
from bot.services.subscriptions.guild_retention import GuildRetention
from bot.services.subscriptions.unparking import ParkedRecovery
from bot.services.suggestions.blocking import BlockList
from bot.services.suggestions.daily_digest import DailyDigest
from bot.services.suggestions.decisions import Decisions
from bot.services.suggestions.limits import SuggestionLimits
from bot.services.suggestions.panels import Panels
from bot.services.suggestions.polls import Polls
from bot.services.suggestions.review_channels import ReviewChannelPolicy, ReviewChannels
from bot.services.suggestions.review_queue import ReviewQueue
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.submission import Submissions
from bot.services.suggestions.support import Support
from bot.services.transaction_retry import patiently, recorded
from bot.store.availability_monitor import watch_over
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway, DatabaseNotThere

_log = logging.getLogger(__name__)

_MOST_WARNINGS = 20
"""Warnings about files that are logged at once: a vault has one for each of its chapters."""

GRACE = timedelta(seconds=20)
"""How long a stop waits for posts and page turns that are under way."""

LAST_MOMENTS = timedelta(seconds=2)
"""How long it waits for them once the database is lost: nothing of them can be written down any more."""

_LOOKS_A_SECOND = 4
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 15.0
"""Seconds between two tries to open a database whose server is not there: doubling from the first to the longest."""


class Remembered:
    """Small strings that the Discord edge remembers over restarts."""

    def __init__(self, store: Database) -> None:
        self._store = store

    async def get(self, key: str) -> str | None:
        """The string kept under that key."""

        async def look() -> str | None:
            async with self._store.read() as tx:
                return await tx.key_values.get(key)

        return await patiently(look)

    async def set(self, key: str, value: str) -> None:
        """Keep a string under that key."""
        await recorded(self._store, lambda tx: tx.key_values.set(key, value))


class App:
    """The bot: library, store and Discord with the services between them.

    `view` may put another view of the library before the services, as the demo does to change its schedules. With
    `pages`, those of every chapter are made ahead and kept there.
    """

    def __init__(
        self,
        settings: Settings,
        token: Secret,
        store: Database,
        folder: ContentFolder,
        *,
        clock: Clock,
        registry: CollectorRegistry,
        lasting: OutageLog,
        view: Callable[[Library], Library] = lambda library: library,
        pages: DiskPageCache | None = None,
    ) -> None:
        self._settings = settings
        self._token = token
        self._store = store
        self._folder = folder
        self._clock = clock
        self._reported: frozenset[Diagnostic] = frozenset()
        self.library = PublishableContent(view(folder), store, clock)
        self.client = FascicleClient(settings, clock, Remembered(store))
        people = Languages(store)
        messenger = DiscordMessenger(self.client, clock, people=people, buttons=settings.reading.buttons)
        outlook = UpcomingReleases(self.library)
        pager = Paginator(settings.reading.page_length, made=pages)
        composer = PostComposer(store, pager, outlook, clock)
        counting = CounterTracking(store, clock)
        likening = SimilarityIndex(store)
        pace = RateLimiter(settings.delivery.rate)
        reviewing = ReviewChannelPolicy(settings.suggestions.review_channel)
        queueing = ReviewQueue(store, outlook, likening, reviewing)
        panels = Panels(store, messenger, queueing, clock, pace=pace, reviewing=reviewing)
        members = GuildMembers(store, messenger, clock, operators=settings.operators)
        self.client.on_request = pace.asked
        self.client.spare_turn = pace.spare_turn
        self.troubles = Alerts(store, clock, operators=settings.operators)
        self._timekeeping = ClockSkewCheck(clock, self.troubles)
        self._timekeeping.ask = self.client.ask_time
        self.client.on_date = self._timekeeping.heard
        right = self._timekeeping.right
        self._shelving = ContentSync(store, self.library, clock, right=right)
        self._inspecting = ContentAlerts(store, self.library, self.troubles)
        self._releasing = ReleasePublisher(
            store, self.library, clock, catch_up_gap=settings.delivery.catch_up_gap, right=right
        )
        self._looking_back = RestoreRecovery(
            store, messenger, self.library, composer, clock, pace=pace, operators=settings.operators
        )
        self._delivering = DeliveryWorker(
            store,
            messenger,
            composer,
            clock,
            pace=pace,
            members=members,
            settle=self._looking_back.settle,
            lasting=lasting,
        )
        self.services = Services(
            catalogue=Catalogue(store, outlook, clock),
            channel_subscriptions=ChannelSubscriptions(store, messenger, outlook, self._releasing, clock),
            followers=Followers(store, messenger, outlook, self._releasing, clock),
            private_reader=PrivateReader(store, pager, outlook, clock),
            dm_pages=DmPages(store, messenger, composer, reactions=settings.reading.reactions),
            page_turns=(turning := PageTurns(store, messenger, composer, counting, clock, members=members)),
            submissions=Submissions(store, clock, likening, _limits(settings), made=panels.made),
            support=Support(store, clock),
            block_list=BlockList(store, clock),
            decisions=Decisions(store, outlook, clock),
            review_queue=queueing,
            panels=panels,
            review_channels=ReviewChannels(store, messenger, reviewing, clock, operators=settings.operators),
            polls=Polls(store, messenger, clock, pace=pace),
            daily_digest=DailyDigest(store, clock, operators=settings.operators, reviewing=reviewing),
            calendar_overrides=CalendarOverrides(store, outlook, self._releasing, clock),
            guild_retention=GuildRetention(store, clock),
            notification_outbox=NotificationOutbox(store, messenger, clock, pace=pace, members=members),
            languages=people,
            guild_members=members,
            personal_data=PersonalData(store, messenger, people, counting, clock),
            counters=counting,
            reconciliation=Reconciliation(store, messenger, counting, clock, pace=pace),
            story_reports=StoryReports(store),
            chapter_previews=ChapterPreviews(
                store, self.library, clock, page_length=settings.reading.page_length
            ),
        )
        self.client.use(self.services)
        self._supervisor = Supervisor(registry)
        self._read_again = asyncio.Event()
        self._rota = BackgroundJobs(
            self.client,
            self.services,
            BackgroundServices(
                releasing=self._releasing,
                delivering=self._delivering,
                publishing=Crossposter(store, messenger, clock, pace=pace),
                decorating=ReactionControls(store, messenger, pace=pace)
                if settings.reading.reactions
                else None,
                refreshing=PostRefresh(store, turning, messenger, composer, clock, pace=pace),
                repainting=PostCounterRefresh(store, turning, clock, pace=pace),
                reviving=ParkedRecovery(
                    store, messenger, self.services.channel_subscriptions, clock, pace=pace, members=members
                ),
                looking_ahead=Preflight(
                    store, self.library, messenger, outlook, clock, pace=RateLimiter(_LOOKS_A_SECOND)
                ),
                looking_back=self._looking_back,
                likening=likening,
                troubles=self.troubles,
                timekeeping=self._timekeeping,
                shelving=self._shelving,
                paging=None if pages is None else Prerenderer(pages),
            ),
            self.library,
            clock,
            lasting,
        )
        store.on_back = self._rota.wake

    @property
    def settled(self) -> bool:
        """Whether it is connected, and has begun the stories that are new: they wait for Discord's time."""
        return self.client.connected and self._rota.timely

    def not_ready(self) -> list[str]:
        """Why the bot does not serve now, a reason each; empty when it does."""
        reasons = []
        if not self.client.connected:
            reasons.append("not connected to Discord")
        if self.client.unregistered is not None:
            reasons.append(self.client.unregistered)
        trouble = self._store.trouble()
        if trouble is not None:
            reasons.append(f"the database cannot be used: {trouble}")
        elif not self._store.held():
            reasons.append("the database is not held by this process")
        if not reasons and not self._rota.timely:
            reasons.append("the clock is not known to be right")
        lasting = self.troubles.lasting()
        reasons += [described(one) for one in lasting if one.kind in STOPPING]
        return reasons + self._looking_back.troubles() + self._supervisor.troubles()

    def remarks(self) -> list[str]:
        """What somebody has to mend though the bot serves, a line each."""
        return [described(one) for one in self.troubles.lasting() if one.kind not in STOPPING]

    async def serve(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set or the caller is cancelled, then finish what is under way.

        Raises:
            TokenRejected: Discord does not accept the token.
            DatabaseLost: another process has the database now, or its files are gone.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._supervisor.stop)
            self._supervisor.keep("watch the database", lambda: watch_over(self._store))
            await patiently(self._shelving.shelve)
            await patiently(self._inspecting.look)
            self._report_faults()
            await patiently(self._looking_back.begin)
            await patiently(self._delivering.take_over)
            await patiently(self.services.panels.take_over)
            await patiently(self.services.polls.take_over)
            stack.enter_context(self._rota.alarms())
            session = asyncio.create_task(self.client.serve(self._token.reveal()), name="discord")
            # Left in the opposite order: first no new work starts, then what is under way ends, then Discord is left.
            stack.push_async_callback(self._hang_up, session)
            await stack.enter_async_context(self._background())
            stopping = asyncio.create_task(stop.wait(), name="stop")
            lost = asyncio.create_task(self._store.lost(), name="database lost")
            try:
                await asyncio.wait([session, stopping, lost], return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopping.cancel()
                lost.cancel()
            if lost.done():
                raise lost.result()
            if session.done():
                session.result()

    async def reloaded(self) -> None:
        """The files have been read again: take over what is sound in them, report what is not."""
        await patiently(self._shelving.shelve)
        await patiently(self._inspecting.look)
        self._report_faults()
        self._rota.files_changed()

    def read_again(self) -> None:
        """Have the files read again now, whether or not anything says that they changed."""
        self._read_again.set()

    def wake(self) -> None:
        """Have every duty look at once that something new may concern."""
        self._rota.wake()

    def _report_faults(self) -> None:
        """Name what is wrong with the files, each once for as long as it lasts; of mere warnings only the first few."""
        faults = self._folder.faults()
        new = [fault for fault in faults if fault not in self._reported]
        warnings = [fault for fault in new if fault.warning]
        for fault in (*harmful(new), *warnings[:_MOST_WARNINGS]):
            level = logging.WARNING if fault.warning else logging.ERROR
            about = {"action": "content_fault", "file": fault.file, "line": fault.line}
            _log.log(level, "%s", fault, extra=about)
        if (more := len(warnings) - _MOST_WARNINGS) > 0:
            about = {"action": "content_warnings", "more": more}
            _log.warning(
                "There are %d more warnings of this kind. “fascicle check” names them all.", more, extra=about
            )
        self._reported = frozenset(faults)

    @contextlib.asynccontextmanager
    async def _background(self) -> AsyncIterator[None]:
        """The duties and the watch on the files; on leaving, no new work starts and what is under way ends."""
        for duty in self._rota.duties:
            self._supervisor.keep(duty.name, duty.run)
        self._supervisor.keep("read again", self._reading_again)
        if self._settings.content.reload:
            self._supervisor.keep("watch", lambda: watch(self._folder, self.reloaded))
        elif self._folder.unfinished:
            self.read_again()
        try:
            yield
        finally:
            await self._supervisor.stop()

    async def _reading_again(self) -> None:
        while True:
            await self._read_again.wait()
            self._read_again.clear()
            await reload(self._folder, self.reloaded)

    async def _hang_up(self, session: asyncio.Task[None]) -> None:
        """Let posts and page turns under way end, then leave Discord in order."""
        grace = LAST_MOMENTS if self._store.is_lost else GRACE
        with contextlib.suppress(TimeoutError, DatabaseAway):
            async with asyncio.timeout(grace.total_seconds()):
                await self._delivering.drain()
                await self.services.page_turns.drain()
                await self.services.counters.drain()
        await self.client.close()
        await asyncio.gather(session, return_exceptions=True)


def _limits(settings: Settings) -> SuggestionLimits:
    asked = settings.suggestions
    return SuggestionLimits(asked.open_per_reader, asked.open_per_story, asked.cooldown, asked.words)


@contextlib.asynccontextmanager
async def opened(
    settings: Settings,
    token: Secret,
    *,
    clock: Clock | None = None,
    registry: CollectorRegistry | None = None,
    view: Callable[[Library], Library] = lambda library: library,
    cache: Path | None = None,
) -> AsyncIterator[App]:
    """An app with its database open, its files read, and its health port answering; all are let go of at the end. A
    database whose server is not there yet is waited for.

    `cache` is a folder for what can be made anew; None keeps nothing.

    Raises:
        DatabaseUnusable: the database cannot be used; also its kinds, `DatabaseBusy` and `DatabaseTooNew`.
        PortUnavailable: the health port cannot be had.
    """
    clock = clock or SystemClock()
    registry = registry or CollectorRegistry()
    lasting = OutageLog(registry)
    health = HealthServer(registry, lambda: ["the database is not open yet"])
    async with contextlib.AsyncExitStack() as stack:
        if settings.http.port:
            await health.start(settings.http.host, settings.http.port)
            stack.push_async_callback(health.stop)
        folder = ContentFolder(settings.content.path, cache)
        await folder.load()
        store = await _database(settings.database.url, lasting)
        stack.push_async_callback(store.close)
        pages = None if cache is None else DiskPageCache(cache, settings.reading.page_length)
        if pages is not None:
            stack.callback(pages.close)
        app = App(
            settings,
            token,
            store,
            folder,
            clock=clock,
            registry=registry,
            lasting=lasting,
            view=view,
            pages=pages,
        )
        health.not_ready, health.remarks = app.not_ready, app.remarks
        yield app


async def _database(url: str, lasting: OutageLog) -> Database:
    """The database, waited for while its server is not there.

    Raises:
        DatabaseUnusable: no waiting helps.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            store = await Database.open(url, lasting=lasting)
        except DatabaseNotThere as error:
            lasting.happened("database", str(error))
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, 2 * wait)
        else:
            lasting.over("database")
            return store


async def run(
    settings: Settings,
    token: Secret,
    *,
    registry: CollectorRegistry | None = None,
    cache: Path | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight.

    Raises:
        DatabaseUnusable: the database cannot be used.
        TokenRejected: Discord does not accept the token.
        PortUnavailable: the health port cannot be had.
    """
    serving: list[App] = []

    async def serve() -> None:
        async with opened(settings, token, registry=registry, cache=cache) as app:
            serving.append(app)
            await app.serve(asyncio.Event())

    def read_again() -> None:
        for app in serving:
            app.read_again()

    work = asyncio.create_task(serve(), name="bot")
    # Wherever it is, in its start or at work, it is left in the order in which it was entered.
    with heeded(stop=work.cancel, again=read_again):
        await asyncio.wait([work])
    if not work.cancelled():
        work.result()
