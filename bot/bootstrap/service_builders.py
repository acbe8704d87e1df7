"""The services of each subject."""

from __future__ import annotations

from typing import NamedTuple

from bot.bootstrap.shared_components import SharedComponents
from bot.kit.rate_limiter import RateLimiter, SpareRate
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.delivery_dependencies import DeliveryDependencies
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.restore_recovery import RestoreRecovery
from bot.services.delivery.worker import DeliveryWorker
from bot.services.reading.page_turns import PageTurns
from bot.services.reading.post_counter_refresh import PostCounterRefresh
from bot.services.reading.post_refresh import PostRefresh
from bot.services.releases.calendar_confirmations import CalendarConfirmations
from bot.services.releases.calendar_notice_sender import CalendarNoticeSender
from bot.services.releases.calendar_notices import CalendarNotices
from bot.services.releases.calendar_overrides import CalendarOverrides
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.preflight import Preflight
from bot.services.releases.publisher import ReleasePublisher
from bot.services.statistics.morning_cards import MorningCards
from bot.services.statistics.reconciliation import Reconciliation
from bot.services.suggestions.limits import SuggestionLimits
from bot.services.suggestions.panels import Panels
from bot.services.suggestions.polls import Polls
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.services.suggestions.review_channels import ReviewChannels
from bot.services.suggestions.review_queue import ReviewQueue
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.submission import Submissions

_PREFLIGHT_REQUESTS_PER_SECOND = 4


class ReleaseServices(NamedTuple):
    """Publishing chapters on their schedule."""

    content_sync: ContentSync
    publisher: ReleasePublisher
    overrides: CalendarOverrides
    confirmations: CalendarConfirmations
    notices: CalendarNotices
    preflight: Preflight


class DeliveryServices(NamedTuple):
    """Delivering what was released."""

    recovery: RestoreRecovery
    worker: DeliveryWorker
    spare_rate: SpareRate
    crossposter: Crossposter
    reaction_controls: ReactionControls | None


class SuggestionServices(NamedTuple):
    """Suggestions from submission to decision."""

    similarity: SimilarityIndex
    review_queue: ReviewQueue
    panels: Panels
    polls: Polls
    submissions: Submissions
    review_channels: ReviewChannels
    morning_cards: MorningCards


class ReadingServices(NamedTuple):
    """Reading in chat and in the private reader."""

    page_turns: PageTurns
    refresh: PostRefresh
    counter_refresh: PostCounterRefresh
    reconciliation: Reconciliation


def build_releases(base: SharedComponents) -> ReleaseServices:
    """Build what publishes chapters on their schedule."""
    right = base.clock_skew.is_trusted
    publisher = ReleasePublisher(
        base.database,
        base.content,
        base.clock,
        catch_up_gap=base.settings.delivery.catch_up_gap,
        right=right,
    )
    overrides = CalendarOverrides(base.database, base.upcoming, publisher, base.clock)
    sender = CalendarNoticeSender(
        base.database, base.messenger, base.clock, limiter=base.limiter, members=base.members
    )
    return ReleaseServices(
        content_sync=ContentSync(base.database, base.content, base.clock, right=right),
        publisher=publisher,
        overrides=overrides,
        confirmations=CalendarConfirmations(base.database, base.upcoming, overrides, base.clock),
        notices=CalendarNotices(base.database, base.upcoming, sender, base.clock),
        preflight=Preflight(
            base.database,
            base.content,
            base.messenger,
            base.upcoming,
            base.clock,
            # A limiter of its own: looking ahead must not take the rate from posts.
            limiter=RateLimiter(_PREFLIGHT_REQUESTS_PER_SECOND),
        ),
    )


def build_delivery(base: SharedComponents) -> DeliveryServices:
    """Build what delivers released chapters, and what settles doubts after a restored backup."""
    dependencies = DeliveryDependencies(
        base.database, base.messenger, base.composer, base.clock, base.limiter
    )
    recovery = RestoreRecovery(dependencies, base.content, operators=base.settings.operators)
    worker = DeliveryWorker(dependencies, members=base.members, settle=recovery.settle, outages=base.outages)
    # Posts that are due go before everything that only decorates, revises or counts posts.
    spare_rate = SpareRate(base.limiter, lambda: not worker.is_idle)
    reactions = base.settings.reading.reactions
    return DeliveryServices(
        recovery=recovery,
        worker=worker,
        spare_rate=spare_rate,
        crossposter=Crossposter(base.database, base.messenger, base.clock, limiter=base.limiter),
        reaction_controls=ReactionControls(base.database, base.messenger, spare_rate=spare_rate)
        if reactions
        else None,
    )


def build_suggestions(base: SharedComponents) -> SuggestionServices:
    """Build the way of a suggestion from submission to decision."""
    asked = base.settings.suggestions
    similarity = SimilarityIndex(base.database)
    policy = ReviewChannelPolicy(asked.review_channel)
    queue = ReviewQueue(base.database, base.upcoming, similarity, base.clock, policy)
    panels = Panels(
        base.database, base.messenger, queue, base.clock, limiter=base.limiter, channel_policy=policy
    )
    limits = SuggestionLimits(asked.open_per_reader, asked.open_per_story, asked.cooldown, asked.words)
    operators = base.settings.operators
    return SuggestionServices(
        similarity=similarity,
        review_queue=queue,
        panels=panels,
        polls=Polls(base.database, base.messenger, base.clock, limiter=base.limiter),
        submissions=Submissions(
            base.database, base.clock, similarity, limits, on_submitted=panels.show_new_suggestion
        ),
        review_channels=ReviewChannels(
            base.database, base.messenger, policy, base.clock, operators=operators
        ),
        morning_cards=MorningCards(
            base.database, base.upcoming, base.clock, operators=operators, channel_policy=policy
        ),
    )


def build_reading(base: SharedComponents, spare_rate: SpareRate) -> ReadingServices:
    """Build page turns, and what edits posts that were made already."""
    turns = PageTurns(
        base.database, base.messenger, base.composer, base.counters, base.clock, members=base.members
    )
    return ReadingServices(
        page_turns=turns,
        refresh=PostRefresh(
            base.database, turns, base.messenger, base.composer, base.clock, spare_rate=spare_rate
        ),
        counter_refresh=PostCounterRefresh(base.database, turns, base.clock, spare_rate=spare_rate),
        reconciliation=Reconciliation(
            base.database, base.messenger, base.counters, base.clock, spare_rate=spare_rate
        ),
    )
