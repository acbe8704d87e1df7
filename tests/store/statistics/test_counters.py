"""What is counted of readers, voters and threads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.releases.release import Release
from bot.domain.statistics.counters import Counters
from bot.domain.subscriptions.release_styles import MessageForm
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.reading.chapter_read_records import PRIVATE_READER, ChapterRead
from bot.store.statistics.counter_records import DropOffRow, ThreadCommentCount
from tests.store.samples import CHANNEL, GUILD, MINUTE, NOW, add_story

POST, OTHER_POST, THIRD_POST = 1 << 60, (1 << 60) + 5, (1 << 60) + 9


@pytest.fixture
async def releases(store: Database) -> list[Release]:
    async with store.begin() as tx:
        return await add_story(tx, chapters=["one", "two", "three"])


def post(
    release: Release, message: int, shape: MessageForm = MessageForm.PAGES, channel: int = CHANNEL
) -> Post:
    return Post(message, channel, GUILD, release.id, None, 1, 1, 1, decorated=True, shape=shape)


async def test_somebody_who_stars_several_posts_is_one_vote(store: Database, releases: list[Release]) -> None:
    one = releases[0].id
    async with store.begin() as tx:
        assert await tx.bookmarks.add_vote(one, 7, POST, NOW)
        assert await tx.bookmarks.add_vote(one, 7, OTHER_POST, NOW)
        assert not await tx.bookmarks.add_vote(one, 7, POST, NOW)
        assert await tx.bookmarks.add_vote(one, 8, PRIVATE_READER, NOW)
        assert (await tx.counters.count_by_release([one]))[one].votes == 2
        assert await tx.bookmarks.remove_vote(one, 7, POST)
        assert not await tx.bookmarks.remove_vote(one, 7, POST)
        assert await tx.bookmarks.has_voted(one, 7)
        assert (await tx.counters.count_by_release([one]))[one].votes == 2
        assert await tx.bookmarks.remove_vote(one, 7, OTHER_POST)
        assert not await tx.bookmarks.has_voted(one, 7)
        assert (await tx.counters.count_by_release([one]))[one].votes == 1


async def test_figures_of_many_chapters_at_once(store: Database, releases: list[Release]) -> None:
    one, two, three = (release.id for release in releases)
    async with store.begin() as tx:
        await tx.bookmarks.record_reads([ChapterRead(one, user, NOW) for user in range(1, 40)])
        await tx.bookmarks.record_reads(
            [ChapterRead(one, 1, NOW), ChapterRead(two, 1, NOW), ChapterRead(999, 1, NOW)]
        )
        await tx.bookmarks.add_vote(one, 1, POST, NOW)
        await tx.bookmarks.add_vote(one, 1, OTHER_POST, NOW)
        await tx.counters.save_comment_count(ThreadCommentCount(POST, one, GUILD, 4, NOW))
        await tx.counters.save_comment_count(ThreadCommentCount(OTHER_POST, one, GUILD, 3, NOW))
        await tx.counters.save_comment_count(ThreadCommentCount(POST, one, GUILD, 2, NOW + MINUTE))
        assert await tx.counters.count_by_release([one, two, three, one]) == {
            one: Counters(39, 1, 5),
            two: Counters(1, 0, 0),
            three: Counters(),
        }
        await tx.counters.clear_comment_count(OTHER_POST)
        assert (await tx.counters.count_by_release([one]))[one].comments == 2
        assert await tx.counters.count_by_release([]) == {}


async def test_the_furthest_somebody_came_never_goes_back_within_a_text(
    store: Database, releases: list[Release]
) -> None:
    one = releases[0].id
    length = len("Text of one.")

    async def furthest(offset: int, revision: int = 1) -> list[DropOffRow]:
        async with store.begin() as tx:
            await tx.bookmarks.record_read(one, 7, NOW, furthest=offset, revision=revision)
            return await tx.counters.list_drop_offs("lamp")

    async with store.begin() as tx:
        await tx.bookmarks.record_reads([ChapterRead(one, 7, NOW)])
        assert await tx.counters.list_drop_offs("lamp") == []
    assert await furthest(5) == [DropOffRow(one, 5, length, 1)]
    assert await furthest(2) == [DropOffRow(one, 5, length, 1)]
    assert await furthest(9) == [DropOffRow(one, 9, length, 1)]
    # A revision that is not kept has no length, so nothing can be said of it.
    assert await furthest(3, revision=2) == []
    async with store.begin() as tx:
        assert (await tx.counters.count_by_release([one]))[one].reads == 1


async def test_who_went_on_is_counted_by_people(store: Database, releases: list[Release]) -> None:
    one, two, three = (release.id for release in releases)
    async with store.begin() as tx:
        await tx.bookmarks.record_reads([ChapterRead(one, user, NOW) for user in (1, 2, 3, 4)])
        await tx.bookmarks.record_reads([ChapterRead(two, user, NOW) for user in (1, 2, 9)])
        await tx.bookmarks.record_reads([ChapterRead(three, user, NOW) for user in (2, 3)])
        assert await tx.counters.count_continued("lamp") == {2: 2, 3: 1}
        assert await tx.counters.count_continued("none") == {}


async def test_stars_of_a_message_are_corrected(store: Database, releases: list[Release]) -> None:
    one = releases[0].id
    async with store.begin() as tx:
        for user in (1, 2, 3):
            await tx.bookmarks.add_vote(one, user, POST, NOW)
        await tx.bookmarks.add_vote(one, 3, PRIVATE_READER, NOW)
        await tx.counters.correct_stars(one, POST, missing={4, 5}, gone={1, 3}, now=NOW)
        assert await tx.counters.list_star_owners(POST) == {2, 4, 5}
        # The third voted in private too, and whoever starred has read.
        assert await tx.counters.count_by_release([one]) == {one: Counters(2, 4, 0)}
        await tx.counters.correct_stars(one, POST, missing=set(), gone=set(), now=NOW)


async def test_posts_are_gone_through_by_age_and_threads_found_by_their_post(
    store: Database, releases: list[Release]
) -> None:
    one, two = releases[:2]
    async with store.begin() as tx:
        await tx.posts.add_all(
            [
                post(one, POST),
                post(two, OTHER_POST, MessageForm.OPENING),
                post(two, THIRD_POST, MessageForm.PART, channel=OTHER_POST),
                post(two, THIRD_POST + 1, MessageForm.PART, channel=OTHER_POST),
            ]
        )
        found = await tx.counters.list_posts_between(above=POST, below=THIRD_POST + 1, limit=9)
        assert [each.message_id for each in found] == [THIRD_POST, OTHER_POST]
        found = await tx.counters.list_posts_by_threads([POST, OTHER_POST, THIRD_POST, 12])
        assert {each.message_id for each in found} == {POST, OTHER_POST}
        assert [each.message_id for each in await tx.counters.list_posts_by_release(one.id)] == [POST]
        assert await tx.counters.list_posts_by_release(two.id) == []
        assert await tx.counters.count_own_messages(OTHER_POST) == 2
        assert await tx.counters.count_own_messages(POST) == 0


async def test_threads_are_due_by_their_age(store: Database, releases: list[Release]) -> None:
    one = releases[0].id
    old, young = (
        ThreadCommentCount(10, one, GUILD, 1, NOW),
        ThreadCommentCount(20, one, GUILD, 1, NOW + MINUTE),
    )
    async with store.begin() as tx:
        await tx.counters.save_comment_count(old)
        await tx.counters.save_comment_count(young)

        async def due(minutes: int, limit: int = 9) -> list[ThreadCommentCount]:
            now = NOW + timedelta(minutes=minutes)
            bands = [(15, now - 5 * MINUTE), (5, now - 60 * MINUTE)]
            return await tx.counters.list_due_threads(bands, limit=limit)

        assert await due(5) == []
        assert await due(7) == [young]
        assert await due(61) == [old, young]
        assert await due(61, limit=1) == [old]


async def test_recent_releases(store: Database, releases: list[Release]) -> None:
    async with store.begin() as tx:
        assert await tx.counters.list_recent_releases(NOW) == [release.id for release in reversed(releases)]
        await tx.releases.withdraw(releases[1].id, was=1, now=NOW)
        assert await tx.counters.list_recent_releases(NOW) == [releases[2].id, releases[0].id]
        assert await tx.counters.list_recent_releases(NOW + MINUTE) == []
