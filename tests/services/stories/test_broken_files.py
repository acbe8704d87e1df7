"""One broken file stops itself and what comes after it in order; all else goes on, over restarts, and is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.releases.release_refusals import ChapterBroken
from bot.domain.stories.story import BrokenChapter, Serial
from bot.domain.stories.story_refusals import FilesUnreadable
from bot.services.alerts.alerts import DAILY, GRACE, Alerts
from bot.services.stories.content_alerts import ContentAlerts
from bot.services.stories.upcoming import ContentHitch
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, World, chapter, serial
from tests.support.databases import fresh_store
from tests.support.profiles import examples

KEYS = ("one", "two", "three", "four", "five")
FAULT = Diagnostic("content/lamps/chapters/three.md", 2, "this is no title", "Write one")
OPERATOR = 99


def files(*broken: str, keys: tuple[str, ...] = KEYS, **more: object) -> Serial:
    """Five chapters in files of their names, of which some are broken now."""
    sound = [chapter(key, file=f"{key}.md") for key in keys if key not in broken]
    places = {key: sum(other not in broken for other in keys[: keys.index(key)]) for key in broken}
    bad = tuple(BrokenChapter(key, f"{key}.md", places[key], FAULT) for key in sorted(broken, key=keys.index))
    return replace(serial(*sound, **more), broken=bad)  # type: ignore[arg-type]


def restarted(world: World) -> World:
    """The bot after a restart: what it had read is only in the database."""
    again = World(world.store, *world.library.held.values())
    again.clock.set(world.clock.now())
    again.messenger.posts = world.messenger.posts
    again.library.ills, again.library.unsound = world.library.ills, world.library.unsound
    return again


async def out(world: World) -> list[str]:
    async with world.store.read() as tx:
        return [release.chapter for release in await tx.releases.list_by_story("lamps")]


async def test_a_chapter_that_was_sound_goes_out_as_it_last_was_also_after_a_restart(store: Database) -> None:
    world = World(store, files())
    await world.run()
    world.library.put(files("three"))
    await world.run()
    world = restarted(world)
    for _ in range(5):
        await world.later(days=1)
    assert await out(world) == list(KEYS)
    await world.run()
    async with store.read() as tx:
        kept = await tx.last_good_chapters.list_by_story("lamps")
        assert not any(each.kept for each in kept.values()), "what is out is kept once"


async def test_one_that_never_was_sound_blocks_itself_and_what_comes_after_it(store: Database) -> None:
    world = World(store, files("three"))
    await world.run()
    for _ in range(3):
        await world.later(days=1)
        world = restarted(world)
        await world.run()
    assert await out(world) == ["one", "two"]
    calendar = await world.calendar_overrides.show(AUTHOR, "lamps")
    assert calendar.upcoming == ()
    with pytest.raises(ChapterBroken) as refused:
        await world.calendar_overrides.publish(AUTHOR, "lamps")
    assert "three.md:2: this is no title. Write one" in str(refused.value)
    world.library.put(files())
    await world.later(days=1)
    assert await out(world) == ["one", "two", "three"]


async def test_a_chapter_with_a_time_of_its_own_does_not_wait_for_it(store: Database) -> None:
    world = World(store, files("three"))
    held = world.library.held["lamps"]
    timed = replace(held.chapters[-1], publish_at=world.clock.now() + timedelta(hours=2))
    world.library.put(replace(held, chapters=(*held.chapters[:-1], timed)))
    await world.run()
    await world.later(hours=3)
    assert await out(world) == ["one", "five"]


async def test_a_broken_chapter_that_is_out_is_in_nobody_s_way(store: Database) -> None:
    world = World(store, files(backlog=3))
    await world.run()
    world.library.put(files("two", backlog=3))
    world = restarted(world)
    await world.later(days=2)
    assert await out(world) == list(KEYS)


async def test_a_story_begins_only_when_all_that_counts_as_out_can_be_read(store: Database) -> None:
    world = World(store, files("two", backlog=3))
    await world.run()
    assert not await _known(store)
    world.library.put(files(backlog=3))
    await world.run()
    assert await out(world) == ["one", "two", "three"]


async def _known(store: Database) -> bool:
    async with store.read() as tx:
        return await tx.stories.get("lamps") is not None


async def test_a_story_file_that_broke_keeps_its_last_description_over_a_restart(store: Database) -> None:
    world = World(store, files())
    await world.run()
    del world.library.held["lamps"]
    world.library.unsound["lamps"] = files()
    world = restarted(world)
    for _ in range(2):
        await world.later(days=1)
    assert await out(world) == ["one", "two"]


async def test_a_folder_that_is_gone_withdraws_nothing_and_goes_on_when_it_is_back(store: Database) -> None:
    world = World(store, files())
    await world.run()
    await world.subscribe()
    await world.later(hours=1)
    world.library.held.clear()
    world = restarted(world)
    await world.later(days=2)
    assert world.messenger.keys_in(CHANNEL) == ["one"]
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.hitch is ContentHitch.AWAY
    with pytest.raises(FilesUnreadable):
        await world.calendar_overrides.publish(AUTHOR, "lamps")
    world.library.put(files())
    world = restarted(world)
    await world.run()
    for _ in range(3):
        await world.later(minutes=10)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two", "three"]


def troubled(world: World, troubles: Alerts) -> ContentAlerts:
    return ContentAlerts(world.store, world.content, troubles)


async def heard(world: World, troubles: Alerts) -> list[tuple[int, str, str]]:
    await troubles.sweep()
    await world.notification_outbox.sweep()
    news, world.messenger.notices = world.messenger.notices, []
    return sorted((one.user_id, one.facts["trouble"], one.facts["phase"]) for one in news)


@pytest.mark.parametrize(
    ("ills", "kind"),
    [
        (ContentProblems(content=FAULT), "content-gone"),
        (ContentProblems(descriptions={"lamps": FAULT}), "story-file"),
        (ContentProblems(folders={"lamps": FAULT}), "story-chapters"),
        (ContentProblems(chapters={"lamps": (FAULT,)}), "chapters-broken"),
        (None, "story-gone"),
    ],
)
async def test_what_is_wrong_with_the_files_is_told_within_minutes_daily_and_at_the_end(
    store: Database, ills: ContentProblems | None, kind: str
) -> None:
    world = World(store, files())
    troubles = Alerts(store, world.clock, operators=[OPERATOR])
    await world.run()
    await world.subscribe()
    await troubled(world, troubles).check()
    assert troubles.list_active() == []
    if ills is None:
        world.library.held.clear()
    world.library.ills = ills or ContentProblems()
    await world.run()
    await troubled(world, troubles).check()
    assert [one.kind for one in troubles.list_active()] == [kind]
    world.clock.advance(GRACE)
    assert await heard(world, troubles) == [(AUTHOR.user_id, kind, "began"), (OPERATOR, kind, "began")]
    world.clock.advance(DAILY)
    assert await heard(world, troubles) == [(AUTHOR.user_id, kind, "lasts"), (OPERATOR, kind, "lasts")]
    world.library.put(files())
    world.library.ills = ContentProblems()
    await world.run()
    await troubled(world, troubles).check()
    world.clock.advance(GRACE)
    assert await heard(world, troubles) == [(AUTHOR.user_id, kind, "over"), (OPERATOR, kind, "over")]


async def test_a_story_that_nobody_reads_may_be_taken_away(store: Database) -> None:
    world = World(store, files())
    troubles = Alerts(store, world.clock)
    await world.run()
    world.library.held.clear()
    await world.run()
    await troubled(world, troubles).check()
    world.library.ills = ContentProblems(content=FAULT)
    await troubled(world, troubles).check()
    assert troubles.list_active() == []


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sets(st.sampled_from(KEYS)), st.sampled_from(["run", "restart", "gone"])), max_size=8
    )
)
async def test_whatever_breaks_when_the_order_stays(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[set[str], str]]
) -> None:
    """Nothing comes out before what stands before it, nothing twice, and once all is mended all comes out."""
    async with fresh_store(tmp_path_factory.mktemp("broken"), "sqlite") as store:
        world = World(store, files("five"))
        await world.run()
        for broken, step in steps:
            world.library.put(files(*broken))
            if step == "gone":
                world.library.held.clear()
            world = world if step == "run" else restarted(world)
            await world.later(days=1)
        assert await out(world) == list(KEYS[: len(await out(world))])
        world.library.put(files())
        for _ in range(6):
            await world.later(days=1)
        assert await out(world) == list(KEYS)
