"""A database that is put back to an earlier state: nothing is posted twice, nothing lost, and operators are told."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.delivery.post_identity import chapter_mark, is_chapter_mark
from bot.domain.message_json import decode
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.stories.story import Chapter, Serial
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions, SubscriptionState
from bot.services.delivery.post_messenger import SearchOutcome
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from tests.services.delivery.restored_bot import Bot
from tests.services.fakes import (
    ADMIN,
    CHANNEL,
    GUILD,
    OPERATOR,
    OTHER_CHANNEL,
    READER,
    FakeLibrary,
    chapter,
    long_text,
    serial,
)

FORUM, NEWS = 602, 603
KEYS = [f"ch{number:02}" for number in range(1, 9)]
CHAPTERS = [chapter(key, long_text(130)) for key in KEYS]


def daily(*chapters: Chapter, **more: Any) -> Serial:
    """A story whose slots are an hour before noon."""
    return serial(*chapters, schedule="daily at 11:00", **more)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot with a story that has a chapter a day at eleven; it is noon."""
    made = Bot(tmp_path, FakeLibrary(daily(*CHAPTERS)))
    await made.start()
    await made.world.run()
    yield made
    await made.die()


async def days(bot: Bot, count: int) -> None:
    """So many days, and what is due on each."""
    for _ in range(count):
        await bot.world.later(hours=24)


async def caught_up(bot: Bot) -> None:
    """The gaps between late posts pass."""
    for _ in range(len(KEYS)):
        await bot.world.later(minutes=10)


async def restored(bot: Bot, days_since: int) -> None:
    """A backup, some days of work, and the backup put back."""
    await bot.back_up()
    await days(bot, days_since)
    await bot.restore()
    await bot.world.run()


async def test_chapters_posted_since_the_backup_are_not_posted_again(bot: Bot) -> None:
    await bot.world.subscribe()
    await days(bot, 2)
    await restored(bot, 3)
    await caught_up(bot)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:5]
    await days(bot, 1)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:6], "and it goes on with the next"


async def test_what_is_taken_over_can_be_turned_and_gets_its_buttons_anew(bot: Bot) -> None:
    await bot.world.subscribe()
    await restored(bot, 2)
    taken = list(bot.discord.posts)
    async with bot.store.read() as tx:
        assert set(await tx.posts.get_many(taken)) == set(taken)
        assert {post.message_id for post in await tx.posts.list_stale(10)} == set(taken)
    assert await bot.world.post_refresh.run_batch() is not None
    async with bot.store.read() as tx:
        assert len(await tx.posts.list_stale(10)) < len(taken)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (SubscriptionOptions(style=ReleaseStyle.THREAD), ChannelKind.TEXT),
        (SubscriptionOptions(style=ReleaseStyle.THREAD), ChannelKind.FORUM),
        (SubscriptionOptions(style=ReleaseStyle.CARD, publish=True), ChannelKind.ANNOUNCEMENT),
    ],
)
@pytest.mark.parametrize("fuse", range(1, 9))
async def test_whatever_was_posted_of_a_chapter_only_the_rest_follows(
    bot: Bot, options: SubscriptionOptions, kind: ChannelKind, fuse: int
) -> None:
    bot.discord.surveys[CHANNEL] = ChannelState(CHANNEL, GUILD, "x", kind, age_restricted=False)
    await bot.world.subscribe(options=options)
    await bot.back_up()
    bot.clock.advance(timedelta(days=2, hours=1))
    bot.discord.fuse = fuse
    await bot.work()
    await bot.restore()
    bot.clock.advance(timedelta(minutes=3))
    await caught_up(bot)
    shown = bot.discord.shown(CHANNEL)
    assert shown == sorted(set(shown))
    assert {key for key, _ in shown} == set(KEYS[:2])
    parts = {part for key, part in shown if key == KEYS[0]}
    assert all({part for key, part in shown if key == other} == parts for other in KEYS[:2])
    made = [id_ for id_, (_, post, _) in bot.discord.posts.items() if post.part == 0]
    if options.publish:
        assert set(bot.discord.published) == set(made)
    elif kind is ChannelKind.TEXT:
        assert bot.discord.threads.keys() == set(made)


async def test_readers_direct_messages_too(bot: Bot) -> None:
    await bot.world.followers.follow(READER, "lamps")
    await restored(bot, 3)
    await caught_up(bot)
    assert bot.discord.keys_in(70_000 + READER.user_id) == KEYS[:3]


async def test_a_chapter_published_by_hand_after_the_backup_comes_once(bot: Bot) -> None:
    await bot.world.subscribe()
    await bot.back_up()
    author = replace(ADMIN, user_id=2)
    await bot.world.calendar_overrides.publish(author, "lamps")
    await bot.world.deliver()
    assert bot.discord.keys_in(CHANNEL) == KEYS[:1]
    await bot.restore()
    await days(bot, 3)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:3]


async def test_what_a_lost_subscription_posted_is_not_posted_by_the_new_one(bot: Bot) -> None:
    await bot.world.subscribe()
    await bot.back_up()
    await bot.world.subscribe(channel_id=OTHER_CHANNEL)
    await days(bot, 3)
    await bot.restore()
    await bot.world.run()
    await bot.world.subscribe(channel_id=OTHER_CHANNEL, start=Start.BEGINNING)
    await caught_up(bot)
    assert bot.discord.keys_in(OTHER_CHANNEL) == KEYS[:3]


async def test_the_newest_names_only_what_is_not_there(bot: Bot) -> None:
    bot.library.put(daily(*CHAPTERS, catch_up=CatchUp.LATEST))
    await bot.world.run()
    await bot.world.subscribe()
    await bot.back_up()
    await days(bot, 3)
    await bot.die()
    bot.clock.advance(timedelta(days=2))
    await bot.start()
    await bot.restore()
    await bot.world.run()
    assert bot.discord.keys_in(CHANNEL) == [*KEYS[:3], KEYS[4]]
    *_, (_, newest, _) = bot.discord.posts.values()
    assert [each.chapter for each in newest.skipped] == [KEYS[3]]


async def test_two_restores_of_one_backup_and_a_start_between(bot: Bot) -> None:
    await bot.world.subscribe()
    await bot.world.subscribe(channel_id=OTHER_CHANNEL)
    await restored(bot, 2)
    await bot.die()
    await bot.start()
    await bot.world.restore_recovery.record_heartbeat()
    await bot.die()
    await bot.start()
    await days(bot, 1)
    await bot.restore()
    await caught_up(bot)
    assert bot.discord.keys_in(CHANNEL) == bot.discord.keys_in(OTHER_CHANNEL) == KEYS[:3]


async def test_operators_are_told_once_and_numbers_go_on_higher(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.world.subscribe()
    await bot.world.subscribe(channel_id=OTHER_CHANNEL)
    await days(bot, 1)
    with caplog.at_level(logging.INFO):
        await restored(bot, 3)
    actions = [getattr(record, "action", None) for record in caplog.records]
    assert actions.count("database_restored") == 1
    assert actions.count("posts_adopted") == 2, "a line a channel"
    await bot.world.notification_outbox.sweep()
    (notice,) = [each for each in bot.discord.notices if each.kind == "restored"]
    assert notice.user_id == OPERATOR
    known = max(post.marker for _, post, _ in bot.discord.posts.values())
    await days(bot, 1)
    assert list(bot.discord.posts.values())[-1][1].marker > known + 500


async def test_an_ordinary_start_asks_nothing_where_nothing_was_written(bot: Bot) -> None:
    await bot.world.subscribe()
    await days(bot, 2)
    bot.discord.newest.clear()
    await bot.die()
    await bot.start()
    assert bot.discord.watched == {CHANNEL}
    await days(bot, 1)
    assert bot.discord.looked_back == []
    assert bot.discord.keys_in(CHANNEL) == KEYS[:3]


async def test_chatter_costs_one_look_and_proves_nothing(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    await bot.world.subscribe()
    await days(bot, 2)
    await bot.die()
    bot.clock.advance(timedelta(hours=1))
    await bot.start()
    bot.discord.newest[CHANNEL] = lowest_id_at(bot.clock.now()) + 99
    with caplog.at_level(logging.WARNING):
        await days(bot, 2)
    assert bot.discord.looked_back == [CHANNEL]
    assert bot.discord.keys_in(CHANNEL) == KEYS[:4]
    assert caplog.records == []


async def test_where_history_cannot_be_read_it_waits_for_the_right(bot: Bot) -> None:
    await bot.world.subscribe()
    bot.discord.trace_answers = [SearchOutcome.BLIND]
    await restored(bot, 2)
    async with bot.store.read() as tx:
        (parked,) = await tx.subscriptions.list_by_channel(CHANNEL)
    assert parked.state is SubscriptionState.PARKED
    assert parked.fault is not None
    assert parked.fault.code == "history-unreadable"
    bot.clock.advance(timedelta(hours=1))
    await bot.world.parked_recovery.sweep()
    await caught_up(bot)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:2]


async def test_an_answer_that_does_not_come_is_waited_for(bot: Bot) -> None:
    await bot.world.subscribe()
    bot.discord.trace_answers = [SearchOutcome.LATER, SearchOutcome.LATER]
    await restored(bot, 2)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:2]
    await caught_up(bot)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:2]


async def test_posts_from_before_there_were_marks_are_known_by_their_titles(bot: Bot) -> None:
    await bot.world.subscribe()
    await bot.back_up()
    await days(bot, 3)
    bot.discord.unmarked = set(bot.discord.posts)
    await bot.restore()
    await caught_up(bot)
    assert bot.discord.keys_in(CHANNEL) == KEYS[:3]


@pytest.mark.parametrize("missing", [False, True])
async def test_where_titles_do_not_tell_its_admin_is_asked(bot: Bot, missing: bool) -> None:
    twins = [replace(each, title="Interlude") for each in CHAPTERS]
    bot.library.put(daily(*twins))
    await bot.world.run()
    await bot.world.subscribe()
    await bot.back_up()
    await days(bot, 2)
    bot.discord.unmarked = set(bot.discord.posts)
    await bot.restore()
    await bot.world.run()
    async with bot.store.read() as tx:
        (held,) = await tx.subscriptions.list_by_channel(CHANNEL)
    assert held.fault is not None
    assert held.fault.code == "maybe-posted"
    await days(bot, 2)
    await bot.world.parked_recovery.sweep()
    await bot.world.notification_outbox.sweep()
    assert bot.discord.keys_in(CHANNEL) == KEYS[:2], "nobody but they can tell"
    assert any(
        "restored from a backup" in str(decode(each.facts.get("reason", ""))) for each in bot.discord.notices
    )
    if missing:
        await bot.world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
        await caught_up(bot)
        assert bot.discord.keys_in(CHANNEL) == [*KEYS[:2], *KEYS[:4]]
    else:
        await bot.world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
        await bot.world.subscribe()
        await days(bot, 1)
        assert bot.discord.keys_in(CHANNEL) == [*KEYS[:2], KEYS[4]]


def test_marks_are_apart_from_rows_and_differ() -> None:
    marks = {chapter_mark("a", f"c{number}", part) for number in range(100) for part in range(5)}
    assert len(marks) == 500
    assert all(map(is_chapter_mark, marks))
    assert chapter_mark("a", "b", 1) != chapter_mark("b", "a", 1)
    assert not is_chapter_mark(2**30 - 1)
