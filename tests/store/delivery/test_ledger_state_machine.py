"""The ledger under every order of events: nothing lost, nothing claimed twice at once, every channel in order."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.delivery.delivery import DeliveryState
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.transaction import Transaction
from tests.store.samples import NOW, add_story, owed, subscribe
from tests.support.databases import scratch_store
from tests.support.profiles import examples

LEASE = timedelta(seconds=60)
State = SubscriptionState
subscriptions = st.integers(0, 2)


async def settle_sent(tx: Transaction, delivery_id: int, now: datetime) -> bool:
    """Settle one delivery as sent, under a message of the same id; returns whether the ledger has it so."""
    await tx.deliveries.settle_sent({delivery_id: delivery_id}, now)
    found = await tx.deliveries.get(delivery_id)
    return found is not None and (found.state, found.message_id) == (DeliveryState.SENT, delivery_id)


class Ledger(RuleBasedStateMachine):
    """Three channels and five chapters; a model knows what each channel has had and who holds which claim."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.opened = AsyncExitStack()
        self.now = NOW
        self.held: dict[int, ClaimedDelivery] = {}
        self.owed: list[set[int]] = [set(), set(), set()]
        self.posted: list[list[int]] = [[], [], []]
        self.parked: list[set[int]] = [set(), set(), set()]

    def run(self, work: Any) -> Any:
        async def transact() -> Any:
            async with self.store.begin() as tx:
                return await work(tx)

        return self.loop.run_until_complete(transact())

    @initialize()
    def open(self) -> None:
        self.store = self.loop.run_until_complete(self.opened.enter_async_context(scratch_store()))

        async def fill(tx: Transaction) -> None:
            self.releases = await add_story(tx, chapters=list("abcde"))
            self.subscribed = [await subscribe(tx, channel=n) for n in range(1, 4)]

        self.run(fill)

    def teardown(self) -> None:
        self.loop.run_until_complete(self.opened.aclose())
        self.loop.close()

    @rule(index=subscriptions, late=st.integers(-30, 30))
    def owe_next(self, index: int, late: int) -> None:
        number = len(self.owed[index]) + 1
        if number > len(self.releases):
            return
        row = owed(
            self.subscribed[index], self.releases[number - 1], due_at=self.now + timedelta(seconds=late)
        )
        assert self.run(lambda tx: tx.delivery_plans.add([row])) == 1
        self.owed[index].add(number)

    @rule(limit=st.integers(1, 4), avoid=st.sets(st.integers(1, 3), max_size=2))
    def claim(self, limit: int, avoid: set[int]) -> None:
        jobs = self.run(lambda tx: tx.deliveries.claim(self.now, self.now + LEASE, limit, avoid))
        assert len({job.subscription.channel_id for job in jobs} - avoid) == len(jobs) <= limit
        for job in jobs:
            index = self.subscribed.index(job.subscription)
            open_ = self.owed[index] - set(self.posted[index]) - self.parked[index]
            assert job.release.number == min(open_)
            before = self.held.get(job.delivery.id)
            assert job.resumed == (before is not None)
            if before is not None:
                assert before.delivery.claimed_until is not None
                assert before.delivery.claimed_until <= self.now
                assert job.delivery.first_tried_at == before.delivery.first_tried_at
                assert job.delivery.attempts == before.delivery.attempts + 1
            self.held[job.delivery.id] = job

    @rule(data=st.data(), outcome=st.sampled_from(["sent", "again", "fresh", "park", "skip"]))
    def settle(self, data: st.DataObject, outcome: str) -> None:
        if not self.held:
            return
        job = self.held.pop(data.draw(st.sampled_from(sorted(self.held))))
        index, id_ = self.subscribed.index(job.subscription), job.delivery.id
        later = self.now + timedelta(seconds=5)
        settled = {
            "sent": lambda tx: settle_sent(tx, id_, self.now),
            "again": lambda tx: tx.deliveries.postpone(id_, later, "x", fresh=False),
            "fresh": lambda tx: tx.deliveries.postpone(id_, later, "x", fresh=True),
            "park": lambda tx: tx.deliveries.park(id_, "x"),
            "skip": lambda tx: tx.deliveries.skip(id_, "x"),
        }
        assert self.run(settled[outcome])
        if outcome in ("sent", "skip"):
            self.posted[index].append(job.release.number)
        elif outcome == "park":
            self.parked[index].add(job.release.number)

    @rule(index=subscriptions)
    def unpark(self, index: int) -> None:
        woken = self.run(lambda tx: tx.delivery_plans.unpark(self.subscribed[index].id, self.now))
        assert woken == len(self.parked[index])
        self.parked[index].clear()

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def next_due_is_when_a_claim_succeeds(self) -> None:
        if not hasattr(self, "subscribed"):
            return
        due = self.run(lambda tx: tx.deliveries.find_next_due())
        claimable = [
            index for index in range(3) if self.owed[index] - set(self.posted[index]) - self.parked[index]
        ]
        assert (due is None) == (not claimable)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        for index, one in enumerate(getattr(self, "subscribed", ())):
            done = self.posted[index]
            assert len(done) == len(set(done))
            left = len(self.owed[index]) - len(done) - len(self.parked[index])
            assert self.run(lambda tx, id_=one.id: tx.delivery_plans.count_unsettled(id_)) == left


Ledger.TestCase.settings = settings(max_examples=examples(25), stateful_step_count=30, deadline=None)
TestLedger = Ledger.TestCase
