"""What a reaction means: a turn, a star, the bot's own doing, or nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.reading.reactions import ReactionListener
from bot.clock import ManualClock
from tests.chat.rest.test_outcomes import answer
from tests.chat.samples import NOON

ME, READER, POST, CHANNEL, GUILD = 1, 5, 100, 50, 10


class Turns:
    """Counts what it is told; knows one post."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.stars: list[tuple[int, bool]] = []
        self.restored: list[int] = []
        self.lost: list[int] = []

    async def is_chapter_post(self, message_id: int) -> bool:
        return message_id == POST

    async def turn_by(self, message_id: int, step: int, user_id: int) -> bool:
        if message_id == POST:
            self.steps.append(step)
        return message_id == POST

    async def set_star(self, message_id: int, user_id: int, on: bool) -> bool:
        self.stars.append((user_id, on))
        return message_id == POST

    async def restore_controls(self, message_id: int) -> None:
        self.restored.append(message_id)

    async def forget_post(self, message_id: int) -> None:
        self.lost.append(message_id)


class Http:
    """Takes reactions away, or answers as it is told."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, str, int]] = []
        self.answer: Exception | None = None
        self.time: asyncio.Event | None = None

    async def remove_reaction(self, channel: int, message: int, emoji: str, user: int) -> None:
        self.asked.append((channel, message, emoji, user))
        if self.time is not None:
            await self.time.wait()
        if self.answer is not None:
            raise self.answer


class House:
    """The reader of reactions with its fakes."""

    def __init__(self) -> None:
        self.turns, self.http, self.clock, self.woken = Turns(), Http(), ManualClock(NOON), 0
        client: Any = SimpleNamespace(user=SimpleNamespace(id=ME), http=self.http)
        self.reactions = ReactionListener(self.turns, client, self.clock, self._wake)

    def _wake(self) -> None:
        self.woken += 1

    async def add(self, emoji: str, **more: Any) -> None:
        await self.reactions.added(event(emoji, **more))

    async def remove(self, emoji: str, **more: Any) -> None:
        await self.reactions.removed(event(emoji, **more))


def event(
    emoji: str,
    *,
    user: int = READER,
    message: int = POST,
    guild: int | None = GUILD,
) -> Any:
    return SimpleNamespace(
        emoji=discord.PartialEmoji.from_str(emoji), user_id=user, message_id=message, channel_id=CHANNEL,
        guild_id=guild,
    )  # fmt: skip


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize(("emoji", "step"), [("◀️", -1), ("◀", -1), ("▶️", 1), ("▶", 1)])
async def test_an_arrow_turns_with_and_without_the_selector(house: House, emoji: str, step: int) -> None:
    await house.add(emoji)
    assert house.turns.steps == [step]
    assert house.http.asked == [(CHANNEL, POST, emoji, READER)], "taken back as it came"


async def test_the_removal_that_the_bot_asked_for_is_no_turn_and_any_other_is(house: House) -> None:
    await house.add("▶️")
    await house.remove("▶")
    assert house.turns.steps == [1]
    await house.remove("▶️")
    assert house.turns.steps == [1, 1], "that one nobody here asked for"


async def test_a_reader_who_takes_it_back_before_the_bot_has_time_turns_the_page_too(house: House) -> None:
    time = asyncio.Event()
    house.reactions._spare_turn = time.wait  # type: ignore[assignment]
    adding = asyncio.create_task(house.add("▶️"))
    await asyncio.sleep(0)
    await house.remove("▶️")
    time.set()
    await adding
    assert house.turns.steps == [1, 1]
    assert house.http.asked == [], "there was nothing left to take back"
    await house.add("▶️")
    await house.remove("▶️")
    await house.remove("▶️")
    assert house.turns.steps == [1, 1, 1, 1], "and no later removal is taken for the bot's"


async def test_a_reader_who_takes_it_back_while_the_bot_is_being_refused_turns_the_page_too(
    house: House,
) -> None:
    house.http.answer, house.http.time = answer(403, 50013), asyncio.Event()
    adding = asyncio.create_task(house.add("▶️"))
    await asyncio.sleep(0)
    assert house.http.asked, "the bot is asking"
    await house.remove("▶️")
    house.http.time.set()
    await adding
    assert house.turns.steps == [1, 1], "the bot took nothing away, so the reader did"
    await house.add("▶️")
    await house.remove("▶️")
    assert house.turns.steps == [1, 1, 1, 1]


async def test_in_direct_messages_adding_and_removing_both_turn(house: House) -> None:
    await house.add("▶️", guild=None)
    await house.remove("▶️", guild=None)
    assert house.turns.steps == [1, 1]
    assert house.http.asked == []


async def test_without_manage_messages_removing_turns_and_the_channel_is_not_hammered(house: House) -> None:
    house.http.answer = answer(403, 50013)
    for _ in range(3):
        await house.add("▶️")
        await house.remove("▶️")
    assert house.turns.steps == [1] * 6
    assert len(house.http.asked) == 1
    house.clock.advance(timedelta(minutes=11))
    house.http.answer = None
    await house.add("▶️")
    await house.remove("▶️")
    assert house.turns.steps == [1] * 7
    assert len(house.http.asked) == 2, "asked again after a while, and now allowed"


async def test_a_removal_of_unknown_outcome_stays_expected_for_a_while(house: House) -> None:
    house.http.answer = answer(502)
    await house.add("▶️")
    await house.remove("▶️")
    assert house.turns.steps == [1]
    await house.add("▶️")
    house.clock.advance(timedelta(minutes=6))
    await house.remove("▶️")
    assert house.turns.steps == [1, 1, 1], "too late to be the one that was asked for"


async def test_readers_do_not_answer_for_each_other(house: House) -> None:
    await house.add("▶️", user=5)
    await house.remove("▶️", user=6)
    await house.remove("◀️", user=5)
    assert house.turns.steps == [1, 1, -1]


async def test_its_own_and_strangers_emoji_do_nothing(house: House) -> None:
    await house.add("▶️", user=ME)
    await house.add("🔥")
    await house.remove("🔥")
    await house.add("<:arrow:123456789012345678>")
    await house.add("▶️", message=999)
    assert house.turns.steps == []
    assert house.turns.stars == []
    assert house.http.asked == []


async def test_stars_count_and_stay(house: House) -> None:
    await house.add("⭐")
    await house.remove("⭐")
    assert house.turns.stars == [(READER, True), (READER, False)]
    assert house.http.asked == []


async def test_controls_that_a_moderator_clears_come_back(house: House) -> None:
    await house.reactions.cleared(POST)
    await house.reactions.cleared(999)
    await house.reactions.emoji_cleared(event("▶"))
    await house.reactions.emoji_cleared(event("🔥"))
    await house.remove("⭐", user=ME)
    assert house.turns.restored == [POST, POST, POST]
    assert house.woken == 3


async def test_a_post_that_is_gone_is_forgotten(house: House) -> None:
    house.http.answer = answer(404, 10008)
    await house.add("▶️")
    assert house.turns.lost == [POST]


def test_expected_removals_are_bounded_and_expire(house: House) -> None:
    expected = house.reactions._expected_removals
    for key in range(20_000):
        expected[key] = True
    assert len(expected) <= 8192
    assert 19_999 in expected
    house.clock.advance(timedelta(minutes=5))
    assert not house.reactions._take_expected(19_999)
    expected["new"] = True
    assert len(expected) == 1
