"""Lasting troubles: told once when they begin, daily while they last, and once when they are over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery.outcomes import Refused
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.services.alerts.alerts import DAILY, EVERY, GRACE, QUIET, Alert, Alerts
from bot.services.notifications.notice_messenger import Notice
from bot.store.database import Database
from tests.services.fakes import AUTHOR, NOON, World, chapter, serial
from tests.support.databases import fresh_store
from tests.support.profiles import examples

OPERATOR = 99
MINUTE = timedelta(minutes=1)
LOST = Alert("story:lamps", "story-gone", {"story": "Lamps", "slug": "lamps"}, "lamps")


async def world_of(store: Database) -> tuple[World, Alerts]:
    world = World(store, serial(chapter("one")))
    await world.run()
    return world, Alerts(store, world.clock, operators=[OPERATOR])


async def hear(world: World, troubles: Alerts, by: timedelta = timedelta(0)) -> list[Notice]:
    """What people are told after that time."""
    world.clock.advance(by)
    await troubles.sweep()
    await world.notification_outbox.sweep()
    told, world.messenger.notices = world.messenger.notices, []
    return told


def phases(told: list[Notice]) -> list[tuple[int, str]]:
    return sorted((notice.user_id, notice.facts["phase"]) for notice in told)


async def test_what_is_mended_at_once_is_nobody_s_news(store: Database) -> None:
    world, troubles = await world_of(store)
    await troubles.report(LOST)
    assert await hear(world, troubles, GRACE / 2) == []
    await troubles.end(LOST.key)
    assert await hear(world, troubles, DAILY) == []
    assert troubles.list_active() == []


async def test_begun_daily_and_over(store: Database) -> None:
    world, troubles = await world_of(store)
    await troubles.report(LOST)
    assert [one.key for one in troubles.list_active("lamps")] == [LOST.key]
    assert phases(await hear(world, troubles, GRACE)) == [(AUTHOR.user_id, "began"), (OPERATOR, "began")]
    for _ in range(3):
        await troubles.report(LOST)
        assert await hear(world, troubles, DAILY - MINUTE) == []
        assert phases(await hear(world, troubles, MINUTE)) == [(AUTHOR.user_id, "lasts"), (OPERATOR, "lasts")]
    await troubles.end(LOST.key)
    assert await hear(world, troubles) == []
    assert phases(await hear(world, troubles, GRACE)) == [(AUTHOR.user_id, "over"), (OPERATOR, "over")]
    assert await hear(world, troubles, 3 * DAILY) == []
    async with store.read() as tx:
        assert await tx.alerts.list_all() == []


async def test_a_restart_repeats_nothing(store: Database) -> None:
    world, troubles = await world_of(store)
    await troubles.report(LOST)
    await hear(world, troubles, GRACE)
    again = Alerts(store, world.clock, operators=[OPERATOR])
    await again.report(LOST)
    assert await hear(world, again, DAILY / 2) == []
    await again.end(LOST.key)
    assert phases(await hear(world, again, GRACE)) == [(AUTHOR.user_id, "over"), (OPERATOR, "over")]


async def test_what_comes_and_goes_is_told_at_most_once_an_hour(store: Database) -> None:
    world, troubles = await world_of(store)
    told = []
    for _ in range(120):
        await troubles.report(LOST)
        told += await hear(world, troubles, 2 * MINUTE)
        await troubles.end(LOST.key)
        told += await hear(world, troubles, 2 * MINUTE)
    began = [notice for notice in told if notice.user_id == OPERATOR and notice.facts["phase"] == "began"]
    assert 1 < len(began) <= 8 * (timedelta(hours=1) // QUIET)
    assert len(told) <= 2 * 2 * len(began)


async def test_whoever_could_not_be_told_finds_the_last_word_alone(store: Database) -> None:
    world, troubles = await world_of(store)
    shut = Refused(DeliveryFault("discord-50007", "no", NOON))
    world.messenger.notice_answers = [shut] * 8
    await troubles.report(LOST)
    for step in (GRACE, DAILY, DAILY, DAILY):
        await hear(world, troubles, step)
    assert [one.facts["phase"] for one in await world.notification_outbox.take_undelivered(AUTHOR)] == [
        "lasts"
    ]
    await troubles.end(LOST.key)
    assert phases(await hear(world, troubles, GRACE)) == [(AUTHOR.user_id, "over")], (
        "the operator never heard of it"
    )


async def test_the_others_of_a_source_are_over(store: Database) -> None:
    world, troubles = await world_of(store)
    other = Alert("story:birds", "story-gone", {"story": "Birds", "slug": "birds"}, "birds")
    apart = Alert("clock:off", "clock", {"seconds": "90"})
    await troubles.report(apart)
    await troubles.sync_source("story", [LOST, other])
    await troubles.sync_source("story", [other])
    assert [one.key for one in troubles.list_active()] == ["clock:off", other.key]
    assert {notice.user_id for notice in await hear(world, troubles, GRACE)} == {OPERATOR}
    with pytest.raises(ValueError, match="clock:off"):
        await troubles.sync_source("story", [apart])


async def test_every_author_can_be_told(store: Database) -> None:
    world, troubles = await world_of(store)
    await troubles.report(Alert("content:", "content-gone", {"reason": "It is empty."}, EVERY))
    assert [one.key for one in troubles.list_active("lamps")] == ["content:"]
    assert phases(await hear(world, troubles, GRACE)) == [(AUTHOR.user_id, "began"), (OPERATOR, "began")]


async def test_more_of_the_same_is_told_before_the_day_is_over(store: Database) -> None:
    world, troubles = await world_of(store)
    first = Alert("chapters:lamps", "chapters-broken", {"what": "a"}, "lamps")
    await troubles.report(first)
    await hear(world, troubles, GRACE)
    await troubles.report(Alert(first.key, first.kind, {"what": "a, b"}, "lamps"))
    assert await hear(world, troubles, GRACE) == []
    assert phases(await hear(world, troubles, QUIET)) == [(AUTHOR.user_id, "lasts"), (OPERATOR, "lasts")]


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(["on", "off", "restart"]), st.integers(0, 30)), max_size=10))
async def test_nobody_hears_of_an_end_without_a_beginning(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("troubles")
    async with fresh_store(folder, "sqlite") as store:
        world, troubles = await world_of(store)
        told: list[Notice] = []
        for what, quarters in [*steps, ("off", 1)]:
            if what == "restart":
                troubles = Alerts(store, world.clock, operators=[OPERATOR])
            elif what == "on":
                await troubles.report(LOST)
            else:
                await troubles.end(LOST.key)
            for _ in range(quarters):
                told += await hear(world, troubles, timedelta(minutes=15))
        heard = [one.facts["phase"] for one in told if one.user_id == AUTHOR.user_id]
        last = "over"
        for phase in heard:
            assert (phase == "began") == (last == "over")
            last = phase
        assert last == "over", "what is over was said to be"
