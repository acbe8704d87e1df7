"""Delays whose end is typed in words, and the ends that are offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Refusal
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, NOON, World, chapter, serial

THREE = [chapter("one"), chapter("two"), chapter("three")]


@pytest.mark.parametrize(
    ("until", "locale", "days"),
    [
        ("in 3 days", "en-US", 3),
        ("übermorgen", "de", 2),
        ("dans 3 jours", "fr", 3),
        ("明後日", "ja", 2),
        ("tomorrow", "", 1),
    ],
)
async def test_a_delay_may_be_typed_in_words(store: Database, until: str, locale: str, days: int) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    calendar = await world.calendar_overrides.delay(replace(AUTHOR, locale=locale), "lamps", until, None)
    assert calendar.hold is not None
    assert calendar.hold.until == (NOON + timedelta(days=days)).replace(hour=0, minute=0)


async def test_moments_are_offered_to_the_author_alone(store: Database) -> None:
    world = World(store, serial(*THREE))
    await world.run()
    usual = await world.calendar_overrides.suggest_moments(AUTHOR, "lamps", "")
    assert usual == sorted(set(usual))
    assert len(usual) > 4
    assert all(moment > world.clock.now() for moment in usual)
    (friday,) = await world.calendar_overrides.suggest_moments(AUTHOR, "lamps", "friday 18:00")
    assert (friday.weekday(), friday.hour) == (4, 18)
    for nothing in ("soon", "yesterday", "x" * 200):
        assert await world.calendar_overrides.suggest_moments(AUTHOR, "lamps", nothing) == []
    with pytest.raises(Refusal):
        await world.calendar_overrides.suggest_moments(ADMIN, "lamps", "")
