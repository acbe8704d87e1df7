"""Posts follow a revision in place: each once, at the rate, whatever Discord answers, and after any crash."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unfit, Unknown
from bot.domain.subscriptions.subscription import DeliveryFault, Start
from bot.kit.rate_limiter import RateLimiter, SpareRate
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from tests.services.fakes import GUILD, NOON, OTHER_CHANNEL, World, chapter, serial
from tests.services.releases.revision_helpers import LONG, edited, post_of, posted, refreshed, release_of

GONE = Refused(DeliveryFault("discord-50083", "The thread is locked.", NOON))


async def test_the_newest_posts_are_edited_first_and_each_once(store: Database) -> None:
    world, messages = await posted(store, channels=30)
    await edited(world, LONG + "\n\nMore.")
    await refreshed(world)
    changed = [message for message, _ in world.messenger.edits]
    assert sorted(changed) == sorted(messages)
    assert max(changed[20:]) < min(changed[:20])


async def test_a_crash_between_edits_leaves_the_rest_to_the_next_start(store: Database) -> None:
    world, messages = await posted(store, channels=45)
    await edited(world, LONG + "\n\nMore.")
    await world.post_refresh.run_batch()
    done = {message for message, _ in world.messenger.edits}
    assert 0 < len(done) < len(messages)
    restarted = World(store, *world.library.held.values())
    await restarted.content_sync.sync()
    await refreshed(restarted)
    rest = [message for message, _ in restarted.messenger.edits]
    assert sorted([*done, *rest]) == sorted(messages)
    assert (await release_of(store)).revision == 2


async def test_a_crash_between_edit_and_record_edits_again_and_to_the_same(store: Database) -> None:
    world, (message,) = await posted(store)
    await edited(world, LONG + "\n\nMore.")
    post = await post_of(store, message)
    await refreshed(world)
    async with store.begin() as tx:
        await tx.posts.record_page(message, post.page, post.page_count, post.revision)
    restarted = World(store, *world.library.held.values())
    await refreshed(restarted)
    assert restarted.messenger.edits == world.messenger.edits


async def test_a_post_that_is_gone_is_forgotten(store: Database) -> None:
    world, (message,) = await posted(store)
    await edited(world, "Other.")
    world.messenger.edit_answers = [Sent(None)]
    assert await world.post_refresh.run_batch() is not None
    assert await world.post_refresh.run_batch() is None
    async with store.read() as tx:
        assert await tx.posts.get(message) is None


@pytest.mark.parametrize("answer", [GONE, Unfit(DeliveryFault("discord-50035", "too long", NOON))])
async def test_what_is_refused_waits_for_the_next_revision_and_its_admin_is_told(
    store: Database, answer: Refused | Unfit, caplog: pytest.LogCaptureFixture
) -> None:
    world, (message,) = await posted(store)
    world.messenger.edit_answers = [answer]
    await edited(world, "Other.")
    await refreshed(world)
    assert world.messenger.edits == []
    assert await world.post_refresh.run_batch() is None
    assert any(getattr(record, "action", "") == "revise_refused" for record in caplog.records)
    await world.notification_outbox.sweep()
    (notice,) = world.messenger.notices
    assert (notice.kind, notice.facts["reason"]) == ("revision-refused", answer.fault.reason)
    await edited(world, "Yet another.")
    await refreshed(world)
    assert [post.page.plain for _, post in world.messenger.edits] == ["Yet another."]
    assert (await post_of(store, message)).revision == 3


async def test_a_failing_discord_is_left_alone_for_a_while(store: Database) -> None:
    world, messages = await posted(store, channels=3)
    await edited(world, "Other.")
    world.messenger.edit_answers = [
        Delayed("limit"),
        Unknown("no answer"),
        Delayed("blocked", timedelta(minutes=10)),
    ]
    await world.post_refresh.run_batch()
    assert world.messenger.edits == []
    again = await world.post_refresh.run_batch()
    assert again is not None
    assert NOON < again <= world.clock.now() + timedelta(seconds=5)
    world.clock.advance(timedelta(seconds=6))
    await refreshed(world)
    assert len(world.messenger.edits) == 2
    world.clock.advance(timedelta(minutes=10))
    await refreshed(world)
    assert sorted(message for message, _ in world.messenger.edits) == messages


async def test_one_resting_post_holds_up_no_other(store: Database) -> None:
    world, messages = await posted(store, channels=30)
    await edited(world, "Other.")
    world.messenger.edit_answers = [Delayed("busy")]
    await refreshed(world)
    assert len(world.messenger.edits) == len(messages) - 1


async def test_two_thousand_posts_are_edited_at_the_rate_and_a_handful_at_a_time(store: Database) -> None:
    world, _ = await posted(store)
    release = await release_of(store)
    others = [
        Post(10_000 + n, 50_000 + n, GUILD, release.id, None, 1, 1, 1, decorated=True) for n in range(1999)
    ]
    async with store.begin() as tx:
        await tx.posts.add_all(others)
    await edited(world, "Other.")
    rate = 200
    world.post_refresh._spare_rate = SpareRate(RateLimiter(rate))
    refreshing = world.post_refresh
    loop = asyncio.get_running_loop()
    began = loop.time()
    for calls in range(1, 11):
        assert await refreshing.run_batch() == world.clock.now()
        assert len(world.messenger.edits) == 20 * calls
        # A tenth of a second's worth may go at once after a rest.
        assert len(world.messenger.edits) <= (loop.time() - began + 0.1) * rate + 1
    assert {message for message, _ in world.messenger.edits} == {11_998 - n for n in range(200)}
    async with store.read() as tx:
        assert len(await tx.posts.list_stale(5000)) == 1800


async def test_a_chapter_that_grows_gets_its_controls(store: Database) -> None:
    world = World(store, serial(chapter("one", "Short.")))
    await world.run()
    await world.subscribe()
    await world.later(minutes=30)
    await world.reaction_controls.add_some()
    (message,) = world.messenger.decorated
    await edited(world, LONG)
    await refreshed(world)
    await world.reaction_controls.add_some()
    assert world.messenger.decorated == [message, message]
    await edited(world, LONG + "\n\nMore.")
    await refreshed(world)
    await world.reaction_controls.add_some()
    assert len(world.messenger.decorated) == 2


async def test_a_pending_delivery_goes_out_in_its_newest_words(store: Database) -> None:
    world, _ = await posted(store)
    world.messenger.answers = [Delayed("busy")]
    await world.subscribe(channel_id=OTHER_CHANNEL, start=Start.BEGINNING)
    await world.deliver()
    await edited(world, "Quite other.")
    await world.later(minutes=1)
    (post,) = (post for to, post, _ in world.messenger.posts.values() if to.channel_id == OTHER_CHANNEL)
    assert post.page.plain == "Quite other."
    await refreshed(world)
    assert len(world.messenger.edits) == 1


async def test_a_post_found_after_a_lost_answer_is_brought_up_to_date(store: Database) -> None:
    world, _ = await posted(store)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("no answer")], True
    await world.subscribe(channel_id=OTHER_CHANNEL, start=Start.BEGINNING)
    await world.deliver()
    await edited(world, "Quite other.")
    await world.later(minutes=10)
    assert world.messenger.looked == 1
    await refreshed(world)
    assert len(world.messenger.posts) == 2
    assert sorted(message for message, _ in world.messenger.edits) == sorted(world.messenger.posts)
