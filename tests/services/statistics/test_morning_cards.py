"""The morning card: once a day, at nine where the story is at home, and only when there is something to tell."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.stories.story import Status, SuggestionPolicy
from bot.domain.stories.story_refusals import NotAnAuthor
from bot.services.notifications.notice_messenger import Notice
from bot.services.statistics.morning_cards import MorningCards, mark_cards_restored, next_card
from bot.services.stories.preview import chapter_token
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from bot.store.reading.chapter_read_records import ChapterRead
from bot.store.statistics.counter_records import ThreadCommentCount
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


async def read(world: World, chapter: int, *readers: int, story: str = "lamps") -> None:
    world.clock.advance(timedelta(seconds=1))
    async with world.store.begin() as tx:
        release = await tx.releases.get_by_number(story, chapter)
        assert release is not None
        now = world.clock.now()
        await tx.bookmarks.record_reads([ChapterRead(release.id, reader, now) for reader in readers])


async def test_it_tells_of_readers_stars_and_comments_since_the_last_one(store: Database) -> None:
    world = await world_of(store)
    await read(world, 1, 50)
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    world.clock.advance(timedelta(hours=1))
    await read(world, 1, 51, 52)
    async with store.begin() as tx:
        await tx.bookmarks.add_vote(1, 51, 5, world.clock.now())
        thread = lowest_id_at(world.clock.now())
        await tx.counters.save_comment_count(ThreadCommentCount(thread, 1, 500, 4, world.clock.now()))
    (notice,) = await days(world, 1)
    facts = {name.removeprefix("0."): value for name, value in notice.facts.items() if name.startswith("0.")}
    assert facts["story"] == "Lamps"
    assert (facts["readers"], facts["reads"], facts["stars"], facts["comments"]) == ("2", "2", "1", "4")
    assert (facts["thread0.id"], facts["thread0.chapter"], facts["thread0.grown"]) == (str(thread), "1", "4")
    assert "1.story" not in notice.facts, "nothing is new about the birds"
    assert await days(world, 3) == []
    await read(world, 1, 50, 60)
    (notice,) = await days(world, 1)
    assert notice.facts["0.readers"] == "1"


async def test_after_an_outage_there_is_one_card_and_after_a_restart_no_second(store: Database) -> None:
    world = await world_of(store)
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    for reader in range(5):
        world.clock.advance(timedelta(days=1))
        await read(world, 1, reader)
    world.clock.advance(timedelta(hours=7))
    for _ in range(2):
        again = MorningCards(store, UpcomingReleases(world.content), world.clock)
        await asyncio.gather(again.sweep(), world.morning_cards.sweep())
        await world.notification_outbox.sweep()
    (notice,) = world.messenger.notices
    lamps = next(name for name, value in notice.facts.items() if value == "Lamps").removesuffix("story")
    assert notice.facts[f"{lamps}readers"] == "5"


async def test_it_comes_for_an_empty_slot_alone_a_week_and_two_days_before(store: Database) -> None:
    chapters = [chapter(f"part-{number}") for number in range(12)]
    world = World(store, serial(*chapters, backlog=1))
    await world.run()
    await world.morning_cards.set_enabled(AUTHOR, True)
    told = []
    for day in range(13):
        told += [(day, notice.facts) for notice in await days(world, 1)]
        await world.run()
    first, second = told
    assert first[1]["0.until"] == second[1]["0.until"] == "2026-05-14"
    assert first[1]["0.dry"] == second[1]["0.dry"] == "2026-05-15"
    assert second[0] - first[0] == 5
    assert int(first[1]["0.finished"]) - int(second[1]["0.finished"]) == 5


async def test_a_held_or_finished_story_has_no_empty_slots(store: Database) -> None:
    done = serial(chapter("one"), chapter("two"), slug="done", backlog=1, status=Status.COMPLETE)
    held = serial(chapter("one"), slug="held", backlog=1, status=Status.HIATUS)
    world = World(store, done, held)
    await world.run()
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    await read(world, 1, 50, story="done")
    await read(world, 1, 50, story="held")
    (notice,) = await days(world, 1)
    assert notice.facts["0.until"] == "2026-05-04"
    assert "0.dry" not in notice.facts
    assert "1.finished" not in notice.facts


async def test_another_time_zone_does_not_bring_a_second_card_on_a_day(store: Database) -> None:
    world = await world_of(store)
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    await read(world, 1, 50)
    assert len(await days(world, 1)) == 1
    for slug, one in list(world.library.held.items()):
        rules = replace(one.story.release_rules, zone=ZoneInfo("Pacific/Honolulu"))
        world.library.put(replace(one, story=replace(one.story, release_rules=rules)))
        await world.content_sync.sync()
        assert slug
    await read(world, 1, 51)
    # It is two in the morning there, of the day whose card has come already.
    assert await world.morning_cards.sweep() is not None
    (notice,) = await days(world, 2)
    assert notice.facts["0.readers"] == "1", "what was new meanwhile is on the next one"


async def test_many_stories_are_told_of_five(store: Database) -> None:
    world = World(store, *(serial(chapter("one"), slug=f"story-{number}", backlog=1) for number in range(8)))
    await world.run()
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    for number in range(1, 8):
        await read(world, 1, 50, story=f"story-{number}")
    (notice,) = await days(world, 1)
    assert [notice.facts[f"{place}.slug"] for place in range(5)] == [f"story-{n}" for n in range(1, 6)]
    assert "5.slug" not in notice.facts
    assert notice.facts["more"] == "2"


async def test_the_next_chapter_is_found_for_authors_only(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1))
    await world.run()
    _, token = await world.morning_cards.find_next_chapter(AUTHOR, "lamps")
    assert token == chapter_token("two")
    with pytest.raises(NotAnAuthor):
        await world.morning_cards.find_next_chapter(READER, "lamps")
    await world.later(days=1)
    assert (await world.morning_cards.find_next_chapter(AUTHOR, "lamps"))[1] is None


async def test_a_sweep_without_a_due_card_reads_nothing_but_who_wants_one(store: Database) -> None:
    world = World(store, *(serial(chapter("one"), slug=f"story-{number}", backlog=1) for number in range(30)))
    await world.run()
    async with store.begin() as tx:
        for user in range(1000, 1300):
            await tx.preferences.set_digest(user, True)
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    begun = []
    original = store.begin
    store.begin = lambda *given, **more: (begun.append(1), original(*given, **more))[1]  # type: ignore[method-assign]
    try:
        await world.morning_cards.sweep()
    finally:
        store.begin = original  # type: ignore[method-assign]
    assert not begun


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


@pytest.mark.parametrize(
    ("restored_after", "told"),
    [
        # Nine o'clock is between the backup and the restore: the card was sent, and is not sent again.
        (timedelta(hours=5), ["After."]),
        # It is still to come.
        (timedelta(minutes=30), ["Before.", "After."]),
    ],
)
async def test_a_card_is_not_sent_again_by_a_restored_bot(
    store: Database, restored_after: timedelta, told: list[str]
) -> None:
    world = await world_of(store)
    await world.morning_cards.set_enabled(AUTHOR, True)
    await days(world, 2)
    next_nine = next_card(world.clock.now(), serial(chapter("one")).story)
    world.clock.advance(next_nine - timedelta(hours=2) - world.clock.now())
    await suggest(world, "Before.")
    made_at = world.clock.now()
    world.clock.advance(restored_after)
    async with store.begin() as tx:
        await mark_cards_restored(tx, made_at, world.clock.now())
    cards = await days(world, 1)
    await suggest(world, "After.")
    cards += await days(world, 2)
    ideas = [value for card in cards for key, value in card.facts.items() if key.endswith(".idea")]
    assert ideas == told
