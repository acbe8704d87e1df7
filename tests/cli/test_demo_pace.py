"""The demo's pace: a release waits for a quiet spell, but not for ever; and one line about a machine that slept."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.demo_lag import LINE, LagFilter
from bot.cli.demo_pace import LONGEST_WAIT, QUIET, PacedContent, QuietSpellWait
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.schedule import parse_schedule
from tests.services.fakes import FakeLibrary, chapter, serial

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def seconds(number: float) -> datetime:
    return NOON + timedelta(seconds=number)


def test_nothing_moves_while_nobody_is_busy_or_the_release_is_far() -> None:
    wait = QuietSpellWait()
    assert wait.move("one", seconds(2), NOON, busy=False) is None
    assert wait.move("one", seconds(20), NOON, busy=True) is None
    assert not wait.waiting


def test_somebody_busy_just_before_it_has_a_quiet_spell_at_a_time_up_to_the_longest_wait() -> None:
    wait = QuietSpellWait()
    due, now, moves = seconds(2), NOON, 0
    while (moved := wait.move("one", due, now, busy=True)) is not None:
        assert due < moved <= now + QUIET
        assert wait.waiting
        due, now, moves = moved, moved - timedelta(seconds=1), moves + 1
        assert moves < 100
    assert due == seconds(2) + LONGEST_WAIT
    assert wait.move("two", due + timedelta(seconds=75), due, busy=False) is None
    assert not wait.waiting, "it is another chapter's turn"


def test_a_pace_counts_from_where_it_was_moved_to_and_a_calendar_cannot_be_moved() -> None:
    library = FakeLibrary(serial(chapter("one")))
    paced = PacedContent(library, parse_schedule("every 75 seconds"))
    assert paced.step == timedelta(seconds=75)
    rules = paced.serials()["lamps"].story.release_rules
    assert (rules.start, rules.catch_up) == (None, CatchUp.ONE)
    paced.start = NOON
    rules = paced.serials()["lamps"].story.release_rules
    assert rules.start == NOON
    assert rules.schedule is not None
    assert rules.schedule.text == "every 75 seconds"
    assert PacedContent(library, parse_schedule("daily at 18:00")).step is None


def test_a_machine_that_slept_is_told_of_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    lag = LagFilter()
    logger = logging.getLogger("discord.gateway")
    lag.install()
    try:
        for _ in range(5):
            logger.warning(
                "Shard ID %s heartbeat blocked for more than %s seconds.\nLoop thread: …", None, 10
            )
            logger.warning("Can't keep up, shard ID %s websocket is %.1fs behind.", None, 65.2)
        logger.warning("WebSocket in shard ID %s is ratelimited, waiting %.2f seconds", None, 1.0)
    finally:
        logger.removeFilter(lag)
    assert [record.getMessage() for record in caplog.records] == [
        LINE,
        "WebSocket in shard ID None is ratelimited, waiting 1.00 seconds",
    ]
