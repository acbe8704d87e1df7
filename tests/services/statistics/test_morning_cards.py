"""The daily digest: once a day, at nine where the story is at home, and only when there is something new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.stories.story import SuggestionPolicy
from bot.services.notifications.notice_messenger import Notice
from bot.services.statistics.morning_cards import next_card
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.chat.samples import story
from tests.services.fakes import AUTHOR, READER, World, chapter, serial

ZONES = ["UTC", "Europe/London", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]


async def world_of(store: Database, **more: object) -> World:
    """Two stories of the author's."""
    world = World(store, serial(chapter("one"), backlog=1, **more), serial(chapter("one"), slug="birds"))  # type: ignore[arg-type]
    await world.run()
    return world


async def suggest(world: World, idea: str, story: str = "lamps") -> None:
    world.clock.advance(timedelta(minutes=1))
    await world.submissions.submit(READER, SuggestionDraft(idea, story=story, chapter=None, anonymous=False))


async def days(world: World, count: int) -> list[Notice]:
    """What came in so many days, looking every ten minutes as the bot does, or at the moment it was told."""
    end = world.clock.now() + timedelta(days=count)
    while world.clock.now() < end:
        due = await world.morning_cards.sweep()
        await world.notification_outbox.sweep()
        step = timedelta(hours=1)
        world.clock.advance(min(step, due - world.clock.now()) if due is not None else step)
    told, world.messenger.notices = world.messenger.notices, []
    return [notice for notice in told if notice.kind == "digest"]


async def test_it_comes_when_asked_for_and_there_is_news(store: Database) -> None:
    world = await world_of(store)
    await suggest(world, "From before.")
    assert await days(world, 2) == [], "nobody asked"
    await world.morning_cards.set_enabled(AUTHOR, True)
    assert await days(world, 2) == [], "what was there before is no news"
    await suggest(world, "A lamp that sings")
    await suggest(world, "A second lamp")
    await suggest(world, "A bird", story="birds")
    await world.supporters.support(Viewer(55, "Fan"), 2)
    (notice,) = await days(world, 3)
    assert notice.user_id == AUTHOR.user_id
    assert notice.facts["count"] == "3"
    assert {notice.facts["0.count"], notice.facts["1.count"]} == {"1", "2"}
    lamps = "0" if notice.facts["0.story"] == "Lamps" else "1"
    assert (notice.facts[f"{lamps}.0.number"], notice.facts[f"{lamps}.1.number"]) == ("2", "3")
    await suggest(world, "Another")
    assert len(await days(world, 1)) == 1
    await world.morning_cards.set_enabled(AUTHOR, False)
    await suggest(world, "Unheard")
    assert await days(world, 2) == []


async def test_at_nine(store: Database) -> None:
    world = await world_of(store)
    await world.morning_cards.set_enabled(AUTHOR, True)
    due = await world.morning_cards.sweep()
    assert due == datetime(2026, 5, 5, 9, tzinfo=UTC)
    await suggest(world, "News")
    world.clock.advance(due - timedelta(seconds=1) - world.clock.now())
    await world.morning_cards.sweep()
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []
    world.clock.advance(timedelta(seconds=1))
    for _ in range(2):
        await world.morning_cards.sweep()
        await world.notification_outbox.sweep()
    assert [notice.kind for notice in world.messenger.notices] == ["digest"]


async def test_stories_with_a_review_channel_are_left_out(store: Database) -> None:
    world = await world_of(store, suggestions=SuggestionPolicy(review_channel=9))
    await world.accept_review(9, "lamps")
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    await suggest(world, "Seen in the channel")
    assert await days(world, 2) == []
    await suggest(world, "A bird", story="birds")
    (notice,) = await days(world, 2)
    assert (notice.facts["count"], notice.facts["0.story"]) == ("1", "Birds")


async def test_readers_have_none(store: Database) -> None:
    world = await world_of(store)
    await world.morning_cards.set_enabled(READER, True)
    await suggest(world, "News")
    assert await days(world, 2) == []


@given(st.integers(0, 10 * 365 * 24 * 60), st.sampled_from(ZONES))
def test_the_next_one_is_a_nine_o_clock_within_a_day_or_so(minutes: int, zone: str) -> None:
    last, about = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), story()
    zoned = about.release_rules.__class__(
        schedule=None, zone=ZoneInfo(zone), start=None, catch_up=about.release_rules.catch_up, backlog=0
    )
    moment = next_card(last, about.__class__(slug="x", title="X", release_rules=zoned))
    assert timedelta(0) < moment - last <= timedelta(hours=26)
    assert moment.astimezone(ZoneInfo(zone)).hour == 9


@pytest.mark.parametrize("hour", [8, 9])
def test_at_nine_itself_it_is_the_next_day(hour: int) -> None:
    last = datetime(2026, 5, 4, hour, tzinfo=UTC)
    assert next_card(last, story()) == datetime(2026, 5, 4 if hour < 9 else 5, 9, tzinfo=UTC)
