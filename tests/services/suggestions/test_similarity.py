"""Alike ideas are found in memory that follows the database, read ahead where there are many."""

from __future__ import annotations

import pytest

from bot.domain.suggestions.suggestion import Decision
from bot.services.suggestions import similarity
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import ComparableSuggestion
from bot.store.suggestions.suggestions import SuggestionRepository
from tests.services.fakes import AUTHOR
from tests.services.suggestions.suggestion_helpers import make, reader, world_of

LAMP = "Let the old lamp on the pier speak at midnight."


async def test_what_was_read_ahead_is_not_read_again_and_follows_what_is_decided(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "_WORTH", 2)
    reads = []
    comparable = SuggestionRepository.list_comparable

    async def counted(self: SuggestionRepository, story: str, *, limit: int) -> list[ComparableSuggestion]:
        reads.append(story)
        return await comparable(self, story, limit=limit)

    monkeypatch.setattr(SuggestionRepository, "list_comparable", counted)
    world = await world_of(store)
    one = (await make(world, reader(51), LAMP)).suggestion
    await make(world, reader(52), "A storm takes the bridge.")
    started = similarity.SimilarityIndex(store)
    reads.clear()

    await started.preload()
    assert reads == ["lamps"]
    story = world.library.serials()["lamps"].story
    assert [found.number for found in await started.find_similar(story, LAMP)] == [one.number]
    await world.decisions.decide(AUTHOR, one.number, Decision.DECLINE)
    assert await started.find_similar(story, LAMP) == []
    assert reads == ["lamps"], "changes are followed one by one"


async def test_stories_with_few_ideas_are_read_when_somebody_asks(store: Database) -> None:
    world = await world_of(store)
    one = (await make(world, reader(51), LAMP)).suggestion
    started = similarity.SimilarityIndex(store)
    await started.preload()
    story = world.library.serials()["lamps"].story
    assert [found.number for found in await started.find_similar(story, LAMP)] == [one.number]
