"""Boards, reviews and polls as rows: what is claimed, woken meanwhile, settled, erased."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.suggestions.panels import EDIT_DELAY, REFUSAL_PAUSE, Panel, PanelKind, Poll, PollState
from bot.store.database import Database
from bot.store.suggestions.poll_records import NewPoll
from tests.store.samples import ADMIN, CHANNEL, GUILD, MINUTE, NOW, SECOND, add_idea, add_story


@pytest.fixture(autouse=True)
async def story(store: Database) -> None:
    async with store.begin() as tx:
        await add_story(tx, "lamp")
        await add_story(tx, "zoo")


async def add_board(store: Database, nonce: str = "a", channel: int = CHANNEL) -> Panel:
    async with store.begin() as tx:
        return await tx.panels.add_board(
            "lamp", guild_id=GUILD, channel_id=channel, by=ADMIN, nonce=nonce, now=NOW
        )


async def add_poll(store: Database, *choices: int, nonce: str = "p") -> Poll:
    async with store.begin() as tx:
        return await tx.polls.add(
            NewPoll(
                "lamp",
                guild_id=GUILD,
                channel_id=CHANNEL,
                question="Which?",
                choices=choices,
                nonce=nonce,
                by=ADMIN,
                now=NOW,
                ends_at=NOW + MINUTE,
            )
        )


async def test_one_board_a_story_and_channel_though_many_ask_at_once(store: Database) -> None:
    made = await asyncio.gather(*(add_board(store, f"n{n}") for n in range(8)))
    assert len({each.id for each in made}) == 1
    assert (await add_board(store, "other", CHANNEL + 1)).id != made[0].id
    async with store.read() as tx:
        assert len(await tx.panels.list_boards("lamp")) == 2
        found = await tx.panels.get_board("lamp", CHANNEL)
        assert found is not None
        assert (found.kind, found.suggestion, found.wake_at) == (PanelKind.BOARD, None, NOW)
        assert await tx.panels.get_board("zoo", CHANNEL) is None
        assert await tx.panels.find_next_due() == NOW


async def test_one_review_an_idea_and_channel(store: Database) -> None:
    number = (await add_idea(store)).number

    async def add(nonce: str) -> bool:
        async with store.begin() as tx:
            return await tx.panels.add_review("lamp", number, channel_id=5, nonce=nonce, now=NOW)

    assert sorted(await asyncio.gather(*(add(f"n{n}") for n in range(6)))) == [False] * 5 + [True]


async def test_what_changes_while_it_is_edited_is_edited_again(store: Database) -> None:
    await add_board(store)
    async with store.begin() as tx:
        (claimed,) = await tx.panels.claim(NOW, NOW + MINUTE, 5)
        assert (claimed.attempts, claimed.first_tried_at, claimed.wake_at) == (1, NOW, NOW + MINUTE)
        assert await tx.panels.claim(NOW, NOW + MINUTE, 5) == []
        await tx.panels.wake("lamp", [], NOW)
        await tx.panels.settle(claimed, message_id=77)
        found = await tx.panels.get(claimed.id)
        assert found is not None
        assert (found.message_id, found.wake_at) == (77, NOW + EDIT_DELAY)
        (again,) = await tx.panels.claim(NOW + EDIT_DELAY, NOW + MINUTE, 5)
        await tx.panels.settle(again, message_id=77)
        assert await tx.panels.find_next_due() is None


async def test_a_claim_on_a_board_that_began_anew_settles_nothing(store: Database) -> None:
    await add_board(store)
    async with store.begin() as tx:
        (claimed,) = await tx.panels.claim(NOW, NOW + MINUTE, 5)
    anew = await add_board(store, "b")
    async with store.begin() as tx:
        await tx.panels.settle(claimed, message_id=77)
        assert await tx.panels.get(claimed.id) == anew
        await tx.panels.settle(replace(anew, wake_at=NOW), message_id=78, again=NOW + SECOND, fault="slow")
        found = await tx.panels.get(anew.id)
        assert found is not None
        assert (found.message_id, found.wake_at, found.fault) == (78, NOW + SECOND, "slow")


async def test_waking_reaches_the_storys_boards_and_the_reviews_named(store: Database) -> None:
    numbers = [(await add_idea(store)).number for _ in range(2)]
    await add_board(store)
    async with store.begin() as tx:
        for n, number in enumerate(numbers):
            await tx.panels.add_review("lamp", number, channel_id=5, nonce=f"r{n}", now=NOW)
        for claimed in await tx.panels.claim(NOW, NOW + MINUTE, 5):
            await tx.panels.settle(claimed, message_id=claimed.id)
        await tx.panels.wake("zoo", numbers, NOW)
        assert await tx.panels.find_next_due() is None
        await tx.panels.wake("lamp", [numbers[1]], NOW)
        await tx.panels.wake("lamp", [numbers[1]], NOW + MINUTE)
        assert await tx.panels.claim(NOW, NOW + MINUTE, 5) == [], "a moment later"
        woken = await tx.panels.claim(NOW + EDIT_DELAY, NOW + MINUTE, 5)
        assert {each.suggestion for each in woken} == {None, numbers[1]}


async def test_a_poll_ended_while_it_is_looked_at_stays_due(store: Database) -> None:
    numbers = [(await add_idea(store)).number for _ in range(3)]
    made = await add_poll(store, *numbers)
    assert made.choices == dict(zip((1, 2, 3), numbers, strict=True))
    async with store.begin() as tx:
        (claimed,) = await tx.polls.claim(NOW, NOW + MINUTE, 5)
        assert not await tx.polls.end(made.id, NOW), "it is not open yet"
        await tx.polls.mark_open(claimed, 99, NOW + MINUTE)
        assert await tx.polls.claim(NOW, NOW + MINUTE, 5) == []
        (open_,) = await tx.polls.claim(NOW + MINUTE, NOW + 3 * MINUTE, 5)
        assert (open_.state, open_.message_id) == (PollState.OPEN, 99)
        assert await tx.polls.end(made.id, NOW + MINUTE)
        await tx.polls.postpone(open_, NOW + 9 * MINUTE)
        assert await tx.polls.find_next_due() == NOW + MINUTE
        assert await tx.polls.save_result(open_, {1: 2, 3: 5})
        assert not await tx.polls.save_result(open_, {1: 9})
        assert await tx.polls.get_votes(numbers) == dict(zip(numbers, (2, 0, 5), strict=True))
        assert await tx.polls.list_running("lamp") == []
        assert await tx.polls.find_next_due() is None


async def test_the_last_poll_counts(store: Database) -> None:
    numbers = [(await add_idea(store)).number for _ in range(2)]
    for nonce, votes in (("one", {1: 3, 2: 1}), ("two", {1: 1, 2: 4})):
        await add_poll(store, *numbers, nonce=nonce)
        async with store.begin() as tx:
            (claimed,) = await tx.polls.claim(NOW, NOW + MINUTE, 5)
            await tx.polls.mark_open(claimed, 99, NOW)
            (claimed,) = await tx.polls.claim(NOW, NOW + MINUTE, 5)
            await tx.polls.save_result(claimed, votes)
    async with store.read() as tx:
        assert await tx.polls.get_votes(numbers) == {numbers[0]: 1, numbers[1]: 4}


async def test_what_a_server_had_goes_with_it(store: Database) -> None:
    numbers = [(await add_idea(store)).number for _ in range(2)]
    board, poll = await add_board(store), await add_poll(store, *numbers)
    async with store.begin() as tx:
        await tx.guilds.record_leave(GUILD, NOW)
        assert await tx.guilds.erase_left_before(NOW + SECOND) == 1
        assert await tx.panels.get(board.id) is None
        assert await tx.polls.get(poll.id) is None


async def test_what_failed_is_not_hammered_by_changes(store: Database) -> None:
    for n, channel in enumerate((1, 2, 3)):
        await add_board(store, f"n{n}", channel)
    async with store.begin() as tx:
        slow, refused, unposted = await tx.panels.claim(NOW, NOW + MINUTE, 5)
        await tx.panels.settle(slow, message_id=7, again=NOW + 5 * MINUTE, fault="slow")
        await tx.panels.settle(refused, message_id=8, fault="refused")
        await tx.panels.settle(unposted, message_id=None, fault="refused")
        for _ in range(3):
            await tx.panels.wake("lamp", [], NOW)
        found = {each.id: each.wake_at for each in await tx.panels.list_boards("lamp")}
        assert found == {slow.id: NOW + 5 * MINUTE, refused.id: NOW + REFUSAL_PAUSE, unposted.id: None}
        (again,) = await tx.panels.claim(NOW + 5 * MINUTE, NOW + 9 * MINUTE, 5)
        assert (again.id, again.fault, again.attempts) == (slow.id, None, 2)
