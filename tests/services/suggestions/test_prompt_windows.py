"""How long ideas for a chapter are taken."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.stories.chapter_prompts import Prompt, PromptDeadline
from bot.domain.stories.story import SuggestionPolicy
from bot.domain.suggestions.submission_refusals import WindowOver, WindowPassed
from bot.store.database import Database
from tests.services.fakes import NOON, READER, World, chapter, serial
from tests.services.suggestions.suggestion_helpers import make


async def world_of(store: Database, policy: SuggestionPolicy, asking: Prompt | None = None) -> World:
    """A chapter that came out at 12:30 and two to come, one a day."""
    first = chapter("one", prompt=asking)
    world = World(store, serial(first, chapter("two"), chapter("three"), suggestions=policy))
    await world.run()
    await world.later(minutes=30)
    return world


async def test_a_length_of_time(store: Database) -> None:
    world = await world_of(store, SuggestionPolicy(window=timedelta(hours=2)))
    await make(world, chapter="one")
    await world.later(hours=2)
    for given in ("one", None):
        with pytest.raises(WindowOver, match="One"):
            await make(world, chapter=given)
        with pytest.raises(WindowOver):
            await world.submissions.require_target(READER, "lamps", given)
    await world.later(hours=22)
    await make(world, chapter="two")
    await make(world, chapter=None)
    with pytest.raises(WindowOver):
        await make(world, chapter="one")


async def test_until_the_next_release(store: Database) -> None:
    world = await world_of(store, SuggestionPolicy(prompt="And now?", window=PromptDeadline.NEXT_RELEASE))
    target = await world.submissions.require_target(READER, "lamps", "one")
    assert (target.question.question, target.question.until_next_release) == ("And now?", True)
    await world.later(hours=23)
    await make(world, chapter="one")
    await world.later(hours=1)
    with pytest.raises(WindowPassed, match="next chapter"):
        await make(world, chapter="one")
    await make(world, chapter="two")


async def test_a_chapter_has_a_question_and_an_end_of_its_own(store: Database) -> None:
    until = NOON + timedelta(hours=3)
    world = await world_of(store, SuggestionPolicy(prompt="And now?"), Prompt("Who was it?", until))
    target = await world.submissions.require_target(READER, "lamps", "one")
    assert (target.question.question, target.question.until) == ("Who was it?", until)
    await world.later(hours=3)
    with pytest.raises(WindowOver):
        await make(world, chapter="one")
    await make(world, chapter=None)


async def test_a_revised_chapter_asks_anew(store: Database) -> None:
    world = await world_of(store, SuggestionPolicy(), Prompt("Who?", NOON + timedelta(hours=1)))
    await world.later(hours=3)
    revised = chapter("one", prompt=Prompt("Who was it?", PromptDeadline.NEXT_RELEASE))
    world.library.put(serial(revised, chapter("two"), chapter("three")))
    await world.run()
    target = await world.submissions.require_target(READER, "lamps", "one")
    assert (target.question.question, target.question.until_next_release) == ("Who was it?", True)
