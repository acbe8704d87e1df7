from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.delivery.delivery import DeliveryState
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.database import Database
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.transaction import Transaction
from tests.store.samples import CHANNEL, MINUTE, NOW, SECOND, add_story, owed, subscribe

State = SubscriptionState


async def claim_one(
    tx: Transaction, now: datetime = NOW, limit: int = 1, avoid: Collection[int] = ()
) -> ClaimedDelivery | None:
    jobs = await tx.deliveries.claim(now, now + MINUTE, limit, avoid)
    assert len(jobs) <= 1
    return jobs[0] if jobs else None


async def a_job(tx: Transaction, now: datetime = NOW) -> ClaimedDelivery:
    job = await claim_one(tx, now)
    assert job is not None
    return job


async def test_a_claim_puts_the_attempt_on_record_before_it_is_made(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        subscription = await subscribe(tx)
        row = owed(subscription, release, mention=True, skipped=(3, 4), due_at=NOW - SECOND)
        assert await tx.delivery_plans.add([row]) == 1
        assert await tx.deliveries.find_next_due() == NOW - SECOND
    async with store.begin() as tx:
        job = await a_job(tx)
    assert (job.subscription, job.release, job.resumed) == (subscription, release, False)
    delivery = job.delivery
    assert (delivery.state, delivery.part, delivery.nonce) == (DeliveryState.CLAIMED, 0, row.nonce)
    assert (delivery.due_at, delivery.claimed_until, delivery.first_tried_at) == (
        NOW - SECOND,
        NOW + MINUTE,
        NOW,
    )
    assert (delivery.attempts, delivery.mention, delivery.skipped) == (1, True, (3, 4))
    async with store.read() as tx:
        assert await tx.deliveries.find_next_due() == NOW + MINUTE


async def test_entering_twice_changes_nothing(store: Database) -> None:
    async with store.begin() as tx:
        one, two = await add_story(tx, chapters=["one", "two"])
        subscription = await subscribe(tx)
        assert await tx.delivery_plans.add([]) == 0
        assert await tx.delivery_plans.add([owed(subscription, one)]) == 1
        job = await a_job(tx)
        await tx.deliveries.settle_sent({job.delivery.id: 5}, NOW)
        rows = [owed(subscription, one), owed(subscription, two), owed(subscription, one, part=1)]
        assert await tx.delivery_plans.add(rows) == 2
        assert await tx.delivery_plans.add(rows) == 0
        assert await tx.delivery_plans.count_unsettled(subscription.id) == 2


async def test_a_nonce_belongs_to_one_row_and_a_row_to_a_release(store: Database) -> None:
    async with store.begin() as tx:
        one, two = await add_story(tx, chapters=["one", "two"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, one, nonce="same")])
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.delivery_plans.add([owed(subscription, two, nonce="same")])
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.delivery_plans.add([owed(subscription, two, nonce="n" * 26)])
    with pytest.raises(KeyError):
        async with store.begin() as tx:
            await tx.delivery_plans.add([owed(subscription, type(one)(**_with_id(one, 999)))])


def _with_id(release: object, id_: int) -> dict[str, object]:
    return {name: getattr(release, name) for name in release.__slots__} | {"id": id_}  # type: ignore[attr-defined]


async def test_thousands_of_rows_in_one_go(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        made = [await subscribe(tx, channel=n) for n in range(1, 2_501)]
        assert await tx.delivery_plans.add([owed(one, release) for one in made]) == 2_500
        last = await tx.delivery_plans.find_last_due([one.id for one in made] + list(range(100_000, 140_000)))
        assert last == {one.id: NOW for one in made}


async def test_the_order_of_a_subscription_is_number_then_part_whenever_they_are_due(store: Database) -> None:
    async with store.begin() as tx:
        one, two = await add_story(tx, chapters=["one", "two"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add(
            [
                owed(subscription, two, due_at=NOW - 9 * MINUTE),
                owed(subscription, one, part=1, due_at=NOW - 8 * MINUTE),
                owed(subscription, one, part=0),
            ]
        )
        seen = []
        assert await claim_one(tx, NOW - SECOND) is None
        while (job := await claim_one(tx, limit=9)) is not None:
            seen.append((job.release.number, job.delivery.part))
            assert await claim_one(tx, limit=9) is None
            await tx.deliveries.settle_sent({job.delivery.id: None}, NOW)
        assert seen == [(1, 0), (1, 1), (2, 0)]
        assert await tx.deliveries.find_next_due() is None


async def test_a_later_one_waits_for_an_earlier_one_that_is_not_due_again_yet(store: Database) -> None:
    async with store.begin() as tx:
        one, two = await add_story(tx, chapters=["one", "two"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, one), owed(subscription, two)])
        job = await a_job(tx)
        assert await tx.deliveries.postpone(job.delivery.id, NOW + MINUTE, "503", fresh=True)
        assert await claim_one(tx) is None
        assert await tx.deliveries.find_next_due() == NOW + MINUTE
        assert (await a_job(tx, NOW + MINUTE)).release == one


@pytest.mark.parametrize("fresh", [True, False])
async def test_trying_again(store: Database, fresh: bool) -> None:
    later = NOW + 5 * MINUTE
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, release)])
        first = (await a_job(tx)).delivery
        assert await tx.deliveries.postpone(first.id, later, "timeout", fresh=fresh)
        assert not await tx.deliveries.postpone(first.id, later, "timeout", fresh=fresh)
        job = await a_job(tx, later)
    assert job.delivery.first_tried_at == (later if fresh else NOW)
    assert (job.delivery.attempts, job.delivery.due_at, job.delivery.nonce) == (2, later, first.nonce)
    assert not job.resumed


async def test_a_claim_that_ran_out_is_resumed(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        await tx.delivery_plans.add([owed(await subscribe(tx), release)])
        first = await a_job(tx)
        assert await claim_one(tx, NOW + MINUTE - SECOND) is None
        resumed = await a_job(tx, NOW + MINUTE)
    assert resumed.resumed
    assert resumed.delivery.first_tried_at == NOW
    assert (resumed.delivery.attempts, resumed.delivery.nonce) == (2, first.delivery.nonce)


async def sent(tx: Transaction, delivery_id: int, message_id: int) -> bool:
    """Settle one delivery as sent; returns whether that is on record."""
    await tx.deliveries.settle_sent({delivery_id: message_id}, NOW)
    found = await tx.deliveries.get(delivery_id)
    return found is not None and (found.state, found.message_id) == (DeliveryState.SENT, message_id)


async def test_only_claimed_ones_can_be_settled(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, release)])
        due = tx.deliveries
        id_ = (await a_job(tx)).delivery.id
        assert await due.postpone(id_, NOW, "x", fresh=False)
        for settle in (sent(tx, id_, 1), due.park(id_, "x"), due.skip(id_, "x"), sent(tx, 999, 1)):
            assert not await settle
        await a_job(tx)
        assert await sent(tx, id_, 77)
        for settle in (sent(tx, id_, 1), due.park(id_, "x"), due.skip(id_, "x")):
            assert not await settle
        assert not await due.postpone(id_, NOW, "x", fresh=True)
        assert await claim_one(tx, NOW + MINUTE) is None


async def test_many_are_settled_at_once_but_only_claimed_ones(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        for channel in range(4):
            await tx.delivery_plans.add([owed(await subscribe(tx, channel=CHANNEL + channel), release)])
        jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 3)
        await tx.deliveries.settle_sent({}, NOW)
        await tx.deliveries.settle_sent(
            {job.delivery.id: 70 + n for n, job in enumerate(jobs)} | {4: 99}, NOW
        )
        settled = [await tx.deliveries.get(number) for number in range(1, 5)]
    assert [row and (row.state, row.message_id) for row in settled] == [
        (DeliveryState.SENT, 70),
        (DeliveryState.SENT, 71),
        (DeliveryState.SENT, 72),
        (DeliveryState.DUE, None),
    ]


@pytest.mark.parametrize("state", [State.PAUSED, State.PARKED, State.ENDED])
async def test_only_active_subscriptions_are_served(store: Database, state: State) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, release)])
        await tx.subscriptions.transition(subscription.id, state, was=[State.ACTIVE])
        assert await claim_one(tx) is None
        assert await tx.deliveries.find_next_due() is None
        assert await tx.delivery_plans.count_unsettled(subscription.id) == 1
        await tx.subscriptions.transition(subscription.id, State.ACTIVE, was=[state])
        assert await claim_one(tx) is not None


async def test_one_of_a_channel_at_a_time_and_none_of_the_avoided(store: Database) -> None:
    """A channel with many stories must not crowd out the others, however small the claim."""
    async with store.begin() as tx:
        for n in range(12):
            (release,) = await add_story(tx, f"s{n}", chapters=["one"])
            busy = await subscribe(tx, f"s{n}", channel=1)
            await tx.delivery_plans.add([owed(busy, release, due_at=NOW - MINUTE)])
        for channel in (2, 3):
            quiet = await subscribe(tx, "s0", channel=channel)
            await tx.delivery_plans.add([owed(quiet, await _first(tx, "s0"))])
        jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 3)
        assert [job.subscription.channel_id for job in jobs] == [1, 2, 3]
        assert await tx.deliveries.claim(NOW, NOW + MINUTE, 3, avoid=[1]) == []
        (job,) = await tx.deliveries.claim(NOW, NOW + MINUTE, 3, avoid={2, 3})
        assert (job.subscription.story, job.subscription.channel_id) == ("s1", 1)


async def _first(tx: Transaction, story: str) -> object:
    return (await tx.releases.list_by_story(story))[0]


async def test_oldest_first(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        made = [await subscribe(tx, channel=n) for n in range(1, 6)]
        for one, minutes in zip(made, (3, 1, 4, 1, 5), strict=True):
            await tx.delivery_plans.add([owed(one, release, due_at=NOW - minutes * MINUTE)])
        jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 4)
    assert [job.subscription.channel_id for job in jobs] == [5, 3, 1, 2]


async def test_claims_must_last(store: Database) -> None:
    async with store.begin() as tx:
        with pytest.raises(ValueError, match="future"):
            await tx.deliveries.claim(NOW, NOW, 1)
        assert await tx.deliveries.claim(NOW, NOW + MINUTE, 0) == []


@pytest.mark.parametrize("fresh", [True, False])
async def test_parked_ones_wait_until_they_are_woken(store: Database, fresh: bool) -> None:
    async with store.begin() as tx:
        one, two = await add_story(tx, chapters=["one", "two"])
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, one), owed(subscription, two)])
        job = await a_job(tx)
        assert await tx.deliveries.park(job.delivery.id, "no permission", fresh=fresh)
        assert await tx.delivery_plans.unpark(subscription.id, NOW + MINUTE) == 1
        assert await tx.delivery_plans.unpark(subscription.id, NOW + MINUTE) == 0
        assert await tx.delivery_plans.find_last_due([subscription.id]) == {subscription.id: NOW + MINUTE}
        again = await a_job(tx, NOW + MINUTE)
    assert again.release == one
    assert again.delivery.attempts == 2
    assert again.delivery.first_tried_at == (NOW + MINUTE if fresh else NOW)


async def test_cancelling_leaves_what_may_have_been_sent(store: Database) -> None:
    async with store.begin() as tx:
        releases = await add_story(tx, chapters=["sent", "parked", "tried", "untried"])
        subscription, other = await subscribe(tx), await subscribe(tx, channel=CHANNEL + 1)
        await tx.delivery_plans.add([owed(subscription, release) for release in releases])
        await tx.delivery_plans.add([owed(other, releases[0])])
        sent = (await a_job_of(tx, other.channel_id)).delivery
        await tx.deliveries.settle_sent({sent.id: 5}, NOW)
        parked = (await a_job_of(tx, other.channel_id)).delivery
        assert await tx.deliveries.park(parked.id, "x")
        tried = (await a_job_of(tx, other.channel_id)).delivery
        assert await tx.deliveries.postpone(tried.id, NOW, "lost answer", fresh=False)
        assert await tx.delivery_plans.cancel(subscription.id, "unsubscribed") == 2
        assert await tx.delivery_plans.cancel(subscription.id, "unsubscribed") == 0
        assert await tx.delivery_plans.unpark(subscription.id, NOW) == 0
        assert await tx.delivery_plans.count_unsettled(subscription.id) == 1
        assert await tx.delivery_plans.count_unsettled(other.id) == 1
        job = await a_job_of(tx, other.channel_id)
    assert job.release.chapter == "tried"


async def a_job_of(tx: Transaction, avoided: int) -> ClaimedDelivery:
    (job,) = await tx.deliveries.claim(NOW, NOW + MINUTE, 1, avoid=[avoided])
    return job


async def test_every_row_is_claimed_by_one_of_twenty(store: Database) -> None:
    async with store.begin() as tx:
        one, two = await add_story(tx, chapters=["one", "two"])
        made = [await subscribe(tx, channel=n) for n in range(1, 61)]
        await tx.delivery_plans.add([owed(each, release) for each in made for release in (one, two)])
    sent: list[tuple[int, int]] = []

    async def work() -> None:
        while True:
            async with store.begin() as tx:
                jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 7)
            if not jobs and len(sent) == 120:
                return
            for job in jobs:
                sent.append((job.subscription.id, job.release.number))
                async with store.begin() as tx:
                    await tx.deliveries.settle_sent({job.delivery.id: len(sent)}, NOW)

    await asyncio.wait_for(asyncio.gather(*(work() for _ in range(20))), 60)
    assert sorted(sent) == [(each.id, number) for each in made for number in (1, 2)]
    for each in made:
        assert [number for id_, number in sent if id_ == each.id] == [1, 2]


async def test_a_dead_process_leaves_nobody_waiting_for_its_claims(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        for channel in (CHANNEL, CHANNEL + 1):
            await tx.delivery_plans.add([owed(await subscribe(tx, channel=channel), release)])
        left = await a_job(tx)
    later = NOW + SECOND
    async with store.begin() as tx:
        assert await tx.deliveries.expire_claims(later) == 1
        assert await tx.deliveries.expire_claims(later) == 0
        jobs = await tx.deliveries.claim(later, later + MINUTE, 9)
    again = next(job for job in jobs if job.delivery.id == left.delivery.id)
    assert again.resumed
    assert (again.delivery.attempts, again.delivery.first_tried_at) == (2, NOW)
    assert len(jobs) == 2


async def test_a_claim_that_is_rolled_back_never_was(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        await tx.delivery_plans.add([owed(await subscribe(tx), release)])

    async def fail() -> None:
        async with store.begin() as tx:
            await a_job(tx)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with store.begin() as tx:
        job = await a_job(tx)
    assert job.delivery.attempts == 1
    assert not job.resumed


async def test_what_a_wrong_clock_put_off_comes_now_and_what_follows_as_far_behind_it(
    store: Database,
) -> None:
    """Written while the clock was ten days fast: one channel's next posts, and an attempt of another's that failed."""
    wrong, hour = NOW + timedelta(days=10), timedelta(hours=1)
    async with store.begin() as tx:
        releases = await add_story(tx, chapters=["one", "two", "three"])
        ahead, tried, sound = [await subscribe(tx, channel=n) for n in (1, 2, 3)]
        for number, each in enumerate(releases):
            await tx.delivery_plans.add([owed(ahead, each, due_at=wrong + number * hour)])
            await tx.delivery_plans.add([owed(sound, each, due_at=NOW + number * hour)])
        await tx.delivery_plans.add([owed(tried, releases[0], due_at=NOW - SECOND)])
        job = await a_job(tx)
        await tx.deliveries.postpone(job.delivery.id, wrong + MINUTE, "503", fresh=True)
    async with store.begin() as tx:
        assert await tx.deliveries.clamp_due_times(NOW, 2 * hour) == 2
        assert await tx.deliveries.clamp_due_times(NOW, 2 * hour) == 0
        due = await tx.delivery_plans.find_last_due([ahead.id, tried.id, sound.id])
        assert due == {ahead.id: NOW + 2 * hour, tried.id: NOW, sound.id: NOW + 2 * hour}
        jobs = await tx.deliveries.claim(NOW, NOW + MINUTE, 9)
    assert {job.subscription.channel_id for job in jobs} == {1, 2, 3}


async def test_a_claim_that_is_taken_over_by_a_wrong_clock_is_due_at_its_own_moment(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        await tx.delivery_plans.add([owed(await subscribe(tx), release, due_at=NOW - SECOND)])
        await a_job(tx)
        assert await tx.deliveries.expire_claims(NOW + timedelta(hours=1)) == 1
        assert await tx.deliveries.find_next_due() == NOW - SECOND
        assert await claim_one(tx) is not None
