"""The one place where everything is wired together, started, and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry

from bot.chat.client import FascicleClient
from bot.chat.messenger import DiscordMessenger
from bot.clock import Clock, SystemClock
from bot.config import Secret, Settings
from bot.health import Health
from bot.library.ahead.cache import PageCache
from bot.library.ahead.making import PagingAhead
from bot.library.folder import FolderLibrary
from bot.library.watching import watch
from bot.rota import Rota, Workers
from bot.services.alike import Likening
from bot.services.block import Blocking
from bot.services.browse import Browsing
from bot.services.bundle import Services
from bot.services.compose import Composer
from bot.services.decide import Deciding
from bot.services.decorate import Decorating
from bot.services.deliver import Delivering
from bot.services.digest import Digesting
from bot.services.direct import Directing
from bot.services.figures import Counting
from bot.services.follow import Following
from bot.services.holdings import Holdings
from bot.services.inspect import Inspecting
from bot.services.keep import Keeping
from bot.services.limits import Limits
from bot.services.lookahead import LookingAhead
from bot.services.notify import Telling
from bot.services.outlook import Outlook
from bot.services.pace import Pace
from bot.services.paging import Pager
from bot.services.panels import Paneling
from bot.services.people import Knowing
from bot.services.polling import Polling
from bot.services.ports import Library, Store
from bot.services.preview import Previewing
from bot.services.privacy import Privacy
from bot.services.queue import Queueing, Reviewing
from bot.services.read import Reading
from bot.services.recount import Recounting
from bot.services.refresh import Refreshing
from bot.services.release import Releasing
from bot.services.repaint import Repainting
from bot.services.revive import Reviving
from bot.services.send import Sending
from bot.services.shelve import Shelving
from bot.services.stats import Statistics
from bot.services.subscribe import Subscribing
from bot.services.suggest import Suggesting
from bot.services.support import Supporting
from bot.services.timekeeping import Timekeeping
from bot.services.troubles import STOPPING, Troubles, described
from bot.services.turn import Turning
from bot.store.engine import SqlStore

_log = logging.getLogger(__name__)

GRACE = timedelta(seconds=20)
"""How long a stop waits for posts and page turns that are under way."""

_LOOKS_A_SECOND = 4


class Remembered:
    """Small strings that the Discord edge remembers over restarts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, key: str) -> str | None:
        """The string kept under that key."""
        async with self._store.read() as tx:
            return await tx.settings.get(key)

    async def set(self, key: str, value: str) -> None:
        """Keep a string under that key."""
        async with self._store.begin() as tx:
            await tx.settings.set(key, value)


class App:
    """The bot: library, store and Discord with the services between them.

    `view` may put another view of the library before the services, as the demo does to change its schedules. With
    `pages`, those of every chapter are made ahead and kept there.
    """

    def __init__(
        self,
        settings: Settings,
        token: Secret,
        store: SqlStore,
        folder: FolderLibrary,
        *,
        clock: Clock,
        registry: CollectorRegistry,
        view: Callable[[Library], Library] = lambda library: library,
        pages: PageCache | None = None,
    ) -> None:
        self._settings = settings
        self._token = token
        self._store = store
        self._folder = folder
        self._clock = clock
        self.library = Holdings(view(folder), store, clock)
        self.client = FascicleClient(settings, clock, Remembered(store))
        people = Knowing(store)
        messenger = DiscordMessenger(self.client, clock, people=people, buttons=settings.reading.buttons)
        outlook = Outlook(self.library)
        pager = Pager(settings.reading.page_length, made=pages)
        composer = Composer(store, pager, outlook, clock)
        counting = Counting(store, clock)
        likening = Likening(store)
        pace = Pace(settings.delivery.rate)
        reviewing = Reviewing(settings.suggestions.review_channel)
        queueing = Queueing(store, outlook, likening, reviewing)
        panels = Paneling(store, messenger, queueing, clock, pace=pace, reviewing=reviewing)
        self.client.on_request = pace.asked
        self.client.spare_turn = pace.spare_turn
        self.troubles = Troubles(store, clock, operators=settings.operators)
        self._timekeeping = Timekeeping(clock, self.troubles)
        self._timekeeping.ask = self.client.ask_time
        self.client.on_date = self._timekeeping.heard
        right = self._timekeeping.right
        self._shelving = Shelving(store, self.library, clock, right=right)
        self._inspecting = Inspecting(store, self.library, self.troubles)
        self._releasing = Releasing(
            store, self.library, clock, catch_up_gap=settings.delivery.catch_up_gap, right=right
        )
        self._delivering = Delivering(store, messenger, composer, clock, pace=pace)
        self.services = Services(
            browse=Browsing(store, outlook, clock),
            subscribe=Subscribing(store, messenger, outlook, self._releasing, clock),
            follow=Following(store, messenger, outlook, self._releasing, clock),
            read=Reading(store, pager, outlook, clock),
            send=Sending(store, messenger, composer, reactions=settings.reading.reactions),
            turn=(turning := Turning(store, messenger, composer, counting, clock)),
            suggest=Suggesting(store, clock, likening, _limits(settings), made=panels.made),
            support=Supporting(store, clock),
            block=Blocking(store, clock),
            decide=Deciding(store, outlook, clock),
            queue=queueing,
            panels=panels,
            polls=Polling(store, messenger, clock, pace=pace),
            digest=Digesting(store, clock, operators=settings.operators, reviewing=reviewing),
            direct=Directing(store, outlook, self._releasing, clock),
            guilds=Keeping(store, clock),
            notices=Telling(store, messenger, clock, pace=pace),
            people=people,
            privacy=Privacy(store, messenger, people, counting, clock),
            figures=counting,
            recount=Recounting(store, messenger, counting, clock, pace=pace),
            stats=Statistics(store),
            preview=Previewing(store, self.library, clock, page_length=settings.reading.page_length),
        )
        self.client.use(self.services)
        self._health = Health(registry, self.not_ready, self.remarks)
        self._rota = Rota(
            self.client,
            self.services,
            Workers(
                releasing=self._releasing,
                delivering=self._delivering,
                decorating=Decorating(store, messenger, pace=pace) if settings.reading.reactions else None,
                refreshing=Refreshing(store, turning, messenger, composer, clock, pace=pace),
                repainting=Repainting(store, turning, clock, pace=pace),
                reviving=Reviving(store, messenger, self.services.subscribe, clock, pace=pace),
                looking_ahead=LookingAhead(
                    store, self.library, messenger, outlook, clock, pace=Pace(_LOOKS_A_SECOND)
                ),
                likening=likening,
                troubles=self.troubles,
                timekeeping=self._timekeeping,
                shelving=self._shelving,
                paging=None if pages is None else PagingAhead(pages),
            ),
            self.library,
            clock,
        )

    def not_ready(self) -> list[str]:
        """Why the bot does not serve now, a reason each; empty when it does."""
        reasons = []
        if not self.client.connected:
            reasons.append("not connected to Discord")
        if not self._store.held():
            reasons.append("the database is not held by this process")
        if not reasons and not self._rota.timely:
            reasons.append("the clock is not known to be right")
        return reasons + [described(one) for one in self.troubles.lasting() if one.kind in STOPPING]

    def remarks(self) -> list[str]:
        """What somebody has to mend though the bot serves, a line each."""
        return [described(one) for one in self.troubles.lasting() if one.kind not in STOPPING]

    async def serve(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what is under way.

        Raises:
            TokenRejected: Discord does not accept the token.
            OSError: the health port cannot be had.
        """
        async with contextlib.AsyncExitStack() as stack:
            if self._settings.http.port:
                await self._health.start(self._settings.http.host, self._settings.http.port)
                stack.push_async_callback(self._health.stop)
            await self._shelving.shelve()
            await self._inspecting.look()
            self._report_faults()
            await self._delivering.take_over()
            await self.services.panels.take_over()
            await self.services.polls.take_over()
            stack.enter_context(self._rota.alarms())
            session = asyncio.create_task(self.client.serve(self._token.reveal()), name="discord")
            # Left in the opposite order: first no new work starts, then what is under way ends, then Discord is left.
            stack.push_async_callback(self._hang_up, session)
            await stack.enter_async_context(self._background())
            stopping = asyncio.create_task(stop.wait(), name="stop")
            await asyncio.wait([session, stopping], return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if session.done():
                session.result()

    async def reloaded(self) -> None:
        """The files have been read again: take over what is sound in them, report what is not."""
        await self._shelving.shelve()
        await self._inspecting.look()
        self._report_faults()
        self._rota.files_changed()

    def wake(self) -> None:
        """Have every duty look at once that something new may concern."""
        self._rota.wake()

    def _report_faults(self) -> None:
        for fault in self._folder.faults():
            _log.error("%s", fault, extra={"action": "content_fault", "file": fault.file, "line": fault.line})

    @contextlib.asynccontextmanager
    async def _background(self) -> AsyncIterator[None]:
        """The duties and the watch on the files; on leaving, no new work starts and what is under way ends."""
        tasks = self._rota.start()
        if self._settings.content.reload:
            tasks.append(asyncio.create_task(watch(self._folder, self.reloaded), name="watch"))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _hang_up(self, session: asyncio.Task[None]) -> None:
        """Let posts and page turns under way end, then leave Discord in order."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE.total_seconds()):
                await self._delivering.drain()
                await self.services.turn.drain()
                await self.services.figures.drain()
        await self.client.close()
        await asyncio.gather(session, return_exceptions=True)


def _limits(settings: Settings) -> Limits:
    asked = settings.suggestions
    return Limits(asked.open_per_reader, asked.open_per_story, asked.cooldown, asked.words)


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
    """An app with its database open and its files read; both are let go of at the end.

    `cache` is a folder for what can be made anew; None keeps nothing.

    Raises:
        DatabaseUnusable: the database cannot be used; also its kinds, `DatabaseBusy` and `DatabaseTooNew`.
    """
    clock = clock or SystemClock()
    folder = FolderLibrary(settings.content.path, cache)
    await folder.load()
    store = await SqlStore.open(settings.database.url)
    pages = None if cache is None else PageCache(cache, settings.reading.page_length)
    try:
        yield App(
            settings,
            token,
            store,
            folder,
            clock=clock,
            registry=registry or CollectorRegistry(),
            view=view,
            pages=pages,
        )
    finally:
        if pages is not None:
            pages.close()
        await store.close()


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
        OSError: the health port cannot be had.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        async with opened(settings, token, registry=registry, cache=cache) as app:
            await app.serve(stop)
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)
