"""The parts that most subjects share: client, messenger, clock check, page makers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.client import FascicleClient
from bot.chat.gateway.request_trace import RequestObserver
from bot.chat.messenger import DiscordMessenger
from bot.clock import Clock
from bot.config import Settings
from bot.content.prerender.disk_cache import DiskPageCache
from bot.kit.rate_limiter import RateLimiter
from bot.observability.outage_log import OutageLog
from bot.services.alerts.alerts import Alerts
from bot.services.alerts.clock_skew import ClockSkewCheck
from bot.services.authoring.authoring import AuthoringSetup
from bot.services.delivery.composer import PostComposer
from bot.services.guilds.guild_members import GuildMembers
from bot.services.pages.paginator import Paginator
from bot.services.people.languages import Languages
from bot.services.statistics.counters import CounterTracker
from bot.services.stories.content_source import ContentSource
from bot.services.stories.publishable_content import PublishableContent
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.transaction_retry import commit_with_retry, retry_until_available
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Parts given from outside. `page_cache` is None if no pages are rendered ahead."""

    settings: Settings
    database: Database
    content: ContentSource
    clock: Clock
    outages: OutageLog
    authoring: AuthoringSetup
    page_cache: DiskPageCache | None = None


@dataclass(frozen=True, slots=True)
class SharedComponents:
    """Parts that most subjects share."""

    settings: Settings
    database: Database
    clock: Clock
    outages: OutageLog
    content: PublishableContent
    authoring: AuthoringSetup
    client: FascicleClient
    messenger: DiscordMessenger
    limiter: RateLimiter
    paginator: Paginator
    composer: PostComposer
    upcoming: UpcomingReleases
    languages: Languages
    members: GuildMembers
    alerts: Alerts
    clock_skew: ClockSkewCheck
    counters: CounterTracker


class StoredValues:
    """Small strings that the Discord edge keeps over restarts, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """Return the value of a key."""

        async def read() -> str | None:
            async with self._database.read() as tx:
                return await tx.key_values.get(key)

        return await retry_until_available(read)

    async def set(self, key: str, value: str) -> None:
        """Store a value under a key."""
        await commit_with_retry(self._database, lambda tx: tx.key_values.set(key, value))


def build_shared_components(given: Surroundings) -> SharedComponents:
    """Build what all subjects share: the client, the messenger, the clock check and the page makers."""
    settings, database, clock = given.settings, given.database, given.clock
    content = PublishableContent(given.content, database, clock)
    limiter = RateLimiter(settings.delivery.rate)
    alerts = Alerts(database, clock, operators=settings.operators)
    clock_skew = ClockSkewCheck(clock, alerts)
    client = FascicleClient(
        settings.discord,
        clock,
        operators=settings.operators,
        registered=StoredValues(database),
        spare_turn=limiter.acquire_idle,
        observer=RequestObserver(on_request=limiter.record_request, on_date=clock_skew.record_date),
    )
    languages = Languages(database)
    messenger = DiscordMessenger(client, clock, languages=languages, buttons=settings.reading.buttons)
    upcoming = UpcomingReleases(content)
    paginator = Paginator(settings.reading.page_length, made=given.page_cache)
    return SharedComponents(
        settings=settings,
        database=database,
        clock=clock,
        outages=given.outages,
        content=content,
        authoring=given.authoring,
        client=client,
        messenger=messenger,
        limiter=limiter,
        paginator=paginator,
        composer=PostComposer(database, paginator, upcoming, clock),
        upcoming=upcoming,
        languages=languages,
        members=GuildMembers(database, messenger, clock, operators=settings.operators),
        alerts=alerts,
        clock_skew=clock_skew,
        counters=CounterTracker(database, clock),
    )
