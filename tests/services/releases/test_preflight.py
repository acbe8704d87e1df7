"""What is due within a day and cannot be delivered as things stand is told before the hour, once a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.diagnostics import Diagnostic
from bot.domain.message_json import decode
from bot.domain.stories.story import Rating, Status
from bot.kit.rate_limiter import RateLimiter
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.notifications.notice_messenger import Notice
from bot.services.releases.preflight import Preflight
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, GUILD, OTHER_CHANNEL, World, chapter, serial

TEXT = ChannelState(CHANNEL, GUILD, "chapters", ChannelKind.TEXT, age_restricted=False)
MUTE = replace(TEXT, missing=("attach_files",))
MANY = [chapter(f"c{n:02}") for n in range(20)]


class Ahead:
    """A world with somebody who looks ahead in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults: tuple[Diagnostic, ...] = ()
        self.surveyed = 0
        world.library.list_faults = lambda: self.faults  # type: ignore[method-assign]
        survey = world.messenger.survey

        async def counted(channel_id: int, options: object) -> ChannelState | None:
            self.surveyed += 1
            return await survey(channel_id, options)  # type: ignore[arg-type]

        world.messenger.survey = counted  # type: ignore[method-assign]
        self.looking = Preflight(
            world.store,
            world.library,
            world.messenger,
            UpcomingReleases(world.library),
            world.clock,
            limiter=RateLimiter(100_000),
        )

    async def look(self) -> list[Notice]:
        """Look, tell, and return what was told by this look."""
        before = len(self.world.messenger.notices)
        await self.looking.sweep()
        await self.world.notification_outbox.sweep()
        return self.world.messenger.notices[before:]


def kinds(notice: Notice) -> list[str]:
    """The kinds of problem a notice names."""
    return [value for name, value in sorted(notice.facts.items()) if name.endswith(".kind")]


async def test_where_all_is_well_nobody_hears_of_it(store: Database) -> None:
    world = World(store, serial(*MANY))
    ahead = Ahead(world)
    await world.run()
    await world.subscribe()
    assert await ahead.look() == []


async def test_admin_and_author_hear_of_a_channel_that_cannot_take_the_next_chapter(store: Database) -> None:
    world = World(store, serial(*MANY))
    ahead = Ahead(world)
    await world.run()
    await world.subscribe()
    world.messenger.surveys[CHANNEL] = MUTE
    told = {notice.user_id: notice for notice in await ahead.look()}
    assert set(told) == {ADMIN.user_id, AUTHOR.user_id}
    admin, author = told[ADMIN.user_id], told[AUTHOR.user_id]
    assert kinds(admin) == ["destination"]
    assert "Attach Files" in str(decode(admin.facts["0.reason"]))
    assert admin.facts["0.channel"] == str(CHANNEL)
    assert (kinds(author), author.facts["0.count"]) == (["destinations"], "1")
    assert str(CHANNEL) not in author.facts.values(), "whose server it is, is not the author's to know"


async def test_a_destination_is_asked_for_once_a_day_and_a_problem_told_once_a_day(store: Database) -> None:
    world = World(store, serial(*MANY))
    ahead = Ahead(world)
    await world.run()
    await world.subscribe()
    world.messenger.surveys[CHANNEL] = MUTE
    asked, told = ahead.surveyed, 0
    for _ in range(3 * 24):
        world.clock.advance(timedelta(hours=1))
        told += len(await ahead.look())
    assert (ahead.surveyed - asked, told) == (3, 6)
    again = Ahead(world)
    assert (await again.look(), again.surveyed) == ([], 0), "a new start does not ask again"


async def test_one_person_gets_one_message_for_all(store: Database) -> None:
    world = World(store, serial(*MANY), serial(*MANY, slug="tides"))
    ahead = Ahead(world)
    await world.run()
    for channel in (CHANNEL, OTHER_CHANNEL):
        world.messenger.surveys[channel] = replace(TEXT, channel_id=channel)
        await world.subscribe("lamps", channel)
        await world.subscribe("tides", channel)
        world.messenger.surveys[channel] = None
    told = await ahead.look()
    assert sorted(notice.user_id for notice in told) == [ADMIN.user_id, AUTHOR.user_id]
    assert sorted(len(kinds(notice)) for notice in told) == [2, 4]


async def test_many_problems_are_counted_and_the_first_named(store: Database) -> None:
    world = World(store, serial(*MANY))
    ahead = Ahead(world)
    await world.run()
    for channel in range(700, 715):
        world.messenger.surveys[channel] = replace(TEXT, channel_id=channel)
        await world.subscribe(channel_id=channel)
        world.messenger.surveys[channel] = None
    (admin,) = [notice for notice in await ahead.look() if notice.user_id == ADMIN.user_id]
    assert (admin.facts["count"], len(kinds(admin))) == ("15", 8)


async def test_missing_pictures_faulty_files_and_a_dry_buffer_go_to_the_author(store: Database) -> None:
    world = World(store, serial(chapter("one", pictures=("images/a.png", "images/b.png"))))
    ahead = Ahead(world)
    world.library.pictures["lamps", "images/a.png"] = b"x"
    ahead.faults = (
        Diagnostic("content/lamps/chapters/2.md", 3, "the front matter is broken", "Close it with ---."),
        Diagnostic("content/other/story.yaml", 1, "not this story's", "Nothing."),
        Diagnostic("content/lamps/chapters/1.md", 2, "“tags” is passed over", "It may stay.", warning=True),
    )
    await world.run()
    (told,) = await ahead.look()
    assert (told.user_id, sorted(kinds(told))) == (AUTHOR.user_id, ["file", "picture"])
    assert "broken" in str(told.facts)
    assert "passed over" not in str(told.facts)
    world.clock.advance(timedelta(hours=1))
    await world.run()
    world.library.put(serial(chapter("one")))
    ahead.faults = ()
    world.clock.advance(timedelta(hours=23))
    (told,) = await ahead.look()
    assert kinds(told) == ["dry"]


async def test_a_story_with_nothing_within_a_day_is_left_alone(store: Database) -> None:
    """A month ahead, on hiatus, complete and out, or held: nobody is bothered and nothing asked."""
    world = World(
        store,
        serial(*MANY, schedule="30 12 1 * *"),
        serial(*MANY, slug="resting", status=Status.HIATUS),
        serial(slug="without", schedule=None),
    )
    ahead = Ahead(world)
    await world.run()
    await world.subscribe()
    world.messenger.surveys[CHANNEL] = None
    asked = ahead.surveyed
    assert (await ahead.look(), ahead.surveyed) == ([], asked)


async def test_an_age_gate_is_a_problem_and_an_outage_is_none(store: Database) -> None:
    world = World(store, serial(*MANY, rating=Rating.EXPLICIT))
    ahead = Ahead(world)
    await world.run()
    world.messenger.surveys[CHANNEL] = replace(TEXT, age_restricted=True)
    await world.subscribe()
    world.messenger.surveys[CHANNEL] = TEXT
    world.messenger.outages.add(GUILD)
    assert await ahead.look() == []
    world.messenger.outages.clear()
    world.clock.advance(timedelta(days=1))
    told = await ahead.look()
    (admin,) = [notice for notice in told if notice.user_id == ADMIN.user_id]
    assert "age-restricted" in str(decode(admin.facts["0.reason"]))


async def test_of_a_quick_story_the_next_release_alone_is_looked_at(store: Database) -> None:
    world = World(store, serial(*MANY, schedule="every 20 seconds"))
    ahead = Ahead(world)
    await world.run()
    await world.subscribe()
    world.messenger.surveys[CHANNEL] = MUTE
    asked = ahead.surveyed
    told = await ahead.look()
    assert ahead.surveyed == asked + 1
    assert {kind for notice in told for kind in kinds(notice)} == {"destination", "destinations"}


async def test_what_fails_in_one_story_is_not_repeated_at_once(store: Database) -> None:
    world = World(store, serial(*MANY), serial(*MANY, slug="tides"))
    ahead = Ahead(world)
    await world.run()
    await world.subscribe("lamps")
    await world.subscribe("tides", OTHER_CHANNEL)
    survey = world.messenger.survey

    async def broken(channel_id: int, options: object) -> ChannelState | None:
        await survey(channel_id, options)  # type: ignore[arg-type]
        if channel_id == CHANNEL:
            raise ZeroDivisionError
        return None

    world.messenger.survey = broken  # type: ignore[method-assign]
    asked = ahead.surveyed
    assert {notice.facts["0.story"] for notice in await ahead.look()} == {"Tides"}
    assert (await ahead.look(), ahead.surveyed) == ([], asked + 2)
