"""Readers' own subscriptions."""

from __future__ import annotations

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Refused
from bot.domain.errors import DiscordSlow
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import StoryUnknown
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionState
from bot.domain.subscriptions.subscription_refusals import FollowRestricted, MessagesClosed, NotFollowed
from bot.store.database import Database
from tests.services.fakes import NOON, READER, World, chapter, serial

DM = 70_000 + READER.user_id
CLOSED = Refused(DeliveryFault("discord-50007", "closed", NOON))
THREE = [chapter("one"), chapter("two"), chapter("three")]


async def world_of(store: Database, **more: object) -> World:
    world = World(store, serial(*THREE, **more))  # type: ignore[arg-type]
    await world.run()
    return world


async def test_a_follower_is_greeted_once_and_gets_what_comes(store: Database) -> None:
    world = await world_of(store, backlog=1)
    done = await world.followers.follow(READER, "Lamps")
    assert done.created
    assert not (await world.followers.follow(READER, "lamps")).created
    assert [(notice.user_id, notice.kind) for notice in world.messenger.notices] == [
        (READER.user_id, "following")
    ]
    await world.later(minutes=30)
    ((to, post, _),) = world.messenger.posts.values()
    assert (to.channel_id, to.guild_id, to.user_id, post.mention) == (DM, None, READER.user_id, None)
    assert world.messenger.keys_in(DM) == ["two"]
    assert await world.followers.is_following(READER, "lamps")


async def test_it_works_in_direct_messages(store: Database) -> None:
    world = await world_of(store)
    await world.followers.follow(Viewer(8, "Someone"), "lamps")
    await world.later(minutes=30)
    assert world.messenger.keys_in(70_008) == ["one"]


@pytest.mark.parametrize("where", ["opening", "greeting"])
async def test_closed_messages_are_said_and_nothing_is_stored(store: Database, where: str) -> None:
    world = await world_of(store)
    if where == "opening":
        world.messenger.direct_answers = [CLOSED]
    else:
        world.messenger.notice_answers = [CLOSED]
    with pytest.raises(MessagesClosed, match="privacy settings"):
        await world.followers.follow(READER, "lamps")
    assert not await world.followers.is_following(READER, "lamps")
    world.messenger.notice_answers = [Delayed("busy")]
    with pytest.raises(DiscordSlow):
        await world.followers.follow(READER, "lamps")
    assert not await world.followers.is_following(READER, "lamps")


async def test_stories_for_adults_stay_out_of_direct_messages(store: Database) -> None:
    world = await world_of(store, rating=Rating.MATURE)
    adult = Viewer(3, "Reader", guild_id=500, channel_id=600, age_restricted=True)
    with pytest.raises(FollowRestricted):
        await world.followers.follow(adult, "lamps")
    assert world.messenger.notices == []


async def test_a_story_kept_to_some_servers_is_unknown_elsewhere(store: Database) -> None:
    world = await world_of(store, guilds=frozenset({1}))
    with pytest.raises(StoryUnknown):
        await world.followers.follow(READER, "lamps")


async def test_a_follower_misses_nothing_whatever_the_storys_rule(store: Database) -> None:
    world = await world_of(store, catch_up=CatchUp.LATEST)
    await world.followers.follow(READER, "lamps")
    await world.later(days=3)
    await world.later(minutes=10)
    await world.later(minutes=10)
    assert world.messenger.keys_in(DM) == ["one", "two", "three"]


async def test_unfollowing_and_following_again(store: Database) -> None:
    world = await world_of(store)
    with pytest.raises(NotFollowed):
        await world.followers.unfollow(READER, "lamps")
    await world.followers.follow(READER, "lamps")
    assert [choice.value for choice in await world.followers.story_choices(READER, "")] == ["lamps"]
    await world.later(minutes=30)
    await world.followers.unfollow(READER, "LAMPS")
    await world.later(days=1)
    assert world.messenger.keys_in(DM) == ["one"]
    await world.followers.follow(READER, "lamps")
    await world.later(days=1)
    assert world.messenger.keys_in(DM) == ["one", "three"]


async def test_messages_that_close_later_park_quietly_and_following_again_goes_on(store: Database) -> None:
    world = await world_of(store)
    await world.followers.follow(READER, "lamps")
    world.messenger.answers = [CLOSED]
    await world.later(minutes=30)
    async with world.store.read() as tx:
        (own,) = await tx.subscriptions.list_by_reader(READER.user_id)
    assert own.state is SubscriptionState.PARKED
    await world.notification_outbox.sweep()
    assert len(world.messenger.notices) == 1, "the greeting only"
    assert (await world.followers.follow(READER, "lamps")).created
    await world.deliver()
    assert world.messenger.keys_in(DM) == ["one"]


async def test_a_rating_that_rises_keeps_the_story_out_of_direct_messages(store: Database) -> None:
    world = await world_of(store)
    await world.followers.follow(READER, "lamps")
    world.library.put(serial(*THREE, rating=Rating.EXPLICIT))
    await world.later(minutes=30)
    assert world.messenger.keys_in(DM) == []
