"""Questions before a release or a hiatus: an answer counts only for what its question showed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.releases.release_refusals import AlreadyOnHiatus, HoldChanged, NothingToPublish
from bot.domain.stories.story_refusals import NotAnAuthor
from bot.services.releases.calendar_overrides import Calendar
from bot.services.releases.calendar_questions import (
    AlreadyReleased,
    HiatusQuestion,
    Outdated,
    PublicationMark,
    PublicationQuestion,
)
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, World, chapter, long_text, serial

CHAPTERS = [chapter("one"), chapter("two", long_text(300)), chapter("three"), chapter("four")]


async def made(store: Database, chapters: int = 4) -> World:
    """A story of chapters of which one is out, in one channel."""
    world = World(store, serial(*CHAPTERS[:chapters], backlog=1))
    await world.run()
    await world.subscribe()
    await world.run()
    return world


async def numbers(world: World) -> list[str]:
    """The released chapters, in order."""
    async with world.store.read() as tx:
        return [each.chapter for each in await tx.releases.list_by_story("lamps")]


async def test_the_question_shows_what_will_happen_and_changes_nothing(store: Database) -> None:
    world = await made(store)
    asked = await world.calendar_confirmations.ask_publication(AUTHOR, "lamps")
    assert (asked.number, asked.length.count) == (2, 300)
    assert len(asked.audience.channels) == 1
    calendar = await world.calendar_overrides.show(AUTHOR, "lamps")
    assert asked.emptied == calendar.upcoming[0].at, "the slot that stays empty"
    assert await numbers(world) == ["one"]
    done = await world.calendar_confirmations.confirm_publication(AUTHOR, "lamps", asked.mark)
    assert isinstance(done, Calendar)
    assert done.published is not None
    assert asked.emptied not in [due.at for due in done.upcoming]


@pytest.mark.parametrize("chapters", [2, 4], ids=["the last chapter", "another follows"])
async def test_pressing_twice_even_at_the_same_moment_publishes_once(store: Database, chapters: int) -> None:
    world = await made(store, chapters)
    mark = (await world.calendar_confirmations.ask_publication(AUTHOR, "lamps")).mark
    presses = [world.calendar_confirmations.confirm_publication(AUTHOR, "lamps", mark) for _ in range(3)]
    answers = await asyncio.gather(*presses)
    answers.append(await world.calendar_confirmations.confirm_publication(AUTHOR, "lamps", mark))
    assert sum(isinstance(each, Calendar) and each.published is not None for each in answers) == 1
    assert sum(isinstance(each, AlreadyReleased) for each in answers) == 3
    await world.run()
    assert await numbers(world) == ["one", "two"]


async def test_an_answer_to_what_is_so_no_longer_is_met_with_the_new_question(store: Database) -> None:
    world = await made(store)
    mark = (await world.calendar_confirmations.ask_publication(AUTHOR, "lamps")).mark

    async def answer(*chapters: object) -> Outdated | None:
        world.library.put(serial(*chapters, backlog=1))  # type: ignore[arg-type]
        await world.content_sync.sync()
        asked = await world.calendar_confirmations.confirm_publication(AUTHOR, "lamps", mark)
        assert isinstance(asked, PublicationQuestion)
        assert await numbers(world) == ["one"]
        return asked.outdated

    one, two, *more = CHAPTERS
    assert await answer(one, replace(two, text=long_text(200)), *more) is Outdated.CHANGED
    assert await answer(one, replace(two, title="Another title"), *more) is Outdated.CHANGED
    assert await answer(one, replace(two, warnings=("Blood",)), *more) is Outdated.CHANGED
    assert await answer(one, chapter("before"), two, *more) is Outdated.ANOTHER_NEXT
    world.library.put(serial(one, replace(two, text=long_text(302)), *more, backlog=1))
    await world.content_sync.sync()
    done = await world.calendar_confirmations.confirm_publication(AUTHOR, "lamps", mark)
    assert isinstance(done, Calendar), "two words more make no other chapter"


async def test_what_its_slot_brought_out_meanwhile_is_not_followed_by_the_next(store: Database) -> None:
    world = await made(store)
    asked = await world.calendar_confirmations.ask_publication(AUTHOR, "lamps")
    await world.later(days=1)
    assert await numbers(world) == ["one", "two"]
    out = await world.calendar_confirmations.confirm_publication(AUTHOR, "lamps", asked.mark)
    assert isinstance(out, AlreadyReleased)
    assert out.release.number == 2
    assert await numbers(world) == ["one", "two"]


async def test_what_cannot_be_done_is_refused_before_asking(store: Database) -> None:
    world = World(store, serial(CHAPTERS[0], backlog=1))
    await world.run()
    with pytest.raises(NothingToPublish):
        await world.calendar_confirmations.ask_publication(AUTHOR, "lamps")
    mark = PublicationMark("0" * 16, "0" * 8, 1)
    for call in (
        world.calendar_confirmations.ask_publication(ADMIN, "lamps"),
        world.calendar_confirmations.confirm_publication(ADMIN, "lamps", mark),
        world.calendar_confirmations.ask_hiatus(ADMIN, "lamps", None),
    ):
        with pytest.raises(NotAnAuthor):
            await call


async def test_a_hiatus_begins_once_with_the_note_of_its_question(store: Database) -> None:
    world = await made(store)
    ask, confirm = world.calendar_confirmations.ask_hiatus, world.calendar_confirmations.confirm_hiatus
    asked = await ask(AUTHOR, "lamps", "Moving house")
    assert len(asked.stopped) == 3
    await world.later(days=1)
    again = await confirm(AUTHOR, "lamps", asked.mark, "Moving house")
    assert isinstance(again, HiatusQuestion)
    assert again.outdated
    assert (again.reason, len(again.stopped)) == ("Moving house", 2)
    presses = [confirm(AUTHOR, "lamps", again.mark, "Moving house") for _ in range(3)]
    answers = await asyncio.gather(*presses, return_exceptions=True)
    (begun,) = [each for each in answers if isinstance(each, Calendar)]
    assert sum(isinstance(each, AlreadyOnHiatus) for each in answers) == 2
    assert begun.hold is not None
    assert begun.hold.reason == "Moving house"
    with pytest.raises(AlreadyOnHiatus):
        await ask(AUTHOR, "lamps", None)


async def test_an_old_message_does_not_end_a_newer_hold(store: Database) -> None:
    world = await made(store)
    first = await world.calendar_overrides.start_hiatus(AUTHOR, "lamps", None)
    await world.calendar_overrides.resume(AUTHOR, "lamps", first.change)
    until = (world.clock.now() + timedelta(days=9)).date().isoformat()
    second = await world.calendar_overrides.delay(AUTHOR, "lamps", until, None)
    with pytest.raises(HoldChanged):
        await world.calendar_overrides.resume(AUTHOR, "lamps", first.change)
    assert (await world.calendar_overrides.resume(AUTHOR, "lamps", second.change)).hold is None
