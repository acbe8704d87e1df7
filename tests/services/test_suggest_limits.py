"""What keeps authors from being flooded, and readers from each other's links."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import (
    AnonymousUnnamed,
    BlockSelf,
    BlockUnknown,
    MakerUnknown,
    ReaderBlocked,
    SuggestingTooFast,
    SuggestionNotYours,
    SuggestionsFull,
    SuggestionUnknown,
    WordUnwelcome,
)
from bot.domain.suggestion import Decision
from bot.services.alike import Likening
from bot.services.limits import Limits
from bot.services.ports import Store
from bot.services.suggest import Suggesting
from tests.services.ideas import find, make, reader, world_of
from tests.services.worlds import AUTHOR, READER, STRANGER


async def test_ideas_at_the_same_moment_keep_to_the_limits(store: Store) -> None:
    world = await world_of(store)
    many = await asyncio.gather(
        *(
            world.suggesting.suggest(READER, f"Idea {n}", story="lamps", chapter=None, anonymous=False)
            for n in range(8)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, SuggestingTooFast) for one in many) == 7


async def test_a_story_has_room_for_so_many(store: Store) -> None:
    world = await world_of(store)
    limits = Limits(open_per_story=2, cooldown=timedelta(0))
    world.suggesting = Suggesting(store, world.clock, Likening(store), limits)
    first = (await make(world, reader(10), "One")).suggestion.number
    await make(world, reader(11), "Two")
    with pytest.raises(SuggestionsFull):
        await make(world, reader(12), "Three")
    await world.deciding.decide(AUTHOR, first, Decision.DECLINE)
    await make(world, reader(12), "Three")


async def test_a_word_that_is_not_wanted(store: Store) -> None:
    world = await world_of(store)
    for idea in ("Such a BLÍSTER!", "bl\u200bister", "ここにガスがある"):
        with pytest.raises(WordUnwelcome):
            await make(world, idea=idea)
    await make(world, idea="Blistering barnacles")


async def test_links_and_invites_wait_for_the_author(store: Store) -> None:
    world = await world_of(store)
    number = (await make(world, idea="Look: [here](https://a.test)")).suggestion.number
    held = await find(world, number)
    assert (held.held, held.idea) == (True, "Look: [here](https://a.test)")
    assert (await make(world, STRANGER, "look here")).alike == ()
    assert [each.suggestion.number for each in (await world.supporting.top(STRANGER, "lamps")).ideas] == [2]
    await world.deciding.decide(AUTHOR, number, Decision.ACCEPT)
    assert not (await find(world, number)).held
    assert len((await world.supporting.top(STRANGER, "lamps")).ideas) == 2


async def test_whoever_is_blocked_by_an_idea_makes_no_more_for_that_story(store: Store) -> None:
    world = await world_of(store)
    number = (await make(world, anonymous=True)).suggestion.number
    assert (await world.blocking.block(AUTHOR, number)).changed
    assert not (await world.blocking.block(AUTHOR, number)).changed
    with pytest.raises(ReaderBlocked):
        await make(world)
    await make(world, STRANGER)
    async with store.begin() as tx:
        await tx.suggestions.forget(READER.user_id)
    with pytest.raises(ReaderBlocked):
        await make(world)
    with pytest.raises(MakerUnknown):
        await world.blocking.block(AUTHOR, number)
    await world.blocking.unblock(AUTHOR, number)
    await make(world)
    with pytest.raises(BlockUnknown):
        await world.blocking.unblock(AUTHOR, number)


async def test_only_authors_block_and_not_themselves(store: Store) -> None:
    world = await world_of(store)
    number, own = (await make(world)).suggestion.number, (await make(world, AUTHOR)).suggestion.number
    for call in (world.blocking.block, world.blocking.unblock):
        with pytest.raises(SuggestionUnknown):
            await call(STRANGER, number)
    with pytest.raises(BlockSelf):
        await world.blocking.block(AUTHOR, own)


async def test_being_named_is_asked_for_and_never_with_anonymous(store: Store) -> None:
    world = await world_of(store)
    plain = (await make(world)).suggestion
    assert not plain.name_me
    assert (await make(world, name_me=True)).suggestion.credit == READER.name
    assert (await world.suggesting.name(READER, plain.number)).suggestion.credit == READER.name
    assert (await world.suggesting.name(READER, plain.number)).suggestion.credit is None
    with pytest.raises(SuggestionNotYours):
        await world.suggesting.name(STRANGER, plain.number)
    hidden = (await make(world, anonymous=True, name_me=True)).suggestion
    assert not hidden.name_me
    with pytest.raises(AnonymousUnnamed):
        await world.suggesting.name(READER, hidden.number)


async def test_alike_ones_follow_what_becomes_of_them(store: Store) -> None:
    world = await world_of(store)
    first = (await make(world, reader(10), "The dog should survive the fire")).suggestion.number
    second = await make(world, reader(11), "Please let the dog survive the fire!")
    assert [one.number for one in second.alike] == [first]
    third = await make(world, reader(12), "let the dog survive the fire")
    assert {one.number for one in third.alike} == {first, second.suggestion.number}
    await world.deciding.decide(AUTHOR, first, Decision.DECLINE)
    await world.suggesting.withdraw(reader(11), second.suggestion.number)
    assert [one.number for one in (await make(world, reader(13), "dog survives the fire")).alike] == [3]
    await world.deciding.decide(AUTHOR, first, Decision.REOPEN)
    again = await world.suggesting.again(reader(12), 3)
    assert {one.number for one in again.alike} == {first, 4}
    assert (await make(world, reader(12), "let the dog survive the fire")).alike[0].number != 3


async def test_ideas_are_alike_within_a_story_only(store: Store) -> None:
    world = await world_of(store)
    other = replace(world.library.held["lamps"].story, slug="tides", title="Tides")
    world.library.put(replace(world.library.held["lamps"], story=other))
    await world.run()
    await make(world, reader(10), "Let the dog survive", story="tides")
    assert (await make(world, reader(11), "Let the dog survive")).alike == ()
