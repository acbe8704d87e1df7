"""A channel's own pace, and how late posts are laid out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule.catch_up import CatchUp, plan_posts
from bot.domain.subscriptions.pace import parse_pace, settle_slots, start_pace, upcoming_slots
from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle, message_form

LONDON = ZoneInfo("Europe/London")
GAP = timedelta(minutes=10)
moments = st.timedeltas(timedelta(0), timedelta(days=700)).map(datetime(2026, 1, 1, tzinfo=UTC).__add__)
paces = st.sampled_from(
    ["daily at 01:30", "every 3 days at 18:00", "every 7 hours", "0 18 13 * 5", "sundays at 9:00"]
)


@given(paces, moments, st.lists(st.timedeltas(timedelta(0), timedelta(days=20)), max_size=8))
def test_looking_often_counts_what_looking_once_counts(
    text: str, now: datetime, steps: list[timedelta]
) -> None:
    schedule = parse_pace(text)
    pacing = begun = start_pace(schedule, zone=LONDON, now=now)
    counted, at = 0, now
    for step in steps:
        at += step
        count, pacing = settle_slots(pacing, schedule, zone=LONDON, now=at, most=10_000)
        counted += count
    once, last = settle_slots(begun, schedule, zone=LONDON, now=at, most=10_000)
    if steps:
        assert counted == once
        assert pacing == last
        assert pacing.next_at is not None
        assert pacing.next_at > at
        assert upcoming_slots(pacing, schedule, zone=LONDON, now=at, count=3)[0] == pacing.next_at


def test_the_first_slot_of_every_is_the_beginning_itself() -> None:
    now = datetime(2026, 5, 4, 12, 0, 0, 123456, tzinfo=UTC)
    schedule = parse_pace("every 5 minutes")
    pacing = start_pace(schedule, zone=LONDON, now=now)
    assert pacing.next_at == now
    count, pacing = settle_slots(pacing, schedule, zone=LONDON, now=now, most=9)
    assert (count, pacing.next_at) == (1, now + timedelta(minutes=5))


def test_no_more_slots_are_counted_than_chapters_are_left() -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    schedule = parse_pace("every 20 seconds")
    pacing = start_pace(schedule, zone=LONDON, now=now)
    count, pacing = settle_slots(pacing, schedule, zone=LONDON, now=now + timedelta(days=30), most=2)
    assert count == 2
    assert pacing.settled_until == now + timedelta(days=30)


def test_a_clock_that_was_set_back_counts_nothing_twice() -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    schedule = parse_pace("every 1 hours")
    pacing = start_pace(schedule, zone=LONDON, now=now)
    _, ahead = settle_slots(pacing, schedule, zone=LONDON, now=now + timedelta(hours=3), most=9)
    count, same = settle_slots(ahead, schedule, zone=LONDON, now=now + timedelta(hours=1), most=9)
    assert (count, same) == (0, ahead)


@given(
    st.lists(st.integers(1, 50), unique=True, max_size=9).map(sorted),
    st.sampled_from(CatchUp),
    st.integers(1, 4),
    st.integers(0, 50),
)
def test_late_posts_come_in_order_and_only_the_last_mentions(
    numbers: list[int], rule: CatchUp, most: int, wished: int
) -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    busy = now + timedelta(minutes=3)
    posts = plan_posts(numbers, rule=rule, gap=GAP, first_due=busy, most=most, wished=wished)
    asked = [number for number in numbers if number <= wished]
    told = [number for post in posts for number in (*post.skipped, post.number)]
    assert told == (numbers[: len(asked) + most] if rule is CatchUp.ONE else numbers)
    assert [post.number for post in posts][: len(asked)] == asked, (
        "what is asked for is posted, whatever the rule"
    )
    if rule is CatchUp.LATEST:
        assert len(posts) <= len(asked) + 1
    assert [post.due_at for post in posts] == [busy + GAP * n for n in range(len(posts))]
    mentioned = [post.number for post in posts if post.mention]
    assert mentioned == (numbers[-1:] if told == numbers else [])


@pytest.mark.parametrize(
    ("style", "part", "forum", "shape"),
    [
        (ReleaseStyle.PAGES, 0, False, MessageForm.PAGES),
        (ReleaseStyle.CARD, 0, False, MessageForm.CARD),
        (ReleaseStyle.THREAD, 0, False, MessageForm.OPENING),
        (ReleaseStyle.THREAD, 0, True, MessageForm.STARTER),
        (ReleaseStyle.THREAD, 3, True, MessageForm.PART),
        (ReleaseStyle.CARD, 2, False, MessageForm.PART),
    ],
)
def test_what_each_part_is(style: ReleaseStyle, part: int, forum: bool, shape: MessageForm) -> None:
    """A part of a thread stays one, also when its channel has changed its style meanwhile."""
    assert message_form(style, part, forum=forum) is shape
