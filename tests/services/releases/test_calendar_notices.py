"""News of the calendar for channels and followers: told when the author wants it, once, and to whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Refused, Unknown
from bot.domain.releases.calendar_news import CalendarChange, CalendarNews, NewsKind
from bot.domain.releases.release_refusals import HoldChanged
from bot.domain.stories.story_refusals import NotAnAuthor
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, GUILD, NOON, READER, World, chapter, serial

FOUR = [chapter(key) for key in ("one", "two", "three", "four")]
OTHERS = range(CHANNEL + 1, CHANNEL + 4)
NO_RIGHT = Refused(DeliveryFault("discord-50013", "I am not allowed to post here.", NOON))


async def made(store: Database, *channels: int) -> World:
    """A story of four chapters of which one is out, in these channels."""
    world = World(store, serial(*FOUR, backlog=1))
    await world.run()
    for channel in channels or (CHANNEL,):
        await world.subscribe(channel_id=channel)
    await world.run()
    return world


async def paused(world: World, reason: str | None = None) -> CalendarChange:
    """Start a hiatus."""
    offer = (await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", reason)).offer
    assert offer is not None
    return offer


def told(world: World) -> list[int]:
    """The channels that were told, in order."""
    return [to.channel_id for to, _, _ in world.messenger.calendar_posts.values()]


async def test_channels_and_followers_are_told_once_and_others_counted(store: Database) -> None:
    world = await made(store, CHANNEL, *OTHERS)
    await world.followers.follow(READER, "lamps")
    await world.channel_subscriptions.pause(ADMIN, "lamps", OTHERS[0])
    await world.subscribe(channel_id=OTHERS[1], options=SubscriptionOptions(pace="every 2 hours"))
    change = await paused(world, "Moving *house*")
    assert told(world) == [], "never by itself"
    seen = await world.calendar_notices.preview(AUTHOR, "lamps", change)
    assert (len(seen.audience.channels), len(seen.audience.followers)) == (2, 1)
    assert (seen.audience.paused, seen.audience.paced) == (1, 1)
    for _ in range(2):
        report = await world.calendar_notices.send(AUTHOR, "lamps", change)
        assert (report.told, report.waiting, report.followers, report.refusals) == (2, 0, 1, [])
        await world.notification_outbox.sweep()
    assert told(world) == [CHANNEL, OTHERS[2]]
    news = [each for each in world.messenger.notices if each.kind == "calendar-news"]
    assert [(each.user_id, each.facts["words"]) for each in news] == [(READER.user_id, "Moving *house*")]


async def test_the_news_says_what_is_so(store: Database) -> None:
    world = await made(store)
    before = (await world.calendar_overrides.show(AUTHOR, "lamps")).upcoming[0].at
    until = (before + timedelta(days=5)).date().isoformat()
    delay = (await world.calendar_overrides.delay(AUTHOR, "lamps", until, "Flu")).offer
    assert delay is not None
    late = (await world.calendar_notices.preview(AUTHOR, "lamps", delay)).news
    assert late == CalendarNews(NewsKind.DELAY, 2, before + timedelta(days=5), before, "Flu")
    silent = await world.calendar_notices.preview(AUTHOR, "lamps", delay, with_reason=False)
    assert (silent.news.reason, silent.has_reason) == ("", True)
    back = (await world.calendar_overrides.resume(AUTHOR, "lamps")).offer
    assert back is not None
    assert (await world.calendar_notices.preview(AUTHOR, "lamps", back)).news == CalendarNews(
        NewsKind.BACK, 2, before
    )
    with pytest.raises(HoldChanged):
        await world.calendar_notices.send(AUTHOR, "lamps", delay)
    with pytest.raises(NotAnAuthor):
        await world.calendar_notices.send(Viewer(5, "X"), "lamps", back)
    assert told(world) == []


async def test_a_delay_that_moves_nothing_and_a_story_without_readers_offer_nothing(store: Database) -> None:
    world = await made(store)
    before = (await world.calendar_overrides.show(AUTHOR, "lamps")).upcoming[0].at
    typed = (before - timedelta(minutes=1)).isoformat()
    assert (await world.calendar_overrides.delay(AUTHOR, "lamps", typed, None)).offer is None
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    assert (await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", None)).offer is None


@pytest.mark.parametrize("hours", [0.01, 5])
async def test_a_lost_answer_repeats_no_notice(store: Database, hours: float) -> None:
    world = await made(store)
    change = await paused(world)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("no answer")], True
    assert (await world.calendar_notices.send(AUTHOR, "lamps", change)).waiting == 1
    world.clock.advance(timedelta(hours=hours))
    await world.calendar_notices.sweep()
    report = await world.calendar_notices.report(AUTHOR, "lamps", change)
    assert (report.told, report.waiting) == (1, 0)
    assert told(world) == [CHANNEL]


async def test_after_a_crash_what_is_owed_is_sent_by_the_next_process(store: Database) -> None:
    world = await made(store, CHANNEL, OTHERS[0])
    change = await paused(world)
    world.messenger.answers = [Delayed("busy"), Delayed("busy")]
    assert (await world.calendar_notices.send(AUTHOR, "lamps", change)).waiting == 2
    async with store.begin() as tx:
        # The process ends between its claim and the request.
        later = world.clock.now() + timedelta(hours=1)
        assert len(await tx.calendar_notices.claim(later, later + timedelta(hours=1), 9)) == 2
    heir = World(store, clock=world.clock, library=world.library, messenger=world.messenger)
    heir.clock.advance(timedelta(hours=1))
    await heir.calendar_notices.sweep()
    await heir.calendar_notices.sweep()
    assert sorted(told(world)) == [CHANNEL, OTHERS[0]]


async def test_the_author_learns_which_channels_refused(store: Database) -> None:
    world = await made(store, CHANNEL, *OTHERS)
    change = await paused(world)
    world.messenger.answers = [NO_RIGHT, NO_RIGHT]
    report = await world.calendar_notices.send(AUTHOR, "lamps", change)
    assert (report.told, report.waiting) == (2, 0)
    assert report.refusals == [("I am not allowed to post here.", 2)]


async def test_what_is_over_before_it_could_be_sent_is_not_sent(store: Database) -> None:
    world = await made(store, CHANNEL, *OTHERS)
    change = await paused(world)
    world.messenger.answers = [Delayed("busy")] * 4
    assert (await world.calendar_notices.send(AUTHOR, "lamps", change)).waiting == 4
    await world.channel_subscriptions.pause(ADMIN, "lamps", CHANNEL)
    world.clock.advance(timedelta(hours=1))
    await world.calendar_notices.sweep()
    assert sorted(told(world)) == list(OTHERS), "a channel that paused meanwhile gets none"
    await world.calendar_overrides.resume(AUTHOR, "lamps")
    change = await paused(world)
    world.messenger.answers = [Delayed("busy")] * 3
    await world.calendar_notices.send(AUTHOR, "lamps", change)
    await world.calendar_overrides.resume(AUTHOR, "lamps")
    world.clock.advance(timedelta(hours=1))
    await world.calendar_notices.sweep()
    assert sorted(told(world)) == list(OTHERS), "the hiatus is over"


async def test_a_forum_is_told_in_the_thread_of_its_last_chapter(store: Database) -> None:
    world = World(store, serial(*FOUR, backlog=1))
    await world.run()
    world.messenger.surveys[CHANNEL] = ChannelState(
        CHANNEL, GUILD, "chapters", ChannelKind.FORUM, age_restricted=False
    )
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD))
    change = await paused(world)
    assert (await world.calendar_notices.preview(AUTHOR, "lamps", change)).silent_forums == 1
    assert (await world.calendar_notices.send(AUTHOR, "lamps", change)).told == 0
    await world.calendar_overrides.resume(AUTHOR, "lamps")
    await world.later(days=1)
    starter = next(id_ for id_, (to, _, _) in world.messenger.posts.items() if to.channel_id == CHANNEL)
    assert (await world.calendar_notices.send(AUTHOR, "lamps", await paused(world))).told == 1
    assert told(world) == [starter]


@given(
    st.sampled_from(NewsKind),
    st.none() | st.integers(1, 9999),
    st.none() | st.datetimes(min_value=NOON.replace(tzinfo=None)).map(lambda at: at.replace(microsecond=0)),
    st.text(max_size=500),
)
def test_news_are_read_as_they_were_stored(
    kind: NewsKind, number: int | None, at: object, reason: str
) -> None:
    moment = at.replace(tzinfo=NOON.tzinfo) if at is not None else None  # type: ignore[attr-defined]
    news = CalendarNews(kind, number, moment, moment, reason)
    assert CalendarNews.from_facts(news.to_facts() | {"story": "Lamps"}) == news
