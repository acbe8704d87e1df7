"""What is new about a story since a moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.releases.release import Release
from bot.store.database import Database
from bot.store.reading.chapter_read_records import PRIVATE_READER, ChapterRead
from bot.store.statistics.counter_records import GrowingThread, StoryGrowth, ThreadCommentCount
from bot.store.statistics.recent_growth import RecentGrowthRepository
from tests.store.samples import GUILD, MINUTE, NOW, add_story
from tests.store.suggestions.test_review_queue import Explaining
from tests.support.databases import fresh_store

DAY = timedelta(days=1)
THREAD, OTHER, OLD = (lowest_id_at(NOW - age) for age in (MINUTE, 2 * MINUTE, 9 * DAY))


@pytest.fixture
async def releases(store: Database) -> list[Release]:
    async with store.begin() as tx:
        return await add_story(tx, chapters=["one", "two", "three"])


async def test_readers_are_new_once_and_a_star_is_one_for_each_chapter(
    store: Database, releases: list[Release]
) -> None:
    one, two, _ = (release.id for release in releases)
    slug = releases[0].story
    async with store.begin() as tx:
        await tx.bookmarks.record_reads([ChapterRead(one, 1, NOW - DAY), ChapterRead(one, 2, NOW - DAY)])
        await tx.bookmarks.record_reads(
            [ChapterRead(two, 1, NOW), ChapterRead(one, 3, NOW), ChapterRead(two, 3, NOW + MINUTE)]
        )
        for release, user, message, at in (
            (one, 1, 5, NOW - DAY),
            (one, 1, 6, NOW),  # a second star on the same chapter
            (one, 2, 5, NOW),
            (one, 2, PRIVATE_READER, NOW),
            (two, 2, 7, NOW),
        ):
            await tx.bookmarks.add_vote(release, user, message, at)
        growth = tx.recent_growth
        assert await growth.summarize(slug, NOW - MINUTE) == StoryGrowth(readers=1, reads=3, votes=2)
        assert await growth.summarize(slug, NOW) == StoryGrowth(readers=0, reads=1, votes=0)
        assert await growth.summarize(slug, NOW - 2 * DAY) == StoryGrowth(readers=3, reads=5, votes=3)
        assert await growth.summarize("unknown", NOW - DAY) == StoryGrowth()


async def test_threads_that_grew_and_by_how_much(store: Database, releases: list[Release]) -> None:
    one, two, _ = (release.id for release in releases)
    slug = releases[0].story

    async with store.begin() as tx:

        async def count(thread: int, release: int, count: int, at: object) -> None:
            await tx.counters.save_comment_count(ThreadCommentCount(thread, release, GUILD, count, at))  # type: ignore[arg-type]

        await count(OLD, one, 50, NOW)  # talked in for long, counted for the first time
        await count(THREAD, one, 2, NOW)
        await count(OTHER, two, 0, NOW)
        await count(THREAD, one, 5, NOW + MINUTE)
        await count(THREAD, one, 3, NOW + 2 * MINUTE)  # some were deleted
        await count(OTHER, two, 4, NOW + 2 * MINUTE)
        await count(OLD, one, 51, NOW + 2 * MINUTE)
        growth, since = tx.recent_growth, NOW - MINUTE
        assert await growth.list_growing_threads(slug, since, 2) == [
            GrowingThread(THREAD, GUILD, 1, 5),
            GrowingThread(OTHER, GUILD, 2, 4),
        ]
        assert await growth.count_comments(slug, since) == 10
        assert await growth.count_comments(slug, NOW) == 8
        assert await growth.list_growing_threads(slug, NOW + 3 * MINUTE, 2) == []
        await growth.purge(NOW + MINUTE)
        assert await growth.count_comments(slug, since) == 8


async def test_every_sum_is_found_by_indices(tmp_path: Path) -> None:
    """On SQLite, with the statistics of an empty database: as a plan that must not depend on them."""
    seen: list[str] = []
    async with fresh_store(tmp_path, "sqlite") as store, store.begin() as tx:
        explained = RecentGrowthRepository(Explaining(tx.connection, seen))  # type: ignore[arg-type]
        await explained.summarize("lamp", NOW)
        await explained.list_growing_threads("lamp", NOW, 3)
        await explained.count_comments("lamp", NOW)
        preferences = type(tx.preferences)(Explaining(tx.connection, seen))  # type: ignore[arg-type]
        await preferences.list_due_digests(NOW)
    assert seen
    tables = ("release", "chapter_read", "vote", "comments", "comment_growth")
    scans = [
        step for step in seen if step.startswith("SCAN") and any(f" {name}" in f" {step}" for name in tables)
    ]
    assert not scans, scans
    assert any("ix_person_digest" in step for step in seen), "few of all who ever used the bot"
