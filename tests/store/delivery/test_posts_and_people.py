"""Posts, readers, notices and servers."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot.domain.reading.bookmark import Bookmark, TextPosition
from bot.domain.releases.release import Release
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.notifications.notice_records import PendingNotice
from tests.store.samples import CHANNEL, GUILD, MINUTE, NOW, SECOND, add_story, owed, subscribe
from tests.support.databases import scratch_store
from tests.support.profiles import examples


@pytest.fixture
async def release(store: Database) -> Release:
    async with store.begin() as tx:
        return (await add_story(tx, chapters=["one"]))[0]


def make_post(release: Release, message: int = 1 << 60, **changes: object) -> Post:
    post = Post(message, CHANNEL, GUILD, release.id, None, page=1, page_count=7, revision=1, decorated=False)
    return replace(post, **changes)


async def test_a_post_is_remembered_once_and_shows_its_page(store: Database, release: Release) -> None:
    post = make_post(release)
    async with store.begin() as tx:
        assert await tx.posts.get(post.message_id) is None
        await tx.posts.add(post)
        await tx.posts.record_page(post.message_id, 3, 8, 2)
        await tx.posts.add(post)
        shown = await tx.posts.get(post.message_id)
        await tx.posts.delete(post.message_id)
        await tx.posts.delete(post.message_id)
        assert await tx.posts.get(post.message_id) is None
    assert shown == replace(post, page=3, page_count=8, revision=2)


async def test_a_post_names_its_delivery(store: Database, release: Release) -> None:
    async with store.begin() as tx:
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, release)])
        (job,) = await tx.deliveries.claim(NOW, NOW + MINUTE, 1)
        post = make_post(release, delivery_id=job.delivery.id)
        await tx.posts.add(post)
        assert await tx.posts.get(post.message_id) == post


async def test_bare_posts_are_the_newest_and_controls_are_restored_once(
    store: Database, release: Release
) -> None:
    async with store.begin() as tx:
        for n in (5, 7, 6):
            await tx.posts.add(make_post(release, n))
        assert [post.message_id for post in await tx.posts.list_undecorated(2)] == [7, 6]
        await tx.posts.mark_decorated(7)
        assert [post.message_id for post in await tx.posts.list_undecorated(9)] == [6, 5]
        assert await tx.posts.mark_stripped(7)
        assert [post.message_id for post in await tx.posts.list_undecorated(9)] == [7, 6, 5]
        await tx.posts.mark_decorated(7)
        assert not await tx.posts.mark_stripped(7)
        assert not await tx.posts.mark_stripped(99)
        restored = await tx.posts.get(7)
    assert restored == make_post(release, 7, decorated=True, restored=True)


async def test_a_page_that_is_not_there_is_refused(store: Database, release: Release) -> None:
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.posts.add(make_post(release, page=8))


places = st.builds(TextPosition, number=st.integers(0, 5), offset=st.integers(0, 5))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25), deadline=None
)
@given(st.lists(st.tuples(places, places), min_size=1, max_size=6), st.integers(1, 2**62))
async def test_the_furthest_place_never_goes_back(
    moves: list[tuple[TextPosition, TextPosition]], user: int
) -> None:
    async with scratch_store() as store, store.begin() as tx:
        await add_story(tx)
        for last, furthest in moves:
            await tx.bookmarks.save(Bookmark(user, "lamp", last, furthest, NOW))
        kept = await tx.bookmarks.get(user, "lamp")
    assert kept == Bookmark(user, "lamp", moves[-1][0], max(furthest for _, furthest in moves), NOW)


async def test_bookmarks_by_story_latest_first(store: Database) -> None:
    async with store.begin() as tx:
        for slug in ("lamp", "zoo", "sea"):
            await add_story(tx, slug)
        assert await tx.bookmarks.get(7, "lamp") is None
        marks = {
            slug: Bookmark(7, slug, TextPosition(2, 40), TextPosition(3, 9), NOW + n * SECOND)
            for n, slug in enumerate(("zoo", "lamp", "sea"))
        }
        for mark in marks.values():
            await tx.bookmarks.save(mark)
        await tx.bookmarks.save(Bookmark(8, "lamp", TextPosition(1, 0), TextPosition(1, 0), NOW))
        back = Bookmark(7, "lamp", TextPosition(1, 5), TextPosition(1, 5), NOW + MINUTE)
        await tx.bookmarks.save(back)
        kept = [replace(back, furthest=TextPosition(3, 9)), marks["sea"], marks["zoo"]]
        assert await tx.bookmarks.list_by_reader(7) == kept
        assert await tx.bookmarks.get(7, "lamp") == kept[0]
        assert await tx.bookmarks.list_by_reader(9) == []


async def test_a_vote_counts_once(store: Database, release: Release) -> None:
    async def vote(user: int) -> bool:
        async with store.begin() as tx:
            return await tx.bookmarks.add_vote(release.id, user, 100 + user, NOW)

    assert sum(await asyncio.gather(*(vote(user % 4) for user in range(20)))) == 4
    async with store.begin() as tx:
        assert (await tx.counters.count_by_release([release.id]))[release.id].votes == 4
        assert await tx.bookmarks.remove_vote(release.id, 1, 101)
        assert not await tx.bookmarks.remove_vote(release.id, 1, 101)
        assert (await tx.counters.count_by_release([release.id]))[release.id].votes == 3


async def owe(store: Database, key: str, user: int = 7, now: object = NOW) -> bool:
    async with store.begin() as tx:
        return await tx.notices.add(
            user, "accepted", {"n": "1", "é\0": ""}, key=key, nonce=f"n-{key}", now=now
        )


async def test_news_is_owed_once(store: Database) -> None:
    assert await owe(store, "a")
    assert not await owe(store, "a", user=8)
    async with store.begin() as tx:
        assert await tx.notices.find_next_due() == NOW
        assert await tx.notices.claim(NOW - SECOND, NOW, 9) == []
        (claimed,) = await tx.notices.claim(NOW, NOW + MINUTE, 9)
        assert claimed == PendingNotice(claimed.id, 7, "accepted", {"n": "1", "é\0": ""}, "n-a", 1, NOW)
        assert await tx.notices.claim(NOW, NOW + MINUTE, 9) == []
        assert await tx.notices.find_next_due() == NOW + MINUTE
        (again,) = await tx.notices.claim(NOW + MINUTE, NOW + 2 * MINUTE, 9)
        assert again.attempts == 2
        await tx.notices.postpone(again.id, NOW + 9 * MINUTE)
        await tx.notices.mark_told(again.id, NOW)  # its claim is gone already
        assert await tx.notices.find_next_due() == NOW + 9 * MINUTE
        (last,) = await tx.notices.claim(NOW + 9 * MINUTE, NOW + 10 * MINUTE, 9)
        await tx.notices.mark_told(last.id, NOW)
        assert await tx.notices.find_next_due() is None
        with pytest.raises(ValueError, match="future"):
            await tx.notices.claim(NOW, NOW, 1)
    assert not await owe(store, "a")


async def test_who_takes_no_dms_is_told_at_their_next_command(store: Database) -> None:
    for n, user in enumerate((7, 8, 7, 7)):
        await owe(store, str(n), user, NOW + n * SECOND)
    async with store.begin() as tx:
        claimed = await tx.notices.claim(NOW + 2 * SECOND, NOW + MINUTE, 9)
        assert [one.nonce for one in claimed] == ["n-0", "n-1", "n-2"]
        for one in claimed:
            await tx.notices.mark_waiting(one.id)
        assert [one.nonce for one in await tx.notices.take_waiting(7, NOW)] == ["n-0", "n-2"]
        assert await tx.notices.take_waiting(7, NOW) == []
        assert await tx.notices.take_waiting(9, NOW) == []
        assert await tx.notices.find_next_due() == NOW + 3 * SECOND


async def test_every_notice_is_claimed_by_one(store: Database) -> None:
    for n in range(30):
        await owe(store, str(n), n)

    async def claim() -> list[int]:
        async with store.begin() as tx:
            return [one.id for one in await tx.notices.claim(NOW, NOW + MINUTE, 4)]

    claimed = [id_ for ids in await asyncio.gather(*(claim() for _ in range(20))) for id_ in ids]
    assert len(claimed) == len(set(claimed)) == 30


async def test_what_a_server_set_up_outlives_a_kick_for_a_while(store: Database, release: Release) -> None:
    async with store.begin() as tx:
        for guild in (1, 2, 3, 4):
            kept = await subscribe(tx, channel=guild, guild_id=guild)
            await tx.delivery_plans.add([owed(kept, release)])
            await tx.posts.add(make_post(release, guild, guild_id=guild))
        own = await subscribe(tx, channel=9, guild_id=None, user_id=9)
        await tx.guilds.record_join(1)
        await tx.guilds.reconcile([1, 2, 5], NOW)  # 3 and 4 are known by their subscriptions only
        await tx.guilds.record_leave(2, NOW + MINUTE)
        await tx.guilds.record_leave(2, NOW + 9 * MINUTE)  # heard of twice: the first time counts
        await tx.guilds.record_join(4)
        await tx.guilds.reconcile([1, 4], NOW + 2 * MINUTE)
        assert await tx.guilds.erase_left_before(NOW) == 0
        assert await tx.guilds.erase_left_before(NOW + SECOND) == 1
        assert [one.channel_id for one in await tx.subscriptions.list_by_story("lamp")] == [1, 2, 4, 9]
        assert await tx.guilds.erase_left_before(NOW + 2 * MINUTE) == 1
        assert [one.channel_id for one in await tx.subscriptions.list_by_story("lamp")] == [1, 4, 9]
        assert await tx.posts.get(2) is None
        assert await tx.posts.get(1) is not None
        assert await tx.subscriptions.get(own.id) == own
        assert await tx.guilds.erase_left_before(NOW + 3 * MINUTE) == 1  # 5, which had nothing
        await tx.guilds.reconcile([], NOW + 4 * MINUTE)
        assert await tx.guilds.erase_left_before(NOW + 5 * MINUTE) == 2
        assert [one.channel_id for one in await tx.subscriptions.list_by_story("lamp")] == [9]


async def test_thousands_of_servers_are_present(store: Database) -> None:
    async with store.begin() as tx:
        await tx.guilds.reconcile(range(1, 10_000), NOW)
        await tx.guilds.reconcile(range(5_000, 12_000), NOW)
        assert await tx.guilds.erase_left_before(NOW + SECOND) == 4_999
