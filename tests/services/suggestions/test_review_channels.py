"""Channels for new ideas: nothing appears before somebody who manages the server has accepted it there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.errors import Refusal
from bot.domain.stories.story import Rating, SuggestionPolicy
from bot.domain.stories.story_refusals import AgeRestricted, NotAnAuthor, StoryNeeded, StoryUnknown
from bot.domain.subscriptions.channel_refusals import (
    ChannelElsewhere,
    MissingRights,
    NeedsManageServer,
    NotInServer,
)
from bot.domain.suggestions.panel_contents import QueueFilter
from bot.domain.suggestions.suggestion_refusals import ReviewUnasked
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission, ChannelState
from bot.services.suggestions.review_channels import ReviewState
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, GUILD, READER, World, chapter, serial

ROOM = 888
OWNER = Viewer(2, "Author", guild_id=GUILD, channel_id=CHANNEL, manages_guild=True)
OPERATOR = Viewer(99, "Operator", guild_id=GUILD, channel_id=CHANNEL, operator=True)
NAMED = SuggestionPolicy(review_channel=ROOM)


async def world_of(store: Database, *, review: int | None = None, **more: object) -> World:
    world = World(store, serial(chapter("one"), backlog=1, **more), review_channel=review)  # type: ignore[arg-type]
    await world.run()
    return world


async def appears(world: World) -> list[int]:
    """Where a new idea appears."""
    world.clock.advance(timedelta(minutes=1))
    before = set(world.messenger.panels)
    await world.submissions.submit(
        Viewer(1000 + len(before) + int(world.clock.now().timestamp()), "R", age_restricted=True),
        SuggestionDraft("A lamp.", story="lamps", chapter=None, anonymous=False),
    )
    await world.panels.sweep()
    return [to.channel_id for id_, (to, _, _) in world.messenger.panels.items() if id_ not in before]


@pytest.mark.parametrize(("review", "policy"), [(None, NAMED), (ROOM, SuggestionPolicy()), (ROOM, NAMED)])
async def test_what_a_file_names_shows_nothing_until_it_is_accepted(
    store: Database, review: int | None, policy: SuggestionPolicy
) -> None:
    world = await world_of(store, review=review, suggestions=policy)
    assert await appears(world) == []
    assert (await world.review_queue.browse(AUTHOR, QueueFilter())).digest is False, "as if there were none"
    done = await world.review_channels.choose(ADMIN, "lamps", ROOM)
    assert (done.state, done.channel_id) == (ReviewState.ACCEPTED, ROOM)
    assert await appears(world) == [ROOM]
    assert (await world.review_queue.browse(AUTHOR, QueueFilter())).digest is None
    await world.review_channels.revoke(ADMIN, "lamps")
    assert await appears(world) == []


async def test_an_author_who_manages_the_server_accepts_at_once(store: Database) -> None:
    world = await world_of(store)
    assert (await world.review_channels.choose(OWNER, "Lamps", ROOM)).state is ReviewState.ACCEPTED
    assert await appears(world) == [ROOM]
    assert (await world.review_channels.get_status(AUTHOR, "lamps")).channel_id == ROOM
    assert (await world.review_channels.revoke(AUTHOR, "lamps")).state is ReviewState.NONE
    assert await appears(world) == []
    assert (await world.review_channels.get_status(AUTHOR, "lamps")).state is ReviewState.NONE


async def test_an_author_who_does_not_asks_and_somebody_else_accepts(store: Database) -> None:
    world = await world_of(store)
    with pytest.raises(ReviewUnasked):
        await world.review_channels.choose(ADMIN, "lamps", ROOM)
    assert await world.review_channels.choices(ADMIN, "") == []
    assert (await world.review_channels.choose(AUTHOR, "lamps", ROOM)).state is ReviewState.ASKED
    assert (await world.review_channels.get_status(AUTHOR, "lamps")).state is ReviewState.ASKED
    assert await appears(world) == []
    assert [each.value for each in await world.review_channels.choices(ADMIN, "")] == ["lamps"]
    assert await world.review_channels.choices(READER, "") == []
    with pytest.raises(ReviewUnasked):
        await world.review_channels.choose(ADMIN, "lamps", ROOM + 1)
    with pytest.raises(NotAnAuthor):
        await world.review_channels.choose(READER, "lamps", ROOM)
    assert (await world.review_channels.choose(ADMIN, "lamps", ROOM)).state is ReviewState.ACCEPTED
    assert await appears(world) == [ROOM]


async def test_the_last_that_was_accepted_counts(store: Database) -> None:
    world = await world_of(store, suggestions=NAMED)
    await world.review_channels.choose(ADMIN, "lamps", ROOM)
    world.clock.advance(timedelta(minutes=1))
    await world.review_channels.choose(OWNER, "lamps", ROOM + 1)
    assert await appears(world) == [ROOM + 1]


async def test_a_channel_that_the_file_names_no_more_is_used_no_more(store: Database) -> None:
    world = await world_of(store, suggestions=NAMED)
    await world.review_channels.choose(ADMIN, "lamps", ROOM)
    world.library.put(serial(chapter("one"), backlog=1))
    await world.run()
    assert await appears(world) == []


async def test_one_for_all_stories_is_accepted_without_a_story(store: Database) -> None:
    world = await world_of(store, review=ROOM)
    for who, channel, refusal in (
        (READER, ROOM, NeedsManageServer),
        (ADMIN, ROOM + 1, ReviewUnasked),
        (OPERATOR, ROOM + 1, StoryNeeded),
    ):
        with pytest.raises(refusal):
            await world.review_channels.choose(who, None, channel)
    assert (await world.review_channels.choose(OPERATOR, None, ROOM)).state is ReviewState.ASKED
    assert (await world.review_channels.get_status(OPERATOR, None)).state is ReviewState.ASKED
    assert await appears(world) == []
    assert (await world.review_channels.choose(ADMIN, None, ROOM)).state is ReviewState.ACCEPTED
    assert (await world.review_channels.get_status(ADMIN, None)).state is ReviewState.ACCEPTED
    assert await appears(world) == [ROOM]
    await world.review_channels.revoke(ADMIN, None)
    assert await appears(world) == []


@pytest.mark.parametrize(
    ("survey", "refusal"),
    [
        (ChannelState(ROOM, GUILD, "loud", ChannelKind.TEXT, age_restricted=False), AgeRestricted),
        (ChannelState(ROOM, GUILD + 1, "far", ChannelKind.TEXT, age_restricted=True), ChannelElsewhere),
        (ChannelState(ROOM, None, "", ChannelKind.DIRECT, age_restricted=False), ChannelElsewhere),
    ],
)
async def test_where_it_may_not_be(store: Database, survey: ChannelState, refusal: type[Refusal]) -> None:
    world = await world_of(store, rating=Rating.EXPLICIT, suggestions=NAMED)
    world.messenger.surveys[ROOM] = survey
    with pytest.raises(refusal):
        await world.review_channels.choose(ADMIN, "lamps", ROOM)
    with pytest.raises(refusal):
        await world.review_channels.choose(OWNER, "lamps", ROOM)
    with pytest.raises(NotInServer):
        await world.review_channels.choose(Viewer(2, "Author"), "lamps", ROOM)
    assert await appears(world) == []


async def test_who_may_not_write_there_has_nothing_written_there(store: Database) -> None:
    world = await world_of(store)
    world.messenger.lost[ROOM, AUTHOR.user_id] = frozenset({ChannelPermission.SEND})
    with pytest.raises(MissingRights):
        await world.review_channels.choose(AUTHOR, "lamps", ROOM)


async def test_the_age_flag_is_asked_before_each_review(store: Database) -> None:
    world = await world_of(store, rating=Rating.MATURE, suggestions=NAMED)
    dark = ChannelState(ROOM, GUILD, "dark", ChannelKind.TEXT, age_restricted=True)
    world.messenger.surveys[ROOM] = dark
    await world.review_channels.choose(ADMIN, "lamps", ROOM)
    assert await appears(world) == [ROOM]
    world.messenger.surveys[ROOM] = ChannelState(ROOM, GUILD, "dark", ChannelKind.TEXT, age_restricted=False)
    assert await appears(world) == []
    await world.notification_outbox.sweep()
    assert [each.kind for each in world.messenger.notices] == ["review-refused"]


async def test_an_idea_made_before_the_acceptance_was_taken_back_does_not_appear(store: Database) -> None:
    world = await world_of(store)
    await world.review_channels.choose(OWNER, "lamps", ROOM)
    await world.submissions.submit(
        READER, SuggestionDraft("A lamp.", story="lamps", chapter=None, anonymous=False)
    )
    await world.review_channels.revoke(AUTHOR, "lamps")
    await world.panels.sweep()
    assert world.messenger.panels == {}
    async with store.read() as tx:
        assert await tx.panels.find_next_due() is None


async def test_authors_and_operators_are_told_once_what_waits(store: Database) -> None:
    world = await world_of(store, review=777, suggestions=NAMED)
    for _ in range(3):
        await world.review_channels.sweep()
        await world.notification_outbox.sweep()
        world.clock.advance(timedelta(days=40))
        await world.guild_retention.purge_expired()
    told = [(each.user_id, each.kind, each.facts["channel"]) for each in world.messenger.notices]
    assert told == [(AUTHOR.user_id, "review-asked", str(ROOM)), (99, "review-asked", "777")]


async def test_nobody_learns_of_a_story_that_is_not_for_them(store: Database) -> None:
    world = await world_of(store, guilds=frozenset({GUILD + 1}), suggestions=SuggestionPolicy())
    for call in (
        world.review_channels.choose(ADMIN, "lamps", ROOM),
        world.review_channels.get_status(ADMIN, "lamps"),
        world.review_channels.revoke(ADMIN, "lamps"),
    ):
        with pytest.raises(StoryUnknown):
            await call
    assert (await world.review_channels.choose(AUTHOR, "lamps", ROOM)).state is ReviewState.ASKED
    assert (await world.review_channels.choose(ADMIN, "lamps", ROOM)).state is ReviewState.ACCEPTED
