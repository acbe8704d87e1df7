"""Sample stories stay from a server whose operator has not asked for them."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from bot.domain.releases.release_refusals import NothingToPublish
from bot.domain.stories.story import Serial
from bot.domain.stories.story_refusals import FilesUnreadable
from bot.services.alerts.alerts import Alerts
from bot.services.stories.content_alerts import ContentAlerts
from bot.services.stories.sample_stories import WithoutSamples
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, READER, FakeLibrary, World, chapter, serial


def sample(made: Serial) -> Serial:
    return replace(made, story=replace(made.story, sample=True))


class Guarded(FakeLibrary):
    """A library as `fascicle run` sees it."""

    def __init__(self, *serials: Serial) -> None:
        super().__init__(*serials)
        inner = FakeLibrary()
        inner.held = self.held
        self.view = WithoutSamples(inner)

    def serials(self):  # type: ignore[no-untyped-def]
        return self.view.serials()

    def with_description(self, story):  # type: ignore[no-untyped-def]
        return self.view.with_description(story)

    def problems(self):  # type: ignore[no-untyped-def]
        return self.view.problems()


async def test_a_sample_never_begins_beside_a_story_that_does(store: Database) -> None:
    library = Guarded(sample(serial(chapter("one"))), serial(chapter("two"), slug="tides"))
    world = World(store, library=library)
    await world.run()
    await world.later(days=2)
    async with store.read() as tx:
        assert [record.story.slug for record in await tx.stories.list_all()] == ["tides"]
    assert [entry.story.slug for entry in (await world.catalogue.list_stories(READER)).cards] == ["tides"]


async def test_one_that_is_out_stays_readable_and_stops_and_its_people_hear_why(store: Database) -> None:
    library = Guarded(serial(chapter("one"), chapter("two"), chapter("three")))
    world = World(store, library=library)
    await world.run()
    await world.subscribe()
    await world.later(hours=1)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    library.put(sample(library.held["lamps"]))
    await world.later(days=2)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    async with store.read() as tx:
        assert await tx.releases.get_by_chapter("lamps", "one") is not None
    troubles = Alerts(store, world.clock)
    await ContentAlerts(store, world.content, troubles).check()
    (alert,) = troubles.list_active()
    assert "sample story" in alert.facts["reason"]
    with pytest.raises(FilesUnreadable, match="sample story"):
        await world.calendar_overrides.publish(AUTHOR, "lamps")
    library.put(replace(library.held["lamps"], story=replace(library.held["lamps"].story, sample=False)))
    await world.run()
    for _ in range(3):
        await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]
    with pytest.raises(NothingToPublish):
        await world.calendar_overrides.publish(AUTHOR, "lamps")


def test_the_log_says_so_once_and_what_to_do_if_there_is_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    library = FakeLibrary(sample(serial(chapter("one"))))
    view = WithoutSamples(library)
    for _ in range(3):
        assert view.serials() == {}
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "only sample stories, “Lamps”" in record.message
    assert "content.samples" in record.message
    caplog.clear()
    library.put(sample(serial(chapter("one"), slug="fog")))
    library.put(serial(chapter("two"), slug="tides"))
    assert list(view.serials()) == ["tides"]
    view.serials()
    (record,) = caplog.records
    assert record.levelname == "INFO"
    assert "“Lamps”, “Fog”" in record.message
