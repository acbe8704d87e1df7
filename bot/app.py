"""Lifecycle of the bot: opening, serving, stopping. `bot.bootstrap` wires its parts."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry

from bot.background.supervisor import Supervisor
from bot.bootstrap.content_writing import build_authoring
from bot.bootstrap.shared_components import Surroundings
from bot.bootstrap.wiring import build
from bot.clock import Clock, SystemClock
from bot.config import Secret, Settings
from bot.content.content_folder import ContentFolder
from bot.content.prerender.disk_cache import DiskPageCache
from bot.content.watcher import reload, watch
from bot.domain.diagnostics import Diagnostic, without_warnings
from bot.observability.health import HealthServer
from bot.observability.outage_log import OutageLog
from bot.process.signals import handle_signals
from bot.services.alerts.alerts import STOPPING, describe_alert
from bot.services.stories.content_source import ContentSource
from bot.services.stories.sample_stories import WithoutSamples
from bot.services.transaction_retry import retry_until_available
from bot.store.availability_monitor import monitor
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway, DatabaseNotThere

_log = logging.getLogger(__name__)

_MOST_WARNINGS = 20
"""Warnings about files that are logged at once: a vault has one for each of its chapters."""

GRACE = timedelta(seconds=20)
"""How long a stop waits for posts and page turns that are under way."""

GRACE_WITHOUT_DATABASE = timedelta(seconds=2)
"""How long a stop waits for them once the database is lost: nothing of them can be written down any more."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 15.0
"""Seconds between two tries to open a database whose server is not there: doubling from the first to the longest."""


class App:
    """The running bot."""

    def __init__(
        self, surroundings: Surroundings, token: Secret, folder: ContentFolder, registry: CollectorRegistry
    ) -> None:
        bot = build(surroundings)
        self._settings = surroundings.settings
        self._token = token
        self._database = surroundings.database
        self._folder = folder
        self._reported: frozenset[Diagnostic] = frozenset()
        self._supervisor = Supervisor(registry)
        self._reload_requested = asyncio.Event()
        self._content_sync = bot.releases.content_sync
        self._content_alerts = bot.content_alerts
        self._delivery = bot.delivery
        self._alerts = bot.shared.alerts
        self._jobs = bot.jobs
        self.client = bot.shared.client
        self.content = bot.shared.content
        self.services = bot.services

    @property
    def settled(self) -> bool:
        """Return whether it is connected and has begun new stories, which wait for Discord's time."""
        return self.client.connected and self._jobs.timely

    def not_ready(self) -> list[str]:
        """Return the reasons why the bot does not serve now; none if it does."""
        reasons = []
        if not self.client.connected:
            reasons.append("not connected to Discord")
        if self.client.unregistered is not None:
            reasons.append(self.client.unregistered)
        trouble = self._database.find_trouble()
        if trouble is not None:
            reasons.append(f"the database cannot be used: {trouble}")
        elif not self._database.is_held():
            reasons.append("the database is not held by this process")
        if not reasons and not self._jobs.timely:
            reasons.append("the clock is not known to be right")
        lasting = self._alerts.list_active()
        reasons += [describe_alert(one) for one in lasting if one.kind in STOPPING]
        return reasons + self._delivery.recovery.list_alerts() + self._supervisor.troubles()

    def remarks(self) -> list[str]:
        """Return problems that somebody has to mend though the bot serves."""
        return [describe_alert(one) for one in self._alerts.list_active() if one.kind not in STOPPING]

    async def serve(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set or the caller is cancelled, then finish what is under way.

        Raises:
            TokenRejected: Discord does not accept the token.
            DatabaseLost: another process has the database now, or its files are gone.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._supervisor.stop)
            self._supervisor.keep("watch the database", lambda: monitor(self._database))
            await retry_until_available(self._content_sync.sync)
            await retry_until_available(self._content_alerts.check)
            self._report_faults()
            await retry_until_available(self._delivery.recovery.start)
            await retry_until_available(self._delivery.worker.reclaim_abandoned)
            await retry_until_available(self.services.panels.take_over)
            await retry_until_available(self.services.polls.take_over)
            stack.enter_context(self._jobs.alarms())
            session = asyncio.create_task(self.client.serve(self._token.reveal()), name="discord")
            # Left in the opposite order: first no new work starts, then what is under way ends, then Discord is left.
            stack.push_async_callback(self._disconnect, session)
            await stack.enter_async_context(self._background())
            stopping = asyncio.create_task(stop.wait(), name="stop")
            lost = asyncio.create_task(self._database.wait_until_lost(), name="database lost")
            try:
                await asyncio.wait([session, stopping, lost], return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopping.cancel()
                lost.cancel()
            if lost.done():
                raise lost.result()
            if session.done():
                session.result()

    async def content_reloaded(self) -> None:
        """Take over what is sound in files that were read again, and report what is not."""
        await retry_until_available(self._content_sync.sync)
        await retry_until_available(self._content_alerts.check)
        self._report_faults()
        self._jobs.files_changed()

    def request_reload(self) -> None:
        """Read the files again now, whether or not a change was reported."""
        self._reload_requested.set()

    def wake(self) -> None:
        """Wake every job that something new may concern."""
        self._jobs.wake()

    def _report_faults(self) -> None:
        """Log each fault of the files once for as long as it lasts; of warnings only the first few."""
        faults = self._folder.list_faults()
        new = [fault for fault in faults if fault not in self._reported]
        warnings = [fault for fault in new if fault.warning]
        for fault in (*without_warnings(new), *warnings[:_MOST_WARNINGS]):
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
        """Run the jobs and the file watch; on leaving, finish what is running and start nothing new."""
        for job in self._jobs.jobs:
            self._supervisor.keep(job.name, job.run)
        self._supervisor.keep("read again", self._reload_on_request)
        if self._settings.content.reload:
            self._supervisor.keep("watch", lambda: watch(self._folder, self.content_reloaded))
        elif self._folder.unfinished:
            self.request_reload()
        try:
            yield
        finally:
            await self._supervisor.stop()

    async def _reload_on_request(self) -> None:
        while True:
            await self._reload_requested.wait()
            self._reload_requested.clear()
            await reload(self._folder, self.content_reloaded)

    async def _disconnect(self, session: asyncio.Task[None]) -> None:
        """Let posts and page turns finish, then close the connection to Discord."""
        grace = GRACE_WITHOUT_DATABASE if self._database.is_lost else GRACE
        with contextlib.suppress(TimeoutError, DatabaseAway):
            async with asyncio.timeout(grace.total_seconds()):
                await self._delivery.worker.drain()
                await self.services.page_turns.drain()
                await self.services.counters.drain()
        await self.client.close()
        await asyncio.gather(session, return_exceptions=True)


@contextlib.asynccontextmanager
async def open_app(
    settings: Settings,
    token: Secret,
    *,
    clock: Clock | None = None,
    registry: CollectorRegistry | None = None,
    view: Callable[[ContentSource], ContentSource] = lambda source: source,
    cache: Path | None = None,
) -> AsyncIterator[App]:
    """Open an app: its database, its files and its health port, all closed at the end.

    A database whose server does not exist yet is waited for. `cache` is a folder for what can be rendered
    again; None keeps nothing.

    Raises:
        DatabaseUnusable: the database cannot be used; also its kinds, `DatabaseBusy` and `DatabaseTooNew`.
        PortUnavailable: the health port cannot be had.
    """
    clock = clock or SystemClock()
    registry = registry or CollectorRegistry()
    outages = OutageLog(registry)
    health = HealthServer(registry, lambda: ["the database is not open yet"])
    async with contextlib.AsyncExitStack() as stack:
        if settings.http.port:
            await health.start(settings.http.host, settings.http.port)
            stack.push_async_callback(health.stop)
        folder = ContentFolder(settings.content.path, cache)
        await folder.load()
        database = await _open_database(settings.database.url, outages)
        stack.push_async_callback(database.close)
        page_cache = None if cache is None else DiskPageCache(cache, settings.reading.page_length)
        if page_cache is not None:
            stack.callback(page_cache.close)
        authoring = build_authoring(settings, folder, cache)
        surroundings = Surroundings(settings, database, view(folder), clock, outages, authoring, page_cache)
        app = App(surroundings, token, folder, registry)
        health.not_ready, health.remarks = app.not_ready, app.remarks
        yield app


async def _open_database(url: str, outages: OutageLog) -> Database:
    """Open the database, waiting while its server is not there.

    Raises:
        DatabaseUnusable: waiting does not help.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            database = await Database.open(url, outages=outages)
        except DatabaseNotThere as error:
            outages.happened("database", str(error))
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, 2 * wait)
        else:
            outages.over("database")
            return database


async def run(
    settings: Settings,
    token: Secret,
    *,
    registry: CollectorRegistry | None = None,
    cache: Path | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight. Sample stories are published only if asked for.

    Raises:
        DatabaseUnusable: the database cannot be used.
        TokenRejected: Discord does not accept the token.
        PortUnavailable: the health port cannot be had.
    """
    serving: list[App] = []

    def view(folder: ContentSource) -> ContentSource:
        return folder if settings.content.samples else WithoutSamples(folder)

    async def serve() -> None:
        async with open_app(settings, token, registry=registry, view=view, cache=cache) as app:
            serving.append(app)
            await app.serve(asyncio.Event())

    def request_reload() -> None:
        for app in serving:
            app.request_reload()

    work = asyncio.create_task(serve(), name="bot")
    # Wherever it is, in its start or at work, it is left in the order in which it was entered.
    with handle_signals(stop=work.cancel, again=request_reload):
        await asyncio.wait([work])
    if not work.cancelled():
        work.result()
