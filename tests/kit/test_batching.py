"""Reading once for many, and writing many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.kit.batching import Batcher, BatchInterrupted, BatchWriter, SingleFlight


class Source:
    """Something that changes, and how often it was looked at."""

    def __init__(self) -> None:
        self.value = 0
        self.looks = 0

    async def look(self, key: str) -> tuple[str, int]:
        self.looks += 1
        seen = self.value
        await asyncio.sleep(0.01)
        if key == "broken":
            raise LookupError(key)
        return key, seen


async def test_those_who_ask_together_are_answered_by_one_look() -> None:
    source = Source()
    ask = SingleFlight(source.look)
    assert await asyncio.gather(*(ask("a") for _ in range(50)), ask("b")) == [("a", 0)] * 50 + [("b", 0)]
    assert source.looks == 2


async def test_no_answer_is_older_than_its_question() -> None:
    source = Source()
    ask = SingleFlight(source.look)
    first = asyncio.create_task(ask("a"))
    while not source.looks:  # noqa: ASYNC110 - two turns of the loop
        await asyncio.sleep(0)
    source.value = 1
    assert await ask("a") == ("a", 1)
    assert await first == ("a", 0)


async def test_a_failure_is_everybodys_and_leaves_nothing_behind() -> None:
    source = Source()
    ask = SingleFlight(source.look)
    answers = await asyncio.gather(*(ask("broken") for _ in range(3)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [LookupError] * 3
    with pytest.raises(LookupError):
        await ask("broken")
    assert source.looks == 2


async def test_one_who_gives_up_takes_nothing_from_the_others() -> None:
    source = Source()
    ask = SingleFlight(source.look)
    tasks = [asyncio.create_task(ask("a")) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    assert await asyncio.gather(*tasks[1:]) == [("a", 0)] * 2


class Book:
    """Written into, slowly."""

    def __init__(self) -> None:
        self.written: list[list[int]] = []

    async def write(self, values: Sequence[int]) -> None:
        await asyncio.sleep(0.01)
        if 99 in values:
            raise ValueError(list(values))
        self.written.append(list(values))


async def test_what_comes_while_one_is_written_is_written_at_once() -> None:
    book = Book()
    write = BatchWriter(book.write)
    first = asyncio.create_task(write(0))
    await asyncio.sleep(0.005)
    await asyncio.gather(first, *(write(number) for number in range(1, 30)))
    assert book.written == [[0], list(range(1, 30))]
    await write(30)
    assert book.written[-1] == [30]


async def test_everybody_returns_when_their_own_is_written() -> None:
    book = Book()
    write = BatchWriter(book.write)
    await write(1)
    assert book.written == [[1]]


async def test_a_failed_write_is_told_to_those_in_it_and_to_no_others() -> None:
    book = Book()
    write = BatchWriter(book.write)
    failed = asyncio.create_task(write(99))
    await asyncio.sleep(0.005)
    later = asyncio.create_task(write(14))
    with pytest.raises(ValueError):
        await failed
    await later
    assert book.written == [[14]]


async def test_what_is_asked_for_many_at_once_comes_to_each() -> None:
    batches: list[list[int]] = []

    async def double(values: Sequence[int]) -> list[int]:
        batches.append(list(values))
        await asyncio.sleep(0)
        if -1 in values:
            raise LookupError("minus one")
        return [value * 2 for value in values]

    gather = Batcher(double)
    first = asyncio.create_task(gather(1))
    await asyncio.sleep(0)
    rest = await asyncio.gather(*(gather(value) for value in range(2, 1202)))
    assert rest == [2 * value for value in range(2, 1202)]
    assert await first == 2
    assert [len(batch) for batch in batches][1:] == [500, 500, 200], "nobody waits for too many others"
    failed = await asyncio.gather(gather(12), gather(-1), return_exceptions=True)
    assert [type(each) for each in failed] == [LookupError, LookupError]
    assert await gather(4) == 8


async def test_nobody_waits_for_ever_for_work_that_was_broken_off() -> None:
    cancelled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    cancelled.cancel()
    bad = True

    async def work(values: Sequence[int]) -> list[int]:
        await asyncio.sleep(0)
        if bad:
            await cancelled
        return list(values)

    gather = Batcher(work)
    async with asyncio.timeout(2):
        broken = await asyncio.gather(gather(1), gather(2), return_exceptions=True)
        assert [type(each) for each in broken] == [BatchInterrupted, BatchInterrupted]
        bad = False
        assert await gather(3) == 3, "the next ones are served"

    async def too_few(values: Sequence[int]) -> list[int]:
        await asyncio.sleep(0)
        return list(values)[1:]

    async with asyncio.timeout(2):
        with pytest.raises(ValueError):
            await Batcher(too_few)(1)


async def test_the_end_leaves_nobody_waiting() -> None:
    async def endless(_: Sequence[int]) -> list[int]:
        await asyncio.Event().wait()
        return []

    gather = Batcher(endless)
    waiting = [asyncio.create_task(gather(number)) for number in range(3)]
    await asyncio.sleep(0.01)
    assert gather._task is not None
    waiting.append(asyncio.create_task(gather(4)))
    await asyncio.sleep(0)
    gather._task.cancel()
    async with asyncio.timeout(2):
        ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(each) for each in ended} == {BatchInterrupted}
