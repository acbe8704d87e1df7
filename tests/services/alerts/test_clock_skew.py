"""The machine's clock is not believed where it is more than a minute from Discord's."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.releases.release_refusals import ClockWrong
from bot.services.alerts.alerts import GRACE, Alerts
from bot.services.alerts.clock_skew import ClockSkewCheck
from bot.store.database import Database
from tests.services.fakes import AUTHOR, NOON, World, chapter, serial

OPERATOR = 99


async def ask_nobody() -> None:
    """Nobody can be asked for the time."""


class Setting:
    """A clock that can be set, Discord's, and the counter that goes on by itself."""

    def __init__(self) -> None:
        self.counter = 1000.0
        self.off = timedelta(0)

    def now(self) -> datetime:
        return self.theirs() + self.off

    def theirs(self) -> datetime:
        return NOON + timedelta(seconds=self.counter - 1000)

    def monotonic(self) -> float:
        return self.counter


def keeping(store: Database, setting: Setting) -> tuple[ClockSkewCheck, Alerts]:
    troubles = Alerts(store, setting, operators=[OPERATOR])
    return ClockSkewCheck(setting, troubles, monotonic=setting.monotonic), troubles


def answer(
    keeping: ClockSkewCheck, setting: Setting, *, took: float = 0.2, off: timedelta = timedelta(0)
) -> None:
    """Discord answers a request; `off` is how wrong its own date is."""
    sent = setting.counter
    setting.counter += took
    date = format_datetime(
        (setting.theirs() + off - timedelta(seconds=took / 2)).astimezone(UTC), usegmt=True
    )
    keeping.record_date(date, sent, setting.counter)


@given(st.floats(-58, 58), st.floats(0, 3), st.integers(1, 8))
def test_what_is_off_by_less_than_a_minute_is_right(off: float, took: float, answers: int) -> None:
    setting = Setting()
    setting.off = timedelta(seconds=off)
    keeping = ClockSkewCheck(setting, None, monotonic=setting.monotonic)  # type: ignore[arg-type]
    assert not keeping.is_trusted(), "not before Discord has answered"
    for _ in range(answers):
        answer(keeping, setting, took=took)
        setting.counter += 7
    assert keeping.is_trusted()
    skew = keeping.skew()
    assert skew is not None
    assert abs(skew.total_seconds() - off) < 1.1


@given(st.floats(63, 10**7), st.booleans())
def test_a_clock_that_is_set_is_noticed_at_once_and_forgiven_at_once(off: float, behind: bool) -> None:
    setting = Setting()
    keeping = ClockSkewCheck(setting, None, monotonic=setting.monotonic)  # type: ignore[arg-type]
    answer(keeping, setting)
    setting.off = timedelta(seconds=-off if behind else off)
    assert not keeping.is_trusted()
    setting.off = timedelta(0)
    assert keeping.is_trusted()


async def test_operators_and_the_log_are_told_once_and_again_when_it_is_right(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    setting = Setting()
    keeper, troubles = keeping(store, setting)
    setting.off = timedelta(days=10)
    answer(keeper, setting)
    await keeper.check(ask_nobody)
    assert troubles.list_active() == [], "one answer proves nothing"
    for _ in range(5):
        answer(keeper, setting)
        await keeper.check(ask_nobody)
    assert [(one.kind, one.facts["seconds"]) for one in troubles.list_active()] == [("clock", "860000")]
    setting.counter += GRACE.total_seconds()
    await troubles.sweep()
    setting.off = timedelta(0)
    await keeper.check(ask_nobody)
    assert troubles.list_active() == []
    setting.counter += GRACE.total_seconds()
    await troubles.sweep()
    said = [getattr(record, "action", "") for record in caplog.records]
    assert [action for action in said if action.startswith("clock")] == ["clock_off", "clock_right"]
    assert said.count("trouble_told") == 2


async def test_dates_that_are_missing_or_absurd_stop_nothing(store: Database) -> None:
    for dates in ([None] * 5, ["yesterday"] * 5, ["Thu, 01 Jan 1970 00:00:00 GMT"] * 5):
        setting = Setting()
        keeper, troubles = keeping(store, setting)
        for date in dates:
            keeper.record_date(date, setting.counter, setting.counter)
        assert keeper.is_trusted()
        await keeper.check(ask_nobody)
        assert troubles.list_active() == []


async def test_dates_that_contradict_one_another_stop_nothing(store: Database) -> None:
    setting = Setting()
    keeper, troubles = keeping(store, setting)
    for number in range(8):
        answer(keeper, setting, off=timedelta(hours=number))
    assert keeper.is_trusted()
    await keeper.check(ask_nobody)
    assert troubles.list_active() == []
    for _ in range(3):
        answer(keeper, setting)
    setting.off = timedelta(hours=1)
    assert not keeper.is_trusted(), "dates that agree count again"


async def test_one_wrong_date_is_outlived_and_a_slow_answer_tells_nothing(store: Database) -> None:
    setting = Setting()
    keeper, troubles = keeping(store, setting)
    answer(keeper, setting, took=11, off=timedelta(hours=3))
    assert keeper.skew() is None
    answer(keeper, setting, off=timedelta(hours=3))
    assert not keeper.is_trusted()
    answer(keeper, setting)
    assert keeper.is_trusted()
    await keeper.check(ask_nobody)
    assert troubles.list_active() == []


async def test_after_a_sleep_discord_is_asked(store: Database) -> None:
    """While a machine sleeps its counter stands still."""
    setting = Setting()
    keeper, troubles = keeping(store, setting)
    answer(keeper, setting)

    async def ask() -> None:
        answer(keeper, setting, off=timedelta(hours=8))

    setting.off = timedelta(hours=8)
    setting.counter += 60
    await keeper.check(ask)
    assert keeper.is_trusted()
    assert troubles.list_active() == []


async def test_nothing_comes_out_by_a_clock_that_is_wrong_and_nothing_is_missed(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two"), chapter("three")))
    right = [True]
    world.publisher.is_clock_right = world.content_sync._right = lambda: right[0]
    await world.run()
    await world.later(hours=1)
    right[0] = False
    world.library.put(serial(chapter("x"), slug="new"))
    await world.later(days=1)
    with pytest.raises(ClockWrong):
        await world.calendar_overrides.publish(AUTHOR, "lamps")
    async with store.read() as tx:
        assert await tx.releases.count("lamps") == 1
        assert await tx.stories.get("new") is None, "the day when it was first seen is not known"
    right[0] = True
    await world.run()
    async with store.read() as tx:
        assert [release.chapter for release in await tx.releases.list_by_story("lamps")] == ["one", "two"]
        assert await tx.stories.get("new") is not None
