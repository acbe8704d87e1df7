"""Collaborators shared by everything that works on deliveries."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.post_messenger import DeliveryMessenger
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class DeliveryDependencies:
    """The database, Discord, the composer of posts, the clock and the rate limiter of deliveries."""

    store: Database
    messenger: DeliveryMessenger
    composer: PostComposer
    clock: Clock
    limiter: RateLimiter
