"""What people asked of the bot, and their languages."""

from __future__ import annotations

from datetime import timedelta

from bot.services.people.languages import Languages
from bot.store.database import Database
from bot.store.people.person_records import Person
from tests.store.samples import NOW

ADA, BEN, CLEO = 1 << 60, 2, 3
DAY = timedelta(days=1)


async def test_whoever_is_not_known_is_as_they_come(store: Database) -> None:
    async with store.read() as tx:
        assert await tx.preferences.get(ADA) == Person(ADA, None, told=True, digest=False, digested_at=None)
        assert await tx.preferences.list_due_digests(NOW) == []


async def test_each_wish_leaves_the_others_alone(store: Database) -> None:
    async with store.begin() as tx:
        assert await tx.preferences.record_locale(ADA, "de")
        await tx.preferences.set_direct_messages(ADA, False)
        await tx.preferences.set_digest(ADA, True)
        assert not await tx.preferences.record_locale(ADA, "de"), "no news is not written"
        assert await tx.preferences.record_locale(ADA, "en-GB")
        assert await tx.preferences.get(ADA) == Person(ADA, "en-GB", told=False, digest=True)
        await tx.preferences.set_direct_messages(BEN, False)
        assert await tx.preferences.get(BEN) == Person(BEN, None, told=False)


async def test_summaries_are_due_to_those_who_waited_longest_and_each_is_given_once(store: Database) -> None:
    async with store.begin() as tx:
        for each in (ADA, BEN, CLEO):
            await tx.preferences.set_digest(each, True)
        assert await tx.preferences.record_digest(ADA, NOW - DAY, None)
        assert not await tx.preferences.record_digest(ADA, NOW, None), "somebody else was first"
        assert await tx.preferences.record_digest(BEN, NOW - DAY / 2, None)
        assert [one.user_id for one in await tx.preferences.list_due_digests(NOW - DAY)] == [CLEO, ADA]
        assert await tx.preferences.record_digest(CLEO, NOW, None)
        following, _ = await tx.preferences.list_due_digests(NOW - DAY / 2)
        assert (following.user_id, following.digested_at) == (ADA, NOW - DAY)
        assert await tx.preferences.record_digest(ADA, NOW, NOW - DAY)
        await tx.preferences.set_digest(BEN, False)
        assert await tx.preferences.list_due_digests(NOW - DAY / 4) == []


async def test_a_language_is_written_when_it_changes_and_known_after_a_restart(store: Database) -> None:
    knowing = Languages(store)
    assert await knowing.locale(ADA) is None
    await knowing.record_language(ADA, "de")
    assert await knowing.locale(ADA) == "de"
    async with store.begin() as tx:
        await tx.preferences.record_locale(ADA, "fr")
    await knowing.record_language(ADA, "de")
    async with store.read() as tx:
        assert (await tx.preferences.get(ADA)).locale == "fr", "what was written lately is not written again"
    assert await Languages(store).locale(ADA) == "fr"
    knowing.forget(ADA)
    assert await knowing.locale(ADA) == "fr"
    await knowing.record_language(ADA, "en-US")
    assert await Languages(store).locale(ADA) == "en-US"
