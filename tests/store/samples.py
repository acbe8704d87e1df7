"""Things to be stored."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.releases.release import Release
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.stories.story import Author, Chapter, Rating, Story
from bot.domain.subscriptions.subscription import Subscription, SubscriptionOptions
from bot.domain.suggestions.suggestion import Suggestion
from bot.store.database import Database
from bot.store.delivery.delivery_records import NewDelivery
from bot.store.releases.release_records import NewRelease
from bot.store.subscriptions.subscription_records import NewSubscription
from bot.store.suggestions.suggestion_records import NewSuggestion
from bot.store.transaction import Transaction

NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
GUILD, CHANNEL, ADMIN = 1 << 60, 3 << 60, 5 << 60

_nonces = itertools.count(1)


def make_story(slug: str = "lamp", **changes: Any) -> Story:
    """A story with something in every corner."""
    values: dict[str, Any] = {
        "slug": slug,
        "title": f"The {slug.title()}",
        "release_rules": ReleaseRules(
            schedule=parse_schedule("tue, fri at 18:00"),
            zone=ZoneInfo("Europe/London"),
            start=NOW,
            catch_up=CatchUp.LATEST,
            backlog=2,
        ),
        "authors": (Author("Ana", 7 << 60), Author("Bo")),
        "rating": Rating.TEEN,
        "guilds": frozenset({GUILD, 12}),
    }
    return Story(**(values | changes))


def make_chapter(key: str = "one", **changes: Any) -> Chapter:
    """A chapter."""
    return Chapter(**({"key": key, "title": f"Chapter {key}", "text": f"Text of {key}."} | changes))


async def add_story(tx: Transaction, slug: str = "lamp", chapters: Sequence[str] = ()) -> list[Release]:
    """A story with these chapters out."""
    await tx.stories.add(make_story(slug), first_seen=NOW, settled_until=NOW)
    released = [
        await tx.releases.add(NewRelease(slug, make_chapter(key), at=NOW, released_at=NOW, words=3))
        for key in chapters
    ]
    assert None not in released
    return [release for release in released if release is not None]


async def subscribe(
    tx: Transaction, story: str = "lamp", channel: int = CHANNEL, **changes: Any
) -> Subscription:
    """A server channel's subscription."""
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "user_id": None,
        "created_by": ADMIN,
        "created_at": NOW,
        "place": 0,
        "options": SubscriptionOptions(),
    }
    made = await tx.subscriptions.add(NewSubscription(story=story, channel_id=channel, **(values | changes)))
    assert made is not None
    return made


def owed(subscription: Subscription, release: Release, **changes: Any) -> NewDelivery:
    """A ledger row due now."""
    values: dict[str, Any] = {"part": 0, "due_at": NOW, "nonce": f"n{next(_nonces)}", "mention": False}
    return NewDelivery(subscription_id=subscription.id, release_id=release.id, **(values | changes))


async def add_idea(store: Database, maker: int = 11, story: str = "lamp", **changes: Any) -> Suggestion:
    """A reader's idea, in a transaction of its own."""
    values: dict[str, Any] = {
        "chapter": None,
        "text": "More lamps!",
        "suggester_name": "Reader",
        "anonymous": False,
        "name_me": True,
        "created_at": NOW,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
    }
    async with store.begin() as tx:
        return await tx.suggestions.add(NewSuggestion(story=story, suggester=maker, **(values | changes)))
