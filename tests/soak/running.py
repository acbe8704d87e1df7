"""One run of the soak test: event after event, and after each a look at every destination and at the log."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.soak.events import BACKUP, Event, events
from tests.soak.lines import faults
from tests.soak.places import make_places
from tests.soak.servers import Database, database
from tests.soak.tally import Tally
from tests.soak.world import World, soaking
from tests.support.databases import back_up

PLACES = {"pages": 3, "thread": 1, "forum": 1, "card": 1, "direct": 2}

MOST_LINES = 10
"""Log lines that one fault may cost; see `lines.faults` for what is counted."""

_A_WORLD = 25
"""Events in one world; then a new one is made, whose story begins anew."""


@dataclass(frozen=True)
class Outcome:
    """An event with what the world was like after it: the count of all posts since the world began, and what the log
    said because of the event."""

    dialect: str
    kind: str
    name: str
    tally: Tally
    lines: tuple[str, ...]


class Failed(AssertionError):
    """A chapter was lost, doubled or came out of order."""


async def _happen(world: World, store: Database, event: Event) -> tuple[Tally, list[str]]:
    """Strike, wait for the next chapter everywhere, and count them all. A bot that has ended is started again, as
    whatever watches over it would do."""
    world.write_chapters()
    since = world.logged()
    await event.strike(world, store)
    if not world.running:
        await world.start()
    until = world.newest() + 1
    await world.caught_up(until)
    world.sandbox.faults.clear()
    return await world.whole(until), faults(world.lines(since))


async def in_one_world(
    folder: Path, dialect: str, plan: Sequence[Event], seed: int, tell: Callable[[Outcome], None]
) -> None:
    """Events in one world.

    Raises:
        Failed: something was lost, doubled or out of order.
    """
    dice = random.Random(seed)
    async with database(folder, dialect) as store, soaking(folder, store.url, make_places(PLACES)) as world:
        await back_up(store.url, folder / BACKUP)
        for event in plan:
            tally, said = await _happen(world, store, event)
            tell(Outcome(dialect, event.kind, event.name, tally, tuple(said)))
            if not tally.clean:
                raise Failed(f"{event.kind} {event.name}: {tally}\n{world.shown()}\n{world.said(600)}")
            if dice.random() < 0.3:
                await back_up(store.url, folder / BACKUP)


async def soak(
    folder: Path, dialect: str, count: int, seed: int, kinds: list[str], tell: Callable[[Outcome], None]
) -> None:
    """So many events of these kinds on one kind of database; `tell` is called after each.

    Raises:
        Failed: something was lost, doubled or out of order.
    """
    plan = events(count, seed, kinds)
    for number, start in enumerate(range(0, count, _A_WORLD)):
        own = folder / str(number)
        own.mkdir(parents=True)
        await in_one_world(own, dialect, plan[start : start + _A_WORLD], seed + number, tell)
