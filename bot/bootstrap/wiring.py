"""The whole bot, wired."""

from __future__ import annotations

from dataclasses import dataclass

from bot.background.background_services import BackgroundServices
from bot.background.jobs import BackgroundJobs
from bot.bootstrap.service_builders import (
    DeliveryServices,
    ReadingServices,
    ReleaseServices,
    SuggestionServices,
    build_delivery,
    build_reading,
    build_releases,
    build_suggestions,
)
from bot.bootstrap.shared_components import SharedComponents, Surroundings, build_shared_components
from bot.content.prerender.prerenderer import Prerenderer
from bot.services.authoring.authoring import AuthoringServices
from bot.services.container import Services
from bot.services.notifications.outbox import NotificationOutbox
from bot.services.privacy.personal_data import PersonalData
from bot.services.reading.dm_pages import DmPages
from bot.services.reading.private_reader import PrivateReader
from bot.services.sharing.shareable_lines import ShareableLines
from bot.services.statistics.reports import StoryReports
from bot.services.stories.autocomplete_choices import AutocompleteChoices
from bot.services.stories.catalogue import Catalogue
from bot.services.stories.content_alerts import ContentAlerts
from bot.services.stories.preview import ChapterPreviews
from bot.services.subscriptions.channel_subscriptions import ChannelSubscriptions
from bot.services.subscriptions.followers import Followers
from bot.services.subscriptions.guild_retention import GuildRetention
from bot.services.subscriptions.unparking import ParkedRecovery
from bot.services.suggestions.blocking import BlockList
from bot.services.suggestions.decisions import Decisions
from bot.services.suggestions.supporters import Supporters


def build_services(
    base: SharedComponents,
    releases: ReleaseServices,
    suggestions: SuggestionServices,
    reading: ReadingServices,
) -> Services:
    """Build the services that people reach through Discord."""
    database, messenger, clock = base.database, base.messenger, base.clock
    settings, catch_up_gap = base.settings, base.settings.delivery.catch_up_gap
    return Services(
        catalogue=Catalogue(database, base.upcoming, clock),
        autocomplete_choices=AutocompleteChoices(database, base.upcoming),
        channel_subscriptions=ChannelSubscriptions(
            database, messenger, base.upcoming, clock, catch_up_gap=catch_up_gap
        ),
        followers=Followers(database, messenger, base.upcoming, clock, catch_up_gap=catch_up_gap),
        private_reader=PrivateReader(database, base.paginator, base.upcoming, clock),
        dm_pages=DmPages(database, messenger, base.composer, clock, reactions=settings.reading.reactions),
        shareable_lines=ShareableLines(database, base.paginator, clock),
        page_turns=reading.page_turns,
        submissions=suggestions.submissions,
        supporters=Supporters(database, clock),
        block_list=BlockList(database, clock),
        decisions=Decisions(database, base.upcoming, clock, undo_time=settings.suggestions.undo),
        review_queue=suggestions.review_queue,
        panels=suggestions.panels,
        review_channels=suggestions.review_channels,
        polls=suggestions.polls,
        morning_cards=suggestions.morning_cards,
        calendar_overrides=releases.overrides,
        calendar_confirmations=releases.confirmations,
        calendar_notices=releases.notices,
        authoring=AuthoringServices.build(
            base.authoring, database, base.content, releases.notices, releases.content_sync.sync, clock
        ),
        guild_retention=GuildRetention(database, clock),
        notification_outbox=NotificationOutbox(
            database, messenger, clock, limiter=base.limiter, members=base.members
        ),
        languages=base.languages,
        guild_members=base.members,
        personal_data=PersonalData(database, messenger, base.languages, base.counters, clock),
        counters=base.counters,
        reconciliation=reading.reconciliation,
        story_reports=StoryReports(database),
        chapter_previews=ChapterPreviews(
            database, base.content, clock, page_length=settings.reading.page_length
        ),
    )


@dataclass(frozen=True, slots=True)
class Bot:
    """The wired bot: what `bot.app` starts, serves with and stops."""

    shared: SharedComponents
    services: Services
    releases: ReleaseServices
    delivery: DeliveryServices
    content_alerts: ContentAlerts
    jobs: BackgroundJobs


def build(given: Surroundings) -> Bot:
    """Wire the whole bot."""
    base = build_shared_components(given)
    releases, delivery = build_releases(base), build_delivery(base)
    suggestions, reading = build_suggestions(base), build_reading(base, delivery.spare_rate)
    services = build_services(base, releases, suggestions, reading)
    base.client.use(services)
    recovery = ParkedRecovery(
        base.database,
        base.messenger,
        services.channel_subscriptions,
        base.clock,
        limiter=base.limiter,
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
    base.database.on_back.subscribe(jobs.wake)
    return Bot(
        shared=base,
        services=services,
        releases=releases,
        delivery=delivery,
        content_alerts=ContentAlerts(base.database, base.content, base.alerts),
        jobs=jobs,
    )
