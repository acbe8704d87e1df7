"""What looks like a slip is asked about before it counts as an idea."""

from __future__ import annotations

import pytest

from bot.domain.suggestions.submission_refusals import IdeaAgain, IdeaBare
from bot.store.database import Database
from tests.services.suggestions.suggestion_helpers import make, reader, world_of


@pytest.mark.parametrize("again", ["Let the lamp speak.", "  let THE lamp speak!! ", "Let the lamp “speak”"])
async def test_the_same_idea_twice_is_asked_about(store: Database, again: str) -> None:
    world = await world_of(store)
    await make(world, sure=False)
    with pytest.raises(IdeaAgain, match="number 1"):
        await make(world, idea=again, sure=False)
    await make(world, reader(50), idea=again, sure=False)
    assert len(await world.submissions.list_own(reader(3))) == 1
    assert (await make(world, idea=again)).suggestion.number == 3, "whoever is sure makes it"


async def test_one_that_was_taken_back_or_is_another_is_not(store: Database) -> None:
    world = await world_of(store)
    await make(world, sure=False, anonymous=True)
    with pytest.raises(IdeaAgain):
        await make(world, sure=False)
    await world.submissions.withdraw(reader(3), 1)
    await make(world, sure=False)
    await make(world, idea="Let the lamps sing.", sure=False)


@pytest.mark.parametrize("idea", ["x", "7", "?", "🔥", "死", "  y. "])
async def test_a_single_letter_is_asked_about(store: Database, idea: str) -> None:
    world = await world_of(store)
    with pytest.raises(IdeaBare):
        await make(world, idea=idea, sure=False)
    assert await world.submissions.list_own(reader(3)) == []
    await make(world, idea=idea)
    with pytest.raises(IdeaAgain):
        await make(world, idea=idea, sure=False)
    await make(world, idea="No", sure=False)
