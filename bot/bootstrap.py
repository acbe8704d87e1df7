"""Wiring of the bot, one function a subject.

Each function takes what was built before it, so the order of the calls in `build` is the order of the dependencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.background.background_services import BackgroundServices
from bot.background.jobs import BackgroundJobs
from bot.chat.client import FascicleClient
from bot.chat.gateway.request_trace import RequestObserver
from bot.chat.messenger import DiscordMessenger
from bot.clock import Clock
from bot.config import Settings
from bot.content.prerender.disk_cache import DiskPageCache
from bot.content.prerender.prerenderer import Prerenderer
from bot.kit.rate_limiter import RateLimiter
from bot.observability.outage_log import OutageLog
from bot.services.alerts.alerts import Alerts
from bot.services.alerts.clock_skew import ClockSkewCheck
from bot.services.container import Services
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.restore_recovery import RestoreRecovery
from bot.services.delivery.worker import DeliveryWorker
from bot.services.guilds.guild_members import GuildMembers
from bot.services.notifications.outbox import NotificationOutbox
from bot.services.pages.paginator import Paginator
from bot.services.people.languages import Languages
from bot.services.privacy.personal_data import PersonalData
from bot.services.reading.dm_pages import DmPages
from bot.services.reading.page_turns import PageTurns
from bot.services.reading.post_counter_refresh import PostCounterRefresh
from bot.services.reading.post_refresh import PostRefresh
from bot.services.reading.private_reader import PrivateReader
from bot.services.releases.calendar_overrides import CalendarOverrides
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.preflight import Preflight
from bot.services.releases.publisher import ReleasePublisher
from bot.services.statistics.counters import CounterTracker
from bot.services.statistics.reconciliation import Reconciliation
from bot.services.statistics.reports import StoryReports
from bot.services.stories.catalogue import Catalogue
from bot.services.stories.content_alerts import ContentAlerts
from bot.services.stories.library import Library
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
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.services.suggestions.review_channels import ReviewChannels
from bot.services.suggestions.review_queue import ReviewQueue
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.submission import Submissions
from bot.services.suggestions.support import Support
from bot.services.transaction_retry import commit_with_retry, retry_until_available
from bot.store.database import Database

_PREFLIGHT_REQUESTS_PER_SECOND = 4


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the bot is given from outside. `page_cache` is None where no pages are made ahead."""

    settings: Settings
    database: Database
    library: Library
    clock: Clock
    outages: OutageLog
    page_cache: DiskPageCache | None = None


@dataclass(frozen=True, slots=True)
class Foundations:
    """Parts that most subjects share."""

    settings: Settings
    database: Database
    clock: Clock
    outages: OutageLog
    content: PublishableContent
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


class Releases(NamedTuple):
    """Publishing chapters on their schedule."""

    content_sync: ContentSync
    publisher: ReleasePublisher
    overrides: CalendarOverrides
    preflight: Preflight


class Delivery(NamedTuple):
    """Delivering what was released."""

    recovery: RestoreRecovery
    worker: DeliveryWorker
    crossposter: Crossposter
    reaction_controls: ReactionControls | None


class Suggestions(NamedTuple):
    """Suggestions from submission to decision."""

    similarity: SimilarityIndex
    review_queue: ReviewQueue
    panels: Panels
    polls: Polls
    submissions: Submissions
    review_channels: ReviewChannels
    digest: DailyDigest


class Reading(NamedTuple):
    """Reading in chat and in the private reader."""

    page_turns: PageTurns
    refresh: PostRefresh
    counter_refresh: PostCounterRefresh


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


def build_foundations(given: Surroundings) -> Foundations:
    """Build what all subjects share: the client, the messenger, the clock check and the page makers."""
    settings, database, clock = given.settings, given.database, given.clock
    content = PublishableContent(given.library, database, clock)
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
    clock_skew.ask = client.ask_time
    languages = Languages(database)
    messenger = DiscordMessenger(client, clock, languages=languages, buttons=settings.reading.buttons)
    upcoming = UpcomingReleases(content)
    paginator = Paginator(settings.reading.page_length, made=given.page_cache)
    return Foundations(
        settings=settings,
        database=database,
        clock=clock,
        outages=given.outages,
        content=content,
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


def build_releases(base: Foundations) -> Releases:
    """Build what publishes chapters on their schedule."""
    right = base.clock_skew.is_trusted
    publisher = ReleasePublisher(
        base.database,
        base.content,
        base.clock,
        catch_up_gap=base.settings.delivery.catch_up_gap,
        right=right,
    )
    return Releases(
        content_sync=ContentSync(base.database, base.content, base.clock, right=right),
        publisher=publisher,
        overrides=CalendarOverrides(base.database, base.upcoming, publisher, base.clock),
        preflight=Preflight(
            base.database,
            base.content,
            base.messenger,
            base.upcoming,
            base.clock,
            # A limiter of its own: looking ahead must not take the rate from posts.
            pace=RateLimiter(_PREFLIGHT_REQUESTS_PER_SECOND),
        ),
    )


def build_delivery(base: Foundations) -> Delivery:
    """Build what delivers released chapters, and what settles doubts after a restored backup."""
    recovery = RestoreRecovery(
        base.database,
        base.messenger,
        base.content,
        base.composer,
        base.clock,
        pace=base.limiter,
        operators=base.settings.operators,
    )
    worker = DeliveryWorker(
        base.database,
        base.messenger,
        base.composer,
        base.clock,
        pace=base.limiter,
        members=base.members,
        settle=recovery.settle,
        lasting=base.outages,
    )
    reactions = base.settings.reading.reactions
    return Delivery(
        recovery=recovery,
        worker=worker,
        crossposter=Crossposter(base.database, base.messenger, base.clock, pace=base.limiter),
        reaction_controls=ReactionControls(base.database, base.messenger, pace=base.limiter)
        if reactions
        else None,
    )


def build_suggestions(base: Foundations) -> Suggestions:
    """Build the way of a suggestion from submission to decision."""
    asked = base.settings.suggestions
    similarity = SimilarityIndex(base.database)
    policy = ReviewChannelPolicy(asked.review_channel)
    queue = ReviewQueue(base.database, base.upcoming, similarity, policy)
    panels = Panels(
        base.database, base.messenger, queue, base.clock, pace=base.limiter, channel_policy=policy
    )
    limits = SuggestionLimits(asked.open_per_reader, asked.open_per_story, asked.cooldown, asked.words)
    operators = base.settings.operators
    return Suggestions(
        similarity=similarity,
        review_queue=queue,
        panels=panels,
        polls=Polls(base.database, base.messenger, base.clock, pace=base.limiter),
        submissions=Submissions(
            base.database, base.clock, similarity, limits, on_submitted=panels.show_new_suggestion
        ),
        review_channels=ReviewChannels(
            base.database, base.messenger, policy, base.clock, operators=operators
        ),
        digest=DailyDigest(base.database, base.clock, operators=operators, channel_policy=policy),
    )


def build_reading(base: Foundations) -> Reading:
    """Build page turns, and what edits posts that were made already."""
    turns = PageTurns(
        base.database, base.messenger, base.composer, base.counters, base.clock, members=base.members
    )
    return Reading(
        page_turns=turns,
        refresh=PostRefresh(
            base.database, turns, base.messenger, base.composer, base.clock, pace=base.limiter
        ),
        counter_refresh=PostCounterRefresh(base.database, turns, base.clock, pace=base.limiter),
    )


def build_services(
    base: Foundations, releases: Releases, suggestions: Suggestions, reading: Reading
) -> Services:
    """Build the services that people reach through Discord."""
    database, messenger, clock = base.database, base.messenger, base.clock
    settings, catch_up_gap = base.settings, base.settings.delivery.catch_up_gap
    return Services(
        catalogue=Catalogue(database, base.upcoming, clock),
        channel_subscriptions=ChannelSubscriptions(
            database, messenger, base.upcoming, clock, catch_up_gap=catch_up_gap
        ),
        followers=Followers(database, messenger, base.upcoming, clock, catch_up_gap=catch_up_gap),
        private_reader=PrivateReader(database, base.paginator, base.upcoming, clock),
        dm_pages=DmPages(database, messenger, base.composer, reactions=settings.reading.reactions),
        page_turns=reading.page_turns,
        submissions=suggestions.submissions,
        support=Support(database, clock),
        block_list=BlockList(database, clock),
        decisions=Decisions(database, base.upcoming, clock),
        review_queue=suggestions.review_queue,
        panels=suggestions.panels,
        review_channels=suggestions.review_channels,
        polls=suggestions.polls,
        daily_digest=suggestions.digest,
        calendar_overrides=releases.overrides,
        guild_retention=GuildRetention(database, clock),
        notification_outbox=NotificationOutbox(
            database, messenger, clock, pace=base.limiter, members=base.members
        ),
        languages=base.languages,
        guild_members=base.members,
        personal_data=PersonalData(database, messenger, base.languages, base.counters, clock),
        counters=base.counters,
        reconciliation=Reconciliation(database, messenger, base.counters, clock, pace=base.limiter),
        story_reports=StoryReports(database),
        chapter_previews=ChapterPreviews(
            database, base.content, clock, page_length=settings.reading.page_length
        ),
    )


@dataclass(frozen=True, slots=True)
class Bot:
    """The wired bot: what `bot.app` starts, serves with and stops."""

    foundations: Foundations
    services: Services
    releases: Releases
    delivery: Delivery
    content_alerts: ContentAlerts
    jobs: BackgroundJobs


def build(given: Surroundings) -> Bot:
    """Wire the whole bot."""
    base = build_foundations(given)
    releases, delivery = build_releases(base), build_delivery(base)
    suggestions, reading = build_suggestions(base), build_reading(base)
    services = build_services(base, releases, suggestions, reading)
    base.client.use(services)
    recovery = ParkedRecovery(
        base.database,
        base.messenger,
        services.channel_subscriptions,
        base.clock,
        pace=base.limiter,
        members=base.members,
    )
    background = BackgroundServices(
        publisher=releases.publisher,
        worker=delivery.worker,
        crossposter=delivery.crossposter,
        reaction_controls=delivery.reaction_controls,
        post_refresh=reading.refresh,
        counter_refresh=reading.counter_refresh,
        parked_recovery=recovery,
        preflight=releases.preflight,
        restore_recovery=delivery.recovery,
        similarity=suggestions.similarity,
        alerts=base.alerts,
        clock_skew=base.clock_skew,
        content_sync=releases.content_sync,
        prerenderer=None if given.page_cache is None else Prerenderer(given.page_cache),
    )
    jobs = BackgroundJobs(base.client, services, background, base.content, base.clock, base.outages)
    base.database.on_back = jobs.wake
    return Bot(
        foundations=base,
        services=services,
        releases=releases,
        delivery=delivery,
        content_alerts=ContentAlerts(base.database, base.content, base.alerts),
        jobs=jobs,
    )
