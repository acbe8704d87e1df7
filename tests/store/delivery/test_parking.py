"""When parked destinations are looked at, and what is taken back of what was planned for them."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionState
from bot.store.database import Database
from bot.store.delivery.delivery_records import NewDelivery
from bot.store.delivery.parking_records import ParkedSubscription
from bot.store.transaction import Transaction
from tests.store.samples import GUILD, NOW, add_story, subscribe

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=3)


async def park(tx: Transaction, subscription_id: int, *, looks: int = 0) -> None:
    fault = DeliveryFault("discord-50013", "Not allowed.", NOW)
    assert await tx.subscriptions.transition(
        subscription_id, SubscriptionState.PARKED, was=[SubscriptionState.ACTIVE], fault=fault
    )
    await tx.parking.schedule_look(subscription_id, looks=looks, look_at=NOW + HOUR)


async def only(tx: Transaction) -> ParkedSubscription:
    (one,) = await tx.parking.list_by_guilds([GUILD])
    return one


async def test_only_what_is_parked_where_the_bot_is_comes_up(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx)
        await park(tx, made.id)
        assert await tx.parking.list_due(NOW, 10) == []
        assert [one.subscription.id for one in await tx.parking.list_due(NOW + HOUR, 10)] == [made.id]
        assert await tx.parking.find_next_look() == NOW + HOUR
        await tx.guilds.record_leave(GUILD, NOW)
        assert await tx.parking.list_due(NOW + HOUR, 10) == []
        assert await tx.parking.find_next_look() is None
        await tx.guilds.record_join(GUILD)
        await tx.subscriptions.transition(made.id, SubscriptionState.PAUSED, was=[SubscriptionState.PARKED])
        assert await tx.parking.list_due(NOW + HOUR, 10) == []
        assert await tx.parking.list_by_story("lamp") == []


async def test_a_wish_to_look_sooner_that_comes_during_a_look_is_kept(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx)
        await park(tx, made.id)
        (looking,) = await tx.parking.list_due(NOW + HOUR, 10)
        later = NOW + HOUR + timedelta(seconds=1)
        await tx.parking.hasten_look(made.id, later, later)
        await tx.parking.record_look(looking, looks=1, now=later, look_at=later + HOUR)
        seen = await only(tx)
        assert (seen.looks, seen.looked_at, seen.look_at) == (1, later, later)


async def test_hastening_never_puts_off(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx)
        await park(tx, made.id)
        await tx.parking.hasten_look(made.id, NOW, NOW + 2 * HOUR)
        assert (await only(tx)).look_at == NOW + HOUR
        await tx.parking.hasten_look(made.id, NOW, NOW + HOUR / 2)
        assert (await only(tx)).look_at == NOW + HOUR / 2


async def test_looks_count_on_only_if_it_was_revived_of_late_and_nothing_arrived(store: Database) -> None:
    async with store.begin() as tx:
        (release,) = await add_story(tx, chapters=["one"])
        made = await subscribe(tx)
        await park(tx, made.id)
        assert await tx.parking.count_looks(made.id, since=NOW) == 0, "never revived"
        await tx.subscriptions.transition(made.id, SubscriptionState.ACTIVE, was=[SubscriptionState.PARKED])
        await tx.parking.record_revival(made.id, looks=3, now=NOW + HOUR)
        assert await tx.parking.count_looks(made.id, since=NOW) == 3
        assert await tx.parking.count_looks(made.id, since=NOW + HOUR) == 0, "long ago"
        assert await tx.parking.list_revived_after(GUILD, NOW) == {made.id: NOW + HOUR}
        await tx.delivery_plans.add([NewDelivery(made.id, release.id, 0, NOW, "n", mention=False)])
        (job,) = await tx.deliveries.claim(NOW + HOUR, NOW + HOUR + LEASE, 1)
        await tx.deliveries.settle_sent({job.delivery.id: 5}, NOW + 2 * HOUR)
        assert await tx.parking.count_looks(made.id, since=NOW) == 0, "a post arrived"


async def test_what_was_planned_is_taken_back_from_the_last_that_was_tried_on(store: Database) -> None:
    """Sent, tried with an unknown end, planned, planned and naming two before it."""
    async with store.begin() as tx:
        releases = await add_story(tx, chapters=[f"c{n}" for n in range(6)])
        made = await subscribe(tx)
        assert await tx.delivery_plans.withdraw(made.id) is None
        for number in (0, 1, 2, 5):
            skipped = (4, 5) if number == 5 else ()
            await tx.delivery_plans.add(
                [
                    NewDelivery(
                        made.id, releases[number].id, 0, NOW, f"n{number}", mention=False, skipped=skipped
                    )
                ]
            )
        (job,) = await tx.deliveries.claim(NOW, NOW + LEASE, 1)
        await tx.deliveries.settle_sent({job.delivery.id: 5}, NOW)
        (job,) = await tx.deliveries.claim(NOW, NOW + LEASE, 1)
        await tx.deliveries.postpone(job.delivery.id, NOW, "no answer", fresh=False)
        assert await tx.delivery_plans.withdraw(made.id) == 3
        assert await tx.delivery_plans.count_unsettled(made.id) == 1
        assert await tx.delivery_plans.withdraw(made.id) is None


async def test_erasing_a_server_erases_when_it_was_to_be_looked_at(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx)
        made = await subscribe(tx)
        await park(tx, made.id)
        await tx.guilds.record_leave(GUILD, NOW)
        assert await tx.guilds.erase_left_before(NOW + HOUR) == 1
        await tx.guilds.record_join(GUILD)
        assert await tx.parking.list_by_guilds([GUILD]) == []
