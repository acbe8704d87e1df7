"""The services that the background jobs run."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.prerender.prerenderer import Prerenderer
from bot.services.alerts.alerts import Alerts
from bot.services.alerts.clock_skew import ClockSkewCheck
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.restore_recovery import RestoreRecovery
from bot.services.delivery.worker import DeliveryWorker
from bot.services.reading.post_counter_refresh import PostCounterRefresh
from bot.services.reading.post_refresh import PostRefresh
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.preflight import Preflight
from bot.services.releases.publisher import ReleasePublisher
from bot.services.subscriptions.unparking import ParkedRecovery
from bot.services.suggestions.similarity import SimilarityIndex


@dataclass(frozen=True, slots=True)
class BackgroundServices:
    """Services that run by themselves, not on anybody's request.

    `reaction_controls` is None if posts have no reactions, `prerenderer` if no pages are rendered ahead.
    """

    publisher: ReleasePublisher
    worker: DeliveryWorker
    crossposter: Crossposter
    reaction_controls: ReactionControls | None
    post_refresh: PostRefresh
    counter_refresh: PostCounterRefresh
    parked_recovery: ParkedRecovery
    preflight: Preflight
    restore_recovery: RestoreRecovery
    similarity: SimilarityIndex
    alerts: Alerts
    clock_skew: ClockSkewCheck
    content_sync: ContentSync
    prerenderer: Prerenderer | None
