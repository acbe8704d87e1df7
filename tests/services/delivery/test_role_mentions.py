"""Roles that cannot be mentioned any more: chapters go on without them, and the admin hears of it once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions
from bot.kit.rate_limiter import RateLimiter
from bot.services.releases.preflight import Preflight
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.subscriptions.subscription_requests import ListedSubscription
from bot.store.database import Database
from tests.services.fakes import ADMIN, CHANNEL, GUILD, World, chapter, serial

FOUR = [chapter(key) for key in ("one", "two", "three", "four")]


async def world_of(store: Database, style: ReleaseStyle = ReleaseStyle.PAGES) -> World:
    """A world whose channel mentions a role."""
    world = World(store, serial(*FOUR))
    await world.run()
    await world.subscribe(options=SubscriptionOptions(mention=7, style=style))
    return world


async def listed(world: World) -> ListedSubscription:
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    return line


def mentioned(world: World) -> list[int | None]:
    return [post.mention for _, post, _ in world.messenger.posts.values() if not post.part]


async def told(world: World) -> list[tuple[int, str, str]]:
    await world.notification_outbox.sweep()
    return [
        (each.user_id, each.kind, each.facts["why"])
        for each in world.messenger.notices
        if each.kind == "mention-lost"
    ]


@pytest.mark.parametrize("dead", [MentionReach.GONE, MentionReach.UNHEARD])
@pytest.mark.parametrize("style", [ReleaseStyle.PAGES, ReleaseStyle.THREAD])
async def test_chapters_go_on_without_a_dead_mention_and_it_is_told_once(
    store: Database, dead: MentionReach, style: ReleaseStyle
) -> None:
    world = await world_of(store, style)
    await world.later(minutes=31)
    world.messenger.roles[7] = dead
    for _ in range(2):
        await world.later(days=1)
    assert mentioned(world) == [7, None, None]
    assert await told(world) == [(ADMIN.user_id, "mention-lost", dead.value)]
    assert (await listed(world)).subscription.mention_fault is dead
    world.messenger.roles[7] = MentionReach.OPEN
    await world.later(days=1)
    assert mentioned(world)[-1] == 7
    assert (await listed(world)).subscription.mention_fault is None


async def test_another_role_begins_without_the_old_ones_fault(store: Database) -> None:
    world = await world_of(store)
    world.messenger.roles[7] = MentionReach.GONE
    await world.later(minutes=31)
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD), given=["style"])
    assert (await listed(world)).subscription.mention_fault is MentionReach.GONE, (
        "it is not asked about again"
    )
    await world.subscribe(options=SubscriptionOptions(mention=8), given=["mention"])
    assert (await listed(world)).subscription.mention_fault is None
    await world.later(days=1)
    assert mentioned(world) == [None, 8]


async def test_an_edit_does_not_bring_it_back(store: Database) -> None:
    world = await world_of(store)
    world.messenger.roles[7] = MentionReach.GONE
    await world.later(minutes=31)
    (message_id,) = world.messenger.posts
    await world.page_turns.refresh(message_id, anyway=True)
    ((_, edited),) = world.messenger.edits
    assert edited.mention is None


async def test_where_discord_does_not_say_the_role_is_mentioned(store: Database) -> None:
    world = await world_of(store)

    async def silent(*_: int) -> None:
        return None

    world.messenger.get_mention_reach = silent  # type: ignore[method-assign]
    await world.later(minutes=31)
    assert mentioned(world) == [7]


async def test_one_question_serves_all_channels_of_a_moment_and_none_where_no_role_is_named(
    store: Database,
) -> None:
    world = await world_of(store)
    await world.subscribe(channel_id=CHANNEL + 50)
    await world.later(minutes=31)
    assert world.messenger.asked_roles == [7]


async def test_a_look_ahead_sees_it_before_the_hour(store: Database) -> None:
    world = await world_of(store)
    looking = Preflight(
        store,
        world.library,
        world.messenger,
        UpcomingReleases(world.library),
        world.clock,
        limiter=RateLimiter(100_000),
    )
    world.messenger.roles[7] = MentionReach.UNHEARD
    world.clock.advance(timedelta(minutes=1))
    await looking.sweep()
    assert await told(world) == [(ADMIN.user_id, "mention-lost", "unheard")]
    await world.later(minutes=31)
    assert len(await told(world)) == 1
    assert world.messenger.notices[0].facts["guild"] == str(GUILD)
