"""Taking in posts that the database does not know, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.delivery.delivery import DeliveryState
from bot.store.database import Database
from bot.store.delivery.post_records import AdoptedPost, Post
from tests.store.samples import CHANNEL, MINUTE, NOW, add_idea, add_story, owed, subscribe


async def test_of_two_doubts_the_earlier_counts_until_it_is_settled(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        one, other = await subscribe(tx), await subscribe(tx, channel=7)
        assert await tx.restore_recovery.find_first_subscription_time() == NOW
        await tx.restore_recovery.mark_doubtful(NOW, one.id)
        await tx.restore_recovery.mark_doubtful(NOW + MINUTE)
        assert await tx.restore_recovery.list_doubtful_channels() == {CHANNEL, 7}
        found = [await tx.subscriptions.get(each.id) for each in (one, other)]
        assert [each.unsure_since for each in found if each] == [NOW, NOW + MINUTE]
        await tx.restore_recovery.clear_doubt([one.id])
        assert await tx.restore_recovery.list_doubtful_channels() == {7}


async def test_what_is_adopted_is_sent_whatever_was_planned(store: Database) -> None:
    async with store.begin() as tx:
        releases = await add_story(tx, chapters=["one", "two", "three", "four"])
        there = await subscribe(tx)
        await tx.delivery_plans.add(
            [owed(there, releases[0]), owed(there, releases[1]), owed(there, releases[3])]
        )
        (job,) = await tx.deliveries.claim(NOW, NOW + MINUTE, 1)
        assert await tx.restore_recovery.filter_tried([job.delivery.id, job.delivery.id + 1], CHANNEL) == {
            job.delivery.id
        }
        assert await tx.restore_recovery.filter_tried([job.delivery.id], 7) == set()
        found = [
            AdoptedPost(releases[1].id, 0, 51, "n51"),
            AdoptedPost(releases[2].id, 0, 52, "n52", rest=True),
        ]
        rows = await tx.restore_recovery.adopt(there.id, found, NOW)
        assert [(row.state, row.message_id, message) for row, message in rows] == [
            (DeliveryState.SENT, 51, 51),
            (DeliveryState.DUE, 52, 52),
        ]
        assert (
            await tx.restore_recovery.adopt(there.id, [AdoptedPost(releases[1].id, 0, 99, "n99")], NOW) == []
        )
        assert await tx.restore_recovery.skip_before(there.id, 4, 0, "passed") == 0, (
            "one is at work, one has its message"
        )
        assert await tx.restore_recovery.skip_before(there.id, 4, 1, "passed") == 1
        assert await tx.restore_recovery.find_last_message_id() == 52


async def test_threads_in_which_parts_are_to_follow_are_places_too(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        there = await subscribe(tx)
        await tx.delivery_plans.add([owed(there, release, part=2, thread_id=44)])
        await tx.restore_recovery.mark_doubtful(NOW)
        assert await tx.restore_recovery.list_open_threads(there.id) == {44: release.id}
        assert await tx.restore_recovery.list_doubtful_channels() == {CHANNEL, 44}


async def test_posts_that_are_known_are_not_unknown(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        await tx.posts.add(Post(60, CHANNEL, None, release.id, None, 1, 1, 1, decorated=True))
        assert await tx.restore_recovery.filter_unknown([60, 61]) == {61}
        assert await tx.restore_recovery.filter_unknown([]) == set()
        assert await tx.restore_recovery.find_last_message_id() == 60


async def test_numbers_go_on_a_thousand_higher(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        there = await subscribe(tx)
        await tx.restore_recovery.advance_ids()
        await tx.delivery_plans.add([owed(there, release)])
        (job,) = await tx.deliveries.claim(NOW, NOW + timedelta(minutes=3), 1)
        assert job.delivery.id > 1_000
        assert (await subscribe(tx, channel=7)).id > there.id + 1_000
    assert (await add_idea(store)).number > 1_000, "though there was none before"
