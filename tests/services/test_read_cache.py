"""Pages composed from what is at hand: never older than the store, and asking it nothing twice."""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import Refusal
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.composer import PostComposer
from bot.services.pages.paginator import Paginator
from bot.services.read_cache import CACHE_SIZES, ReadCache
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.services.fakes import AUTHOR, CHANNEL, World, chapter
from tests.services.releases.revision_helpers import LONG, edited, post_of, posted


class Watched:
    """A store that counts how often it is read, and lets something happen in between."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self.reads = 0
        self.meanwhile: list[Callable[[], Awaitable[Any]]] = []

    @property
    def generation(self) -> int:
        return self._store.generation

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        self.reads += 1
        async with self._store.read() as tx:
            yield tx
        if self.meanwhile:
            await self.meanwhile.pop(0)()


def composer(world: World, store: Any) -> PostComposer:
    return PostComposer(store, Paginator(page_length=600), UpcomingReleases(world.library), world.clock)


async def titled(tx: Transaction) -> str:
    """Something to be made of a transaction."""
    record = await tx.stories.get("lamps")
    assert record is not None
    return record.story.title


async def retitled(world: World, title: str) -> None:
    """The author changes the story's title."""
    held = world.library.held["lamps"]
    world.library.put(replace(held, story=replace(held.story, title=title)))
    await world.content_sync.sync()


async def test_what_is_at_hand_is_not_asked_again(store: Database) -> None:
    world, (message,) = await posted(store)
    watched = Watched(store)
    composing, post = composer(world, watched), await post_of(store, message)
    for number in (2, 3, 2, 1):
        assert (await composing.compose_page(post, number)).page_number == number
    assert watched.reads == 1


async def test_reads_votes_and_turns_leave_it_at_hand(store: Database) -> None:
    world, (message,) = await posted(store)
    before = store.generation
    await world.page_turns.turn_by(message, 1, 7)
    await world.page_turns.drain()
    await world.page_turns.set_star(message, 7, True)
    assert store.generation == before


async def test_nothing_older_than_the_store_is_used(store: Database) -> None:
    world, (message,) = await posted(store, chapter("two"), chapter("three"))
    composing, post = composer(world, store), await post_of(store, message)

    async def revise() -> None:
        await edited(world, LONG.replace("word3 ", f"word3 {dice.random()} "))

    async def withdraw() -> None:
        await edited(world, draft=True)

    async def bring_back() -> None:
        await edited(world, draft=False)

    async def retitle() -> None:
        await retitled(world, f"Lamps {dice.random()}")

    async def subscribe_anew() -> None:
        await world.subscribe(
            channel_id=CHANNEL, options=SubscriptionOptions(mention=dice.randrange(1, 9)), given={"mention"}
        )

    async def hold() -> None:
        with contextlib.suppress(Refusal):
            await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", "tired")

    async def resume() -> None:
        with contextlib.suppress(Refusal):
            await world.calendar_overrides.resume(AUTHOR, "lamps")

    async def go_on() -> None:
        await world.later(minutes=dice.randrange(1, 3000))

    async def turn() -> None:
        await world.page_turns.turn_by(message, dice.choice([-1, 1]))
        await world.page_turns.drain()

    steps = [revise, withdraw, bring_back, retitle, subscribe_anew, hold, resume, go_on, turn]
    for seed in range(6):
        dice = random.Random(seed)
        for _ in range(12):
            await dice.choice(steps)()
            post = await post_of(store, message)
            number = dice.randrange(1, 8)
            kept = await composing.compose_page(post, number)
            assert kept == await composer(world, store).compose_page(post, number)


async def test_what_changes_while_it_is_read_is_read_again(store: Database) -> None:
    world, _ = await posted(store)
    watched = Watched(store)
    watched.meanwhile = [lambda: retitled(world, "Second"), lambda: retitled(world, "Third")]
    shelf = ReadCache(watched)  # type: ignore[arg-type]
    assert await shelf.read(titled) == "Third"
    assert watched.reads == 3
    assert await shelf.read(titled) == "Third"
    assert watched.reads == 3


async def test_where_it_never_rests_one_transaction_answers_it_all(store: Database) -> None:
    world, _ = await posted(store)
    watched = Watched(store)
    watched.meanwhile = [lambda n=n: retitled(world, f"Title {n}") for n in range(9)]  # type: ignore[misc]
    assert await ReadCache(watched).read(titled) == "Title 2"  # type: ignore[arg-type]
    assert watched.reads == 4


async def test_a_change_that_is_taken_back_changes_nothing(store: Database) -> None:
    world, _ = await posted(store)
    shelf = ReadCache(store)
    assert await shelf.read(titled) == "Lamps"

    async def fail() -> None:
        async with store.begin() as tx:
            await tx.stories.update_description(replace(world.library.held["lamps"].story, title="Never"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await shelf.read(titled) == "Lamps"


async def test_no_more_is_kept_than_is_said(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await posted(store)
    monkeypatch.setitem(CACHE_SIZES, ("releases", "get"), 3)
    shelf = ReadCache(store)

    async def ask(tx: Transaction) -> None:
        for number in range(10):
            await tx.releases.get(number)

    await shelf.read(ask)
    assert list(shelf.answers(("releases", "get"), store.generation)) == [7, 8, 9]
