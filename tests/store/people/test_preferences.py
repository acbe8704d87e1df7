"""What people asked of the bot, and their languages."""

from __future__ import annotations

from datetime import timedelta

from bot.services.people.languages import Knowing
from bot.services.repositories import Person
from bot.store.database import SqlStore
from tests.store.samples import NOW

ADA, BEN, CLEO = 1 << 60, 2, 3
DAY = timedelta(days=1)


async def test_whoever_is_not_known_is_as_they_come(store: SqlStore) -> None:
    async with store.read() as tx:
        assert await tx.people.get(ADA) == Person(ADA, None, told=True, digest=False, digested_at=None)
        assert await tx.people.digests_due(NOW) == []
        assert await tx.people.next_digest() is None


async def test_each_wish_leaves_the_others_alone(store: SqlStore) -> None:
    async with store.begin() as tx:
        assert await tx.people.speaks(ADA, "de")
        await tx.people.tell(ADA, False)
        await tx.people.digest(ADA, True)
        assert not await tx.people.speaks(ADA, "de"), "no news is not written"
        assert await tx.people.speaks(ADA, "en-GB")
        assert await tx.people.get(ADA) == Person(ADA, "en-GB", told=False, digest=True)
        await tx.people.tell(BEN, False)
        assert await tx.people.get(BEN) == Person(BEN, None, told=False)


async def test_summaries_are_due_to_those_who_waited_longest_and_each_is_given_once(store: SqlStore) -> None:
    async with store.begin() as tx:
        for each in (ADA, BEN, CLEO):
            await tx.people.digest(each, True)
        assert await tx.people.digested(ADA, NOW - DAY, None)
        assert not await tx.people.digested(ADA, NOW, None), "somebody else was first"
        assert await tx.people.digested(BEN, NOW - DAY / 2, None)
        assert [one.user_id for one in await tx.people.digests_due(NOW - DAY)] == [CLEO, ADA]
        assert await tx.people.digested(CLEO, NOW, None)
        following = await tx.people.next_digest()
        assert following is not None
        assert (following.user_id, following.digested_at) == (ADA, NOW - DAY)
        assert await tx.people.digested(ADA, NOW, NOW - DAY)
        await tx.people.digest(BEN, False)
        assert await tx.people.digests_due(NOW - DAY / 4) == []


async def test_a_language_is_written_when_it_changes_and_known_after_a_restart(store: SqlStore) -> None:
    knowing = Knowing(store)
    assert await knowing.locale(ADA) is None
    await knowing.met(ADA, "de")
    assert await knowing.locale(ADA) == "de"
    async with store.begin() as tx:
        await tx.people.speaks(ADA, "fr")
    await knowing.met(ADA, "de")
    async with store.read() as tx:
        assert (await tx.people.get(ADA)).locale == "fr", "what was written lately is not written again"
    assert await Knowing(store).locale(ADA) == "fr"
    knowing.forget(ADA)
    assert await knowing.locale(ADA) == "fr"
    await knowing.met(ADA, "en-US")
    assert await Knowing(store).locale(ADA) == "en-US"
