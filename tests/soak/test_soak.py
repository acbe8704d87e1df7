"""Killed at every step and at any moment, amid every trouble: no chapter is lost, none comes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.places import make_places
from tests.soak.rounds import play, rounds
from tests.soak.tally import Tally
from tests.soak.world import soaking
from tests.support.databases import DIALECTS, fresh_database

PLACES = {"pages": 3, "thread": 1, "forum": 1, "card": 1, "direct": 2}

SHORT = 10
FULL = 300
A_WORLD = 25
"""Rounds in one world; then a new one is made, whose story begins anew."""


async def soak(folder: Path, dialect: str, count: int, seed: int) -> Tally:
    """So many rounds in one world; the count at their end."""
    tally = Tally()
    async with (
        fresh_database(folder, dialect) as database,
        soaking(folder, database, make_places(PLACES)) as world,
    ):
        for number, each in enumerate(rounds(count, seed), 1):
            tally = await play(world, each)
            print(f"{dialect} {seed}.{number}: {each}: {tally}", flush=True)  # noqa: T201
            assert tally.clean, f"{each}: {tally}\n{world.said()}"
    return tally


@pytest.mark.timeout(300)
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_few_deaths(tmp_path: Path, dialect: str) -> None:
    tally = await soak(tmp_path, dialect, SHORT, seed=0)
    assert tally.tried > SHORT * sum(PLACES.values())


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_three_hundred_deaths(tmp_path: Path, dialect: str) -> None:
    total = Tally()
    for world in range(FULL // A_WORLD):
        folder = tmp_path / str(world)
        folder.mkdir()
        total += await soak(folder, dialect, A_WORLD, seed=world + 1)
        print(f"{dialect}, {(world + 1) * A_WORLD} rounds: {total}", flush=True)  # noqa: T201
    assert total.clean
